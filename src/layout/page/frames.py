"""A page as measured: frames for text, boxes for pictures, bands whose columns end level.

All lengths in points, from the trimmed page's top left corner.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import TYPE_CHECKING, Literal, NamedTuple

from layout.checks import Finding
from layout.composer.model import Line
from layout.design.custom_properties import Options
from layout.flows import Chain, Flow
from layout.geometry import IDENTITY, Box, Matrix
from layout.page.by_value import ByValue
from layout.page.row_tree import Stack

if TYPE_CHECKING:
    from layout.page.table_style import CellEdge, TableStyle
from layout.page.obstacles import Obstacle


@dataclass(frozen=True, slots=True)
class Ink:
    """A colour as the press prints it: CMYK from 0 to 1, and its opacity."""

    c: float
    m: float
    y: float
    k: float
    opacity: float = 1.0


@dataclass(frozen=True, slots=True)
class TextLines:
    """The lines that CSS draws along type (``text-decoration``)."""

    kinds: tuple[Literal["underline", "overline", "line-through"], ...]
    ink: Ink
    style: Literal["solid", "double", "wavy"] = "solid"
    thickness: float | None = None
    """In points; None: as thick as the marks of the copy."""
    offset: float | None = None
    """Of an underline below the baseline, in points; None: below the em box."""


@dataclass(frozen=True, slots=True)
class RoleType:
    """The type of a role's runs inside a frame."""

    faces: tuple[str, ...]
    size: float
    ink: Ink
    lines: TextLines | None = None


INITIAL = "initial"
"""The role of a text's first letter, where its type has its own."""


@dataclass(frozen=True, slots=True)
class InitialType:
    """The type of a text's first letter (``::first-letter``), and how many rows it takes (``--drop``)."""

    role: RoleType
    rows: int
    gap: float | None = None
    """Points between it and the lines beside it, where the design says (its margin); else the compositor's own."""


LEAD_IN = "lead-in"
"""The role of a text's first words, where their type is their own."""


def part_role(name: str) -> str:
    """The role of a flow of that *name* in a frame whose flows stand on one line."""
    return f"part {name}"


@dataclass(frozen=True, slots=True)
class LeadIn:
    """The type of a text's first words (``::first-line``), and how many they are (``--lead-in``)."""

    role: RoleType
    characters: int | Literal["clause"] | None = None
    """None: as many as the first line holds. ``clause``: up to the first pause."""


@dataclass(frozen=True)
class FrameType:
    """The type of a frame, as the design's CSS gives it. ``roles`` holds "plain" and whatever else the flow uses."""

    roles: Mapping[str, RoleType]
    leading: float
    indent: float
    """First-line indent in points."""
    align: Literal["justify", "start", "center", "end"]
    vertical: bool
    options: Options
    """The design's custom properties for the composer, without the dashes: ``{"fit": "total", "kinsoku": "gb"}``."""
    kinds: Mapping[str, FrameType] = field(default_factory=dict)
    """The types of paragraphs that the CSS sets otherwise: ``[data-kind=heading]`` in a frame of running text."""
    tables: Mapping[str, TableStyle] = field(default_factory=dict)
    """How the tables in its copy are set, by the names of their flows."""
    rule: CellEdge | None = None
    """Of a kind of paragraph: the rule above the first of them (``border-top``)."""
    initial: InitialType | None = None
    """How the first letter of its text is dressed, where that is otherwise."""
    lead: LeadIn | None = None
    """The same of its first words."""
    parts: Mapping[str, PartGaps] | None = None
    """Of a frame whose flows stand on one line: the room beside each flow of these names. Their type is a role."""

    @cached_property
    def key(self) -> Hashable:
        """All of it, to be found again by value."""
        kinds = tuple((kind, each.key) for kind, each in sorted(self.kinds.items()))
        tables = tuple((name, style.key) for name, style in sorted(self.tables.items()))
        parts = None if self.parts is None else tuple(sorted(self.parts.items()))
        roles = tuple(sorted(self.roles.items()))
        return ByValue((self.composed, self.leading, roles, kinds, tables, self.rule, self.initial, self.lead, parts))

    @cached_property
    def composed(self) -> Hashable:
        """What of it decides how a paragraph is composed: neither inks nor leading do."""
        roles = tuple((role, each.faces, each.size) for role, each in sorted(self.roles.items()))
        return ByValue((roles, self.indent, self.align, self.vertical, tuple(sorted(self.options.items()))))

    @property
    def size(self) -> float:
        """The body size in points."""
        return self.roles["plain"].size

    def of(self, kind: str) -> FrameType:
        """The type of a paragraph of *kind*."""
        return self.kinds.get(kind, self)


class PartGaps(NamedTuple):
    """The room beside one of the flows that stand on one line, in points."""

    before: float = 0.0
    after: float = 0.0


