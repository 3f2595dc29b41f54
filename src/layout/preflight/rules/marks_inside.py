"""Crop marks within the TrimBox: a box that was left as large as the sheet has the page cut with its marks on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from layout.checks import Finding
from layout.preflight.events import Bounds, Event, Paint, PathPainted
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.job import PreflightJob
from layout.preflight.places import where, within
from layout.preflight.record import about
from layout.units import MM, mm

THICKEST = 1.0
"""Points of a crop mark's line, at the most: programs draw a quarter to half a point."""

SHORTEST, LONGEST = 2 * MM, 25 * MM
"""Of a crop mark: programs draw 5 to 10 mm."""

LEAST = 4
"""Marks that show a page's edges: one at each corner, or one at each side."""

SOLID = 0.98
"""Of each ink: registration colour is all of all."""


@about("marks.place")
def inside(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``marks.place``: the TrimBox leaves the crop marks outside."""
    marks = marks_inside(sheet)
    if not marks:
        return
    left, bottom, right, top = _between(marks)
    size = f"{mm(right - left):.1f} × {mm(top - bottom):.1f} mm"
    yield job.on(
        sheet,
        "marks.place",
        f"成品框（TrimBox）把 {len(marks)} 条裁切线框了进来，会连标记一起裁出；按裁切线，成品是 {size}。",
        f"The TrimBox takes in {len(marks)} crop marks, and they stay on the page; by them the trimmed page is {size}.",
        events=marks,
        marks=len(marks),
    )


def marks_inside(sheet: ExaminedPage) -> list[PathPainted]:
    """The crop marks that lie within the TrimBox: short level lines in registration colour around a smaller page."""
    trim = sheet.box("TrimBox")
    found = [event for event in sheet.events if isinstance(event, PathPainted) and _may_be_mark(event)]
    found = [event for event in found if trim is not None and (box := where(event)) is not None and within(box, trim)]
    if len(found) < LEAST or {_is_upright(event) for event in found} != {True, False}:
        return []
    page = _between(found)
    return found if all(_beside(event, page) for event in found) else []


def unless_marks(sheet: ExaminedPage) -> list[Event]:
    """What the page paints but for such marks: their ink and thinness are as they must be."""
    marks = {id(event) for event in marks_inside(sheet)}
    return [event for event in sheet.events if id(event) not in marks] if marks else list(sheet.events)


def _may_be_mark(event: PathPainted) -> bool:
    if event.stroke is None or len(event.subpaths) != 1 or event.fattest > THICKEST or not _registers(event.stroke):
        return False
    left, bottom, right, top = event.subpaths[0]
    short, long = sorted((right - left, top - bottom))
    return short < 0.01 and SHORTEST <= long <= LONGEST


def _registers(paint: Paint) -> bool:
    inks = paint.colour.inks() or {}
    return "All" in inks or all(inks.get(ink, 0.0) >= SOLID for ink in "CMYK")


def _is_upright(event: PathPainted) -> bool:
    left, bottom, right, top = event.subpaths[0]
    return top - bottom > right - left


def _between(marks: Sequence[PathPainted]) -> Bounds:
    """The page that marks stand around."""
    across = [event.subpaths[0][0] for event in marks if _is_upright(event)]
    up = [event.subpaths[0][1] for event in marks if not _is_upright(event)]
    return min(across), min(up), max(across), max(up)


def _beside(mark: PathPainted, page: Bounds) -> bool:
    """Whether a mark lies beyond the corners of the page that it belongs to."""
    left, bottom, right, top = mark.subpaths[0]
    if page[2] - page[0] < LONGEST or page[3] - page[1] < LONGEST:
        return False
    return top <= page[1] or bottom >= page[3] if _is_upright(mark) else right <= page[0] or left >= page[2]


CHECKS = (inside,)
