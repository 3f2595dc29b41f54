"""QR codes that the plan knows of: bare paper around each, and modules that a press can print."""

from __future__ import annotations

from collections.abc import Iterator

from layout.checks import Finding
from layout.geometry import Box
from layout.preflight.events import ImagePainted
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.job import PreflightJob
from layout.preflight.page_geometry import CodeSpot
from layout.preflight.places import where
from layout.preflight.seen.drawings import PageDrawings
from layout.units import mm

BARE = 240
"""Of 255: what is drawn darker is ink. The lightest tint that prints, 3 %, is drawn as 247; what smoothing leaves of a
black edge that ends between two pixels is far darker.
"""


def qr_codes(job: PreflightJob, sheet: ExaminedPage, made: PageDrawings) -> Iterator[Finding]:
    """``code.quiet_zone`` and ``code.module``: one finding for each code. *made* is the page as it is drawn."""
    quiet, least = job.limit("code.quiet_zone", "modules"), job.limit("code.module", "least_mm")
    for code in job.expected.codes_of(sheet.number):
        module = code.box.width / code.modules
        if round(mm(module), 3) < least:
            wide = least * code.modules
            yield job.on(
                sheet,
                "code.module",
                f"二维码的格子只有 {mm(module):.2f} mm，应不小于 {least:g} mm：整个码至少 {wide:.1f} mm。",
                f"The modules of the QR code are {mm(module):.2f} mm; print wants {least:g} mm or more: a code of"
                f" {wide:.1f} mm.",
                boxes=[_bounds(sheet, code.box)],
                module_mm=round(mm(module), 3),
            )
        zone = _grown(code.box, quiet * module)
        inked = _inked(sheet, made, code, zone)
        if inked:
            yield job.on(
                sheet,
                "code.quiet_zone",
                f"二维码四周要空出 {quiet:g} 格（{mm(quiet * module):.1f} mm），{inked[0]}有油墨。",
                f"A QR code wants {quiet:g} modules ({mm(quiet * module):.1f} mm) of bare paper around it; there is ink"
                f" {inked[1]}.",
                boxes=[_bounds(sheet, zone)],
                quiet_mm=round(mm(quiet * module), 2),
            )


def _grown(box: Box, by: float) -> Box:
    return Box(box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by)


def _bounds(sheet: ExaminedPage, box: Box) -> tuple[float, float, float, float]:
    """The box in the page's own points."""
    left, _, _, top = sheet.trim
    return left + box.x, top - box.bottom, left + box.right, top - box.y


def _inked(sheet: ExaminedPage, made: PageDrawings, code: CodeSpot, zone: Box) -> tuple[str, str] | None:
    """On which sides of a code there is ink in its quiet zone, in words; None for none."""
    inner = code.box
    strips = {
        ("上边", "above"): Box(zone.x, zone.y, zone.width, inner.y - zone.y),
        ("下边", "below"): Box(zone.x, inner.bottom, zone.width, zone.bottom - inner.bottom),
        ("左边", "on the left"): Box(zone.x, inner.y, inner.x - zone.x, inner.height),
        ("右边", "on the right"): Box(inner.right, inner.y, zone.right - inner.right, inner.height),
    }
    found = [side for side, strip in strips.items() if _has_ink(sheet, made, strip)]
    return ("、".join(zh for zh, _ in found), ", ".join(en for _, en in found)) if found else None


def _has_ink(sheet: ExaminedPage, made: PageDrawings, strip: Box) -> bool:
    left, bottom, right, top = _bounds(sheet, strip)
    # A pixel at each edge may hold some of what lies beyond: the code itself, or what stands just clear of the zone.
    edges = (
        int(made.grid.across(left)) + 2, int(made.grid.down(top)) + 2,
        int(made.grid.across(right)) - 1, int(made.grid.down(bottom)) - 1,
    )  # fmt: skip
    if edges[0] < edges[2] and edges[1] < edges[3]:
        darkest = made.gray.crop(edges).getextrema()[0]
        if isinstance(darkest, int | float) and darkest < BARE:
            return True
    # Pictures that touch no type are left out of the drawing.
    pictures = (where(event) for event in sheet.events if isinstance(event, ImagePainted))
    return any(
        box is not None and box[0] < right - 1 and box[2] > left + 1 and box[1] < top - 1 and box[3] > bottom + 1
        for box in pictures
    )
