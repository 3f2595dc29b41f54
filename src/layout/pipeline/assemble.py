"""Printed pages gathered into one file, and everything that was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, time
from pathlib import Path

import pikepdf

from layout.checks import Finding
from layout.manuscript.copy_checks import check_story
from layout.pipeline.batch import PrintedPage
from layout.pipeline.finishing import folded, located, once
from layout.pipeline.messages import Job
from layout.preflight.job import Expected, PreflightJob
from layout.preflight.judge import of_file
from layout.preflight.record import Record
from layout.prepress.gather import gather


def gathered(job: Job, pages: Sequence[PrintedPage], desk: Path) -> Path:
    """One file with all *pages*."""
    if len(pages) == 1:
        return pages[0].pdf
    target = desk / "whole.pdf"
    moment = datetime.combine(job.issue.date, time())
    gather([page.pdf for page in pages], target, title=job.issue.title, document_date=moment)
    return target


def found_in(job: Job, pages: Sequence[PrintedPage], pdf: Path) -> tuple[list[Finding], Record]:
    """``findings_of``, and which checks were carried out: on the whole file, and on every page of it."""
    record = Record()
    findings = list(findings_of(job, pages, pdf, record))
    record.of_whole(page.record for page in pages)
    return findings, record


def findings_of(job: Job, pages: Sequence[PrintedPage], pdf: Path, record: Record) -> Iterator[Finding]:
    """Everything found: while setting, in the copy, in every finished page, in the file as a whole."""
    yield from folded(once(finding for page in pages for finding in page.findings))
    for story in job.issue.stories:
        yield from check_story(story)
    for page in pages:
        yield from page.judged
    if len(pages) > 1:
        yield from _of_whole(job, pages, pdf, record)


def _of_whole(job: Job, pages: Sequence[PrintedPage], pdf: Path, record: Record) -> Iterator[Finding]:
    sizes = {page.trim for page in pages}
    expected = Expected(
        len(pages), sizes.pop() if len(sizes) == 1 else None, job.issue.title, pages[0].faces,
        whole=len(pages) == len(job.issue.pages),
    )  # fmt: skip
    with pikepdf.open(pdf, access_mode=pikepdf.AccessMode.stream) as document:
        found = list(of_file(PreflightJob(pdf.name, pdf, document, job.profile, expected, record)))
    yield from located(found, [(page.number, page.report.geometry) for page in pages], job)
