"""The pipeline: ``read → share → map(page_task) → assemble → write``, for one page and for forty."""

from __future__ import annotations

import os
import time
from collections import deque
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from concurrent.futures import Executor, Future
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import partial
from operator import itemgetter
from pathlib import Path
from typing import TYPE_CHECKING, Generic, TypeVar, cast

from layout.checks import Finding, fails, room_checks
from layout.errors import LayoutError, Message, UsageError
from layout.issue import Issue, PagePlan
from layout.issue.runs import as_made, numbers_of, page_numbers
from layout.pipeline.assemble import Edition, assemble, files_of, stored
from layout.pipeline.background import AHEAD, standing_back
from layout.pipeline.baselines import by_build, by_check, compared, opened
from layout.pipeline.cache_folder import pictures_cache, unusable
from layout.pipeline.findings import found_in_copy, found_on_pages
from layout.pipeline.job import Job, ListedPage, PageTask
from layout.pipeline.last_delivery import changed_parts, earlier_delivery
from layout.pipeline.options import Built, Options, chosen_pages
from layout.pipeline.output import report_files, write_all
from layout.pipeline.page_faults import page_in_work, raise_together, result_of
from layout.pipeline.progress import Progress, Reporter, quiet
from layout.pipeline.reading import look_at_design, read_job
from layout.pipeline.remote import RemoteExecutor
from layout.pipeline.reporting import Outcome, report_of
from layout.pipeline.results import files_of_build, files_of_check, results_of_faults
from layout.pipeline.scratch import scratch_folder
from layout.pipeline.sealing import origins_of, seal_of
from layout.pipeline.share import PageFault, share
from layout.pipeline.signing import check_copy, check_pages, slug_note, unsigned_finding
from layout.pipeline.stages import Clock
from layout.pipeline.worker_tasks import PRELOAD, compose_page, list_arrangements, page_task, read_design
from layout.pipeline.workers import Workers
from layout.seal.file_written import FileWritten
from layout.seal.seal_json import seal_bytes, seal_name

if TYPE_CHECKING:
    from layout.proof.report_json import ReportJson

T = TypeVar("T")
Files = dict[Path, "bytes | Path"]
"""What is to be written: contents, or files that hold them."""

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
    with results_of_faults(Path(folder), options), workplace(workers, progress) as place:
        built, files = build_files(Path(folder), options, place)
        write_all(files)
    return built


Desk = Callable[[Issue], Sequence[Finding]]
"""What proofreads the copy of an issue, before anything is laid out."""


def check(
    folder: Path | str, options: Options = DEFAULTS, workers: Executor | None = None, desk: Desk | None = None
) -> tuple[Finding, ...]:
    """Everything a build would find before the PDF is made: copy, plan, design, fit; first what *desk* finds.

    No output is written, but a baseline and files of results where *options* ask for them. Raises ``LayoutError`` as
    ``build`` does.
    """
    with results_of_faults(Path(folder), options), workplace(workers) as place:
        baseline = opened(options)
        job = read_job(Path(folder), options, Clock(), place.progress, partial(_read_ahead, options, place))
        every = frozenset(number for plan in job.plans for number in numbers_of(plan))
        with _submitted(job, every, options, place, compose_page) as work:
            proofread = desk(job.issue) if desk else ()
            in_copy = [*proofread, *look_at_design(job), *found_in_copy(work.issue(job))]
            on_pages = [finding for page in work.results() for finding in page.findings]
        comparison = compared(baseline, (*found_on_pages(on_pages), *in_copy), by_check(options), options)
        write_all({**comparison.files, **files_of_check(comparison.findings, job.issue, Path(folder), options)})
    return comparison.findings


def arrangements(
    folder: Path | str, options: Options = DEFAULTS, progress: Progress = quiet, workers: Executor | None = None
) -> tuple[ListedPage, ...]:
    """How the made-up pages of the issue in *folder* could be arranged, the cheapest first; nothing is written.

    Raises ``LayoutError`` as ``build`` does, and ``UsageError`` where no page of those chosen is made up.
    """
    with workplace(workers, progress) as place:
        job = read_job(Path(folder), options, Clock(), place.progress, partial(_read_ahead, options, place))
        asked_for = frozenset(chosen_pages(options.pages, page_numbers(job.issue)))
        made_up = {number for plan in job.plans if plan.auto for number in numbers_of(plan)}
        if not made_up & asked_for:
            raise UsageError(
                Message("没有要程序组的版。", "None of these pages is made up by the program."),
                hint=Message('[[page]] 里写 kind = "auto"。', 'Write kind = "auto" into [[page]].'),
            )
        with _submitted(job, made_up & asked_for, options, place, list_arrangements) as work:
            return tuple(work.results())


