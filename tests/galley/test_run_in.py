"""A number and its unit stand on one baseline, each in type of its own, and are centred together."""

from dataclasses import replace
from pathlib import Path
from typing import Literal

import pytest

from layout.errors import Place
from layout.flows import Chain, Flow
from layout.galley.galley import set_chain
from layout.galley.model import Galley, TextChain
from layout.galley.paragraph_setter import Setter
from layout.galley.slots import Slot
from layout.manuscript.model import Paragraph, Run, Text
from layout.page.canvas import TypeRequest
from layout.page.frames import FrameType, Ink, PartGaps, RoleType, part_role
from small_page import FONTS, composed_page, make_canvas

BLACK = Ink(0, 0, 0, 1)
LARGE, SMALL = RoleType(("song-900",), 30.0, BLACK), RoleType(("hei-500",), 12.0, BLACK)
NUMBER, UNIT = Flow("a", "figure", 1, "number"), Flow("a", "figure", 1, "after")


def text(flow: Flow, words: str) -> Text:
    return Text(flow, (Paragraph("figure", (Run(words, Place("a.md", 1, 1)),)),))


def set_(align: Literal["start", "center", "end"], wide: float = 200.0, unit: str = "万亿元") -> Galley:
    roles = {"plain": LARGE, part_role("number"): LARGE, part_role("after"): SMALL}
    type_ = FrameType(roles, 36.0, 0.0, align, False, {}, parts={"number": PartGaps(), "after": PartGaps(3.0)})
    chain = TextChain(Chain((NUMBER, UNIT)), (text(NUMBER, "4.5"), text(UNIT, unit)), type_)
    return set_chain(chain, (Slot(0, 0.0, 0.0, wide),), Setter(FONTS), wide)


@pytest.mark.parametrize(("align", "share"), [("start", 0.0), ("center", 0.5), ("end", 1.0)])
def test_they_stand_on_one_line_and_are_aligned_together(
    align: Literal["start", "center", "end"], share: float
) -> None:
    number, unit = set_(align).lines
    assert (number.slot, unit.slot, number.drop, unit.drop) == (0, 0, None, None)
    wide = number.line.width * 30
    assert unit.inset == pytest.approx(number.inset + wide + 3)
    free = 200 - (wide + 3 + unit.line.width * 30)
    assert number.inset == pytest.approx(share * free)
    assert {round(each.scale, 6) for each in unit.line.placed} == {0.4}
    assert set_(align).used == 1


def test_what_is_wider_than_the_frame_is_told() -> None:
    (found,) = set_("center", 60.0).findings
    assert found.check == "line.overlong"
    assert found.hint
    assert "protected" not in found.hint.zh


def test_as_the_designs_css_says(tmp_path: Path) -> None:
    css = """
    .n { font-family: "Song 900"; font-size: 30pt; line-height: 40pt; height: 40pt; text-align: center; color: black }
    .n [data-part=after] { font-family: "Hei 500"; font-size: 12pt; margin-left: 2pt;
      color: device-cmyk(0 1 0.95 0.05) }"""
    body = f'<div class="n" data-run-in data-flow="{NUMBER} {UNIT}"></div>'
    number, unit = composed_page(tmp_path, body, text(NUMBER, "893"), text(UNIT, "亿元"), css=css).lines
    assert number.baseline == unit.baseline
    assert (number.flow, unit.flow) == (NUMBER, UNIT)
    assert unit.x == pytest.approx(number.x + number.line.width * 30 + 2, abs=0.01)
    role = unit.type.roles[unit.line.placed[0].role]
    assert (role.size, role.faces, role.ink) == (pytest.approx(12), ("hei-500",), Ink(0, 1, 0.95, 0.05))
    left, right = number.x, unit.x + unit.line.width * 30
    assert left - 20 == pytest.approx(180 - right, abs=0.01)


CSS = '.n { font-family: "Song 900"; font-size: 30pt; line-height: 40pt; height: 40pt; color: black }'
BODY = f'<div class="n" data-run-in data-flow="{NUMBER} {UNIT}"></div>'


@pytest.mark.parametrize(
    ("css", "room"),
    [
        ("[data-part=number] { margin-right: 7pt }", 7),
        ("[data-part=after] { margin-left: 3pt } [data-part=number] { margin-right: 4pt }", 7),
        ("[data-part=after] { margin-right: 9pt } [data-part=number] { margin-left: 9pt }", 0),
    ],
)
def test_the_room_before_and_after_each_flow_is_kept_between_them(tmp_path: Path, css: str, room: float) -> None:
    page = composed_page(tmp_path, BODY, text(NUMBER, "893"), text(UNIT, "亿元"), css=CSS + css)
    number, unit = page.lines
    assert number.x == pytest.approx(20, abs=0.01)
    assert unit.x == pytest.approx(number.x + number.line.width * 30 + room, abs=0.01)
    assert not told(tmp_path)


def told(folder: Path, css: str = "") -> list[str]:
    """What is told to have no effect when the types of the frame are read."""
    flow = (str(NUMBER), str(UNIT))
    canvas = make_canvas(folder, BODY, CSS + css)
    page = canvas.types((), TypeRequest.of({Flow.parse(each): [] for each in flow}, {}, {}))
    return [each.message.zh.partition("”")[0].strip("“") for each in page.messages if each.check == "design.no_effect"]


@pytest.mark.parametrize(
    ("css", "name"),
    [
        ("margin-top: 3pt", "margin-top"),
        ("padding: 0 2pt", "padding-left"),
        ("background: black", "background-color"),
        ("border-bottom: 1pt solid black", "border-bottom-style"),
        ("vertical-align: super", "vertical-align"),
        ("letter-spacing: 2pt", "letter-spacing"),
        ("position: relative; top: 3pt", "position"),
        ("transform: rotate(90deg)", "transform"),
        ("text-transform: uppercase", "text-transform"),
        ("width: 30pt", "width"),
    ],
)
def test_what_a_flow_on_a_line_cannot_have_is_told(tmp_path: Path, css: str, name: str) -> None:
    assert name in told(tmp_path, f".n [data-part=after] {{ {css} }}")


@pytest.mark.parametrize(
    "css",
    [
        'font: 12pt/20pt "Hei 500"; margin-left: 2pt',
        "color: white; opacity: 0.5; text-decoration: underline",
        "padding: 0; border: 0",
    ],
)
def test_what_acts_or_asks_for_nothing_is_not_told(tmp_path: Path, css: str) -> None:
    assert told(tmp_path, f".n [data-part=after] {{ {css} }}") == []


def test_what_the_frame_has_its_flows_have_and_nobody_is_told(tmp_path: Path) -> None:
    assert told(tmp_path, ".n { letter-spacing: 2pt; text-align: center; text-indent: 1em }") == []


def test_several_lines_are_set_one_below_the_other_as_before() -> None:
    galley = set_("start")
    chain = TextChain(galley.chain, (text(NUMBER, "4\n5"), text(UNIT, "万")), galley.type)
    found = set_chain(chain, tuple(Slot(0, 0.0, k * 36.0, 200.0) for k in range(4)), Setter(FONTS), 200.0)
    assert [line.slot for line in found.lines] == [0, 1, 2]
    assert replace(galley.type, parts=None).key != galley.type.key
