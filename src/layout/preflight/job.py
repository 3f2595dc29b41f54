"""What every check has at hand: the open file, the press profile, what is expected, and how to word a finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pikepdf

from layout.errors import Place, Said
from layout.findings import Finding, Severity
from layout.preflight.events import Event
from layout.preflight.registry import checks
from layout.press.model import PressProfile


@dataclass(frozen=True, slots=True)
class Expected:
    """What the edition plan says the file should be. ``None`` is not known and so not checked."""

    pages: int | None = None
    trim: tuple[float, float] | None = None
    """Width and height of the trimmed page in points."""
    title: str | None = None
    faces: frozenset[str] | None = None
    """Families or PostScript names of the design's fonts."""


@dataclass(frozen=True, slots=True)
class Job:
    """One file being judged."""

    name: str
    """What messages call the file."""
    source: bytes | Path
    """The file itself, for reading it a second way."""
    pdf: pikepdf.Pdf
    press: PressProfile
    expected: Expected

    def finding(
        self,
        check: str,
        zh: str,
        en: str,
        *,
        page_no: int | None = None,
        severity: Severity | None = None,
        **amount: Any,
    ) -> Finding:
        """A finding of *check* with the table's severity (unless given) and remedy. *amount* holds measured values."""
        entry = checks()[check]
        return Finding(
            check=check,
            severity=entry.severity if severity is None else severity,
            said=Said(zh, en),
            place=Place(self.name),
            hint=entry.remedy,
            page_no=page_no,
            amount=amount,
        )

    def limit(self, check: str, key: str) -> Any:
        """A limit of the table of checks."""
        return checks()[check].limits[key]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One page of the job, followed to the end."""

    number: int
    """From 1."""
    page: pikepdf.Page
    events: tuple[Event, ...]


FileCheck = Callable[[Job], Iterator[Finding]]
SheetCheck = Callable[[Job, Sheet], Iterator[Finding]]
