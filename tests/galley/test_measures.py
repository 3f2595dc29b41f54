"""A line's measure in its slot: whole characters of running text, all of the slot of other type."""

from __future__ import annotations

from dataclasses import replace

import pytest

from layout import assets
from layout.errors import Place, TemplateError
from layout.flows import Chain, Flow
from layout.fontbook import Fontbook
from layout.galley.galley import set_chain
from layout.galley.measures import inset_of, measure_of
from layout.galley.model import TextChain
from layout.galley.paragraph_setter import Setter
from layout.galley.slots import Slot
from layout.manuscript.model import Paragraph, Run, Text
from layout.page.frames import FrameType, Ink, RoleType


def type_(size: float, align: str = "justify", **options: str) -> FrameType:
    named = {name.rstrip("_"): value for name, value in options.items()}
    roles = {"plain": RoleType(("song-400",), size, Ink(0, 0, 0, 1))}
    return FrameType(roles, 14, 0, align, False, named)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("size", "characters"),
    [(9.5, 13.0), (9.0, 13.0), (10.0, 12.0), (10.5, 11.0), (13.9, 8.0), (200.0, 123.5 / 200)],
)
def test_running_text_has_the_most_whole_characters_that_its_box_holds(size: float, characters: float) -> None:
    assert measure_of(type_(size), 123.5) == pytest.approx(characters)


def test_a_hair_that_rounding_lacks_costs_no_character() -> None:
    assert measure_of(type_(9.5), 123.4996) == 13


def test_tracked_characters_are_as_wide_as_they_are_tracked() -> None:
    assert measure_of(type_(10, tracking="0.1"), 120) == pytest.approx(11 * 1.1 - 0.1)


@pytest.mark.parametrize(
    "frame",
    [type_(10.5, measure="box"), type_(10.5, break_="sense"), type_(10.5, "start"), type_(14), type_(10.5, "center")],
)
def test_display_type_and_what_is_not_justified_has_its_box(frame: FrameType) -> None:
    assert measure_of(frame, 123.5) == pytest.approx(123.5 / frame.size)


@pytest.mark.parametrize(("align", "inset"), [("justify", 0), ("start", 0), ("center", 1.75), ("end", 3.5)])
def test_what_a_whole_measure_leaves_goes_where_the_alignment_leaves_room(align: str, inset: float) -> None:
    assert inset_of(type_(10, align, measure="whole"), 123.5) == pytest.approx(inset)


def test_a_measure_nobody_knows_is_told() -> None:
    with pytest.raises(TemplateError) as caught:
        measure_of(type_(10, measure="em"), 100)
    assert "whole" in str(caught.value.hint.zh if caught.value.hint else "")


@pytest.mark.parametrize("vertical", [False, True])
def test_lines_of_running_text_are_solid_in_a_box_that_is_no_whole_measure(*, vertical: bool) -> None:
    paragraph = Paragraph("body", (Run("天地玄黄宇宙洪荒日月盈昃辰宿列张" * 3, Place("a.md", 1, 1)),))
    flow = Flow("a", "lede")
    frame = replace(type_(10.5), vertical=vertical)
    chain = TextChain(Chain((flow,)), (Text(flow, (paragraph,)),), frame)
    slots = [Slot(0, 0, 14.0 * row, 123.5) for row in range(9)]
    galley = set_chain(chain, slots, Setter(Fontbook(assets.fonts_dir())))
    assert [len(one.line.text) for one in galley.lines] == [11, 11, 11, 11, 4]
    assert not [one for one in galley.lines if one.line.loosest_gap]


def test_a_heading_beside_something_has_on_each_line_what_is_left_there() -> None:
    """A seal stands above the first line of an upright heading: only that line is shorter for it."""
    paragraph = Paragraph("heading", (Run("合力固基层，强队伍转作风", Place("a.md", 1, 1)),))
    flow = Flow("a", "heading")
    frame = replace(type_(10, "start", break_="sense"), vertical=True)
    chain = TextChain(Chain((flow,)), (Text(flow, (paragraph,)),), frame)
    slots = [Slot(0, 30, 40, 65), Slot(0, 10, 0, 105)]
    galley = set_chain(chain, slots, Setter(Fontbook(assets.fonts_dir())))
    assert [one.line.text for one in galley.lines] == ["合力固基层，", "强队伍转作风"]
    longer = set_chain(chain, [Slot(0, 30, 40, 55), Slot(0, 10, 0, 105)], Setter(Fontbook(assets.fonts_dir())))
    assert not [finding for finding in (*galley.findings, *longer.findings) if finding.check == "line.overlong"]
