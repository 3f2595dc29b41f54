"""Pages of a longer issue, printed one by one: set, painted, finished, read back, judged, drawn, and let go of.

Nothing of a page stays in memory but what the report tells of it: its PDF and its picture lie in a folder.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from layout.checks import Finding, Severity
from layout.errors import LayoutError, Said
from layout.issue import PagePlan
from layout.pipeline.batch import Batch, FailedPage, PrintedPage
from layout.pipeline.continuations import Turned, fairer, nothing_left, unfairness
from layout.pipeline.finishing import expected, finished, located, told_once
from layout.pipeline.messages import Job, MadePage, Painted
from layout.pipeline.options import Progress
from layout.pipeline.reading import arrangements
from layout.pipeline.reporting import counted, uncounted
from layout.pipeline.stage_times import Clock
from layout.pipeline.text_accounting import account_for
from layout.pipeline.worker_process import Elsewhere
from layout.preflight.judge import judge
from layout.preflight.record import ACCOUNTED, Record

Page = TypeVar("Page")
_Make = Callable[[Batch, int, Turned], Page]
_ROUNDS = 3
"""How often copy that runs over several pages is shared out anew."""


class Setting(Protocol):
    """What a printer needs of a room; see ``room.Room``."""

    def set_pages(self, progress: Progress, job: Job) -> Painted:
        """Every page of *job*, set and painted."""
        ...

    def pages(self, progress: Progress, job: Job) -> list[MadePage]:
        """The pages as ``set_pages`` made them last."""
        ...

    def compose(self, progress: Progress, job: Job) -> list[MadePage]:
        """Every page of *job*, set."""
        ...

    def draw(self, progress: Progress, pdf: bytes, ppi: float, count: int) -> list[bytes]:
        """The first *count* pages as PNGs."""
        ...


def print_together(room: Setting, progress: Progress, batch: Batch) -> list[PrintedPage | FailedPage]:
    """Every page of *batch*, printed by as many processes as it has jobs: this one, and others forked from it.

    They are forked with all that is loaded here, WeasyPrint and the faces, so that they begin at once.
    """
    jobs = max(1, min(batch.options.jobs, len(batch.groups)))
    hired = [Elsewhere(lambda: room) for _ in range(jobs - 1)]
    shares = [replace(batch, groups=batch.groups[k::jobs]) for k in range(jobs)]
    try:
        work = [
            hand.begin("print_share", share, progress=progress) for hand, share in zip(hired, shares[1:], strict=True)
        ]
        printed = Printer(room).print_batch(progress, shares[0])
        return printed + [page for pending in work for page in pending.result()]
    finally:
        for hand in hired:
            hand.end()


class Printer:
    """Prints batches in one room."""

    def __init__(self, room: Setting):
        self._room = room

    def print_batch(self, progress: Progress, batch: Batch) -> list[PrintedPage | FailedPage]:
        """Every page of *batch*. A page that fails does not keep the others from being made."""
        printed: list[PrintedPage | FailedPage] = []
        for group in batch.groups:
            progress("成版", len(printed), sum(map(len, batch.groups)))
            printed += self._group(batch, group, partial(self._page, progress), progress)
        return printed

    def made(self, progress: Progress, batch: Batch) -> list[MadePage | FailedPage]:
        """The same pages, set and no more."""
        made: list[MadePage | FailedPage] = []
        for group in batch.groups:
            made += self._group(batch, group, partial(self._made, progress), progress)
        return made

    def _group(
        self, batch: Batch, group: Sequence[int], make: _Make[Page], progress: Progress
    ) -> list[Page | FailedPage]:
        """The pages of *group*; made anew where copy that runs over them can be shared out so that all are full."""
        turned = Turned()
        pages = _in_order(batch, group, turned, make)
        best = self._shared(batch, group, turned, progress)
        return pages if best is turned else _in_order(batch, group, Turned(best.hold), make)

    def _shared(self, batch: Batch, group: Sequence[int], turned: Turned, progress: Progress) -> Turned:
        """The pages as set with the fairest share of the copy that was found."""
        for _ in range(_ROUNDS):
            hold = fairer(turned.pages) if len(turned.pages) == len(group) else {}
            if not hold:
                break
            other = Turned({**turned.hold, **hold})
            _in_order(batch, group, other, partial(self._made, progress))
            if len(other.pages) < len(group) or unfairness(other.pages) >= unfairness(turned.pages):
                break
            turned = other
        return turned

    def _made(self, progress: Progress, batch: Batch, number: int, turned: Turned) -> MadePage:
        page = self._room.compose(progress, _of_page(batch.job, number, turned))[0]
        return replace(page, plan=turned.take(page.plan, page.composed))

    def _page(self, progress: Progress, batch: Batch, number: int, turned: Turned) -> PrintedPage:
        clock = Clock()
        job = _of_page(batch.job, number, turned)
        painted = self._room.set_pages(progress, job)
        made = self._room.pages(progress, job)[0]
        made = replace(made, plan=turned.take(made.plan, made.composed))
        clock.add(painted.seconds)
        with clock.stage("prepress"):
            pdf = finished(painted, job)
        with clock.stage("preflight"):
            record = Record()
            account = account_for(pdf, job.issue, [(made.plan, made.composed.unset)])[0]
            record.ran(*ACCOUNTED)
            told = uncounted(made)
            found = located(judge(pdf, job.profile, expected(painted, job), record), [(number, told.geometry)], job)
            judged = [*account.findings, *told_once(made.findings, found)]
        with clock.stage("proof"):
            drawn = self._room.draw(progress, pdf, batch.options.png_ppi, int(batch.options.png))
        return PrintedPage(
            number=number,
            pdf=_kept(batch.desk / f"{number}.pdf", pdf),
            png=_kept(batch.desk / f"{number}.png", drawn[0]) if drawn else None,
            trim=painted.trim,
            report=counted(told, account),
            findings=(*made.findings, *_nothing_turned(job.plans[0])),
            judged=tuple(replace(finding, page_no=number) for finding in judged),
            record=record,
            seconds=dict(clock.seconds),
            composed=made.composed if batch.options.keep else None,
            faces=frozenset(painted.faces.values()),
        )


def _in_order(batch: Batch, group: Sequence[int], turned: Turned, make: _Make[Page]) -> list[Page | FailedPage]:
    pages: list[Page | FailedPage] = []
    for number in group:
        gc.collect()  # the last page's layout is full of circles; without this a long issue would keep every page
        pages += _tried(batch.job, number, turned, partial(make, batch, number, turned))
    return pages


def _tried(job: Job, number: int, turned: Turned, make: Callable[[], Page]) -> Iterator[Page | FailedPage]:
    """The page, or why there is none; nothing where the page that it continues has failed."""
    plan = next(plan for plan in job.plans if plan.number == number)
    if not set(plan.continues) <= set(turned.stories):
        return
    try:
        yield make()
    except LayoutError as fault:
        yield FailedPage(number, fault)


def _of_page(job: Job, number: int, turned: Turned) -> Job:
    """*job* with just the page *number*; one that continues a story has only what is left of it."""
    plan = next(plan for plan in job.plans if plan.number == number)
    if plan.continues:
        plan = turned.plan(plan)
    html = arrangements(job.design, job.issue, plan) if plan.continues else job.html[number]
    return replace(job, plans=(plan,), html={number: html}, resumed=turned.resumed, hold=turned.hold.get(number, {}))


def _nothing_turned(plan: PagePlan) -> Iterator[Finding]:
    for name in nothing_left(plan):
        yield Finding(
            "page.turn",
            Severity.ERROR,
            Said(f"稿件 {name} 没有转到第{plan.number}版", f"nothing of {name} is left for page {plan.number}"),
            plan.place,
            Said("删去 continues，或增写", "take it out of continues, or add copy"),
            plan.number,
        )


def _kept(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
