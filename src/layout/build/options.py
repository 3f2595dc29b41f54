"""What a build is asked for, and what it gives back."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from layout.errors import Lang, Said, UsageError
from layout.findings import Finding, Severity

if TYPE_CHECKING:
    from layout.copyfit.model import ComposedPage

Progress = Callable[[str, int, int], None]
"""Called with the stage in the trade's word, how much of it is done and how much there is."""


def quiet(stage: str, done: int, total: int) -> None:
    """Says nothing."""
    del stage, done, total


@dataclass(frozen=True)
class Options:
    """The options of a build. ``png_ppi`` 0 leaves the picture of the page out."""

    out: Path = Path("build")
    pages: str | None = None
    press: str | None = None
    strict: bool = False
    jobs: int = 1
    lang: Lang = "zh"
    png: bool = True
    png_ppi: float = 100.0
    single_pages: bool = False
    """Whether every page is written as a PDF of its own besides."""
    cache: Path | None = None
    """Where prepared pictures are kept, if not in the user's cache folder."""
    keep: bool = True
    """Whether ``Built.pages`` holds the composed pages; a long issue has no room for them."""


@dataclass(frozen=True)
class Built:
    """A finished build: the files, and what is to be said of them."""

    issue_id: str
    pdf: Path
    png: tuple[Path, ...]
    report_path: Path
    report: Mapping[str, Any]
    findings: tuple[Finding, ...]
    exit_code: int
    seconds: Mapping[str, float]
    pages: tuple[ComposedPage, ...] = ()
    """The composed pages, in the order of the PDF; empty where ``Options.keep`` is off."""


def chosen_pages(wish: str | None, numbers: Sequence[int]) -> tuple[int, ...]:
    """The page numbers that ``--pages 1,3-4`` asks for, in the plan's order.

    Raises ``UsageError`` for what is not a list of page numbers, and for a page that the plan has not.
    """
    if wish is None:
        return tuple(numbers)
    asked: set[int] = set()
    for part in re.split("[,，]", wish.strip()):
        match = re.fullmatch(r"\s*(\d+)\s*(?:[-–~～]\s*(\d+))?\s*", part)
        if not match:
            raise UsageError(
                Said(f"--pages 不认得“{part}”", f"--pages does not understand “{part}”"),
                hint=Said("写成 1,3-4", "write 1,3-4"),
            )
        first, last = int(match[1]), int(match[2] or match[1])
        asked |= set(range(first, last + 1))
    missing = sorted(asked - set(numbers))
    if missing:
        known = "、".join(map(str, numbers))
        raise UsageError(
            Said(f"没有第 {missing[0]} 版", f"there is no page {missing[0]}"),
            hint=Said(f"本期有：{known}", f"this issue has: {known}"),
        )
    return tuple(number for number in numbers if number in asked)


def exit_code(findings: Sequence[Finding], strict: bool) -> int:
    """1 when a finding is at or above the threshold: errors, with ``--strict`` warnings too."""
    threshold = Severity.WARNING if strict else Severity.ERROR
    return int(any(finding.severity >= threshold for finding in findings))
