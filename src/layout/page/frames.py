"""A page as measured: frames for text, boxes for pictures, bands whose columns end level.

All lengths in points, from the trimmed page's top left corner.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from layout.checks import Finding
from layout.composer.model import Line
from layout.design.custom_properties import Options
from layout.flows import Chain, Flow
from layout.geometry import Box
from layout.page.row_tree import Stack


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
    double: bool = False
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


class ByValue:
    """A value as the key of a table: equal to another of an equal value, its hash taken only once."""

    __slots__ = ("_hash", "_value")

    def __init__(self, value: Hashable):
        self._value = value
        self._hash = hash(value)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByValue) and self._hash == other._hash and self._value == other._value

    def __reduce__(self) -> tuple[type[ByValue], tuple[Hashable]]:
        return ByValue, (self._value,)  # another process has other hashes


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

    @cached_property
    def key(self) -> Hashable:
        """All of it, to be found again by value."""
        kinds = tuple((kind, each.key) for kind, each in sorted(self.kinds.items()))
        tables = tuple((name, style.key) for name, style in sorted(self.tables.items()))
        return ByValue((self.composed, self.leading, tuple(sorted(self.roles.items())), kinds, tables, self.rule))

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


VerticalAlign = Literal["top", "middle", "bottom"]


@dataclass(frozen=True, slots=True)
class CellEdge:
    """A rule along one side of a cell."""

    width: float
    ink: Ink


@dataclass(frozen=True, slots=True)
class CellStyle:
    """How a cell is set: its type, the space inside its edges, its tint and its rules.

    What CSS gives to the row, the group of rows or the whole table is in it already.
    """

    type: FrameType
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    left: float = 0.0
    valign: VerticalAlign = "top"
    tint: Ink | None = None
    edges: tuple[CellEdge | None, CellEdge | None, CellEdge | None, CellEdge | None] = (None, None, None, None)
    """At the top, right, bottom and left."""

    @property
    def key(self) -> Hashable:
        """All of it, to be found again by value."""
        sides = self.top, self.right, self.bottom, self.left
        return self.type.key, sides, self.valign, self.tint, self.edges


@dataclass(frozen=True, slots=True)
class TableStyle:
    """How a table is set."""

    cells: Mapping[tuple[int, int], CellStyle]
    """By the first row and column of each cell."""
    title: CellStyle | None = None
    above: float = 0.0
    below: float = 0.0
    """White around it, but not at a column's head or foot."""
    fills: bool = True
    """Whether it takes its column's whole width; else as much as its words need."""
    whole: bool = False
    """Whether it is kept in one column where one holds it (``break-inside: avoid``)."""
    foot: CellEdge | None = None
    """The rule below the whole table: it closes every stretch of it that goes on in the next column, too."""

    @property
    def key(self) -> Hashable:
        """All of it, to be found again by value."""
        cells = tuple((cell, own.key) for cell, own in sorted(self.cells.items(), key=lambda item: item[0]))
        title = self.title.key if self.title else None
        return cells, title, self.above, self.below, self.fills, self.whole, self.foot


@dataclass(frozen=True, slots=True)
class InkedBox:
    """A tint or a rule, painted below the lines: a rectangle full of ink."""

    box: Box
    ink: Ink


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


@dataclass(frozen=True, slots=True)
class PictureBox:
    """Where a picture goes. Elastic when ``min_height`` < ``max_height``; the design wants ``box.height`` best."""

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
class Obstacle:
    """An obstacle to text: lines run around its box."""

    id: str
    box: Box


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
    """How bands and gaps stand to one another, where the design says so; else it is read from what stands beside what.
    """
    messages: tuple[Finding, ...] = ()
    """What the engine remarked on the design while it laid the page out."""

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
