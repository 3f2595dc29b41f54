"""Many issues in one run: a province's editions, or the issues that a pull request touches.

Each is made as ``build`` or ``proof`` makes it, in a folder of its own. What is wrong with one is its result and hurts
no other; one that was made and has not changed is not made again, one that could not be made is tried again.
"""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor, Future, ThreadPoolExecutor, as_completed
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import ParamSpec, TypeVar

from layout.errors import LayoutError, Message, PrintError, UsageError
from layout.issue import read_issue
from layout.pipeline.batch_folders import BatchIssue
from layout.pipeline.batch_record import BatchRecord, files_written, inputs_of, read_record
from layout.pipeline.changed_files import commit_before, folder_before
from layout.pipeline.options import Built, Options
from layout.pipeline.output import write_all
from layout.pipeline.proofs import NO_SEPARATIONS, proof
from layout.pipeline.reporting import program
from layout.pipeline.results import result_of_build, result_of_fault
from layout.pipeline.run import build
from layout.pipeline.scratch import scratch_folder
from layout.pipeline.separations import SeparationOptions
from layout.pipeline.worker_child import allow_more
from layout.pipeline.worker_tasks import PRELOAD
from layout.pipeline.workers import SECONDS, InPlace, WorkerDied, Workers
from layout.proof.issue_result import IssueResult
from layout.proof.result_files import result_files

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True)
class BatchOptions:
    """The options of a batch."""

    build: Options
    """Of each issue; its ``out`` is the folder of the batch, and its ``baseline`` the name of a file in each issue's
    folder, which need not be there."""
    jobs: int = 1
    """How many issues are made at once."""
    fresh: bool = False
    """Whether issues are made again that have not changed."""
    proof_round: int | None = None
    """The round, where proofs are made; else issues are built."""
    against: Path | None = None
    """A folder that an earlier batch has written: each proof is compared with the file there of the same name."""
    before: str = ""
    """A revision in git: each proof is compared with the issue as it was where HEAD left that."""
    separations: SeparationOptions = NO_SEPARATIONS

    def of(self, issue: BatchIssue) -> Options:
        """The options for *issue*."""
        baseline = None if self.build.baseline is None else issue.folder / self.build.baseline
        there = baseline if baseline is not None and baseline.is_file() else None
        return replace(self.build, out=self.build.out / issue.name, baseline=there, results=())

    def earlier(self, issue: BatchIssue) -> Path | None:
        """The file of an earlier batch that *issue* is compared with, where there is one."""
        if self.against is None:
            return None
        path = self.against / issue.name / f"{issue.folder.resolve().name}.pdf"
        return path if path.is_file() else None


@dataclass(frozen=True)
class BatchItem:
    """One issue of a batch, with its result."""

    issue: BatchIssue
    result: IssueResult
    made: bool
    """Whether it was made in this run: else it has not changed since it was."""


FaultOf = Callable[[Exception], LayoutError]
"""The fault for an error that nobody foresaw."""


def run_batch(
    issues: Sequence[BatchIssue],
    options: BatchOptions,
    fault_of: FaultOf,
    workers: Callable[[], Executor] | None = None,
) -> Iterator[BatchItem]:
    """Makes *issues* and gives each as it is ready; ``BatchOptions.jobs`` are in work at once.

    *workers* gives the executor that makes the pages, one for each issue that is in work; by itself it is a child
    process, so that what ends one ends no other.
    """
    desks = _Desks(options, fault_of, workers or (lambda: Workers(preload=PRELOAD)))
    threads = ThreadPoolExecutor(max(1, min(options.jobs, len(issues))), "layout-batch")
    try:
        for _, future in _as_ready(threads, issues, desks.make):
            yield future.result()
    finally:
        desks.close(wait=False)  # what is in work ends, and with it the threads
        threads.shutdown(wait=True)
        desks.close(wait=True)


def run_batch_on(
    machines: Executor, issues: Sequence[BatchIssue], options: BatchOptions, fault_of: FaultOf
) -> Iterator[BatchItem]:
    """Makes *issues* and gives each as it is ready: each is one task of *machines*, which read and write it themselves,
    so that this process has nothing to do for it.
    """
    for issue, future in _as_ready(machines, issues, partial(make_issue, options=options, fault_of=fault_of)):
        try:
            yield future.result()
        except Exception as error:
            fault = _of_machine(error) or fault_of(error)
            yield BatchItem(issue, result_of_fault(fault, issue.folder, options.of(issue)), made=True)


def _of_machine(error: Exception) -> LayoutError | None:
    """The fault for *error*, where it tells of the machines and not of an issue."""
    if isinstance(error, WorkerDied):
        return PrintError(
            Message("做这一期的进程一再中途结束。", "The processes that made this issue ended before it was done."),
            hint=Message("在本机单做这一期（layout build），看停在哪一版。",
                         "Build this issue by itself on this machine (layout build) to see which page it is."),
        )  # fmt: skip
    return error if isinstance(error, LayoutError) else None