@dataclass(frozen=True, slots=True)
class Frame:
    """An empty rectangle that text flows into. Frames of one flow form a chain in the order of the HTML."""

    id: str
    chain: Chain
    """The flows that run through it: one, or several that run on one after the other."""
    box: Box
    type: FrameType
    band: str | None
    """Key of the band it stands in, if any."""
    column: str | None
    """Key of the column of that band it stands in, if any."""
    height_by: Literal["css", "lines", "rest"] = "css"
    """What decides its height: the CSS; its lines (``height: auto``); or what its column of the band leaves.

    The last is so for the frames of a chain inside a band, and for those with ``--height: rest``.
    """
    turns: bool = False
    """Whether copy that finds no place here may be turned over to a later page."""
    below: float = 0.0
    """What stands below it in its band and never changes, in points; 0 where it stands in a column."""
    is_item: bool = False
    """Whether it is an item of a row or grid (``display: flex`` or ``grid``): all of those begin on one line."""
    turn: Matrix = IDENTITY
    """How it is turned on the page with all its lines (``transform``); ``box`` is where it stands before that."""


@dataclass(frozen=True, slots=True)
class PictureBox:
    """Where a picture goes. Elastic when ``min_height`` < ``max_height``; the design wants ``best`` best."""

    id: str
    picture: str
    box: Box
    min_height: float
    max_height: float
    band: str | None
    column: str | None
    options: Options = field(default_factory=dict)
    """What the CSS says of its crop: ``crop-max``, ``focus-room``, ``zoom-max``."""
    allowed: Mapping[int, float] = field(default_factory=dict)
    """The heights, in rows, that show enough of the picture, with what their crops cost; empty: any within limits."""
    wanted: float | None = None
    """The height that the design wants best, where its box is not as high: it stands as under other classes."""

    @property
    def best(self) -> float:
        """The height that the design wants best, in points."""
        return self.box.height if self.wanted is None else self.wanted

    def limited_as(self, other: PictureBox) -> PictureBox:
        """The same box, which wants the height that *other* wants, and has its limits."""
        return replace(self, min_height=other.min_height, max_height=other.max_height, wanted=other.best)

    @property
    def elastic(self) -> bool:
        """Whether copyfit may change its height."""
        return self.max_height - self.min_height > 0.01


@dataclass(frozen=True, slots=True)
class Gap:
    """Elastic white space between two things of a column or of the page."""

    id: str
    name: str
    box: Box
    min_height: float
    max_height: float
    band: str | None
    column: str | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a band: a stack of pictures, headings and at most one frame that takes what is left."""

    id: str
    box: Box
    band: str | None
    below: float = 0.0
    """What stands below it in its band and never changes, in points: captions, boxes, the air above them."""


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch of the page whose columns end level; copyfit decides its height in rows."""

    id: str
    name: str
    box: Box
    min_height: float
    max_height: float
    pinned: bool = False
    """Whether the CSS fixes its height: ``min-height`` and ``max-height`` are the same."""
    edges: float = 0.0
    """Points that its borders and paddings take above and below it."""


@dataclass(frozen=True, slots=True)
class MeasuredPage:
    """One page, measured."""

    page_no: int
    width: float
    height: float
    type_area: Box
    row: float
    """Distance between grid lines; the grid starts at the type area's top."""
    content_bottom: float
    """Foot of the lowest thing that stands in the type area's flow."""
    frames: tuple[Frame, ...]
    pictures: tuple[PictureBox, ...]
    columns: tuple[Column, ...] = field(default=())
    bands: tuple[Band, ...] = field(default=())
    gaps: tuple[Gap, ...] = field(default=())
    shapes: tuple[Obstacle, ...] = field(default=())
    options: Options = field(default_factory=dict)
    """What the CSS says of the page as a whole, on the type area: ``empty-max``."""
    tree: Stack | None = None
    """How bands and gaps stand to one another, where the nesting says so (``data-stack``, ``data-row``); else it is
    read from what stands beside what.
    """
    messages: tuple[Finding, ...] = ()
    """What the engine remarked on the design while it laid the page out."""
    arranged: bool = False
    """Whether its copy was set in these heights before: those of a page that was made up."""

    def chains(self) -> dict[Chain, tuple[Frame, ...]]:
        """The frames of each chain, in the order of the HTML."""
        found: dict[Chain, list[Frame]] = {}
        for frame in self.frames:
            found.setdefault(frame.chain, []).append(frame)
        return {chain: tuple(frames) for chain, frames in found.items()}


@dataclass(frozen=True, slots=True)
class SetLine:
    """One composed line in its place on the page.

    Level lines: ``x`` is the line's left edge, ``baseline`` its baseline. Vertical lines: ``x`` is the column's left
    edge, ``baseline`` the height of its head.
    """

    line: Line
    type: FrameType
    frame: str
    flow: Flow
    paragraph: int
    x: float
    baseline: float
    vertical: bool = False
    turn: Matrix = IDENTITY
    """How the line is turned from there, with its frame."""
