"""Carries out every check of the table on a finished PDF; none is skipped."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pikepdf

from layout.checks import Finding
from layout.outcome_cache import OutcomeCache
from layout.preflight.events import Event, PlacedPage
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.expected import Expected
from layout.preflight.form_outcomes import FormOutcome
from layout.preflight.grading import graded
from layout.preflight.job import FileCheck, PageCheck, PreflightJob
from layout.preflight.last_page import LastPage
from layout.preflight.layers import layers_of
from layout.preflight.objects import BAD_OBJECT, opened, plain_name
from layout.preflight.picture_data import PictureReading
from layout.preflight.record import OF_WHOLE, PLANNED, Record, checks_of, needs_content
from layout.preflight.rule_thickness import MAX_WORK, Ruler
from layout.preflight.rules import (
    against_build,
    altered_pictures,
    bleed_and_safe_area,
    characters_printed,
    colour,
    content,
    file,
    fonts,
    forbidden,
    incomplete_pictures,
    inks,
    lines,
    marks_inside,
    mirrored,
    overprint,
    page_order,
    pages,
    pdfx,
    pictures,
    printed,
    reversed_type,
    seen,
    transparency,
    type,
    type_shape,
    unbalanced,
    unseen_pictures,
)
from layout.preflight.seen.drawing_ahead import DrawingAhead
from layout.preflight.walk import FileContext, walk
from layout.press.model import PressProfile

FILE_CHECKS: tuple[FileCheck, ...] = (*file.CHECKS, *pdfx.CHECKS, *pages.FILE_CHECKS, *forbidden.FILE_CHECKS)
SHEET_CHECKS: tuple[PageCheck, ...] = (
    *printed.CHECKS,
    *unbalanced.CHECKS, *content.CHECKS, *pages.CHECKS, *fonts.CHECKS, *characters_printed.CHECKS,
    *content.TEXT_CHECKS, *colour.CHECKS, *inks.CHECKS, *transparency.CHECKS, *inks.PLATE_CHECKS, *type.CHECKS,
    *type_shape.CHECKS, *mirrored.CHECKS, *reversed_type.CHECKS, *bleed_and_safe_area.CHECKS, *overprint.CHECKS,
    *marks_inside.CHECKS, *pictures.CHECKS, *incomplete_pictures.CHECKS, *altered_pictures.CHECKS, *lines.CHECKS,
    *forbidden.CHECKS, *seen.CHECKS, *unseen_pictures.CHECKS,
)  # fmt: skip

WHEN_ALL_IS_FOUND = (against_build.unexplained,)
"""Checks of a page that say what no finding of the others explains."""

AMONG_PAGES = (page_order.between,)
"""Checks that hold the pages of a file against each other, when all have been followed."""

APART = frozenset(
    (
        *unbalanced.CHECKS, *content.CHECKS, *fonts.CHECKS, *characters_printed.CHECKS, *colour.CHECKS,
        *transparency.CHECKS, *inks.PLATE_CHECKS, *type.CHECKS, *type_shape.CHECKS, *mirrored.CHECKS,
        *reversed_type.CHECKS, *overprint.CHECKS, *pictures.CHECKS, *incomplete_pictures.CHECKS, *lines.CHECKS,
        *altered_pictures.CHECKS, forbidden.device_states,
    )
)  # fmt: skip
"""Checks of marks by themselves: what a placed page paints is judged apart, with findings that name its file. The
others look at the page as it is seen.
"""


BY_STATE = frozenset(
    (
        *type.CHECKS, *type_shape.CHECKS, *mirrored.CHECKS, *reversed_type.CHECKS, *bleed_and_safe_area.CHECKS,
        *overprint.CHECKS, *lines.CHECKS, pictures.resolution, pictures.shape, *incomplete_pictures.CHECKS,
        *seen.CHECKS, *unseen_pictures.CHECKS,
    )
)  # fmt: skip
"""Checks of sizes, places and ways of painting: where q and Q do not match, they would tell nothing but that over and
over.
"""


def judge(
    pdf: Path | bytes,
    press: PressProfile,
    expected: Expected | None = None,
    record: Record | None = None,
    ahead: DrawingAhead | None = None,
    *,
    known: OutcomeCache[FormOutcome] | None = None,
    last: LastPage | None = None,
) -> tuple[Finding, ...]:
    """Findings of every check on *pdf* against *press*, the file's first, then page by page.

    A clean file gives none. *record* takes down which checks were carried out; *ahead* are drawings of the only page
    that were begun before; *known* are forms of which this room's own reading of the same bytes has shown what they
    paint, *last* is the page that was judged last: they change how long it takes and nothing else. Raises
    ``PrintError`` when the file cannot be opened at all (not there, no PDF, damaged past repair, or it wants a
    password). A check that breaks on a damaged file comes out as ``preflight.incomplete``.
    """
    with job_for(pdf, press, expected, record, ahead, known=known, last=last) as job:
        return tuple(findings_of(job))


@contextmanager
def job_for(
    pdf: Path | bytes,
    press: PressProfile,
    expected: Expected | None = None,
    record: Record | None = None,
    ahead: DrawingAhead | None = None,
    *,
    known: OutcomeCache[FormOutcome] | None = None,
    last: LastPage | None = None,
) -> Iterator[PreflightJob]:
    """The file opened for checking. Raises as ``judge`` does."""
    name = plain_name(pdf) if isinstance(pdf, Path) else "PDF"
    with opened(pdf) as document:
        repairs = [str(warning) for warning in document.get_warnings()]
        yield PreflightJob(
            name, pdf, document, press, expected or Expected(), record or Record(), repairs,
            ahead=ahead, known=known, last=last,
        )  # fmt: skip


def findings_of(
    job: PreflightJob,
    more: Sequence[PageCheck] = (),
    every: PageCheck | None = None,
    pages: Collection[int] | None = None,
) -> Iterator[Finding]:
    """The findings of every check, and of *more* checks on each page, or on those numbered in *pages*; *every* is
    carried out on the others too, whose content is not followed.
    """
    yield from of_file(job)
    yield from of_pages(job, PageChecks((*SHEET_CHECKS, *more)), every, pages)


@dataclass(frozen=True, slots=True)
class PageChecks:
    """Which checks of pages are carried out."""

    each: Sequence[PageCheck]
    """On each page by itself."""
    among: Sequence[Callable[[PreflightJob, Sequence[page_order.PageSummary]], Iterator[Finding]]] = AMONG_PAGES
    """On all of them together."""
    told: Callable[[Finding], bool] = lambda _: True
    """Whether a finding of theirs is told; one that is not explains nothing either."""


def of_pages(
    job: PreflightJob,
    checks: PageChecks,
    every: PageCheck | None = None,
    pages: Collection[int] | None = None,
) -> Iterator[Finding]:
    """The findings of *checks* on each page, or on those numbered in *pages*; see ``findings_of``."""
    limits = job.press.min_line
    thickest = max(limits.single, limits.multi_ink, limits.reversed, job.press.overprint.k_line_below_pt)
    context, work = FileContext(programs=job.programs, layers=layers_of(job.pdf), known=job.known), [MAX_WORK]
    summaries: list[page_order.PageSummary] = []
    inks, pictures, drawn = dict[str, tuple[float, ...]](), dict[tuple[int, int], PictureReading](), dict[str, int]()
    for number, page in enumerate(_pages(job), start=1):
        if pages is not None and number not in pages:
            job.record.lacks("chosen", "page.order", *_of_pages())
            yield from every(job, ExaminedPage(number, page, ())) if every is not None else ()
            continue
        events = job.followed.pop(number, ()) or _followed(job, page, context)
        ruler = job.last.ruler(work, thickest) if job.last is not None else Ruler(work, thickest)
        sheet = ExaminedPage(number, page, events, inks, pictures, drawn, ruler)
        followed, whole = sheet.followed, sheet.whole
        doubtful = unbalanced.is_doubtful(whole)
        summaries += [page_order.summary_of(whole)] if followed else []
        found: list[Finding] = []
        for check in (*checks.each, *([every] if every is not None else [])):
            looked_at = sheet if check in APART or check in content.TEXT_CHECKS else whole
            if doubtful and check in BY_STATE:
                job.record.lacks("unbalanced", *checks_of(check))
                continue
            found += _carried_out(job, check, partial(check, job, looked_at), followed=followed)
        for placed in sheet.placed:
            found += _of_placed(job, sheet, placed, [each for each in checks.each if each in APART], followed=followed)
        found = [each for each in found if checks.told(each)]
        yield from found
        for last in WHEN_ALL_IS_FOUND:
            yield from _carried_out(job, last, partial(last, job, whole, found), followed=followed)
        if job.last is not None:
            job.last.measured(ruler)
    for among in checks.among:
        yield from _carried_out(job, among, partial(among, job, summaries))
    job.record.ran("preflight.incomplete")


def _followed(job: PreflightJob, page: pikepdf.Page, context: FileContext) -> tuple[Event, ...]:
    """The events of *page*: where the page that was judged last is like it, only what is new is followed."""
    trail = job.last.trail() if job.last is not None else None
    events = walk(page, context, trail)
    if job.last is not None and trail is not None:
        job.last.followed = trail.followed
    return events


def _of_placed(
    job: PreflightJob, sheet: ExaminedPage, placed: PlacedPage, checks: Sequence[PageCheck], *, followed: bool
) -> Iterator[Finding]:
    """The findings of what a placed page paints; one that has no place of its own is about all of its box."""
    own, marks = job.of_placed(placed.source), sheet.of_placed(placed)
    for check in checks:
        for found in _carried_out(own, check, partial(check, own, marks), followed=followed):
            yield found if found.boxes else replace(found, boxes=sheet.boxes([placed.clip]))


def of_file(job: PreflightJob) -> Iterator[Finding]:
    """The findings of those checks that ask for the file as a whole."""
    for check in FILE_CHECKS:
        yield from _carried_out(job, check, partial(check, job))


def _of_pages() -> Iterator[str]:
    """The checks that look at each page."""
    for checks in (SHEET_CHECKS, WHEN_ALL_IS_FOUND):
        for check in checks:
            yield from checks_of(check)


def _pages(job: PreflightJob) -> list[pikepdf.Page]:
    """The pages that are checked: as many as the table allows; none when the tree of pages is broken."""
    pages = job.pages
    most = int(job.limit("file.sound", "pages"))
    if len(pages) > most:
        job.record.lacks("many_pages", *_of_pages())
    return pages[:most]


def _carried_out(
    job: PreflightJob,
    check: Callable[..., Iterator[Finding]],
    run: Callable[[], Iterator[Finding]],
    *,
    followed: bool = True,
) -> list[Finding]:
    """The check's findings, and that it ran; a finding of its own when it broke."""
    able = []
    for each in checks_of(check):
        if why := _lacking(job, each, of_content=not followed and needs_content(check)):
            job.record.lacks(why, each)
        else:
            able.append(each)
    try:
        found = list(graded(run(), job.press))
    except BAD_OBJECT as error:
        job.record.lacks("broken", *checks_of(check))
        return [
            job.finding(
                "preflight.incomplete",
                f"检查“{check.__name__}”没有做完（{error.__class__.__name__}）。",
                f"The check “{check.__name__}” could not be carried out ({error.__class__.__name__}).",
            )
        ]
    job.record.ran(*able)
    return found


def _lacking(job: PreflightJob, check: str, *, of_content: bool) -> str:
    """What a check cannot be carried out without and is not there, as a key of ``WHY``; nothing when all is."""
    if check in PLANNED and not getattr(job.expected, PLANNED[check]):
        return "unsaid" if job.expected.again else "plan"
    if check in OF_WHOLE and not job.expected.whole:
        return "part"
    return "unfollowed" if of_content else ""
