"""The verdict on a finished PDF: every check of the table carried out, none skipped."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pikepdf

from layout.findings import Finding
from layout.preflight.job import Expected, FileCheck, Job, Sheet, SheetCheck
from layout.preflight.objects import BAD_OBJECT, opened
from layout.preflight.rules import (
    beneath,
    colour,
    content,
    edges,
    file,
    fonts,
    forbidden,
    lines,
    overprint,
    pages,
    pdfx,
    pictures,
    planned,
    reading,
    spots,
    transparency,
    type,
)
from layout.preflight.walk import Tour, walk
from layout.press.model import PressProfile

FILE_CHECKS: tuple[FileCheck, ...] = (*file.CHECKS, *pdfx.CHECKS, *pages.FILE_CHECKS, *forbidden.FILE_CHECKS)
SHEET_CHECKS: tuple[SheetCheck, ...] = (
    *content.CHECKS, *pages.CHECKS, *fonts.CHECKS, *reading.CHECKS, *colour.CHECKS, *spots.CHECKS, *transparency.CHECKS,
    *planned.CHECKS, *type.CHECKS, *beneath.CHECKS, *edges.CHECKS, *overprint.CHECKS, *pictures.CHECKS, *lines.CHECKS,
    *forbidden.CHECKS,
)  # fmt: skip


def judge(pdf: Path | bytes, press: PressProfile, expected: Expected | None = None) -> tuple[Finding, ...]:
    """Findings of every check on *pdf* against *press*, the file's first, then page by page.

    A clean file gives none. Raises ``PrintError`` when the file cannot be opened at all (not there, no PDF, damaged
    past repair, or it wants a password). A check that breaks on a damaged file comes out as ``preflight.incomplete``.
    """
    with job_for(pdf, press, expected) as job:
        return tuple(findings_of(job))


@contextmanager
def job_for(pdf: Path | bytes, press: PressProfile, expected: Expected | None = None) -> Iterator[Job]:
    """The file opened for checking. Raises as ``judge`` does."""
    name = pdf.name if isinstance(pdf, Path) else "PDF"
    with opened(pdf) as document:
        yield Job(name, pdf, document, press, expected or Expected())


def findings_of(job: Job, more: Sequence[SheetCheck] = ()) -> Iterator[Finding]:
    """The findings of every check, and of *more* checks on each page."""
    for check in FILE_CHECKS:
        yield from _carried_out(job, check.__name__, partial(check, job))
    tour, inks = Tour(), dict[str, tuple[float, ...]]()
    for number, page in enumerate(_pages(job), start=1):
        sheet = Sheet(number, page, walk(page, tour), inks)
        for sheet_check in (*SHEET_CHECKS, *more):
            yield from _carried_out(job, sheet_check.__name__, partial(sheet_check, job, sheet))


def _pages(job: Job) -> list[pikepdf.Page]:
    """The pages that are checked: as many as the table allows; none when the page tree is broken."""
    try:
        return list(job.pdf.pages)[: job.limit("file.sound", "pages")]
    except BAD_OBJECT:
        return []


def _carried_out(job: Job, name: str, check: Callable[[], Iterator[Finding]]) -> list[Finding]:
    """The check's findings; a finding of its own when it broke."""
    try:
        return list(check())
    except BAD_OBJECT as error:
        return [
            job.finding(
                "preflight.incomplete",
                f"检查“{name}”没有做完（{error.__class__.__name__}）。",
                f"The check “{name}” could not be carried out ({error.__class__.__name__}).",
            )
        ]
