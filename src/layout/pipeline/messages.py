"""What passes between the process that reads, finishes and checks and the one that sets the pages.

Neither loads what only the other uses, so the types are named here and not loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layout.checks import Finding
    from layout.copyfit.model import ComposedPage
    from layout.engine.css_origins import Origin
    from layout.issue import Issue, PagePlan
    from layout.manuscript.model import Text
    from layout.painted import PaintedObjects
    from layout.pictures import Prepared
    from layout.press import PressProfile
    from layout.proof.report import PageReport


@dataclass(frozen=True)
class Job:
    """What is to be set: everything read, nothing decided."""

    issue: Issue
    profile: PressProfile
    plans: tuple[PagePlan, ...]
    design: Path
    """The folder of the design."""
    html: Mapping[int, Mapping[str, str]]
    """The HTML of every page by its number and the name of the arrangement; not of pages that continue others."""
    jobs: int
    resumed: frozenset[str] = frozenset()
    """Flows whose first paragraph has begun on a page before."""
    hold: Mapping[str, int] = field(default_factory=dict)
    """Lines that are to stand on the page of copy that it turns over, by what the frames ask for."""


@dataclass(frozen=True)
class MadePage:
    """One page on its way to the PDF. ``pictures`` are by the key of their box."""

    plan: PagePlan
    composed: ComposedPage
    pictures: Mapping[str, Prepared]
    fonts: tuple[str, ...]
    """PostScript names of the faces its text is set in, sorted."""
    findings: tuple[Finding, ...]
    origins: tuple[Origin, ...] = ()
    """What the style sheets draw on it, and where they say so."""


@dataclass(frozen=True)
class ToldPage:
    """What the first process is told of a made page."""

    plan: PagePlan
    report: PageReport
    """All but its characters, which are counted when the finished page is read back."""
    findings: tuple[Finding, ...]
    unset: Mapping[str, Text]
    """What of its copy is overset, by flow."""
    composed: ComposedPage | None
    """Only where the build is to keep it."""


@dataclass(frozen=True)
class Painted:
    """The pages as WeasyPrint and the typesetter painted them."""

    pdf: bytes
    trim: tuple[float, float]
    """Width and height of a page in points."""
    faces: Mapping[str, str]
    """PostScript names of all faces, by family."""
    seconds: Mapping[str, float]
    objects: PaintedObjects
    """What finishing must do to single objects of the PDF."""
