"""The results of copyfit: heights for the page, lines in their places, costs and findings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from layout.checks import Finding
from layout.copyfit.crop_limits import Originals
from layout.copyfit.scores import Suggestion, VariantName, VariantScore
from layout.flows import Chain, Flow
from layout.galley.model import Galley, TextChain
from layout.galley.pour import Rest
from layout.galley.row_fit import Concession, RowFit
from layout.galley.search_budget import SearchStopped
from layout.manuscript.model import Text
from layout.page.canvas import Decision
from layout.page.frames import FrameType, MeasuredPage, PictureBox, SetLine
from layout.page.table_style import InkedBox
from layout.pictures.crop import CroppedPicture


@dataclass(frozen=True, slots=True)
class DraftCopy:
    """What the copy and the frames of a draft have not of each other."""

    lost: Mapping[Flow, Text]
    """Texts that no frame on the page asks for."""
    fillers: tuple[Text, ...]
    """Words that keep the place of copy that is not there."""
    lacking: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class FittedPage:
    """A page whose heights are decided, not yet poured."""

    variant: VariantName
    """Whose canvas was chosen."""
    decision: Decision
    """What was decided of that canvas."""
    galleys: Mapping[Chain, Galley]
    fit: RowFit
    picture_sizes: Mapping[str, tuple[str, float, float]]
    """Picture, width and height in points of every picture box, by key."""
    chains: Mapping[Chain, TextChain]
    types: Mapping[str, FrameType]
    """The type of every frame, by key, with its roles and kinds."""
    order: tuple[Flow, ...]
    """The flows, in reading order."""
    concessions: tuple[Concession, ...]
    scores: tuple[VariantScore, ...] = ()
    left_out: tuple[str, ...] = ()
    """Pictures that are left out: by a step of the design, or because the editor lets them go."""
    pictures: Mapping[str, CroppedPicture] = field(default_factory=dict)
    """What is seen of every picture, by the key of its box."""
    advice: Callable[[], tuple[Suggestion, ...]] = field(default=tuple, compare=False, repr=False)
    """Tries what would make the page exactly full: asked only where it turns out not to be."""
    stopped: SearchStopped | None = None
    """Where the search ended before it had tried everything."""
    messages: tuple[Finding, ...] = ()
    """What the engine remarked on the design while that canvas was searched."""
    apart: frozenset[Flow] = frozenset()
    """Tables and footnotes that stand in frames of their own."""
    originals: Originals = field(default_factory=dict)
    """The pictures as they came: text runs around the outlines of some."""
    boxes: tuple[PictureBox, ...] = ()
    """The boxes of its pictures, before their heights were decided."""
    draft: DraftCopy | None = None
    """Of a page that could be made as a draft alone."""


@dataclass(frozen=True, slots=True)
class Share:
    """The share of a page in a chain that runs over several pages."""

    held: int
    """Lines that its frames hold."""
    spare: int
    """Lines left empty at its end and below it; negative: lines that have no place. 0 where copy is turned over."""
    measure: float
    """Points of a line."""
    turns: bool
    lines: int = 0
    """Lines of copy that stand here."""
    over: int = 0
    """Lines that found no place: turned over, or overset."""


@dataclass(frozen=True, slots=True)
class ComposedPage:
    """A poured page: its final geometry, its lines in reading order, and its findings."""

    page: MeasuredPage
    lines: tuple[SetLine, ...]
    concessions: tuple[Concession, ...]
    findings: tuple[Finding, ...]
    scores: tuple[VariantScore, ...] = ()
    rest: Rest = field(default_factory=Rest)
    """Copy turned over to a later page."""
    unset: Mapping[Flow, Text] = field(default_factory=dict)
    """Copy that is overset: by flow what of it stands nowhere."""
    left_out: tuple[str, ...] = ()
    pictures: Mapping[str, CroppedPicture] = field(default_factory=dict)
    suggestions: tuple[Suggestion, ...] = ()
    shares: Mapping[Chain, Share] = field(default_factory=dict)
    """What it takes of every chain."""
    apart: frozenset[Flow] = frozenset()
    """Tables and footnotes that stand in frames of their own."""
    boxes: tuple[InkedBox, ...] = ()
    """Tints and rules of its tables, in the order in which they are painted."""
    repeated: tuple[Text, ...] = ()
    """Headers of tables that stand again above what goes on in another column, in the order of their chains."""
