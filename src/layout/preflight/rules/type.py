"""Type on newsprint: black on one plate, small type in few inks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from layout.checks import Finding, Severity
from layout.preflight.events import Paint, TextShown
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.job import PreflightJob
from layout.preflight.record import about
from layout.press.model import MinType

SOLID = 0.9995
"""Share of an ink from which it is solid: what is written as 1."""


@about("text.black")
def black(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``text.black``: text that looks black has no colour under it; below a size, nor has dark gray of three inks."""
    limit, below = job.limit("text.black", "black_from"), job.limit("text.black", "gray_below_pt")
    rich = []
    for event, inks in _printed(sheet):
        coloured = sum(inks.get(ink, 0.0) for ink in "CMY")
        black = inks.get("K", 0.0) >= limit and coloured > 0
        if black or (len(inks) > 2 and round(event.size, 1) < below and _dark_gray(inks, job)):
            rich.append((event, round(100 * (coloured + inks.get("K", 0.0)))))
    if rich:
        event, total = rich[0]
        yield job.on(
            sheet,
            "text.black",
            f"{len(rich)} 处黑字不是单黑，如“{_sample(event)}”（{event.size:.1f} pt，{total}%）。",
            f"{len(rich)} runs of black text have colour in them, such as “{_sample(event)}”"
            f" ({event.size:.1f} pt, {total} %).",
            events=(event for event, _ in rich),
            runs=len(rich),
            ink_percent=total,
        )


@about("text.black")
def screened(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``text.black``: small text that looks black is solid: a screen of nearly all K, as conversions through a
    profile leave it, frays its edges (a warning).
    """
    limit, below = job.limit("text.black", "black_from"), job.limit("text.black", "gray_below_pt")
    frayed = [
        (event, inks["K"])
        for event, inks in _printed(sheet)
        if set(inks) == {"K"} and limit <= inks["K"] < SOLID and round(event.size, 1) < below
    ]
    if frayed:
        event, black = frayed[0]
        yield job.on(
            sheet,
            "text.black",
            f"{len(frayed)} 处小黑字不是实地，只有 K{100 * black:.0f}%，如“{_sample(event)}”"
            f"（{event.size:.1f} pt）：边上发毛。",
            f"{len(frayed)} runs of small black text are screened, in K {100 * black:.0f} %, such as “{_sample(event)}”"
            f" ({event.size:.1f} pt): their edges fray.",
            events=(event for event, _ in frayed),
            severity=Severity.WARNING,
            runs=len(frayed),
            ink_percent=round(100 * black),
        )


def _dark_gray(inks: Mapping[str, float], job: PreflightJob) -> bool:
    """Whether process inks come out as a near-black without a hue: black put together from colours, as from RGB.

    As red, green and blue by the plainest conversion there is; the profile moves both limits by a few hundredths.
    """
    if not set(inks) <= set("CMYK"):
        return False
    light = 1 - min(1.0, inks.get("K", 0.0))
    red, green, blue = (light * (1 - min(1.0, inks.get(ink, 0.0))) for ink in "CMY")
    hue = max(red, green, blue) - min(red, green, blue)
    return max(red, green, blue) <= job.limit("text.black", "dark") and hue <= job.limit("text.black", "hue")


@about("text.small")
def small(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``text.small``: the more inks, the larger the type must be."""
    found: dict[tuple[int, float], list[TextShown]] = {}
    for event, inks in _printed(sheet):
        least = _least(inks, job.press.min_type)
        # Sizes count to a tenth of a point, as the Ghent Workgroup rounds them.
        if round(event.size, 1) < least:
            found.setdefault((len(inks), least), []).append(event)
    for (inks_used, least), events in found.items():
        smallest = min(event.size for event in events)
        yield job.on(
            sheet,
            "text.small",
            f"{len(events)} 处 {inks_used} 色小字不到 {least:g} pt，最小 {smallest:.1f} pt，如“{_sample(events[0])}”。",
            f"{len(events)} runs in {inks_used} inks are below {least:g} pt, down to {smallest:.1f} pt,"
            f" such as “{_sample(events[0])}”.",
            events=events,
            runs=len(events),
            size_pt=round(smallest, 2),
        )


def _least(inks: Mapping[str, float], limits: MinType) -> float:
    """The smallest size for these inks; 0 for none (white)."""
    if not inks:
        return 0.0
    if len(inks) > 2:
        return limits.multi_ink
    if len(inks) == 2:
        return limits.two_inks
    return limits.solid if next(iter(inks.values())) > SOLID else limits.tinted


def _printed(sheet: ExaminedPage) -> Iterator[tuple[TextShown, Mapping[str, float]]]:
    """Text with a fill whose inks are known, process inks only."""
    for event in sheet.events:
        # Type 3 glyphs are as large as they are drawn, whatever the size; without a font nothing is shown.
        if not isinstance(event, TextShown) or event.face.kind in {"", "Type3"} or event.cut:
            continue
        if event.text.strip() and event.fill is not None:
            inks = _inks(event.fill)
            if inks is not None:
                yield event, inks


def _inks(paint: Paint) -> Mapping[str, float] | None:
    """The inks of *paint* on paper: a translucent one is a tint of itself."""
    inks = paint.colour.inks()
    return None if inks is None else {ink: amount * paint.alpha for ink, amount in inks.items()}


def _sample(event: TextShown) -> str:
    return event.text.strip()[:12]


CHECKS = (black, screened, small)
