"""Sets a table to a width: columns by what is in them, cells by the composer, rows as high as their highest cell.

Columns are as wide as their words on one line where there is room; else each has its longest unbreakable words and
its share of what is left, as CSS 2.1 (17.5.2.2) shares it. Figures stand on their points.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from layout.composer import Line
from layout.galley.paragraph_setter import Setter
from layout.galley.table_figures import figure_columns, is_figure, point, words
from layout.manuscript.cutting import parted
from layout.manuscript.model import Paragraph, Table, TableCell
from layout.page.frames import FrameType
from layout.page.table_style import CellStyle, TableStyle

_ONE_LINE = 10_000.0
"""Em: more than any cell's words take on one line."""
_NARROW = 3.0
"""Em: words are not broken into lines shorter than this where that can be helped: two characters are no line."""
_SLACK = 0.002
"""Em more than the words take, so that they are not broken for the last digit of a sum."""
_UNIT = re.compile(r"(?P<words>.*[^\s（(])\s*(?P<unit>[（(][^（）()]{1,12}[）)])")
"""A header with the unit of its column at its end: 产值（亿元）."""


@dataclass(frozen=True, slots=True)
class CellLine:
    """A line of a cell, or of the title (cell None). Lengths in points."""

    cell: int | None
    line: Line
    type: FrameType
    x: float
    """From the table's left edge."""
    y: float
    """From the head of the cell's first row, or of the title, to the head of the line's own box."""


@dataclass(frozen=True, slots=True)
class SetTable:
    """A table set. Lengths in points."""

    table: Table
    style: TableStyle
    lefts: tuple[float, ...]
    """The left edge of each column, and the right edge of the last."""
    heights: tuple[float, ...]
    """Of each row."""
    lines: tuple[CellLine, ...]
    """In reading order, the title's first."""
    title: float
    """The title's height; 0 without one."""
    lacking: float
    """By how much it is wider than the room that there is; 0 where it fits."""
    widest: str
    """The words of the cell that takes most room at its narrowest."""


def style_of_cell(style: TableStyle, cell: TableCell, body: FrameType) -> CellStyle:
    """The style of *cell*; plain where the design was not asked."""
    return style.cells.get((cell.row, cell.column)) or CellStyle(replace(body, align="start", kinds={}, tables={}))


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell to be set: its words in the pieces that stand below one another, and how they are set."""

    number: int
    cell: TableCell
    pieces: tuple[Paragraph, ...]
    style: CellStyle
    flush: FrameType
    """Its type, at the left edge: so figures are measured."""

    @property
    def padding(self) -> float:
        return self.style.left + self.style.right


@dataclass(frozen=True, slots=True)
class _Block:
    """A column's figures: points before and after the point on which they are aligned."""

    before: float
    after: float


