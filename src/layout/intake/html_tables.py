"""Tables of HTML: cells on a grid, with those that reach over several rows or columns."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from layout.intake.copy_characters import cleaned
from layout.intake.model import (
    CopyAlign,
    CopyBlock,
    CopyCell,
    CopyParagraph,
    CopyPicture,
    CopyPlace,
    CopyRun,
    CopyTable,
    paragraphs_of,
)  # fmt: skip
from layout.intake.word_names import Xml

MOST_COLUMNS = 64
"""As in a Word file; a broken ``colspan`` may say any number."""
_SPACES = re.compile(r"[ \t\n\r\f]+")
_ALIGNS: dict[str, CopyAlign] = {"center": "center", "right": "right", "left": "left"}

CellReader = Callable[[Xml, CopyAlign], list[CopyBlock]]
"""Reads the blocks of a cell whose lines stand so."""


def read_html_table(element: Xml, place: CopyPlace, read: CellReader) -> list[CopyBlock]:
    """The table of the ``<table>`` *element* and behind it the pictures that stood in it. A table that holds one cell's
    words only is a page's frame, and gives what stands in it.
    """
    rows = [each for each in element.iter("tr") if _owner(element, each)]
    taken: set[tuple[int, int]] = set()
    cells: list[CopyCell] = []
    contents: list[CopyBlock] = []
    for row, each in enumerate(rows):
        column = 0
        for cell in (cell for cell in each if cell.tag in ("td", "th")):
            while (row, column) in taken:
                column += 1
            height, width = (
                min(_whole(cell.get("rowspan")), len(rows) - row),
                min(_whole(cell.get("colspan")), MOST_COLUMNS),
            )
            while any((row, column + extra) in taken for extra in range(width)):
                width -= 1
            taken |= {(row + down, column + across) for down in range(height) for across in range(width)}
            blocks = read(cell, align_of(cell))
            contents += blocks
            cells.append(CopyCell(row, column, paragraphs_of(blocks), height, width, align_of(cell)))
            column += width
    columns = max((cell.column + cell.columns for cell in cells), default=0)
    title = _title(element, place)
    if sum(bool(cell.paragraphs) for cell in cells) < 2:
        return [*([title] if title else []), *contents]
    grid = ((row, column) for row in range(len(rows)) for column in range(columns))
    cells += [CopyCell(row, column, ()) for row, column in grid if (row, column) not in taken]
    cells.sort(key=lambda cell: (cell.row, cell.column))
    pictures = [block for block in contents if isinstance(block, CopyPicture)]
    return [CopyTable(len(rows), columns, tuple(cells), place, _head(rows), title), *pictures]


def _head(rows: Sequence[Xml]) -> int:
    """How many rows at the top have nothing but ``<th>``; none where all rows do."""
    plain = (index for index, row in enumerate(rows) if any(cell.tag == "td" for cell in row))
    return next(plain, 0)


def _title(element: Xml, place: CopyPlace) -> CopyParagraph | None:
    caption = element.find("caption")
    words = "" if caption is None else flat("".join(caption.itertext()))
    return CopyParagraph((CopyRun(words),), place, "caption") if words else None


def _owner(table: Xml, row: Xml) -> bool:
    """Whether *row* is one of *table*'s own, and of none that stands in it."""
    groups = (table, *(each for each in table if each.tag in ("thead", "tbody", "tfoot")))
    return any(row is own for group in groups for own in group)


def _whole(value: str | None) -> int:
    return max(int(value), 1) if value and value.isdigit() and len(value) < 5 else 1


def align_of(element: Xml) -> CopyAlign:
    """How the lines of *element* stand, where it says so."""
    found = re.search(r"text-align\s*:\s*(\w+)", element.get("style", ""))
    return _ALIGNS.get((found[1] if found else element.get("align", "")).lower(), "")


def flat(text: str) -> str:
    """*text* in one line."""
    return _SPACES.sub(" ", cleaned(text)).strip()
