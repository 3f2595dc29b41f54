"""Type that nobody can see, type that hardly stands out, and type upon type: proved by looking at the drawn page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from layout.checks import Finding
from layout.preflight.events import Bounds, TextShown
from layout.preflight.job import ExaminedPage, PreflightJob
from layout.preflight.places import touch, within
from layout.preflight.record import about
from layout.preflight.seen.drawings import PageDrawings, drawings
from layout.preflight.seen.judgement import RunSeen, SeenLimits, runs_seen, texts_of
from layout.preflight.seen.meeting import meetings
from layout.preflight.seen.reasons import HINTS, WORDS, Reason, reason_of

MAX_RUNS = 40_000
"""Strings of a page that are looked at. A full newspaper page has some five hundred."""

QUOTED = 12
"""Characters of a run that a finding quotes."""


@dataclass(frozen=True, slots=True)
class _Lost:
    """Characters of one run that are not seen."""

    reason: Reason
    text: str
    place: Bounds


@about("text.invisible", "text.contrast", "text.on_type")
def seen(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``text.invisible``, ``text.contrast`` and ``text.on_type``."""
    placed = [(at, event) for at, event in enumerate(sheet.events)
              if isinstance(event, TextShown) and event.codes and not event.apart]  # fmt: skip
    if not sheet.followed:
        return  # PDFium has no limits of its own: a page that multiplies itself would fill the memory
    if len(placed) > MAX_RUNS:
        job.record.lacks("many", "text.invisible", "text.contrast", "text.on_type")
        return
    runs = [run for _, run in placed]
    ppi = job.limit("text.invisible", "ppi")
    made = drawings(job.source, sheet.number - 1, runs, ppi) if any(run.text.strip() for run in runs) else None
    if made is None:
        return
    limits = SeenLimits(job.limit("text.invisible", "delta_e"), job.limit("text.invisible", "outline"))
    found = runs_seen(made, runs, limits)
    lost = [each for index, (at, _) in enumerate(placed) for each in _lost_of(sheet, at, made, index, found[index])]
    yield from _invisible(job, sheet, lost)
    yield from _pale(job, sheet, runs, found)
    yield from _on_type(job, sheet, made, runs, found)


def _lost_of(sheet: ExaminedPage, at: int, made: PageDrawings, index: int, what: RunSeen) -> Iterator[_Lost]:
    """The characters of a run that are not seen, those without an outline apart from the others.

    The run is the page's event *at*, and the drawings' run *index*.
    """
    run, region = sheet.events[at], made.regions[index]
    assert isinstance(run, TextShown)
    texts = texts_of(run, made.characters.get(index, ""))
    if not touch(region.box, sheet.trim):
        # Beyond the trim there are the printer's own words, but in the bleed type is cut off.
        if touch(region.box, sheet.paper) or not touch(region.box, made.grid.page):
            yield _Lost("off", "".join(texts), region.box)
        return
    for empty in (False, True):
        own = [each for each in what.lost if (each in what.empty) is empty]
        if not own:
            continue
        place = _place(run, region.box, own) if len(own) < len(what.lost) or len(own) < len(run.codes) else region.box
        reason = reason_of(run, place, made.grid.page, sheet.events[:at], sheet.events[at + 1 :])
        if empty and reason not in {"mode", "size", "off", "clip"}:
            reason = "empty"
        yield _Lost(reason, "".join(texts[each] for each in own), place)


def _place(run: TextShown, region: Bounds, own: Sequence[int]) -> Bounds:
    """Where some of a run's characters stand, by their pens."""
    if not run.pens:
        return region
    ends = (*run.pens[1:], 1.0)
    (x0, y0), (x1, y1) = run.start, run.end
    shares = (min(run.pens[each] for each in own), max(ends[each] for each in own))
    ats = [(x0 + share * (x1 - x0), y0 + share * (y1 - y0)) for share in shares]
    left, right = sorted(x for x, _ in ats)
    bottom, top = sorted(y for _, y in ats)
    return (left, region[1], right, region[3]) if right - left >= top - bottom else (region[0], bottom, region[2], top)


def _invisible(job: PreflightJob, sheet: ExaminedPage, lost: Sequence[_Lost]) -> Iterator[Finding]:
    by_reason: dict[Reason, list[_Lost]] = {}
    for each in lost:
        by_reason.setdefault(each.reason, []).append(each)
    for reason, own in by_reason.items():
        characters = sum(len("".join(each.text.split())) for each in own)
        words, sample = WORDS[reason], own[0].text.strip()[:QUOTED]
        found = job.on(
            sheet,
            "text.invisible",
            f"{characters} 个字印出来看不见，如“{sample}”：{words.zh}。",
            f"{characters} characters will not be seen, such as “{sample}”: {words.en}.",
            boxes=(each.place for each in own),
            repeats=reason == "off",
            characters=characters,
            runs=len(own),
            reason=reason,
        )
        yield replace(found, hint=HINTS[reason])


def _pale(
    job: PreflightJob, sheet: ExaminedPage, runs: Sequence[TextShown], found: Sequence[RunSeen]
) -> Iterator[Finding]:
    """``text.contrast``: smaller type asks for more."""
    small = job.limit("text.contrast", "small_pt")
    by_limit: dict[float, list[tuple[float, TextShown]]] = {}
    for run, what in zip(runs, found, strict=True):
        least = job.limit("text.contrast", "small" if run.size < small else "large")
        if what.contrast is not None and what.contrast < least and run.text.strip() and touch(run.box, sheet.trim):
            by_limit.setdefault(least, []).append((what.contrast, run))
    for least, own in by_limit.items():
        worst, run = min(own, key=lambda each: each[0])
        sample = run.text.strip()[:QUOTED]
        yield job.on(
            sheet,
            "text.contrast",
            f"{len(own)} 处字与底色太接近，如“{sample}”（{run.size:.1f} pt）：明度只差 {worst:.0f}，要差 {least:g}。",
            f"{len(own)} runs hardly stand out from their ground, such as “{sample}” ({run.size:.1f} pt): ΔL* is"
            f" {worst:.0f}, where {least:g} is wanted.",
            boxes=(each.box for _, each in own),
            runs=len(own),
            delta_l=round(worst, 1),
        )


def _on_type(
    job: PreflightJob, sheet: ExaminedPage, made: PageDrawings, runs: Sequence[TextShown], found: Sequence[RunSeen]
) -> Iterator[Finding]:
    """``text.on_type``: one finding for each two runs, the first few."""
    share, pale = job.limit("text.on_type", "share"), job.limit("text.contrast", "large")
    upon = [each for each in meetings(made, runs, found, share, pale) if within(each[2], sheet.trim)]
    for one, other, _ in upon[: int(job.limit("text.on_type", "most"))]:
        beneath, above = (runs[each].text.strip()[:QUOTED] for each in (one, other))
        yield job.on(
            sheet,
            "text.on_type",
            f"字压字：“{above}”压在“{beneath}”上。",
            f"Type upon type: “{above}” lies on “{beneath}”.",
            boxes=(made.regions[one].box, made.regions[other].box),
            repeats=True,
            places=len(upon),
        )


CHECKS = (seen,)
