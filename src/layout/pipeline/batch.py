"""What passes between the process that gathers a longer issue and those that print its pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from layout.checks import Finding
from layout.errors import Faults, LayoutError
from layout.pipeline.messages import Job
from layout.pipeline.options import Options
from layout.preflight.record import Record
from layout.proof.report import PageReport

Page = TypeVar("Page")

if TYPE_CHECKING:
    from layout.copyfit.model import ComposedPage


@dataclass(frozen=True)
class Batch:
    """What one process is to print: groups of page numbers; the pages of a group hang together."""

    job: Job
    groups: Sequence[Sequence[int]]
    options: Options
    desk: Path
    """The folder for the pages' files."""


@dataclass(frozen=True)
class PrintedPage:
    """A finished page: the files that hold it, and what is to be said of it."""

    number: int
    pdf: Path
    png: Path | None
    trim: tuple[float, float]
    report: PageReport
    findings: tuple[Finding, ...]
    """What was found while it was set."""
    judged: tuple[Finding, ...]
    """What was found when it was read back."""
    record: Record
    """Which checks were carried out when it was read back."""
    seconds: Mapping[str, float]
    composed: ComposedPage | None
    """Only where the build is to keep it."""
    faces: frozenset[str]
    """PostScript names of all the program's faces."""


@dataclass(frozen=True)
class FailedPage:
    """A page that could not be made, and why."""

    number: int
    fault: LayoutError


def sound(pages: Iterable[Page | FailedPage]) -> list[Page]:
    """The pages, if none of them failed.

    Raises the faults of all that did, in the order of the pages; what pages of one design have in common is said once.
    """
    pages = list(pages)
    failed = sorted((page for page in pages if isinstance(page, FailedPage)), key=lambda page: page.number)
    faults: dict[object, LayoutError] = {}
    for fault in (fault for page in failed for fault in page.fault.faults()):
        faults.setdefault((type(fault), fault.said, fault.place), fault)
    if faults:
        raise next(iter(faults.values())) if len(faults) == 1 else Faults(list(faults.values()))
    return [page for page in pages if not isinstance(page, FailedPage)]
