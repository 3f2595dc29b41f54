"""Thin lines: stroked ones, and drawn ones that are thin filled rectangles (as layout engines draw rules and
borders)."""

from __future__ import annotations

from collections.abc import Iterator

from layout.findings import Finding, Severity
from layout.preflight.borders import LONG, sides
from layout.preflight.events import Event, Paint, PathPainted, TextShown
from layout.preflight.job import Job, Sheet
from layout.preflight.places import touch, where


def thin(job: Job, sheet: Sheet) -> Iterator[Finding]:
    """``line.thin``: every line is as thick as its inks need."""
    limits = job.press.min_line
    found: dict[tuple[str, float], list[tuple[float, Event]]] = {}
    for event in sheet.events:
        for paint, thickness in _lines(event):
            inks = paint.colour.inks()
            if inks is None:
                continue
            what = "single" if len(inks) == 1 else "multi_ink" if inks else "reversed"
            least: float = getattr(limits, what)
            # Paths count to a thousandth of a point.
            if round(thickness, 3) < least and ((at := where(event)) is None or touch(at, sheet.paper)):
                found.setdefault((what, least), []).append((thickness, event))
    words = {"single": ("单色", "one-ink"), "multi_ink": ("多色", "many-ink"), "reversed": ("反白", "white")}
    for (what, least), thin_ones in found.items():
        zh, en = words[what]
        widths = [width for width, _ in thin_ones]
        hairline = min(widths) == 0
        yield job.on(
            sheet,
            "line.thin",
            f"{len(widths)} 条{zh}线细于 {least:g} pt，最细 {min(widths):.3g} pt。",
            f"{len(widths)} {en} lines are thinner than {least:g} pt, down to {min(widths):.3g} pt.",
            boxes=(where(event) for _, event in thin_ones),
            severity=None if what == "single" or hairline else Severity.WARNING,
            lines=len(widths),
            width_pt=round(min(widths), 3),
        )


def _lines(event: Event) -> Iterator[tuple[Paint, float]]:
    if isinstance(event, PathPainted):
        border = sides(event) if event.fill is not None else None
        if border is None:
            yield from thicknesses(event)
        elif event.fill is not None:
            yield from ((event.fill, thick) for thick in border)
    elif isinstance(event, TextShown) and event.stroke is not None and event.fill is None:
        yield event.stroke, event.stroke_width


def thicknesses(event: PathPainted) -> Iterator[tuple[Paint, float]]:
    """How each line of a path is painted, and how thick it is in points; of a border's boxes each by itself."""
    if event.stroke is not None:
        yield event.stroke, event.width
    if event.fill is not None and event.rectangular:
        for left, bottom, right, top in event.subpaths:
            short, long = sorted((right - left, top - bottom))
            if long > LONG * short and long > 0 and short > 0:
                yield event.fill, short


CHECKS = (thin,)
