"""A proof round as the proof page shows it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from layout.checks import Finding
from layout.errors import Lang
from layout.proof.diff import Difference
from layout.proof.marks.judgement import JudgedMark
from layout.proof.printed_copy import PrintedCopy


@dataclass(frozen=True, slots=True)
class RoundPage:
    """A page: its number, its name (第1版 要闻), and its trimmed size in points."""

    number: int
    label: str
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class PagePictures:
    """JPEGs of a page: as it is, as the press's paper shows it, and as it was in the round before, if there was one."""

    page: bytes
    soft: bytes
    before: bytes | None = None

    @property
    def size(self) -> int:
        """Bytes of all."""
        return sum(len(each) for each in (self.page, self.soft, self.before) if each)


@dataclass(frozen=True, slots=True)
class ProofRound:
    """All that one round has to show, without its pictures."""

    issue: str
    title: str
    number: int
    """校次, from 1."""
    date: date
    press: str
    pdf: str
    """Digest of the file for the press: marks typed on another build of it are not taken for its own."""
    pages: tuple[RoundPage, ...]
    findings: tuple[Finding, ...]
    copy: PrintedCopy
    trim_offset: tuple[float, float]
    """How far the trimmed page's corner lies from the sheet's."""
    difference: Difference | None = None
    """From the round before; its regions are in points from the sheet's corner."""
    marks: tuple[JudgedMark, ...] = ()
    """Marks of earlier rounds, as they stand now."""
    lang: Lang = "zh"
