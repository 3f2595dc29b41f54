"""Type that nobody can see, type that hardly stands out, and type upon type: proved by looking at the drawn page."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from layout.checks import Finding, Severity
from layout.errors import Hint, PrintError
from layout.preflight.doubled_type import copied
from layout.preflight.events import Bounds, TextShown
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.job import PreflightJob
from layout.preflight.places import touch, within
from layout.preflight.record import about
from layout.preflight.rules.holes import hole_findings
from layout.preflight.rules.qr_codes import qr_codes
from layout.preflight.seen.drawings import PageDrawings, drawings
from layout.preflight.seen.drawings_again import DrawnAgain, LastDrawings, PaintedRuns, drawn_again
from layout.preflight.seen.judgement import RunSeen, SeenLimits, runs_seen, texts_of
from layout.preflight.seen.meeting import meetings
from layout.preflight.seen.reasons import CERTAIN, HINTS, WORDS, Reason, blend_of, reason_of

MAX_RUNS = 40_000
"""Strings of a page that are looked at. A full newspaper page has some five hundred."""


QUOTED = 12
"""Characters of a run that a finding quotes."""


LOOKED_AT = ("text.invisible", "text.contrast", "text.on_type", "page.hole", "code.quiet_zone", "code.module")
"""The checks that look at the drawn page."""


@dataclass(frozen=True, slots=True)
class _Lost:
    """Characters of one run that are not seen."""

    reason: Reason
    text: str
    place: Bounds
    at: int
    """The event that shows them."""
    blend: str = ""
    """The blend mode, where that is the reason."""


@dataclass(frozen=True, slots=True)
class _LookedAt:
    """A page's type, looked at."""

    made: PageDrawings
    runs: Sequence[TextShown]
    found: Sequence[RunSeen]
    """What is seen of each of the runs."""
    lost: Sequence[_Lost]
    ghosts: Collection[int]
    """Indexes of those runs that would be lost for nothing but their paleness."""


