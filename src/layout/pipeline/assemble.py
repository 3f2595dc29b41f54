"""Finished pages put together: one file, what was found in it, and all that is written beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from layout.checks import Finding
from layout.issue import Issue
from layout.pipeline.delivery import delivered
from layout.pipeline.findings import found_on_pages
from layout.pipeline.job import Job, PageResult
from layout.pipeline.last_delivery import LastDelivery
from layout.pipeline.options import Options
from layout.pipeline.page_faults import PageInWork, result_of
from layout.pipeline.progress import Reporter
from layout.pipeline.stored_pages import StoredPages, heads
from layout.pipeline.worker_tasks import bind_pages
from layout.preflight.record import Record
from layout.proof.report import PageReport


@dataclass(frozen=True)
class Edition:
    """The pages of the build as one file."""

    pages: Sequence[PageResult]
    pdf: bytes | Path
    findings: tuple[Finding, ...]
    """What was found in the pages, in the copy, and in the file as a whole."""
    record: Record
    """Which checks were carried out."""
    reports: tuple[PageReport, ...]
    """Those of the pages."""


def assemble(job: Job, pages: StoredPages, in_copy: Sequence[Finding], workers: Executor, desk: Path) -> Edition:
    """*pages* as one file, with what was found *in_copy* among the findings. A single page is that file already."""
    if len(pages) == 1:
        (page,) = pages
        return Edition(pages, page.pdf, tuple(_findings(job, pages, in_copy)), page.record, (page.report,))
    target = desk / "whole.pdf"
    binding = workers.submit(bind_pages, job, pages.without_composed(), target)
    findings, reports = tuple(_findings(job, pages, in_copy)), tuple(page.report for page in pages)  # meanwhile
    found, record = result_of(binding, PageInWork(job.plans[-1].number), Reporter())
    return Edition(pages, target, (*findings, *found), record, reports)


def _findings(job: Job, pages: Sequence[PageResult], in_copy: Sequence[Finding]) -> Iterator[Finding]:
    yield from found_on_pages(finding for page in heads(pages) for finding in page.findings)
    yield from in_copy
    for page in heads(pages):
        for finding in page.judged:
            yield finding if len(job.plans) == 1 else replace(finding, page_no=page.number)


def name_of(issue: Issue, options: Options) -> str:
    """What the files of the build are called: those of a draft never as those that are printed."""
    return f"{issue.id}-draft" if options.is_stamped else issue.id


def files_of(job: Job, edition: Edition, options: Options, last: LastDelivery | None = None) -> dict[str, bytes | Path]:
    """The output files of *edition*, by name: the file, the pictures of its pages, the pages one by one if wanted, and
    what the plant gets with it; with *last*, which it has, only the pages that have changed.
    """
    issue, pages, name = job.issue, edition.pages, name_of(job.issue, options)
    files: dict[str, bytes | Path] = {f"{name}.pdf": edition.pdf}
    for page in heads(pages):
        if page.png is not None:
            files[f"{name}.png" if issue.is_one_page else f"{name}-{page.number}.png"] = page.png
    if options.is_stamped:
        return files
    if options.single_pages and len(pages) > 1 and last is None:
        files |= {f"{issue.id}-{page.number}.pdf": page.pdf for page in pages}
    return files | delivered(job, pages, edition.findings, options, edition.pdf, last=last)
