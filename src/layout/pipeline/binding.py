"""Finished pages bound into one file, and the checks that ask for the file as a whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path

import pikepdf

from layout.checks import Finding
from layout.pipeline.finishing import located
from layout.pipeline.job import Job, PageResult
from layout.preflight.job import Expected, PreflightJob
from layout.preflight.judge import of_file
from layout.preflight.record import Record
from layout.prepress.finish import gather


def bound(job: Job, pages: Sequence[PageResult], target: Path) -> tuple[tuple[Finding, ...], Record]:
    """Writes one file with all *pages*, which lie in files, to *target*.

    Gives what was found in the file as a whole, and which checks were carried out, on it and on every page of it.
    """
    moment = datetime.combine(job.issue.date, time())
    gather([Path(str(page.pdf)) for page in pages], target, title=job.issue.title, document_date=moment)
    record = Record()
    sizes = {page.trim for page in pages}
    expected = Expected(
        len(pages), sizes.pop() if len(sizes) == 1 else None, job.issue.title, pages[0].faces,
        whole=len(pages) == len(job.issue.pages),
    )  # fmt: skip
    with pikepdf.open(target, access_mode=pikepdf.AccessMode.stream) as document:
        found = list(of_file(PreflightJob(target.name, target, document, job.profile, expected, record)))
    record.of_whole(page.record for page in pages)
    return tuple(located(found, [(page.number, page.report.geometry) for page in pages], job)), record
