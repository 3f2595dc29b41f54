"""QR codes that the plan knows of: bare paper around each, and modules that a press can print."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from layout.checks import Finding
from layout.errors import Message
from layout.geometry import Box, Matrix, apply, scale, shared_area
from layout.preflight.events import Bounds, ImagePainted
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
PALE = 1 - BARE / 255
"""The same as a share of black: 6 %."""


def qr_codes(job: PreflightJob, sheet: ExaminedPage, made: PageDrawings) -> Iterator[Finding]:
    """``code.quiet_zone`` and ``code.module``: one finding for each code. *made* is the page as it is drawn."""
    quiet, least = job.limit("code.quiet_zone", "modules"), job.limit("code.module", "least_mm")
    for code in job.expected.codes_of(sheet.number):
        module = scale(code.turn) * code.box.width / code.modules
        if round(mm(module), 3) < least:
            wide = least * code.modules
            yield job.on(
                sheet,
                "code.module",
                f"二维码的格子只有 {mm(module):.2f} mm，应不小于 {least:g} mm：整个码至少 {wide:.1f} mm。",
                f"The modules of the QR code are {mm(module):.2f} mm; print wants {least:g} mm or more: a code of"
                f" {wide:.1f} mm.",
                boxes=[_bounds(sheet, code.box.turned(code.turn))],
                module_mm=round(mm(module), 3),
            )
        zone = _grown(code.box, quiet * code.box.width / code.modules)
        inked = _inked(sheet, made, code, zone)
        if inked:
            zh, en = ("、".join(each.side.zh for each in inked), ", ".join(each.side.en for each in inked))
            darkest = max(each.dark for each in inked)
            yield job.on(
                sheet,
                "code.quiet_zone",
                f"二维码四周要空出 {quiet:g} 格（{mm(quiet * module):.1f} mm），{zh}有油墨，最深 {darkest:.0%}；"
                f"不到 {PALE:.0%} 的浅底不算。",
                f"A QR code wants {quiet:g} modules ({mm(quiet * module):.1f} mm) of bare paper around it; there is ink"
                f" {en}, up to {darkest:.0%} dark. Tints below {PALE:.0%} are let pass.",
                boxes=[_bounds(sheet, zone.turned(code.turn))],
                quiet_mm=round(mm(quiet * module), 2), dark=round(darkest, 3),
            )  # fmt: skip


def _grown(box: Box, by: float) -> Box:
    return Box(box.x - by, box.y - by, box.width + 2 * by, box.height + 2 * by)


def _bounds(sheet: ExaminedPage, box: Box) -> tuple[float, float, float, float]:
    """The box in the page's own points."""
    left, _, _, top = sheet.trim
    return left + box.x, top - box.bottom, left + box.right, top - box.y


@dataclass(frozen=True, slots=True)
class _Inked:
    """A side of a code on which there is ink, and how dark that is: 0 paper, 1 black."""

    side: Message
    dark: float


def _inked(sheet: ExaminedPage, made: PageDrawings, code: CodeSpot, zone: Box) -> list[_Inked]:
    """The sides of a code, as they lie on the page, on which there is ink in its quiet zone."""
    inner, found = code.box, dict[int, _Inked]()
    strips = (
        Box(zone.x, zone.y, zone.width, inner.y - zone.y),
        Box(zone.x, inner.bottom, zone.width, zone.bottom - inner.bottom),
        Box(zone.x, inner.y, inner.x - zone.x, inner.height),
        Box(inner.right, inner.y, zone.right - inner.right, inner.height),
    )
    middle = apply(code.turn, inner.x + inner.width / 2, inner.y + inner.height / 2)
    for strip in strips:
        if dark := _dark(sheet, made, strip, code.turn):
            x, y = apply(code.turn, strip.x + strip.width / 2, strip.y + strip.height / 2)
            across, down = x - middle[0], y - middle[1]
            side = (2 + (across > 0)) if abs(across) > abs(down) else int(down > 0)
            found[side] = _Inked(_SIDES[side], max(dark, found[side].dark if side in found else 0.0))
    return [found[side] for side in sorted(found)]


_SIDES = (
    Message("上边", "above"), Message("下边", "below"), Message("左边", "on the left"), Message("右边", "on the right"),
)  # fmt: skip


def _dark(sheet: ExaminedPage, made: PageDrawings, strip: Box, turn: Matrix) -> float:
    """How dark the ink in a strip is that *turn* turns to its place, 0 where there is none."""
    grid = made.grid
    # A pixel at each edge may hold some of what lies beyond: the code itself, or what stands just clear of the zone.
    pixel = (grid.page[2] - grid.page[0]) / grid.width / scale(turn)
    inner = Box(strip.x + 2 * pixel, strip.y + 2 * pixel, strip.width - 4 * pixel, strip.height - 4 * pixel)
    if inner.width > 0 and inner.height > 0:
        left, _, _, top = sheet.trim
        corners = [apply(turn, x, y) for x, y in inner.corners]
        polygon = [(grid.across(left + x), grid.down(top - y)) for x, y in corners]
        darkest = made.darkest(polygon)
        if darkest < BARE:
            return 1 - darkest / 255
    # Pictures that touch no type are left out of the drawing.
    quad = [apply(turn, x, y) for x, y in strip.corners]
    for event in sheet.events:
        place = where(event) if isinstance(event, ImagePainted) else None
        if place is not None and shared_area(_corners(sheet, place), quad) > 1:
            return 1.0
    return 0.0


def _corners(sheet: ExaminedPage, place: Bounds) -> list[tuple[float, float]]:
    """The corners of a place in the page's points, from its trim's top left corner."""
    left, _, _, top = sheet.trim
    return list(Box(place[0] - left, top - place[3], place[2] - place[0], place[3] - place[1]).corners)
