"""How the CSS of a design sets a table, cell by cell, and the tints and rules that come of it. Lengths in points."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from layout.geometry import IDENTITY, Box, Matrix

if TYPE_CHECKING:
    from layout.page.frames import FrameType, Ink

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
    turn: Matrix = IDENTITY
    """How it is turned from there, with its frame."""