@about(*LOOKED_AT)
def seen(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """``text.invisible``, ``text.contrast``, ``text.on_type`` and ``page.hole``."""
    looked_at = _looked_at(job, sheet, LOOKED_AT)
    if looked_at is None:
        return
    made, runs, found = looked_at.made, looked_at.runs, looked_at.found
    yield from _invisible(job, sheet, looked_at.lost)
    yield from _pale(job, sheet, runs, found, looked_at.ghosts)
    yield from _on_type(job, sheet, made, runs, found)
    yield from hole_findings(job, sheet, made)
    yield from qr_codes(job, sheet, made)


@about("text.invisible")
def invisible(job: PreflightJob, sheet: ExaminedPage, doubtful: Callable[[TextShown], bool]) -> Iterator[Finding]:
    """``text.invisible`` alone, of those runs that are *doubtful*: of the others it is known that all is seen."""
    looked_at = _looked_at(job, sheet, ("text.invisible",), doubtful)
    if looked_at is not None:
        yield from _invisible(job, sheet, looked_at.lost)


def _looked_at(
    job: PreflightJob,
    sheet: ExaminedPage,
    checks: Sequence[str],
    doubtful: Callable[[TextShown], bool] | None = None,
) -> _LookedAt | None:
    """The page's type, looked at for *checks*; ``None`` where there is none that is *doubtful*, or no drawing of it."""
    if not sheet.followed:
        return None  # PDFium has no limits of its own: a page that multiplies itself would fill the memory
    placed = _placed(sheet)
    if len(placed) > MAX_RUNS:
        job.record.lacks("many", *checks)
        return None
    runs = [run for _, run in placed]
    chosen = frozenset(index for index, run in enumerate(runs) if doubtful is None or doubtful(run))
    limits = SeenLimits(job.limit("text.invisible", "delta_e"), job.limit("text.invisible", "outline"))
    painted = None if doubtful else _painted(job, placed)
    again = _again(job, sheet, painted, limits)
    try:
        made = again.made if again else _drawings(job, sheet, runs) if _has_text(runs, chosen) else None
    except PrintError:  # PDFium mends less than qpdf, which has opened it
        job.record.lacks("unopened", *checks)
        return None
    if made is None:
        return None
    found = runs_seen(made, runs, limits, chosen, again.known if again else None)
    if job.last is not None and painted is not None:
        job.last.drawings = LastDrawings(painted, made, limits, found)
    lost: list[_Lost] = []
    ghosts: set[int] = set()
    trim = sheet.trim
    for index in sorted(chosen):
        if not found[index].lost and touch(made.regions[index].box, trim):
            continue
        own, contrast = list(_lost_of(sheet, placed[index][0], made, index, found[index])), found[index].contrast
        if own and contrast is not None and contrast >= limits.delta_e and all(each.reason in FAINT for each in own):
            ghosts.add(index)
        else:
            lost += own
    return _LookedAt(made, runs, found, _without_copies(sheet, lost), ghosts)


def _has_text(runs: Sequence[TextShown], chosen: Collection[int]) -> bool:
    return any(runs[index].text.strip() for index in chosen)


def _painted(job: PreflightJob, placed: Sequence[tuple[int, TextShown]]) -> PaintedRuns | None:
    """What the page paints, for the drawings of the page before it or after it; ``None`` where that is not known."""
    if job.last is None or job.last.followed is None:
        return None
    return PaintedRuns(job.last.followed.tokens, [at for at, _ in placed], [run for _, run in placed])


def _again(
    job: PreflightJob, sheet: ExaminedPage, painted: PaintedRuns | None, limits: SeenLimits
) -> DrawnAgain | None:
    """The page drawn again in part, where the page that was judged last is like it."""
    if job.last is None:
        return None
    last, job.last.drawings = job.last.drawings, None  # they are painted on
    if last is None or painted is None or job.ahead is None or last.limits != limits:
        return None
    return drawn_again(last, job.ahead.opened, painted, sheet.media)


def draw(job: PreflightJob, sheet: ExaminedPage) -> None:
    """Makes the drawings of a page, for a check that will ask for them."""
    runs = [run for _, run in _placed(sheet)]
    if not sheet.followed or len(runs) > MAX_RUNS:
        return
    with suppress(PrintError):  # as the check will find, and say
        if (made := _drawings(job, sheet, runs)) is not None:
            job.drawings[sheet.number] = made


def _placed(sheet: ExaminedPage) -> list[tuple[int, TextShown]]:
    """The type that is looked at, with the numbers of its events."""
    return [(at, event) for at, event in enumerate(sheet.events)
            if isinstance(event, TextShown) and event.codes and not event.apart]  # fmt: skip


def _drawings(job: PreflightJob, sheet: ExaminedPage, runs: Sequence[TextShown]) -> PageDrawings | None:
    made = job.ahead.drawings(sheet.media, runs) if job.ahead else job.drawings.pop(sheet.number, None)
    return made or drawings(job.readable(), sheet.number - 1, sheet.media, runs, job.limit("text.invisible", "ppi"))


def _lost_of(sheet: ExaminedPage, at: int, made: PageDrawings, index: int, what: RunSeen) -> Iterator[_Lost]:
    """The characters of a run that are not seen: apart those without an outline, and those cut off with the page.

    The run is the page's event *at*, and the drawings' run *index*.
    """
    run, region = sheet.events[at], made.regions[index]
    assert isinstance(run, TextShown)
    if run.cut:
        return
    texts = texts_of(run, made.characters.get(index, ""))
    if not touch(region.box, sheet.trim):
        # Beyond the trim there are the printer's own words, but in the bleed type is cut off.
        if touch(region.box, sheet.paper) or not touch(region.box, made.grid.page):
            yield _Lost("off", "".join(texts), region.box, at)
        return
    other = [each for each in what.lost if each not in what.empty and each not in what.off]
    groups: tuple[tuple[Sequence[int], Reason | None], ...] = ((other, None), (what.off, "off"), (what.empty, "empty"))
    for own, certain in groups:
        if not own:
            continue
        place = _place(run, region.box, own) if len(own) < len(what.lost) or len(own) < len(run.codes) else region.box
        reason = reason_of(run, place, made.grid.page, sheet.events[:at], sheet.events[at + 1 :])
        if certain and reason not in CERTAIN:
            reason = certain
        blend = blend_of(run, place, sheet.events[at + 1 :]) if reason == "blend" else ""
        yield _Lost(reason, "".join(texts[each] for each in own), place, at, blend)


def _without_copies(sheet: ExaminedPage, lost: Sequence[_Lost]) -> list[_Lost]:
    """Those of the *lost* that are not merely covered by a copy of themselves, with all that stands under it: that the
    page was laid upon itself is ``text.twice``'s to say.
    """
    if not any(each.reason in OVERLAID for each in lost):
        return list(lost)
    twice = {each.first for each in copied(sheet.events)}
    return [each for each in lost if each.reason not in OVERLAID or each.at not in twice]


FAINT: frozenset[Reason] = frozenset({"alike", "tint"})
"""Reasons of type that only its own paleness hides: where it is as far from its ground as what is seen at a glance, it
is pale and not lost.
"""

OVERLAID: frozenset[Reason] = frozenset({"covered", "mixed", "alike", "ground"})
"""Reasons that the copy of a whole page gives for what lies under it."""


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
            f"{characters} 个字印出来看不见，如“{sample}”：{words.zh.format(blend=own[0].blend)}。",
            f"{characters} characters will not be seen, such as “{sample}”: {words.en.format(blend=own[0].blend)}.",
            boxes=(each.place for each in own),
            repeats=reason == "off",
            characters=characters,
            runs=len(own),
            reason=reason,
        )
        hint = HINTS[reason]
        yield replace(found, hint=Hint(designer=hint) if job.expected.planned else Hint(maker=hint))


