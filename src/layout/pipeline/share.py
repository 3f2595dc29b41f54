"""Shares copy out among the pages over which a story runs; then every page can be made by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from layout.errors import LayoutError
from layout.flows import Chain
from layout.issue import PagePlan
from layout.issue.auto_page import AutoPage
from layout.issue.model import PageContents
from layout.issue.runs import page_of_run
from layout.pipeline.continuations import Turned, fairer, linked, unfairness
from layout.pipeline.design_words import TurnWords
from layout.pipeline.job import Job, PageTask
from layout.pipeline.page_faults import page_in_work, result_of
from layout.pipeline.progress import Progress, Reporter
from layout.pipeline.reading import arrangements
from layout.pipeline.run_pages import PageDraft, RunPages
from layout.pipeline.turn_limits import least_turned
from layout.pipeline.worker_tasks import compose_page, share_run

if TYPE_CHECKING:
    from layout.copyfit.model import ComposedPage

_ROUNDS = 3
"""How often copy that runs over several pages is shared out anew."""


@dataclass(frozen=True)
class PageFault:
    """A page that could not be set, and why."""

    number: int
    fault: LayoutError


def share(job: Job, common: PageTask, workers: Executor, progress: Progress) -> Iterator[PageTask | PageFault]:
    """The pages of *job* as tasks that depend on no other page; all else that they say is as in *common*.

    Where stories run over several pages, *workers* compose these to learn how much each page holds, again and again
    while the copy can be shared out so that more of them are full. The pages of a run are composed one after the other,
    each given as soon as it is known what stands on it. A page that fails takes those along that continue its stories.
    """
    for group in linked(job.plans):
        if len(group) == 1 and not group[0].continues and group[0].run is None:
            yield _task(job, common, group[0], Turned())
        else:
            yield from _Group(job, common, group, workers, progress).shared()


class _Group:
    """Pages that hang together by the stories that run over them, in order."""

    def __init__(self, job: Job, common: PageTask, pages: Sequence[PagePlan], workers: Executor, progress: Progress):
        self._job = job
        self._common = common
        self._pages = pages
        self._workers = workers
        self._progress = progress
        self._words = TurnWords.of_design(job.design)

    def shared(self) -> Iterator[PageTask | PageFault]:
        """The pages with the fairest share of the copy that was found.

        After a run that ends the group no page has to be full, so that its pages are as they are made.
        """
        turned = Turned()
        if self._pages[-1].run is not None:
            yield from self._composed(turned)
            return
        tasks = list(self._composed(turned))
        for _ in range(_ROUNDS):
            hold = fairer(turned.pages) if not _failed(tasks) else {}
            if not hold:
                break
            other = Turned({**turned.hold, **hold})
            others = list(self._composed(other))
            if _failed(others) or unfairness(other.pages) >= unfairness(turned.pages):
                break
            tasks, turned = others, other
        yield from tasks

    def _composed(self, turned: Turned) -> Iterator[PageTask | PageFault]:
        """The pages' tasks when those that turn copy over hold so many lines as *turned* says, which learns what they
        come to.
        """
        for page in self._pages:
            if not set(page.continues) <= set(turned.stories):
                continue  # a page that it continues has failed
            try:
                if page.run is not None and page.auto is not None:
                    yield from self._made_up(page, page.auto, turned)
                elif page.run is not None:
                    yield from self._run(page, turned)
                else:
                    yield self._page(page, turned)
            except LayoutError as fault:
                yield PageFault(page.number, fault)

    def _page(self, page: PagePlan, turned: Turned) -> PageTask:
        """A page that is planned by itself; where a turned story left too few lines, it is composed once more."""
        page = self._came_from(page, turned)
        task = _task(self._job, self._common, page, turned)
        composed = self._compose(task)
        if less := least_turned(page, composed).holding_less():
            task = _task(self._job, self._common, page, turned, {**task.job.hold, **less})
            composed = self._compose(task)
        turned.take(task.plan, composed)
        return task

    def _came_from(self, page: PagePlan, turned: Turned) -> PagePlan:
        """*page* with the turn lines of stories that come to it from a run, whose last page is known but now."""
        stories = {story.id: story for story in page.stories}
        lines = {
            f"{name}.from": self._words.line(stories[name], "from", turned.standing[name], page.place)
            for name in page.continues
            if any(plan.run and name in {s.id for s in plan.stories} for plan in self._pages)
        }
        return replace(page, turns={**page.turns, **lines})

    def _run(self, page: PagePlan, turned: Turned) -> Iterator[PageTask]:
        """The pages of a run, one after the other."""
        ids = {story.id for story in page.stories}
        later = (other.number for other in self._pages if other.number > page.number and ids & set(other.continues))
        run = RunPages(page, self._words, self._job.design, min(later, default=None))
        while not run.done:
            yield run.take(self._drafted(run, turned), turned)

    def _made_up(self, page: PagePlan, auto: AutoPage, turned: Turned) -> Iterator[PageTask]:
        """The pages of a run that the program makes up, with the stories that make-up gives each of them."""
        run = page.run
        assert run is not None
        report = Reporter(self._progress)
        whole = _task(self._job, self._common, page, turned)
        parts = result_of(self._workers.submit(share_run, whole, report), page_in_work(self._job, page), report)
        pages: list[PagePlan] = []
        for number, part in zip(run.span.numbers(), parts, strict=False):
            stories = [story for story in page.stories if story.id in part]
            pictures = [shot for shot in page.pictures if shot.story in part or shot.id in part]
            own = page_of_run(page, run, number, stories, pictures)
            ends = part == parts[-1]
            pages.append(
                replace(own, auto=auto.on_page(part, first=number == run.span.first, last=ends), ends_run=ends)
            )
        others = [each for each in self._job.issue.pages if each.number != page.number]
        issue = replace(self._job.issue, pages=tuple(sorted((*others, *pages), key=lambda each: each.number)))
        for own in pages:
            yield _task(replace(self._job, issue=issue), self._common, own, turned)

    def _drafted(self, run: RunPages, turned: Turned) -> PageDraft:
        """The best of the ways that are tried to make the next page of *run*."""
        tried: list[PageDraft] = []
        while (plan := run.proposed(tried, turned)) is not None:
            task = _task(self._job, self._common, plan.page, turned, plan.hold)
            tried.append(PageDraft(plan, task, self._compose(task)))
        return min(tried, key=lambda each: each.cost)

    def _compose(self, task: PageTask) -> ComposedPage:
        report = Reporter(self._progress)
        return result_of(self._workers.submit(compose_page, task, report), page_in_work(task.job, task.plan), report)


def _failed(tasks: Sequence[PageTask | PageFault]) -> bool:
    return any(isinstance(task, PageFault) for task in tasks)


def _task(
    job: Job, common: PageTask, page: PagePlan, turned: Turned, hold: Mapping[Chain, int] | None = None
) -> PageTask:
    """The task of *page*; one that continues a story has only what is left of it."""
    if page.continues and not page.in_run:
        page = turned.plan(page)
    filled = page.continues or page.in_run
    html = {} if page.auto else arrangements(job.design, job.issue, page) if filled else job.html[page.number]
    own = replace(
        job,
        issue=replace(job.issue, pages=(page,)),
        plans=(page,),
        html={page.number: html},
        contents=tuple(map(PageContents.of_page, job.issue.pages)) if page.may_be_seated or page.auto else None,
        resumed=turned.resumed,
        hold=turned.hold.get(page.number, {}) if hold is None else hold,
        lacking={number: found for number, found in job.lacking.items() if number == page.number},
    )
    return replace(common, job=own)
