"""What passes between the process that reads, finishes and checks and the one that sets the pages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from layout.copyfit.model import ComposedPage
from layout.findings import Finding
from layout.issue import Issue, PagePlan
from layout.press import PressProfile
from layout.render.pictures import PreparedPicture


@dataclass(frozen=True)
class Job:
    """What is to be set: everything read, nothing decided."""

    issue: Issue
    profile: PressProfile
    plans: tuple[PagePlan, ...]
    design: Path
    """The folder of the design."""
    html: Mapping[int, Mapping[str, str]]
    """The HTML of every page by its number and the name of the arrangement."""
    jobs: int


@dataclass(frozen=True)
class MadePage:
    """One page on its way to the PDF. ``pictures`` are by the key of their box."""

    plan: PagePlan
    composed: ComposedPage
    pictures: Mapping[str, PreparedPicture]
    fonts: tuple[str, ...]
    """PostScript names of the faces its text is set in, sorted."""
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class Painted:
    """The pages as WeasyPrint and the typesetter painted them."""

    pdf: bytes
    trim: tuple[float, float]
    """Width and height of a page in points."""
    faces: Mapping[str, str]
    """PostScript names of all faces, by family."""
    seconds: Mapping[str, float]
