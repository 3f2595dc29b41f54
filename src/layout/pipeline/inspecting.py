"""An executor that has pages inspected while they are made: what stands on them, and where each thing comes from."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import Executor, Future
from dataclasses import replace
from typing import ParamSpec, TypeVar, cast

from layout.pipeline.inspection import PageInspection
from layout.pipeline.job import PageResult, PageTask
from layout.pipeline.progress import Reporter
from layout.pipeline.worker_tasks import page_task
from layout.pipeline.workers import Workers

P = ParamSpec("P")
T = TypeVar("T")


class InspectingExecutor(Executor):
    """Carries out with *workers* what it is given, and remembers what pages were found to hold."""

    def __init__(self, workers: Executor):
        self._workers = workers
        self._made: dict[str, dict[int, Future[PageResult]]] = {}

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """See ``Executor.submit``."""
        if cast("object", fn) is not page_task:
            return self._workers.submit(fn, *args, **kwargs)
        task, report = cast("tuple[PageTask, Reporter]", args)
        assisted = isinstance(self._workers, Workers) and self._workers.count == 1
        future = self._workers.submit(page_task, replace(task, inspect=True, assisted=assisted), report)
        self._made.setdefault(task.job.issue.id, {})[task.plan.number] = future
        return cast("Future[T]", future)

    def take(self, issue_id: str) -> Mapping[int, PageInspection]:
        """The pages of that issue which were made, by number; they are remembered no longer."""
        found: dict[int, PageInspection] = {}
        for number, future in self._made.pop(issue_id, {}).items():
            inspected = future.done() and not future.cancelled() and future.exception() is None
            if inspected and (inspection := future.result().inspection) is not None:
                found[number] = inspection
        return found

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """See ``Executor.shutdown``."""
        self._workers.shutdown(wait=wait, cancel_futures=cancel_futures)
