"""Writes a table as a manuscript's Markdown: GitHub's pipe table, with spans."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

from layout.intake.model import CopyAlign, CopyCell, CopyRun, CopyTable
from layout.manuscript.characters import joint
from layout.manuscript.markdown_tables import MOST_CELLS, MOST_HEAD

_DASHES: dict[CopyAlign, str] = {"": "---", "left": ":--", "center": ":-:", "right": "--:"}
_RULE = re.compile(r":?-+:?")
_FIGURE = re.compile(r"[\d.,%％‰+\-−—–～~()（）:：/\s]*")

InlineWriter = Callable[[Sequence[CopyRun]], str]
"""Writes the runs of one line."""


def guessed_head(table: CopyTable) -> int:
    """How many rows are the header where the file does not say: the first, and those that its cells reach into, where
    every cell of it has words that are no figures; else none."""
    first = [cell for cell in table.cells if cell.row == 0]
    if table.rows < 2 or not first or any(_FIGURE.fullmatch(cell.text) for cell in first):
        return 0
    head = max(cell.rows for cell in first)
    return head if head < table.rows and head <= MOST_HEAD else 0


def table_lines(table: CopyTable, inline: InlineWriter) -> list[list[str]]:
    """The lines of *table*: of one with more cells than a manuscript's table has, those of several."""
    head = min(table.head or guessed_head(table), MOST_HEAD)
    head = max((cell.row + cell.rows for cell in table.cells if cell.row < head), default=0)
    head = head if 0 < head < table.rows and head <= MOST_HEAD else 0
    rows = [_row(table, row, inline) for row in range(table.rows)]
    most = max(MOST_CELLS // table.columns - max(head, 1), 1)
    dashes = "| " + " | ".join(_DASHES[_align(table, column, head)] for column in range(table.columns)) + " |"
    empty = "|" + "  |" * table.columns
    body = [rows[start : start + most] for start in range(head, table.rows, most)]
    parts = [[*(rows[:head] if not index and head else [empty]), dashes, *each] for index, each in enumerate(body)]
    return [_cut(part) if index else part for index, part in enumerate(parts)]


def _cut(lines: list[str]) -> list[str]:
    """The lines of a further part, whose first row can join none above it."""
    return [*lines[:2], re.sub(r"(?<=\| )\^\^(?= \|)", "", lines[2]), *lines[3:]]


def _row(table: CopyTable, row: int, inline: InlineWriter) -> str:
    line = "|"
    for cell in sorted(_in_row(table, row), key=lambda each: each.column):
        words = "^^" if cell.row < row else _words(cell, inline)
        line += f" {words} |" + "|" * (cell.columns - 1)
    return line


def _in_row(table: CopyTable, row: int) -> Iterator[CopyCell]:
    return (cell for cell in table.cells if cell.row <= row < cell.row + cell.rows)


def cell_runs(cell: CopyCell) -> tuple[CopyRun, ...]:
    """The runs of a cell as one paragraph; of a bold one, which is a header's mostly, without that."""
    runs: list[CopyRun] = []
    for paragraph in cell.paragraphs:
        own = [CopyRun(paragraph.number), *paragraph.runs] if paragraph.number else list(paragraph.runs)
        for index, line in enumerate(lines_of_runs(own)):
            before = "".join(run.text for run in runs)
            if before and (index or paragraph is not cell.paragraphs[0]):
                runs.append(CopyRun(joint(before, "".join(run.text for run in line))))
            runs += line
    bold = all(run.strong for run in runs if run.text.strip())
    return tuple(replace(run, strong=False) if bold else run for run in runs if run.text or run.note)


def lines_of_runs(runs: Sequence[CopyRun]) -> list[list[CopyRun]]:
    """*runs*, cut at the ends of lines in them."""
    lines: list[list[CopyRun]] = [[]]
    for run in runs:
        if "\n" not in run.text:
            lines[-1].append(run)
            continue
        first, *others = run.text.split("\n")
        lines[-1].append(replace(run, text=first))
        lines += [[replace(run, text=each)] for each in others]
    return lines


def _words(cell: CopyCell, inline: InlineWriter) -> str:
    words = inline(cell_runs(cell)).strip().replace("|", "\\|")
    return f"\\{words}" if words == "^^" or _RULE.fullmatch(words) else words


def _align(table: CopyTable, column: int, head: int) -> CopyAlign:
    """How most cells of the column stand."""
    aligns = [cell.align for cell in table.cells if cell.column == column and cell.row >= head and cell.paragraphs]
    found: list[tuple[CopyAlign, int]] = Counter(aligns).most_common(1)
    return found[0][0] if found else ""