class TableSetter:
    """Sets one table."""

    def __init__(self, table: Table, style: TableStyle, body: FrameType, setter: Setter):
        self._table, self._style, self._body, self._setter = table, style, body, setter
        self._figures = figure_columns(table)
        self._blocks = self._found_blocks()

    def set(self, room: float) -> SetTable:
        """The table in *room* points."""
        cells = self._cells(units=False)
        widths, lacking = self._on_one_line(cells, room), 0.0
        if not widths:
            cells = self._cells(units=True)
            widths, lacking = self._shared(cells, room)
        widths, air = self._filled(widths, room)
        lefts = [sum(widths[:number]) for number in range(len(widths) + 1)]
        if not self._style.fills and lefts[-1] < room:
            lefts = [left + (room - lefts[-1]) / 2 for left in lefts]
        contents = [self._content(cell, lefts, air) for cell in cells]
        heights = self._heights(cells, contents)
        title, height = self._title(room)
        lines = [line for cell, own in zip(cells, contents, strict=True) for line in self._placed(cell, own, heights)]
        return SetTable(
            self._table,
            self._style,
            tuple(lefts),
            tuple(heights),
            (*title, *lines),
            height,
            lacking,
            self._widest(cells),
        )

    def _cells(self, *, units: bool) -> list[_Cell]:
        return [self._cell(number, units=units) for number in range(len(self._table.cells))]

    def _cell(self, number: int, *, units: bool) -> _Cell:
        cell = self._table.cells[number]
        style = style_of_cell(self._style, cell, self._body)
        pieces: tuple[Paragraph, ...] = (Paragraph("cell", cell.runs),) if cell.runs else ()
        if cell.row < self._table.head and pieces:
            pieces = _with_unit(pieces[0], apart=units)
        return _Cell(number, cell, pieces, style, replace(style.type, align="start"))

    def _on_one_line(self, cells: Sequence[_Cell], room: float) -> list[float]:
        """The columns as wide as their words on one line; none where there is no room for that."""
        natural = self._spread(cells, [self._natural(cell) for cell in cells])
        return natural if sum(natural) <= room else []

    def _filled(self, widths: Sequence[float], room: float) -> tuple[list[float], float]:
        """The columns that fill *room*, and what of it stands beside the words on either side of every column: what is
        left goes between the columns, so that the first and the last are flush with the edges."""
        gaps = len(widths) - 1
        more = max(0.0, room - sum(widths)) if self._style.fills else 0.0
        if not gaps:
            return [widths[0] + more], 0.0
        outer = (0, gaps)
        return [width + more / gaps / (2 if n in outer else 1) for n, width in enumerate(widths)], more / gaps / 2

    def _shared(self, cells: Sequence[_Cell], room: float) -> tuple[list[float], float]:
        """Columns that share *room*, and how much of it is wanting."""
        natural = self._spread(cells, [self._natural(cell) for cell in cells])
        least = self._spread(cells, [self._least(cell) for cell in cells])
        natural = [max(pair) for pair in zip(natural, least, strict=True)]
        if widths := self._on_one_line(cells, room):
            return widths, 0.0
        left = room - sum(least)
        if left < 0:
            return [width * room / sum(least) for width in least], -left
        wishes = sum(natural) - sum(least)
        return [low + left * (high - low) / wishes for low, high in zip(least, natural, strict=True)], 0.0

    def _spread(self, cells: Sequence[_Cell], wanted: Sequence[float]) -> list[float]:
        """Widths of columns that hold what every cell wants; what one wants that spans several is shared by them."""
        widths = [0.0] * len(self._table.aligns)
        for cell, own in sorted(zip(cells, wanted, strict=True), key=lambda pair: pair[0].cell.columns):
            columns = range(cell.cell.column, cell.cell.column + cell.cell.columns)
            lacking = own + cell.padding - sum(widths[column] for column in columns)
            for column in columns if lacking > 0 else ():
                widths[column] += lacking / len(columns)
        return widths

    def _natural(self, cell: _Cell) -> float:
        if self._is_figure(cell):
            block = self._blocks[cell.cell.column]
            return block.before + block.after + _SLACK * cell.style.type.size
        return max((self._measured(piece, cell.flush, _ONE_LINE) for piece in cell.pieces), default=0.0)

    def _least(self, cell: _Cell) -> float:
        if self._is_figure(cell):
            return self._natural(cell)
        return max((self._measured(piece, cell.flush, _NARROW) for piece in cell.pieces), default=0.0)

    def _measured(self, piece: Paragraph, type_: FrameType, measure: float) -> float:
        """The width of the longest of its lines in *measure* em."""
        lines = self._setter.set(piece, type_, measure).lines
        return (max(line.width for line in lines) + _SLACK) * type_.size

    def _widest(self, cells: Sequence[_Cell]) -> str:
        widest = max(cells, key=lambda cell: self._least(cell) / cell.cell.columns)
        return "".join(piece.text for piece in widest.pieces)

    def _is_figure(self, cell: _Cell) -> bool:
        own = cell.cell
        return (
            own.row >= self._table.head and own.columns == 1 and own.column in self._figures
            and len(cell.pieces) == 1 and is_figure(words(own))
        )  # fmt: skip

    def _found_blocks(self) -> dict[int, _Block]:
        blocks: dict[int, _Block] = {}
        for cell in filter(self._is_figure, self._cells(units=False)):
            before, after = self._around_point(cell)
            old = blocks.get(cell.cell.column, _Block(0.0, 0.0))
            blocks[cell.cell.column] = _Block(max(old.before, before), max(old.after, after))
        return blocks

    def _around_point(self, cell: _Cell) -> tuple[float, float]:
        line, size = self._setter.set(cell.pieces[0], cell.flush, _ONE_LINE).lines[0], cell.style.type.size
        at = point(words(cell.cell), self._figures[cell.cell.column])
        before = next((each.x for each in line.placed if each.offset >= at and not each.annotation), line.width)
        return before * size, (line.width - before) * size

    def _content(self, cell: _Cell, lefts: Sequence[float], air: float) -> list[tuple[Line, float]]:
        """The lines of a cell, each with its distance from the table's left edge."""
        own, last = cell.cell, cell.cell.column + cell.cell.columns
        left = lefts[own.column] + cell.style.left + (air if own.column else 0.0)
        width = lefts[last] - cell.style.right - (air if last < len(lefts) - 1 else 0.0) - left
        type_ = cell.style.type
        if self._is_figure(cell):
            line = self._setter.set(cell.pieces[0], cell.flush, _ONE_LINE).lines[0]
            return [(line, left + self._figure_inset(cell, width))]
        measure = max(width, type_.size) / type_.size + _SLACK / 2
        return [(line, left) for piece in cell.pieces for line in self._setter.set(piece, type_, measure).lines]

    def _figure_inset(self, cell: _Cell, width: float) -> float:
        """How far right of its cell's left edge a figure begins: the column's figures stand as a block."""
        block = self._blocks[cell.cell.column]
        share = {"end": 1.0, "center": 0.5}.get(cell.style.type.align, 0.0)
        return share * (width - block.before - block.after) + block.before - self._around_point(cell)[0]

    def _heights(self, cells: Sequence[_Cell], contents: Sequence[Sequence[tuple[Line, float]]]) -> list[float]:
        heights = [0.0] * self._table.rows
        pairs = zip(cells, contents, strict=True)
        for cell, lines in sorted(pairs, key=lambda pair: pair[0].cell.rows):
            rows = range(cell.cell.row, cell.cell.row + cell.cell.rows)
            wanted = cell.style.top + cell.style.bottom + max(1, len(lines)) * cell.style.type.leading
            heights[rows[-1]] += max(0.0, wanted - sum(heights[row] for row in rows))
        return heights

    def _placed(self, cell: _Cell, lines: Sequence[tuple[Line, float]], heights: Sequence[float]) -> list[CellLine]:
        style, leading = cell.style, cell.style.type.leading
        room = sum(heights[cell.cell.row : cell.cell.row + cell.cell.rows]) - style.top - style.bottom
        share = {"middle": 0.5, "bottom": 1.0}.get(style.valign, 0.0)
        head = style.top + share * (room - len(lines) * leading)
        type_ = cell.flush if self._is_figure(cell) else style.type
        return [CellLine(cell.number, line, type_, x, head + n * leading) for n, (line, x) in enumerate(lines)]

    def _title(self, room: float) -> tuple[list[CellLine], float]:
        if not self._table.title:
            return [], 0.0
        style = self._style.title or CellStyle(replace(self._body, align="center", kinds={}, tables={}))
        measure = max(room - style.left - style.right, style.type.size) / style.type.size
        lines = self._setter.set(Paragraph("table-title", self._table.title), style.type, measure).lines
        leading = style.type.leading
        placed = [CellLine(None, line, style.type, style.left, style.top + n * leading) for n, line in enumerate(lines)]
        return placed, style.top + style.bottom + len(lines) * leading


def _with_unit(paragraph: Paragraph, *, apart: bool) -> tuple[Paragraph, ...]:
    """A header whose unit is in small type; *apart*: on a line of its own."""
    mark = paragraph.runs[-1:] if paragraph.runs[-1].level == "super" else ()  # of a footnote: it stays with the unit
    bare = replace(paragraph, runs=paragraph.runs[: len(paragraph.runs) - len(mark)])
    found = _UNIT.fullmatch(bare.text)
    if found is None:
        return (paragraph,)
    head, unit = parted(bare, found.start("unit"))
    unit = replace(unit, runs=(*(replace(run, level=run.level or "note") for run in unit.runs), *mark))
    return (head, unit) if apart else (replace(head, runs=(*head.runs, *unit.runs)),)
