"""The shape of a table without its words: what a page's design is asked about, since its CSS says how cells are set."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CellShape:
    """A cell of a table without its words: what a style sheet can ask about it."""

    row: int
    column: int
    rows: int
    columns: int
    align: str
    """As the manuscript says it; nothing where it leaves that to the design."""
    figures: bool
    """Whether it stands in a column of figures."""
    roles: tuple[str, ...] = ()
    """The marks on its words, besides plain."""


@dataclass(frozen=True, slots=True)
class TableShape:
    """A table without its words. Cells stand in row order."""

    name: str
    """The name of its flow."""
    head: int
    rows: int
    columns: int
    cells: tuple[CellShape, ...]
    title: bool = False
