"""The pipeline: ``read → share → map(page_task) → assemble → write``, for one page and for forty."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Container, Iterable, Iterator
from concurrent.futures import Executor, Future
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar

from layout.errors import LayoutError, Message, UsageError
from layout.issue import Issue, PagePlan
from layout.issue.named_files import grey_picture
from layout.issue.runs import as_made, numbers_of, page_numbers
from layout.pipeline.assistant_tasks import stamp_draft
from layout.pipeline.background import AHEAD, standing_back
from layout.pipeline.baselines import opened
from layout.pipeline.cache_folder import usable_cache
from layout.pipeline.fault_results import results_of_faults
from layout.pipeline.job import Job, ListedPage, PageResult, PageTask
from layout.pipeline.last_delivery import earlier_delivery
from layout.pipeline.options import Built, Options, chosen_pages
from layout.pipeline.output import Files, write_all
from layout.pipeline.page_faults import PageInWork, page_in_work, raise_together, result_of
from layout.pipeline.progress import Progress, Reporter, quiet
from layout.pipeline.reading import read_job
from layout.pipeline.remote import RemoteExecutor
from layout.pipeline.renaming import renamer_ahead
from layout.pipeline.scratch import scratch_folder, stored
from layout.pipeline.share import PageFault, share
from layout.pipeline.stages import Clock
from layout.pipeline.stored_pages import StoredPages
from layout.pipeline.worker_tasks import PRELOAD, list_arrangements, page_task, read_design
from layout.pipeline.workers import Workers

if TYPE_CHECKING:
    from layout.pipeline.edition_files import SourceLook

T = TypeVar("T")
DEFAULTS = Options()


@dataclass(frozen=True)
class Workplace:
    """What a build runs with: the executor, a scratch folder, the progress callback."""

    workers: Executor
    scratch: Path
    progress: Progress


def build(
    folder: Path | str, options: Options = DEFAULTS, progress: Progress = quiet, workers: Executor | None = None
) -> Built:
    """Builds the issue in *folder*: PDF, picture of each page, report. Writes nothing unless everything went well.

    *workers* make the pages: any ``Executor``; by itself it is one of child processes, as many as *options* has jobs,
    so that nothing of the engine is loaded in this one. Raises ``LayoutError``, with a place, a sentence in Chinese and
    English, and an exit code, for whatever is wrong with the issue, its design or the machine.
    """
    with results_of_faults(Path(folder), options), workplace(workers, progress) as place, renamer_ahead():
        built, files = build_files(Path(folder), options, place)
        write_all(files)
    return built


def arrangements(
    folder: Path | str,
    options: Options = DEFAULTS,
    progress: Progress = quiet,
    workers: Executor | None = None,
    *,
    whole_runs: bool = False,
) -> tuple[ListedPage, ...]:
    """How the made-up pages of the issue in *folder* could be arranged, the cheapest first; nothing is written.

    With *whole_runs* of a run of which a page is asked for all pages are listed.

    Raises ``LayoutError`` as ``build`` does, and ``UsageError`` where no page of those chosen is made up.
    """
    with workplace(workers, progress) as place:
        job = read_job(Path(folder), options, Clock(), place.progress, partial(read_ahead, options, place))
        asked_for = frozenset(chosen_pages(options.pages, page_numbers(job.issue)))
        plans = [set(numbers_of(plan)) for plan in job.plans if plan.auto]
        if whole_runs:
            asked_for = asked_for.union(*(numbers for numbers in plans if numbers & asked_for))
        made_up = {number for numbers in plans for number in numbers}
        if not made_up & asked_for:
            raise UsageError(
                Message("没有要程序组的版。", "None of these pages is made up by the program."),
                hint=Message('[[page]] 里写 kind = "auto"。', 'Write kind = "auto" into [[page]].'),
            )
        with submitted(job, made_up & asked_for, options, place, list_arrangements) as work:
            return tuple(work.results())


def build_files(folder: Path, options: Options, place: Workplace) -> tuple[Built, Files]:
    """The whole build without the writing: its result, and the files to be written."""
    clock = Clock()
    baseline = opened(options)
    job = read_job(folder, options, clock, place.progress, partial(read_ahead, options, place))
    if options.final:
        from layout.pipeline.signing import check_copy  # noqa: PLC0415  (no other build is held against signatures)

        check_copy(job.issue, options)
    earlier = earlier_delivery(job.issue, options)
    asked_for = frozenset(chosen_pages(options.pages, page_numbers(job.issue)))
    with submitted(job, asked_for, options, place, page_task, clock=clock) as work:
        planned, job = job.issue, replace(job, issue=work.issue(job))
        numbers = chosen_pages(options.pages, page_numbers(job.issue))  # a run may have come to fewer pages
        look = standing_back(AHEAD, _look_at_sources, job, planned, options)
        made = _stamped(work.results(), job, options, place) if options.is_stamped else work.results()
        pages = StoredPages(place.scratch)
        for page in made:
            pages.add(stored(page, place.scratch) if len(numbers) > 1 else page)
    from layout.pipeline.edition_files import edition_files  # noqa: PLC0415  (loaded by the look)

    return edition_files(
        job, pages, look, options, clock,
        baseline=baseline, earlier=earlier, workers=place.workers, scratch=place.scratch,
    )  # fmt: skip


def _stamped(pages: Iterable[PageResult], job: Job, options: Options, place: Workplace) -> Iterator[PageResult]:
    """The *pages* of a draft, stamped by the workers, who have loaded what that takes."""
    absent = frozenset(each.id for plan in job.plans for each in plan.pictures if each.path == grey_picture())
    for page in pages:
        stamped = place.workers.submit(stamp_draft, page, absent, options.png_ppi)
        yield result_of(stamped, PageInWork(page.number), Reporter())


def _look_at_sources(job: Job, planned: Issue, options: Options) -> SourceLook:
    from layout.pipeline.edition_files import look_at_sources  # noqa: PLC0415  (loaded while the pages are made)

    return look_at_sources(job, planned, options)


def read_ahead(options: Options, place: Workplace, design: Path) -> None:
    """Has the worker read the design's style sheet while this process fills the templates."""
    if isinstance(place.workers, Workers):
        place.workers.ahead(read_design, design, usable_cache(options.cache)[0])


