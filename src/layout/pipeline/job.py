"""Jobs, tasks and results: the values that this process and the workers exchange.

Neither loads what only the other uses, so their types are named here and not loaded.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layout.checks import Finding
    from layout.copyfit.model import ComposedPage
    from layout.copyfit.scores import VariantName
    from layout.engine.css_origins import Origin
    from layout.errors import Message
    from layout.flows import Chain, Flow
    from layout.fontbook.own_faces import OwnFace
    from layout.issue import Issue, PagePlan
    from layout.issue.model import PageContents
    from layout.makeup.arrangement_report import ArrangementReport
    from layout.painted import BuildFace, PaintedObjects
    from layout.pictures import Prepared
    from layout.pipeline.inspection import PageInspection
    from layout.preflight.object_hashes import PageObjects
    from layout.preflight.page_geometry import CodeSpot, HoleRule
    from layout.preflight.record import Record
    from layout.press import PressProfile
    from layout.proof.report import PageReport
    from layout.seal.model import SealedPart


@dataclass(frozen=True)
class Job:
    """The input of a build: everything that was read, before anything is laid out."""

    issue: Issue
    profile: PressProfile
    plans: tuple[PagePlan, ...]
    design: Path
    """The folder of the design."""
    html: Mapping[int, Mapping[VariantName, str]]
    """The HTML of every page by its number and the name of the arrangement; not of pages that continue others."""
    jobs: int
    holes_are_errors: bool = False
    """Whether the design says so (``holes = "error"``)."""
    resumed: frozenset[Flow] = frozenset()
    """Flows whose first paragraph has begun on a page before."""
    contents: tuple[PageContents, ...] | None = None
    """Of a task whose template may be filled once more: those of all pages of the issue."""
    hold: Mapping[Chain, int] = field(default_factory=dict)
    """Lines that are to stand on the page of every chain that it turns over."""
    slug_note: str = ""
    """What the slug says behind the page's title."""
    faces: tuple[OwnFace, ...] = ()
    """What the design and the issue bring of faces, those that pages may be set in."""
    draft: bool = False
    """Whether a page that lacks something is made all the same, as much of it as there is."""
    filler: bool = False
    """Whether frames without copy hold filler text in a draft."""
    lacking: Mapping[int, tuple[Finding, ...]] = field(default_factory=dict)
    """Of a draft: what was missed while its pages were filled, by their numbers."""


@dataclass(frozen=True)
class MadePage:
    """One page on its way to the PDF. ``pictures`` are by the key of their box."""

    plan: PagePlan
    composed: ComposedPage
    pictures: Mapping[str, Prepared]
    fonts: tuple[str, ...]
    """PostScript names of the faces its text is set in, sorted."""
    origins: tuple[Origin, ...] = ()
    """What the style sheets draw on it, and where they say so."""
    holes: HoleRule | None = None
    """What of its white is a hole."""
    codes: tuple[CodeSpot, ...] = ()
    """Its QR codes."""
    arrangement: ArrangementReport | None = None
    """How it was made up, where it was."""


@dataclass(frozen=True)
class ListedPage:
    """The arrangements of one page that is made up."""

    plan: PagePlan
    report: ArrangementReport


@dataclass(frozen=True)
class PageTask:
    """One page to be made: all that it depends on. It can be pickled; the same task gives the same result."""

    job: Job
    """With just this page, and its issue with no other."""
    whole: bool
    """Whether the issue has no other page."""
    build: str
    """The build it belongs to: within one, the files that it names are taken not to change."""
    cache: Path | None
    """Where prepared pictures are kept from build to build, if anywhere."""
    spare: Path
    """Where they are put for this build alone, where the cache cannot hold them."""
    no_cache: tuple[Path, Message] | None = None
    """The folder that cannot be the cache, and why."""
    png_ppi: float = 0.0
    """Of the picture of the page; 0 for none."""
    keep: bool = False
    """Whether the result holds the composed page."""
    remarks: tuple[Finding, ...] = field(default=(), compare=False)
    """What was found while the copy was shared out."""
    assisted: bool = False
    """Whether a second process finishes and checks the page while the first does what else there is to do."""
    fresh: bool = False
    """Whether nothing is read that finishing and checking remember from earlier pages and builds."""
    inspect: bool = False
    """Whether the result says what stands on the page and where each thing comes from."""

    @property
    def plan(self) -> PagePlan:
        """The page as planned."""
        return self.job.plans[0]


@dataclass(frozen=True)
class PageResult:
    """A finished page with its report and findings."""

    number: int
    pdf: bytes | Path
    """Ready for the press; or the file of the build's scratch folder that holds it: from an assisted worker, and where
    many pages were made."""
    png: bytes | Path | None
    trim: tuple[float, float]
    """Width and height in points."""
    report: PageReport
    findings: tuple[Finding, ...]
    """What was found while it was set."""
    judged: tuple[Finding, ...]
    """What was found when it was read back."""
    record: Record
    """Which checks were carried out when it was read back."""
    seconds: Mapping[str, float]
    composed: ComposedPage | None
    """Only where it is to be kept."""
    faces: tuple[BuildFace, ...]
    """Those that it may be set in: the program's, the design's and the issue's."""
    part: SealedPart
    """Its own part of the seal; its file bears the hash of that."""
    objects: PageObjects | None = None
    """What its file paints it with; None until it is read back."""
    inspection: PageInspection | None = None
    """Only where the task asks for it."""


@dataclass(frozen=True)
class PaintedPage:
    """A page as WeasyPrint and the glyph painter have left it."""

    pdf: bytes | Path
    """Or the file that holds it, for an assistant, which takes that away."""
    objects: PaintedObjects
    """What is to be done to single objects of it."""
    trim: tuple[float, float]
    """Width and height of the trimmed page in points."""
    faces: tuple[BuildFace, ...]
    """Those that it may be set in."""
    part: SealedPart
    """Its part of the seal, without what was painted."""


@dataclass(frozen=True)
class FinishedPage:
    """A page ready for the press, before anybody has looked at it."""

    pdf: bytes | Path
    part: SealedPart
    """With what was painted."""
