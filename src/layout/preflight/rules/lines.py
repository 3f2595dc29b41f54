"""Thin lines: stroked ones, and those that are the filled shapes of rules and borders."""

from __future__ import annotations

from collections.abc import Iterator

from layout.checks import Finding, Severity
from layout.preflight.events import Event, Paint, PathPainted, TextShown
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.job import PreflightJob
from layout.preflight.places import grown, printed
from layout.preflight.record import about
from layout.preflight.rule_thickness import Ruler
from layout.preflight.rules.marks_inside import unless_marks

NEAR = 0.01
"""Points by which crop marks may reach into the bleed: numbers are written to two or three places."""


@about("line.thin")
def thin(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``line.thin``: every line is as thick as its inks need."""
    limits = job.press.min_line
    found: dict[tuple[str, float], list[tuple[float, Event]]] = {}
    paper = grown(sheet.paper, -NEAR)
    for event in unless_marks(sheet):
        for paint, thickness in _lines(event, sheet.ruler):
            inks = paint.colour.inks()
            if inks is None:
                continue
            what = "single" if len(inks) == 1 else "multi_ink" if inks else "reversed"
            least: float = getattr(limits, what)
            # Paths count to a thousandth of a point.
            if round(thickness, 3) < least and printed(event, paper):
                found.setdefault((what, least), []).append((thickness, event))
    if sheet.ruler.unmeasured:
        job.record.lacks("many", "line.thin", "overprint.black")
        yield job.on(
            sheet,
            "preflight.incomplete",
            f"图形太多，{sheet.ruler.unmeasured} 个没有量线条的粗细。",
            f"There are too many shapes: the lines of {sheet.ruler.unmeasured} were not measured.",
        )
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
            events=(event for _, event in thin_ones),
            severity=None if what == "single" or hairline else Severity.WARNING,
            lines=len(widths),
            width_pt=round(min(widths), 3),
        )


def _lines(event: Event, ruler: Ruler) -> Iterator[tuple[Paint, float]]:
    """How each line that *event* draws is painted, and how thick it is in points."""
    if isinstance(event, PathPainted):
        if event.stroke is not None:
            yield event.stroke, event.width
        elif event.fill is not None:
            yield from ((event.fill, thick) for bar in ruler.bars(event) for thick in bar.lines)
    elif isinstance(event, TextShown) and event.stroke is not None and event.fill is None:
        yield event.stroke, event.stroke_width


CHECKS = (thin,)
