"""An issue of several pages: made by several processes, each page on its own, gathered into one file.

What comes out is the same, byte for byte, however many processes there are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from functools import partial
from pathlib import Path

import pikepdf

from layout.build.elsewhere import Elsewhere, Here
from layout.build.finishing import found_while_setting, once
from layout.build.made import Job
from layout.build.options import Options, Progress, quiet
from layout.build.printing import Batch, PrintedPage, open_printer
from layout.build.turning import linked
from layout.findings import Finding
from layout.manuscript.notes import notes
from layout.preflight.job import Expected
from layout.preflight.job import Job as JudgedFile
from layout.preflight.judge import FILE_CHECKS
from layout.prepress.gather import gather


def print_pages(job: Job, wanted: Sequence[int], options: Options, desk: Path, progress: Progress) -> list[PrintedPage]:
    """The pages *wanted*, in the plan's order; with them, unseen, those whose stories they continue.

    Raises whatever making a page raises.
    """
    groups = [[plan.number for plan in group] for group in linked(job.plans)]
    groups = [group for group in groups if set(group) & set(wanted)]
    jobs = max(1, min(options.jobs, len(groups)))
    hands = [(Elsewhere if jobs > 1 else Here)(partial(open_printer, options.cache)) for _ in range(jobs)]
    try:
        batches = [Batch(job, groups[k::jobs], options, desk) for k in range(jobs)]
        work = [h.begin("print_batch", batch, progress=progress) for h, batch in zip(hands, batches, strict=True)]
        printed = [page for pending in work for page in pending.result()]
    finally:
        for hand in hands:
            hand.end()
    return sorted((page for page in printed if page.number in wanted), key=lambda page: page.number)


def gathered(job: Job, pages: Sequence[PrintedPage], desk: Path) -> Path:
    """One file with all *pages*."""
    if len(pages) == 1:
        return pages[0].pdf
    target = desk / "whole.pdf"
    moment = datetime.combine(job.issue.date, time())
    gather([page.pdf for page in pages], target, title=job.issue.title, document_date=moment)
    return target


def check_pages(job: Job, options: Options) -> list[Finding]:
    """Everything that can be found before there is a PDF."""
    groups = [[plan.number for plan in group] for group in linked(job.plans)]
    pages = open_printer(options.cache).made(quiet, Batch(job, groups, options, Path()))
    return found_while_setting(job, pages)


def written_parts(job: Job, pages: Sequence[PrintedPage], options: Options) -> dict[str, Path]:
    """The pictures of the pages, and the pages as files of their own where that was asked for."""
    files = {f"{job.issue.id}-{page.number}.png": page.png for page in pages if page.png is not None}
    if options.single_pages:
        files |= {f"{job.issue.id}-{page.number}.pdf": page.pdf for page in pages}
    return files


def findings_of(job: Job, pages: Sequence[PrintedPage], pdf: Path) -> Iterator[Finding]:
    """Everything found: while setting, in the copy, in every finished page, in the file as a whole."""
    yield from once(finding for page in pages for finding in page.findings)
    for story in job.issue.stories:
        yield from notes(story)
    for page in pages:
        yield from page.judged
    if len(pages) > 1:
        yield from _of_whole(job, pages, pdf)


def _of_whole(job: Job, pages: Sequence[PrintedPage], pdf: Path) -> Iterator[Finding]:
    sizes = {page.trim for page in pages}
    expected = Expected(len(pages), sizes.pop() if len(sizes) == 1 else None, job.issue.title, pages[0].faces)
    with pikepdf.open(pdf) as document:
        judged = JudgedFile(pdf.name, pdf, document, job.profile, expected)
        for check in FILE_CHECKS:
            yield from check(judged)