def _pale(
    job: PreflightJob,
    sheet: ExaminedPage,
    runs: Sequence[TextShown],
    found: Sequence[RunSeen],
    ghosts: Collection[int],
) -> Iterator[Finding]:
    """``text.contrast``: smaller type asks for more; the *ghosts* among the *runs*, by index, are an error."""
    small = job.limit("text.contrast", "small_pt")
    by_limit: dict[tuple[float, bool], list[tuple[float, TextShown]]] = {}
    for index, (run, what) in enumerate(zip(runs, found, strict=True)):
        least, ghost = job.limit("text.contrast", "small" if run.size < small else "large"), index in ghosts
        if what.contrast is None or not run.text.strip() or not touch(run.box, sheet.trim):
            continue
        if ghost or (what.contrast < least and not what.lost):
            by_limit.setdefault((least, ghost), []).append((what.contrast, run))
    for (least, ghost), own in by_limit.items():
        worst, run = min(own, key=lambda each: each[0])
        sample = run.text.strip()[:QUOTED]
        yield job.on(
            sheet,
            "text.contrast",
            f"{len(own)} 处字与底色太接近，如“{sample}”（{run.size:.1f} pt）：明度只差 {worst:.1f}，要差 {least:g}。",
            f"{len(own)} runs hardly stand out from their ground, such as “{sample}” ({run.size:.1f} pt): ΔL* is"
            f" {worst:.1f}, where {least:g} is wanted.",
            boxes=(each.box for _, each in own),
            severity=Severity.ERROR if ghost else None,
            runs=len(own),
            delta_l=round(worst, 1),
        )


def _on_type(
    job: PreflightJob, sheet: ExaminedPage, made: PageDrawings, runs: Sequence[TextShown], found: Sequence[RunSeen]
) -> Iterator[Finding]:
    """``text.on_type``: one finding for each two runs, the first few. A copy of the same type is ``text.twice``'s."""
    share, pale = job.limit("text.on_type", "share"), job.limit("text.contrast", "large")
    upon = [each for each in meetings(made, runs, found, share, pale) if within(each[2], sheet.trim)]
    copies = {frozenset((each.first, each.second)) for each in copied(runs)} if upon else set()
    upon = [each for each in upon if frozenset(each[:2]) not in copies]
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