def _as_ready(
    executor: Executor, issues: Sequence[BatchIssue], make: Callable[[BatchIssue], BatchItem]
) -> Iterator[tuple[BatchIssue, Future[BatchItem]]]:
    """Each issue with what *make* has come to, as it is ready; what has not been begun when nobody asks any more is
    not.
    """
    futures: dict[Future[BatchItem], BatchIssue] = {}
    try:
        futures |= {executor.submit(make, issue): issue for issue in issues}
        for future in as_completed(futures):
            yield futures[future], future
    finally:
        for future in futures:
            future.cancel()


def make_issue(issue: BatchIssue, options: BatchOptions, fault_of: FaultOf) -> BatchItem:
    """*issue*, made in this process alone: the task of a machine that has others to do at the same time."""
    return _Maker(options, fault_of).made(issue, _OnePlace())


class _OnePlace(InPlace):
    """Makes pages in this process, which may take as long for each as a child may."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """See ``Executor.submit``."""
        allow_more(SECONDS)
        return super().submit(fn, *args, **kwargs)


class _Desks:
    """One executor for each thread of a batch: children die with the thread that began them."""

    def __init__(self, options: BatchOptions, fault_of: FaultOf, workers: Callable[[], Executor]):
        self._maker, self._workers = _Maker(options, fault_of), workers
        self._own = threading.local()
        self._all: list[Executor] = []

    def make(self, issue: BatchIssue) -> BatchItem:
        """*issue*, made by the executor of this thread."""
        return self._maker.made(issue, self._executor())

    def _executor(self) -> Executor:
        own: Executor | None = getattr(self._own, "workers", None)
        if own is None:
            own = self._own.workers = self._workers()
            self._all.append(own)
        return own

    def close(self, *, wait: bool) -> None:
        """Ends what is in work; with *wait* it has ended when this returns."""
        for workers in self._all:
            workers.shutdown(wait=wait, cancel_futures=True)


@dataclass(frozen=True)
class _Maker:
    """Makes single issues of a batch."""

    options: BatchOptions
    fault_of: FaultOf

    def made(self, issue: BatchIssue, workers: Executor) -> BatchItem:
        """*issue*, made by *workers*, or remembered. Raises nothing: a fault is a result."""
        options = self.options.of(issue)
        try:
            inputs = self._inputs(issue, options)
            record = None if self.options.fresh else read_record(options.out)
            if record is not None and record.holds(options.out, inputs):
                return BatchItem(issue, record.result, made=False)
            result = result_of_build(self._built(issue, options, workers), issue.folder, options)
            BatchRecord(inputs, result, files_written(options.out)).write(options.out)
        except LayoutError as fault:
            result = result_of_fault(fault, issue.folder, options)
        except Exception as error:  # one bad issue hurts no other
            result = result_of_fault(self.fault_of(error), issue.folder, options)
        return BatchItem(issue, result, made=True)

    def _inputs(self, issue: BatchIssue, options: Options) -> str:
        compared = ""
        if self.options.before:
            compared = commit_before(issue.folder, self.options.before)
        elif (earlier := self.options.earlier(issue)) is not None:
            compared = hashlib.sha256(earlier.read_bytes()).hexdigest()
        kind = (self.options.proof_round, self.options.separations, compared)
        return inputs_of(issue.folder, self.options.build.out, options, *kind)

    def _built(self, issue: BatchIssue, options: Options, workers: Executor) -> Built:
        if self.options.proof_round is None:
            return build(issue.folder, options, workers=workers)
        make = partial(
            proof, issue.folder, options, self.options.proof_round,
            separations=self.options.separations, workers=workers,
        )  # fmt: skip
        read_issue(issue.folder)  # of one that cannot be read nothing earlier is built
        with scratch_folder() as scratch:
            earlier = self._earlier(issue, options, scratch, workers)
            try:
                return make(against=earlier).built
            except UsageError:  # it has another number of pages
                if earlier is None:
                    raise
            return make().built

    def _earlier(self, issue: BatchIssue, options: Options, scratch: Path, workers: Executor) -> Path | None:
        """The file that the proof of *issue* is compared with; None where there was none, or it could not be built."""
        if not self.options.before:
            return self.options.earlier(issue)
        folder = folder_before(issue.folder, self.options.before, scratch)
        if folder is None:
            return None
        plain = Options(scratch / "out", press=options.press, fail_on="never", png=False, delivery=False)
        try:
            return build(folder, replace(plain, cache=options.cache), workers=workers).pdf
        except LayoutError:
            return None


def exit_code(results: Sequence[IssueResult]) -> int:
    """The highest exit code of all issues; 0 of none."""
    return max((result.exit_code for result in results), default=0)


REPORTS = ("batch.json", "batch.md")
"""The report of a batch, in its folder."""


def report_batch(items: Sequence[BatchItem], options: BatchOptions) -> None:
    """Writes the report of all *items* together: into the batch's folder, and into the files that the options name."""
    out, results = options.build.out, [item.result for item in items]
    paths = list(dict.fromkeys([*(out / name for name in REPORTS), *options.build.results]))
    write_all({**result_files(paths, results, program().rpartition(" ")[2], options.build.lang)})
