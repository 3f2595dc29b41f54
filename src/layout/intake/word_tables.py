"""Tables of a Word file: cells on a grid, those that reach over several rows or columns put together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from layout.intake.captions import LONGEST_CAPTION
from layout.intake.model import CopyBlock, CopyBox, CopyCell, CopyPicture, CopyPlace, CopyTable, paragraphs_of
from layout.intake.word_names import W, Xml, number, switch, value

CellReader = Callable[[Xml], list[CopyBlock]]
"""Reads the blocks of a cell."""
MOST_COLUMNS = 64
"""Word has 63; a broken ``gridSpan`` may say any number."""


@dataclass(slots=True)
class _Cell:
    row: int
    column: int
    blocks: list[CopyBlock]
    columns: int
    rows: int = 1


def read_table(element: Xml, place: CopyPlace, cell: CellReader) -> list[CopyBlock]:
    """The table of the ``w:tbl`` *element*, and the pictures that stood in it behind it.

    A table of one cell is a box. What a picture's cell says, or the cell below it, is its caption; where nothing is
    left then there is no table. Rows whose deletion is tracked are left out.
    """
    rows = [each for each in _rows(element) if not _is_deleted(each)]
    grid: dict[tuple[int, int], _Cell] = {}
    for row, each in enumerate(rows):
        _take_row(each, row, grid, cell)
    cells = list({id(each): each for each in grid.values()}.values())
    pictures = _pictures(cells, grid)
    if not any(paragraphs_of(each.blocks) for each in cells):
        return list(pictures)
    columns = max(column for _, column in grid) + 1
    if len(cells) == 1:
        return [CopyBox(paragraphs_of(cells[0].blocks), place), *pictures]
    head = next((index for index, each in enumerate(rows) if not switch(each.find(W + "trPr"), "tblHeader")), len(rows))
    placed = [_cell(each) for each in cells] + _fillers(grid, len(rows), columns)
    placed.sort(key=lambda each: (each.row, each.column))
    return [CopyTable(len(rows), columns, tuple(placed), place, head), *pictures]


def deleted_rows(element: Xml) -> list[str]:
    """The words of those rows of the ``w:tbl`` *element* whose deletion is tracked."""
    rows = (each for each in _rows(element) if _is_deleted(each))
    return ["".join(each.text or "" for each in row.iter(W + "t", W + "delText")) for row in rows]


def _rows(element: Xml) -> list[Xml]:
    """The rows of the table itself, and of none that stands in it."""
    return [each for each in element.iter(W + "tr") if next(each.iterancestors(W + "tbl")) is element]


def _is_deleted(row: Xml) -> bool:
    properties = row.find(W + "trPr")
    return properties is not None and properties.find(W + "del") is not None


def _take_row(element: Xml, row: int, grid: dict[tuple[int, int], _Cell], cell: CellReader) -> None:
    properties = element.find(W + "trPr")
    column = min(number(value(properties, "gridBefore")) or 0, MOST_COLUMNS)
    for each in (each for each in element.iter(W + "tc") if next(each.iterancestors(W + "tr")) is element):
        own = each.find(W + "tcPr")
        width = min(max(number(value(own, "gridSpan")) or 1, 1), MOST_COLUMNS - column)
        if width < 1:  # beyond what Word can make: its words stay with the last cell
            grid[row, column - 1].blocks += cell(each)
            continue
        merge = None if own is None else own.find(W + "vMerge")
        above = grid.get((row - 1, column))
        if merge is not None and merge.get(W + "val", "continue") == "continue" and above and above.columns == width:
            above.blocks += cell(each)
            above.rows = row - above.row + 1
            found = above
        else:
            found = _Cell(row, column, cell(each), width)
        for covered in range(column, column + width):
            grid[row, covered] = found
        column += width


def _cell(cell: _Cell) -> CopyCell:
    paragraphs = paragraphs_of(cell.blocks)
    align = paragraphs[0].align if paragraphs else ""
    return CopyCell(cell.row, cell.column, paragraphs, cell.rows, cell.columns, align)


def _fillers(grid: dict[tuple[int, int], _Cell], rows: int, columns: int) -> list[CopyCell]:
    """Empty cells where a row is shorter than the others."""
    return [CopyCell(row, column, ()) for row in range(rows) for column in range(columns) if (row, column) not in grid]


def _pictures(cells: Sequence[_Cell], grid: dict[tuple[int, int], _Cell]) -> list[CopyPicture]:
    """The pictures in *cells*, with their captions, whose cells are empty then."""
    found: list[CopyPicture] = []
    for each in cells:
        own = [block for block in each.blocks if isinstance(block, CopyPicture)]
        if not own:
            continue
        below = grid.get((each.row + each.rows, each.column))
        source = each if paragraphs_of(each.blocks) else below
        caption = "" if source is None else _caption(source, each)
        if source is not None and caption:
            source.blocks = [block for block in source.blocks if isinstance(block, CopyPicture)]
        each.blocks = [block for block in each.blocks if not isinstance(block, CopyPicture)]
        found += [replace(picture, caption=picture.caption or caption) for picture in own]
    return found


def _caption(source: _Cell, cell: _Cell) -> str:
    """The words of *source* where they may be the caption of a picture in *cell*: short, and of no picture there."""
    if source is not cell and any(isinstance(block, CopyPicture) for block in source.blocks):
        return ""
    words = "".join(paragraph.text for paragraph in paragraphs_of(source.blocks))
    return words if len(words) <= LONGEST_CAPTION else ""
