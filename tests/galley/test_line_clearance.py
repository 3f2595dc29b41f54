"""Marks and readings want room between the lines: a warning says how much."""

from dataclasses import replace
from pathlib import Path

import pytest

from layout.checks import Severity
from layout.errors import Place
from layout.flows import Chain, Flow
from layout.galley.line_clearance import cramped, least_leading
from layout.manuscript.model import Paragraph, Run
from layout.page.frames import FrameType, Ink, RoleType
from pipeline.small_issue import built, make_issue

PLAIN = Run("天地", Place("a.md", 3, 1))
DOTTED = replace(PLAIN, under=("dot",))
LINED = replace(PLAIN, under=("line",))
READ = (PLAIN, Run("tiān", Place("a.md", 3, 4), level="ruby"))


def type_of(leading: float, size: float = 10, *, vertical: bool = False) -> FrameType:
    return FrameType({"plain": RoleType(("song-400",), size, Ink(0, 0, 0, 1))}, leading, 0, "justify", vertical, {})


@pytest.mark.parametrize(
    ("runs", "vertical", "least"),
    [
        ((PLAIN,), False, 0),
        ((DOTTED,), False, 15),
        ((LINED, DOTTED), False, 15),  # both below the line: one side
        ((LINED, DOTTED), True, 16.3),  # left and right
        (READ, False, 15),
        (READ, True, 15),
        ((*READ, LINED), False, 16.3),  # above and below
    ],
)
def test_the_least_leading(runs: tuple[Run, ...], vertical: bool, least: float) -> None:
    assert least_leading(Paragraph("body", runs), type_of(1, vertical=vertical)) == pytest.approx(least)


def test_small_type_has_readings_that_do_not_shrink_further() -> None:
    assert least_leading(Paragraph("body", READ), type_of(1, 6)) == pytest.approx(9.8)


def test_one_warning_for_a_flow() -> None:
    copy = [(Paragraph("body", (PLAIN,)), type_of(13)), (Paragraph("body", (DOTTED,)), type_of(13))] * 3
    [finding] = cramped(Chain.parse("a.section-1"), copy)
    assert finding.severity is Severity.WARNING
    assert finding.place == Place("a.md", 3, 1)
    assert finding.flows == (Flow("a", "section", 1),)
    assert "13" in finding.message.zh
    assert "15" in finding.message.zh
    assert "a.section-1" in finding.message.en
    assert not list(cramped(Chain.parse("a"), [(paragraph, type_of(15)) for paragraph, _ in copy]))


def test_through_a_build(tmp_path: Path) -> None:
    made = built(make_issue(tmp_path / "x", "天地玄黄宇宙洪荒日月盈昃[辰宿]{.dot}列张", style="line-height: 13pt"))
    [finding] = [one for one in made.findings if one.check == "line.cramped"]
    assert finding.place is not None
    assert finding.place.line == 6
    wide = built(make_issue(tmp_path / "y" / "x", "天地玄黄宇宙洪荒日月盈昃[辰宿]{.dot}列张"))
    assert not [one for one in wide.findings if one.check == "line.cramped"]
