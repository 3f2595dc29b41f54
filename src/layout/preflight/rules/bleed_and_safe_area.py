"""The page's edges: colour reaches past the cut, type keeps away from it, marks stay outside."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from layout.checks import Finding, Severity
from layout.preflight.events import Bounds, Event, ImagePainted, Paint, PathPainted, ShadingPainted, TextShown
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.job import PreflightJob
from layout.preflight.places import grown, reaches, spans, touch, uncovered, where, within
from layout.preflight.record import about
from layout.units import MM, mm

BARE: Bounds = (0.0, 0.0, 0.0, 0.0)
LEAST = 1.0
"""Points along the cut that may be without bleed: the tip of a leaf."""

SIDE_BEARING = 0.12
"""Part of its size that a run's em box may lie past the cut before its strokes are taken to: as much is empty at the
foot of Chinese type, and at the sides of most letters.
"""

SIDES = (("左", "left"), ("下", "bottom"), ("右", "right"), ("上", "top"))
"""In the order of a box's numbers."""


@about("page.bleed_filled")
def filled(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``page.bleed_filled``: what is cut at an edge reaches as far past it as the press asks for."""
    trim, near = sheet.box("TrimBox"), job.limit("page.bleed_filled", "tolerance_mm") * MM
    if trim is None or job.press.bleed_mm <= 0:
        return
    short: dict[int, list[Bounds]] = {}
    for event in sheet.events:
        box = where(event)
        if box is None or not _coloured(event) or not touch(box, trim):
            continue
        for side in range(4):
            if _short(event, box, Cut(trim, side, job.press.bleed_mm * MM, near)):
                short.setdefault(side, []).append(box)
    for side, boxes in sorted(short.items()):
        zh, en = SIDES[side]
        yield job.on(
            sheet,
            "page.bleed_filled",
            f"{zh}边有 {len(boxes)} 处颜色到了切口，却没有铺满 {job.press.bleed_mm:g} mm 出血。",
            f"{len(boxes)} marks touch the {en} edge without filling the bleed of {job.press.bleed_mm:g} mm.",
            boxes=boxes,
            marks=len(boxes),
        )


class Cut(NamedTuple):
    """One side of the trimmed page, the bleed that the press needs there, and the tolerance: in points."""

    trim: Bounds
    side: int
    bleed: float
    near: float


def _short(event: Event, box: Bounds, cut_at: Cut) -> bool:
    """Whether a mark reaches the cut and does not go on through the bleed.

    A filled shape or a turned picture is looked at along the cut and along the bleed's outer edge: what it covers of
    the one it must cover of the other, but for what slants by up to 45°.
    """
    trim, side, bleed, near = cut_at
    past = trim[side] - box[side] if side < 2 else box[side] - trim[side]
    shaped = isinstance(event, PathPainted) and event.fill is not None and not event.plain
    turned = isinstance(event, ImagePainted) and abs(event.ctm[1]) + abs(event.ctm[2]) > 0.01
    if past < -near:
        return False
    if not isinstance(event, (PathPainted, ImagePainted)) or not (shaped or turned):
        return past < bleed - near
    out, axis = (-1 if side < 2 else 1), side % 2
    cut, edge = trim[side] - out * near, trim[side] + out * (bleed - near)
    ends = trim[1 - axis], trim[3 - axis]
    at_cut = [(max(low, ends[0]), min(high, ends[1])) for low, high in spans(event, axis, cut)]
    at_cut = [span for span in at_cut if span[1] > span[0]]
    return uncovered(at_cut, spans(event, axis, edge), bleed) > LEAST


def _coloured(event: Event) -> bool:
    """Whether it lays down colour by area or line. Type is ``page.safe``'s."""
    if isinstance(event, PathPainted):
        return any(paint is not None and not paint.colour.white for paint in (event.fill, event.stroke))
    return isinstance(event, (ImagePainted, ShadingPainted))


@about("page.safe")
def safe(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``page.safe``: type keeps its distance from the cut; what is cut through, or lies off the sheet, is lost."""
    trim, margin, near_mm = sheet.box("TrimBox"), job.press.safe_mm, job.press.tolerance.safe_mm
    if trim is None:
        return
    inner = grown(trim, -margin * MM)
    near: list[tuple[float, TextShown]] = []
    for event in sheet.events:
        box = where(event) if isinstance(event, TextShown) and event.visible and event.text.strip() else None
        if (
            box is not None
            and isinstance(event, TextShown)
            and touch(box, trim)
            and not within(box, inner, near_mm * MM)
        ):
            least = min(box[0] - trim[0], box[1] - trim[1], trim[2] - box[2], trim[3] - box[3])
            near.append((least, event))
    cut = [run for run in near if run[0] < -SIDE_BEARING * run[1].size]
    if cut:
        past, run = min(cut, key=lambda each: each[0])
        yield job.on(
            sheet,
            "page.safe",
            f"{len(cut)} 处文字被切口切断，最多出去 {mm(-past):.1f} mm，如“{run.text.strip()[:12]}”。",
            f"{len(cut)} runs of type are cut by the trim, up to {mm(-past):.1f} mm: “{run.text.strip()[:12]}”.",
            events=(run for _, run in cut),
            severity=Severity.ERROR,
            runs=len(cut),
            past_mm=round(mm(-past), 2),
        )
    near = [run for run in near if run not in cut]
    if near:
        closest, run = min(near, key=lambda each: each[0])
        least, sample = mm(closest), run.text.strip()[:12]
        yield job.on(
            sheet,
            "page.safe",
            f"{len(near)} 处文字离切口不到 {margin:g} mm，最近 {least:.1f} mm，如“{sample}”。",
            f"{len(near)} runs of type are within {margin:g} mm of the cut, the nearest {least:.1f} mm: “{sample}”.",
            events=(run for _, run in near),
            runs=len(near),
            distance_mm=round(least, 2),
        )


@about("page.safe")
def off_the_sheet(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``page.safe`` for type that lies wholly off the sheet: whoever put it there meant it to be printed, or not."""
    media = sheet.box("MediaBox")
    lost = [
        event
        for event in sheet.events
        if isinstance(event, TextShown)
        and event.visible
        and event.text.strip()
        and not event.cut
        and not touch(event.box, media or BARE)
    ]
    if lost and media is not None and media[0] < media[2] and media[1] < media[3]:
        yield job.on(
            sheet,
            "page.safe",
            f"{len(lost)} 处文字在纸外，印不出来，如“{lost[0].text.strip()[:12]}”。",
            f"{len(lost)} runs of type lie off the sheet and do not print, such as “{lost[0].text.strip()[:12]}”.",
            events=lost,
            runs=len(lost),
        )


@about("marks.place", "marks.inks")
def marks(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``marks.place`` and ``marks.inks``: crop marks are there if asked for, beyond the bleed, and on every plate."""
    trim = sheet.box("TrimBox")
    if trim is None:
        return
    bleed = grown(trim, job.press.bleed_mm * MM)
    outside = [
        (event, box)
        for event in sheet.events
        if (box := _mark(event)) is not None and not reaches(event, grown(trim, -0.1))
    ]
    inside = [box for event, box in outside if reaches(event, grown(bleed, -0.1))]
    if inside:
        yield job.on(
            sheet,
            "marks.place",
            f"{len(inside)} 处印刷标记伸进了出血。",
            f"{len(inside)} printer's marks reach into the bleed.",
            boxes=inside,
            marks=len(inside),
        )
    lines = [(event, box) for event, box in outside if isinstance(event, PathPainted) and event.stroke is not None]
    if job.press.marks and not lines:
        yield job.on(
            sheet,
            "marks.place",
            "印厂要裁切标记，版面上没有。",
            "The press asks for crop marks; there are none.",
            severity=Severity.WARNING,
        )
    thin = [box for event, box in lines if event.stroke is not None and not _registers(event.stroke)]
    if job.press.marks and thin and len(thin) == len(lines):
        yield job.on(
            sheet,
            "marks.inks",
            f"{len(thin)} 条印刷标记不是四块版都有。",
            f"{len(thin)} printer's marks are not on all four plates.",
            boxes=thin,
            marks=len(thin),
        )


def _mark(event: Event) -> Bounds | None:
    """The box of what may be a printer's mark: a line or a word."""
    is_line = isinstance(event, PathPainted) and event.stroke is not None
    return where(event) if is_line or isinstance(event, TextShown) else None


def _registers(paint: Paint) -> bool:
    """Whether it prints on all four plates."""
    inks = paint.colour.inks() or {}
    return "All" in inks or set("CMYK") <= set(inks)


CHECKS = (filled, safe, off_the_sheet, marks)
