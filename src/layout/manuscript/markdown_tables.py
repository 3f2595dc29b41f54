"""Tables in a manuscript: GitHub's pipe tables, with MultiMarkdown's spans, titles and headers of several rows.

``||`` lets a cell reach over the next column, ``^^`` lets the one above reach down. Rows are read here and not by
markdown-it, which drops what a row has too much and fills up what it has too little.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from markdown_it.rules_block import StateBlock
from markdown_it.token import Token

from layout.errors import Message
from layout.manuscript.markdown_inline import Manuscript
from layout.manuscript.model import ColumnAlign, Run, Table, TableCell

TOKEN = "table"
"""The token that stands for a whole table; its ``map`` says the lines."""
MOST_CELLS = 1_000
"""Cells of a table: a broadsheet in 6 pt type has no room for more."""
MOST_HEAD = 4
"""Rows of a header; so many lines at most are looked at before it is known that they begin no table."""

_DELIMITER = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*")
_TITLE = re.compile(r"\s*\[(?P<words>(?!\^)(?:[^\[\]|]|\[\^[^\[\]|]+\])+)\]\s*")
"""``[words]``, which may end in the marks of footnotes, but are no such mark themselves."""
_FULL_WIDTH = re.compile(r"\s*｜?[\s:：]*[-－—]+[\s:：]*(?:[｜|][\s:：]*[-－—]+[\s:：]*)*[｜|]?\s*")
_ALIGN: dict[tuple[bool, bool], ColumnAlign] = {
    (True, False): "left", (False, True): "right", (True, True): "center", (False, False): "",
}  # fmt: skip
_UP = "^^"

InlineReader = Callable[[str, int, int], tuple[Run, ...]]
"""Reads the words of a cell: the words, the index of their line, their column there from 0."""


def find_table(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """The block rule "table" of markdown-it: a title or not, up to ``MOST_HEAD`` rows of header, the row that says the
    alignment, and all rows that follow: a line without ``|`` ends the table."""
    first = start + 1 if _TITLE.fullmatch(_line(state, start)) else start
    stop = first
    while stop < end and state.sCount[stop] >= state.blkIndent and "|" in _line(state, stop):
        if stop - first > MOST_HEAD and not _delimiter(state, first, stop):
            return False
        stop += 1
    if not _delimiter(state, first, stop):
        return False
    if silent:
        return True
    if first == start and stop < end and _TITLE.fullmatch(_line(state, stop)):
        stop += 1
    token = state.push(TOKEN, "", 0)
    token.map = [start, stop]
    state.line = stop
    return True


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _delimiter(state: StateBlock, first: int, stop: int) -> bool:
    return any(is_delimiter(_line(state, each)) for each in range(first + 1, min(stop, first + MOST_HEAD + 1)))


def is_delimiter(line: str) -> bool:
    """Whether *line* parts a header from the rows below it."""
    return "|" in line and _DELIMITER.fullmatch(line) is not None


def is_full_width_delimiter(line: str) -> bool:
    """Whether *line* would, had it been typed with half-width signs."""
    return "｜" in line and "-" in line.translate(_DASHES) and _FULL_WIDTH.fullmatch(line) is not None


_DASHES = str.maketrans("－—", "--")


@dataclass(frozen=True, slots=True)
class _Piece:
    """What stands between two bars: its words, and the column of the first of them, from 0."""

    text: str
    column: int
    joined: bool
    """Whether there is nothing at all between the bars: the cell before reaches over this column."""


def _pieces(line: str) -> list[_Piece]:
    r"""The pieces of a row; ``\|`` is a bar of the copy."""
    left = len(line) - len(line.lstrip())
    right = len(line.rstrip())
    left += line.startswith("|", left)
    if right - 1 >= left and line[right - 1] == "|" and line[right - 2 : right - 1] != "\\":
        right -= 1
    found: list[_Piece] = []
    begin = left
    for at in range(left, right + 1):
        if at == right or (line[at] == "|" and line[at - 1 : at] != "\\"):
            raw = line[begin:at]
            column = begin + len(raw) - len(raw.lstrip())
            found.append(_Piece(raw.strip().replace("\\|", "|"), column, not raw and bool(found)))
            begin = at + 1
    return found


@dataclass(slots=True)
class _Grid:
    """A table while its rows are read."""

    manuscript: Manuscript
    columns: int
    head: int
    cells: list[TableCell] = field(default_factory=list)
    owners: list[list[int]] = field(default_factory=list)
    """By row and column, which of the cells is there."""

    def take(self, index: int, pieces: Sequence[_Piece], words: InlineReader) -> None:
        """Adds a row, which stands on line *index*."""
        if len(pieces) != self.columns:
            self._wrong_number(index, len(pieces))
            return
        row, owners = len(self.owners), list[int]()
        self.owners.append(owners)
        for column, piece in enumerate(pieces):
            if piece.joined:
                owners.append(owners[-1])
                self._widen(owners[-1], row)
            elif piece.text == _UP:
                owners.append(self._above(index, row, column, piece))
            else:
                owners.append(len(self.cells))
                runs = words(piece.text, index, piece.column) if piece.text else ()
                self.cells.append(TableCell(row, column, runs))
        for number in sorted({each for each in owners if each >= 0}):
            self._check(number, index)

    def _widen(self, number: int, row: int) -> None:
        if number >= 0 and self.cells[number].row == row:
            self.cells[number] = replace(self.cells[number], columns=self.cells[number].columns + 1)

    def _above(self, index: int, row: int, column: int, piece: _Piece) -> int:
        place = self.manuscript.place(index, piece.column + 1)
        if row in (0, self.head):
            what = ("表头", "the header") if row else ("表格", "the table")
            message = Message(f"“^^”上面没有格：它在{what[0]}的第一行。", f"There is no cell above ^^ in {what[1]}.")
            if row:
                message = Message("“^^”不能从正文行接到表头里去。", "^^ cannot join a row to the header above it.")
            self.manuscript.fault(message, place, Message("写上这一格的字。", "Write the words of the cell."))
            return -1
        return self.owners[row - 1][column]

    def _check(self, number: int, index: int) -> None:
        """Makes a cell from above reach down into the last row; a fault where it would be no rectangle."""
        cell, row = self.cells[number], len(self.owners) - 1
        if cell.row == row:
            return
        own = [column for column, owner in enumerate(self.owners[row]) if owner == number]
        if own == list(range(cell.column, cell.column + cell.columns)):
            self.cells[number] = replace(cell, rows=row - cell.row + 1)
            return
        message = Message("“^^”和它上面的格不一样宽。", "^^ is not as wide as the cell above it.")
        hint = Message(
            "上面的格跨几列，下面就写几列：^^ 后面照样写 ||。", "Give it the same columns: ^^ || below a ||."
        )
        self.manuscript.fault(message, self.manuscript.place(index), hint)

    def _wrong_number(self, index: int, count: int) -> None:
        message = Message(
            f"表格的这一行有 {count} 格，分隔行有 {self.columns} 格。",
            f"This row has {count} cells, the row of dashes {self.columns}.",
        )
        hint = Message(
            "补上或删去竖线：空格写成“| |”，跨列写成“||”，字里的竖线写成“\\|”。",
            "Add or drop bars: an empty cell is “| |”, one that spans columns “||”, a bar of the copy “\\|”.",
        )
        self.manuscript.fault(message, self.manuscript.place(index), hint)


def read_table(manuscript: Manuscript, token: Token, number: int, words: InlineReader) -> Table | None:
    """The table of *token*, the story's *number*-th; None where it has faults, which are added to the manuscript's."""
    first, stop = token.map or (0, 0)
    lines, faults = manuscript.lines, len(manuscript.faults)
    title: tuple[Run, ...] = ()
    for index in (first, stop - 1):
        if found := _TITLE.fullmatch(lines[index]):
            title = words(found["words"], index, found.start("words"))
            first, stop = first + (index == first), stop - (index == stop - 1)
    head = next(number for number, line in enumerate(lines[first:stop]) if number and is_delimiter(line))
    aligns = tuple(_alignments(_pieces(lines[first + head])))
    grid = _Grid(manuscript, len(aligns), head)
    rows = [index for index in range(first, stop) if index != first + head]
    if len(rows) * len(aligns) > MOST_CELLS:
        message = Message(f"表格太大：超过 {MOST_CELLS} 格。", f"The table has more than {MOST_CELLS} cells.")
        manuscript.fault(message, manuscript.place(first), Message("分成几张表。", "Make several tables of it."))
        return None
    for index in rows:
        grid.take(index, _pieces(lines[index]), words)
    if len(manuscript.faults) > faults:
        return None
    if not any(cell.runs for cell in grid.cells):
        message = Message("表格是空的。", "The table is empty.")
        manuscript.fault(message, manuscript.place(first), Message("填上字，或删去它。", "Fill it in, or delete it."))
        return None
    # A header that is left empty is none: rows alone are a table too.
    if not any(cell.runs for cell in grid.cells if cell.row < head):
        return Table(
            number, manuscript.place(first), aligns, 0, len(rows) - head, _without_head(grid.cells, head), title
        )
    own = head if len(rows) > head else 0  # a header above nothing is a row like others
    return Table(number, manuscript.place(first), aligns, own, len(rows), tuple(grid.cells), title)


def _without_head(cells: Sequence[TableCell], head: int) -> tuple[TableCell, ...]:
    return tuple(replace(cell, row=cell.row - head) for cell in cells if cell.row >= head)


def _alignments(pieces: Sequence[_Piece]) -> Iterator[ColumnAlign]:
    for piece in pieces:
        yield _ALIGN[piece.text.startswith(":"), piece.text.endswith(":")]
