"""Holes of a page: white where a column's copy would stand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from layout.checks import Finding, Severity
from layout.geometry import Box
from layout.preflight.events import ImagePainted
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.job import PreflightJob
from layout.preflight.places import where
from layout.preflight.seen.drawings import PageDrawings
from layout.preflight.seen.holes import HoleLimits, holes
from layout.units import mm

SQUARE_MM = (25.4 / 72) ** 2
"""Of a square point."""


def hole_findings(job: PreflightJob, sheet: ExaminedPage, made: PageDrawings) -> Iterator[Finding]:
    """``page.hole``: one finding for each hole."""
    space, again = job.expected.space_of(sheet.number), job.again.get(sheet.number)
    if space is None:
        return
    if again is not None and not again.shift.still:  # as page.size says: its frames lie elsewhere
        job.record.lacks("otherwise", "page.hole")
        return
    rows, least = job.limit("page.hole", "rows"), job.limit("page.hole", "area_mm2")
    limits = HoleLimits(space.holes.column, rows * space.row, least / SQUARE_MM)
    left, _, right, top = sheet.trim
    x, y = made.grid.across(left), made.grid.down(top)
    scale = (made.grid.across(right) - x) / (right - left)
    pictures = sheet.all_boxes(where(event) for event in sheet.events if isinstance(event, ImagePainted))
    # In pixels, from the drawing's own corner.
    area, *filled = (
        Box(x + box.x * scale, y + box.y * scale, box.width * scale, box.height * scale)
        for box in (space.area, *space.holes.filled, *pictures)
    )
    pixels = HoleLimits(limits.width * scale, limits.height * scale, limits.area * scale * scale)
    for hole in holes(made.gray, area, space.row * scale, filled, pixels):
        first, *others = (
            Box((part.x - x) / scale, (part.y - y) / scale, part.width / scale, part.height / scale)
            for part in (hole.around, *hole.parts)
        )
        wide, high, across, down = (mm(each) for each in (first.width, first.height, first.x, first.y))
        rows_high = round(round(first.height / space.row, 3))  # where a part of the page is drawn by itself sums differ
        most_zh, most_en = ("最", " at most") if len(others) > 1 else ("", "")
        found = job.on(
            sheet,
            "page.hole",
            f"版面有空洞：{most_zh}宽 {wide:.0f} mm、{most_zh}高 {high:.0f} mm（{rows_high} 行），"
            "一点油墨也没有；"
            f"在离左边 {across:.0f} mm、离上边 {down:.0f} mm 处。",
            f"There is a hole in the page:{most_en} {wide:.0f} × {high:.0f} mm ({rows_high} rows)"
            " without ink,"
            f" {across:.0f} mm from the left and {down:.0f} mm from the top.",
            severity=Severity.ERROR if space.holes.grave else None,
            repeats=True,
            width_mm=round(wide, 1),
            height_mm=round(high, 1),
        )
        yield replace(found, boxes=tuple(each.rounded(1) for each in others))
