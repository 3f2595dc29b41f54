"""Checks of tinted and bordered boxes in which nothing stands: a rail without its guide, a panel without its figures.

What is wider than a column is found on the finished page as a hole; a tint is no white, and a rail is no wider.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from layout.checks import Finding, room_checks
from layout.copyfit.checks.box_on_box import Finder
from layout.copyfit.checks.legibility import ink_of
from layout.errors import Message
from layout.geometry import Box
from layout.page.frames import MeasuredPage, SetLine
from layout.page.standing import StandingBox, StandingBoxes, basic_column
from layout.units import mm

_SECTIONS = ("aside", "section", "article", "header", "footer")
"""Elements that are made to hold something; any other that holds no element is a stroke of colour."""
_DRAWN = ("img", "svg", "image")
_SHARE = 0.5
"""Of its height that must be empty in one stretch: less is room between what stands in it."""
_WIDER = 1.25
"""Of the basic column, up to which a box is a rail: what is wider is looked at on the finished page."""


def empty_boxes(
    page: MeasuredPage, lines: Sequence[SetLine], standing: StandingBoxes, place_of: Finder
) -> Iterator[Finding]:
    """A finding for every rail or panel of four rows or more that is empty for the greater part of its height."""
    check = room_checks("copyfit")["page.empty_box"]
    rows, area = _number(check.limits["rows"]), _number(check.limits["area_mm2"])
    inks = [ink_of(line) for line in lines if line.line.text.strip() and line.line.placed]
    for at, panel in enumerate(standing.boxes):
        if not _is_a_rail(at, panel, standing) or panel.box.width > _WIDER * basic_column(page):
            continue
        empty = _tallest(panel.box, [*inks, *_held(at, standing)])
        high = empty.height
        if high >= rows * page.row and high >= _SHARE * panel.box.height and mm(high) * mm(empty.width) > area:
            number = int(high / page.row)
            yield Finding(
                check.id,
                check.severity,
                Message(f"底框 {panel.name} 里空着 {mm(high):.0f} mm（{number} 行）",
                        f"the box {panel.name} is empty for {mm(high):.0f} mm ({number} rows)"),
                place_of(panel.words),
                check.hint(),
                page.page_no,
                {"rows": number, "area_mm2": round(mm(high) * mm(empty.width))},
                boxes=(empty.rounded(2),),
                template=(place_of(panel.words),),
            )  # fmt: skip


def _number(limit: object) -> float:
    assert isinstance(limit, int | float)
    return float(limit)


def _is_a_rail(at: int, panel: StandingBox, standing: StandingBoxes) -> bool:
    """Whether a tinted or bordered box is made to hold something, and its white is not said to be meant."""
    if panel.kind != "ground" or panel.free:
        return False
    holds = any(other.parent == at and "::" not in other.name for other in standing.boxes)
    return holds or panel.name.partition(".")[0] in _SECTIONS


def _held(at: int, standing: StandingBoxes) -> Iterator[Box]:
    """The pictures and drawings on the page, and the panels inside this one."""
    for number, each in enumerate(standing.boxes):
        inside = number != at and standing.within(number, at)
        if each.kind == "picture" or (inside and (each.kind == "ground" or each.name.partition(".")[0] in _DRAWN)):
            yield each.box


def _tallest(panel: Box, inks: Sequence[Box]) -> Box:
    """The highest stretch of *panel* across which none of *inks* stands."""
    own = sorted(
        (max(ink.y, panel.y), min(ink.bottom, panel.bottom))
        for ink in inks
        if ink.beside(panel) and ink.above_or_below(panel)
    )
    best, top = (panel.y, panel.y), panel.y
    for start, end in [*own, (panel.bottom, panel.bottom)]:
        best = max(best, (top, start), key=lambda stretch: stretch[1] - stretch[0])
        top = max(top, end)
    return Box(panel.x, best[0], panel.width, best[1] - best[0])