def build_files(folder: Path, options: Options, place: Workplace) -> tuple[Built, Files]:
    """The whole build without the writing: its result, and the files to be written."""
    clock = Clock()
    baseline = opened(options)
    job = read_job(folder, options, clock, place.progress, partial(_read_ahead, options, place))
    check_copy(job.issue, options)
    earlier = earlier_delivery(job.issue, options)
    job = replace(job, slug_note=slug_note(job.issue, options))
    asked_for = frozenset(chosen_pages(options.pages, page_numbers(job.issue)))
    with _submitted(job, asked_for, options, place, page_task) as work:
        planned, job = job.issue, replace(job, issue=work.issue(job))
        numbers = chosen_pages(options.pages, page_numbers(job.issue))  # a run may have come to fewer pages
        in_copy = standing_back(AHEAD, _looked_at, job)
        origins = standing_back(AHEAD, origins_of, job, planned)
        pages = [stored(page, place.scratch) if len(numbers) > 1 else page for page in work.results()]
    check_pages(job.issue, pages, options)
    in_copy = [*in_copy, *unsigned_finding(job.issue, job.profile, options)]
    for page in pages:
        clock.add(page.seconds)
    with clock.stage("prepress"):
        edition = assemble(job, pages, in_copy, place.workers, place.scratch)
    files = files_of(job, edition, options, earlier if options.only_changed else None)
    reports = [page.report for page in pages]
    comparison = compared(baseline, edition.findings, by_build(options), options)
    outcome = Outcome(
        job.issue, job.profile, reports, comparison.findings, files, clock.total(), edition.record, job.faces
    )
    built, described = _described(outcome, edition, options)
    written = [FileWritten(each["name"], each["size"], each["sha256"]) for each in built.report["files"]]
    seal = seal_of(job, pages, origins, written)
    built = built if earlier is None else replace(built, moved=changed_parts(earlier, pages))
    more: Files = {**comparison.files, **files_of_build(built, folder, options)}
    return built, {**described, **more, options.out / seal_name(job.issue.id): seal_bytes(seal)}


def _read_ahead(options: Options, place: Workplace, design: Path) -> None:
    """Has the worker read the design's style sheet while this process fills the templates."""
    if isinstance(place.workers, Workers):
        place.workers.ahead(read_design, design, _cache(options)[0])


def _cache(options: Options) -> tuple[Path | None, tuple[Path, Message] | None]:
    """Where prepared pictures are kept; or nowhere, with the folder that cannot be used and why."""
    cache = options.cache or pictures_cache()
    why = unusable(cache)
    return (cache, None) if why is None else (None, (cache, why))


def _looked_at(job: Job) -> list[Finding]:
    """What is found in the design and the copy while the pages are made."""
    room_checks("preflight")  # the table is read once, and wanted at the end
    return [*look_at_design(job), *found_in_copy(job.issue)]


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
def _submitted(
    job: Job,
    numbers: Container[int],
    options: Options,
    place: Workplace,
    work: Callable[[PageTask, Reporter], T],
) -> Iterator[_Work[T]]:
    """Submits *work* for each of the pages *numbers*.

    A page that fails does not keep others from being made.
    """
    submitted: _Work[T] = _Work(job, place.progress)
    try:
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
    cache, no_cache = _cache(options)
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
    )


def _described(outcome: Outcome, edition: Edition, options: Options) -> tuple[Built, Files]:
    report = cast("ReportJson", report_of(outcome).as_json(options.lang))
    files: Files = {options.out / name: content for name, content in outcome.files.items()}
    files |= report_files(options.out, outcome.issue.id, report)
    built = Built(
        issue_id=outcome.issue.id,
        pdf=options.out / f"{outcome.issue.id}.pdf",
        png=tuple(path for path in files if path.suffix == ".png"),
        report_path=options.out / "report.json",
        report=report,
        findings=tuple(outcome.findings),
        exit_code=int(fails(outcome.findings, options.fail_on)),
        seconds=outcome.seconds,
        pages=tuple(page.composed for page in edition.pages if page.composed is not None),
    )
    return built, files


@contextmanager
def workplace(workers: Executor | None, progress: Progress = quiet) -> Iterator[Workplace]:
    """A workplace with *workers*, or with a child process that ends with the context."""
    with scratch_folder(workers.shared if isinstance(workers, RemoteExecutor) else None) as scratch:
        if workers is not None:
            yield Workplace(workers, scratch, progress)
        else:
            with Workers(preload=PRELOAD) as own:
                yield Workplace(own, scratch, progress)
