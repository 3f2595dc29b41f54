"""Everything a build would find before the PDF is made."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor
from functools import partial
from pathlib import Path

from layout.checks import Finding
from layout.issue import Issue
from layout.issue.runs import numbers_of
from layout.pipeline.baselines import by_check, compared, opened
from layout.pipeline.fault_results import results_of_faults
from layout.pipeline.findings import found_in_copy, found_on_pages
from layout.pipeline.options import Options
from layout.pipeline.output import write_all
from layout.pipeline.progress import Progress, quiet
from layout.pipeline.reading import look_at_design, read_job
from layout.pipeline.results import files_of_check
from layout.pipeline.run import DEFAULTS, read_ahead, submitted, workplace
from layout.pipeline.stages import Clock
from layout.pipeline.worker_tasks import compose_page

Desk = Callable[[Issue], Sequence[Finding]]
"""What proofreads the copy of an issue, before anything is laid out."""


def check(
    folder: Path | str,
    options: Options = DEFAULTS,
    workers: Executor | None = None,
    desk: Desk | None = None,
    *,
    progress: Progress = quiet,
) -> tuple[Finding, ...]:
    """Everything a build would find before the PDF is made: copy, plan, design, fit; first what *desk* finds.

    No output is written, but a baseline and files of results where *options* ask for them. Raises ``LayoutError`` as
    ``build`` does.
    """
    with results_of_faults(Path(folder), options), workplace(workers, progress) as place:
        baseline = opened(options)
        job = read_job(Path(folder), options, Clock(), place.progress, partial(read_ahead, options, place))
        every = frozenset(number for plan in job.plans for number in numbers_of(plan))
        with submitted(job, every, options, place, compose_page) as work:
            proofread = desk(job.issue) if desk else ()
            in_copy = [*proofread, *look_at_design(job, options), *found_in_copy(work.issue(job))]
            on_pages = [finding for page in work.results() for finding in page.findings]
        comparison = compared(baseline, (*found_on_pages(on_pages), *in_copy), by_check(options), options)
        write_all({**comparison.files, **files_of_check(comparison.findings, job.issue, Path(folder), options)})
    return comparison.findings