class _Work(Generic[T]):
    """The pages that were submitted, as their copy was shared out."""

    def __init__(self, job: Job, progress: Progress):
        self._job, self._progress = job, progress
        self._pending: deque[tuple[PagePlan, Future[T], Reporter]] = deque()
        self._faults: list[tuple[int, LayoutError]] = []
        self._plans: list[PagePlan] = []

    def submit(self, task: PageTask, place: Workplace, work: Callable[[PageTask, Reporter], T]) -> None:
        """Submits *work* on *task*."""
        report = Reporter(self._progress)
        self._pending.append((task.plan, place.workers.submit(work, task, report), report))

    def share_out(self, tasks: Iterable[PageTask | PageFault]) -> Iterator[PageTask]:
        """The *tasks*, of which the plans are remembered; those that failed are kept back until the end."""
        for task in tasks:
            if isinstance(task, PageFault):
                self._faults.append((task.number, task.fault))
            else:
                self._plans.append(task.plan)
                yield task

    def issue(self, job: Job) -> Issue:
        """The issue of *job* with the pages that its runs have come to."""
        return as_made(job.issue, self._plans)

    def results(self) -> Iterator[T]:
        """What came of each, in the order of the pages. The faults of all are raised together, after the last."""
        self._pending = deque(sorted(self._pending, key=lambda each: each[0].number))
        total = len(self._pending)
        while self._pending:
            plan, future, report = self._pending.popleft()
            if total > 1:
                self._progress("pages", total - len(self._pending) - 1, total)
            try:
                yield result_of(future, page_in_work(self._job, plan), report)
            except LayoutError as fault:
                self._faults.append((plan.number, fault))
        raise_together(fault for _, fault in sorted(self._faults, key=itemgetter(0)))

    def cancel(self) -> None:
        """Takes back what has not been begun."""
        for _, future, _ in self._pending:
            future.cancel()


@contextmanager
def submitted(
    job: Job,
    numbers: Container[int],
    options: Options,
    place: Workplace,
    work: Callable[[PageTask, Reporter], T],
    *,
    clock: Clock | None = None,
) -> Iterator[_Work[T]]:
    """Submits *work* for each of the pages *numbers*; *clock* counts how long the stories of a run are shared out.

    A page that fails does not keep others from being made.
    """
    submitted: _Work[T] = _Work(job, place.progress)
    shares_out = clock is not None and any(plan.run and plan.auto for plan in job.plans)
    try:
        with clock.stage("share") if clock and shares_out else nullcontext():
            for task in submitted.share_out(share(job, _common(job, options, place), place.workers, place.progress)):
                if task.plan.number in numbers:
                    submitted.submit(task, place, work)
        yield submitted
    finally:
        submitted.cancel()


def _common(job: Job, options: Options, place: Workplace) -> PageTask:
    """What the tasks of all pages have in common."""
    workers = place.workers
    if isinstance(workers, Workers):
        workers.grow(min(options.jobs, len(job.plans)))
    cache, no_cache = usable_cache(options.cache)
    return PageTask(
        job,
        whole=job.issue.is_one_page,
        build=f"{os.getpid()}-{time.monotonic_ns()}",
        cache=cache,
        no_cache=no_cache,
        spare=place.scratch,
        png_ppi=options.png_ppi if options.png else 0.0,
        keep=options.keep,
        assisted=isinstance(workers, Workers) and workers.count == 1,
        fresh=not options.remembers,
    )


@contextmanager
def workplace(workers: Executor | None, progress: Progress = quiet) -> Iterator[Workplace]:
    """A workplace with *workers*, or with a child process that ends with the context."""
    with scratch_folder(workers.shared if isinstance(workers, RemoteExecutor) else None) as scratch:
        if workers is not None:
            yield Workplace(workers, scratch, progress)
        else:
            with Workers(preload=PRELOAD) as own:
                yield Workplace(own, scratch, progress)
