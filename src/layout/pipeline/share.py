"""Shares copy out among the pages over which a story runs; then every page can be made by itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from layout.errors import LayoutError
from layout.flows import Chain
from layout.issue import PagePlan
from layout.pipeline.continuations import Turned, fairer, linked, unfairness
from layout.pipeline.job import Job, PageTask
from layout.pipeline.page_faults import page_in_work, result_of
from layout.pipeline.progress import Progress, Reporter
from layout.pipeline.reading import arrangements
from layout.pipeline.worker_tasks import compose_page

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
    while the copy can be shared out so that more of them are full. A page that fails takes those along that continue
    its stories.
    """
    for group in linked(job.plans):
        if len(group) == 1 and not group[0].continues:
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

    def shared(self) -> Sequence[PageTask | PageFault]:
        """The pages with the fairest share of the copy that was found."""
        tasks, turned = self._composed({})
        for _ in range(_ROUNDS):
            hold = fairer(turned.pages) if len(turned.pages) == len(self._pages) else {}
            if not hold:
                break
            others, other = self._composed({**turned.hold, **hold})
            if len(other.pages) < len(self._pages) or unfairness(other.pages) >= unfairness(turned.pages):
                break
            tasks, turned = others, other
        return tasks

    def _composed(self, hold: Mapping[int, Mapping[Chain, int]]) -> tuple[list[PageTask | PageFault], Turned]:
        """The pages' tasks when those that turn copy over *hold* so many lines, and what they come to."""
        tasks: list[PageTask | PageFault] = []
        turned = Turned(hold)
        for page in self._pages:
            if not set(page.continues) <= set(turned.stories):
                continue  # a page that it continues has failed
            try:
                task = _task(self._job, self._common, page, turned)
                turned.take(task.plan, self._compose(task))
                tasks.append(task)
            except LayoutError as fault:
                tasks.append(PageFault(page.number, fault))
        return tasks, turned

    def _compose(self, task: PageTask) -> ComposedPage:
        report = Reporter(self._progress)
        return result_of(self._workers.submit(compose_page, task, report), page_in_work(task.job, task.plan), report)


def _task(job: Job, common: PageTask, page: PagePlan, turned: Turned) -> PageTask:
    """The task of *page*; one that continues a story has only what is left of it."""
    if page.continues:
        page = turned.plan(page)
    html = arrangements(job.design, job.issue, page) if page.continues else job.html[page.number]
    own = replace(
        job,
        issue=replace(job.issue, pages=(page,)),
        plans=(page,),
        html={page.number: html},
        resumed=turned.resumed,
        hold=turned.hold.get(page.number, {}),
    )
    return replace(common, job=own)
