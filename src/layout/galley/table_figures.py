"""Columns of figures in tables: which they are, and where the point is on which they are aligned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from layout.manuscript.model import Table, TableCell
from layout.page.table_shape import CellShape, TableShape


@cache
def _figure() -> re.Pattern[str]:
    """Compiled for the first table: a set of so many characters takes a thousandth of a second."""
    return re.compile(
        r"[+\-−–＋－±]?[¥￥$€£]?\d[\d,，: ：\u2009\u202f]*(?:[.．]\d+)?\s?(?:[%％‰℃°]|[\u4e00-\u9fffA-Za-z]{1,3})?"
    )


_WHOLE = re.compile(r"[+\-−–＋－±]?[¥￥$€£]?\d[\d,，: ：\u2009\u202f]*(?<=\d)")
"""What of a figure stands before its point, or before its unit where it has none."""
_POINTS, _COLONS = ".．", ":："


def words(cell: TableCell) -> str:
    """The characters of a cell, without annotations and the marks of footnotes: what may be a figure."""
    return "".join(run.text for run in cell.runs if run.level not in ("ruby", "super"))


def figure_columns(table: Table) -> dict[int, str]:
    """The columns of figures, each with the signs on which its figures are aligned: points, colons, or none.

    At least half of a column's cells below the header are figures then. The first column holds names: years and numbers
    in it are figures only where the manuscript says how it is aligned.
    """
    found: dict[int, str] = {}
    for column, align in enumerate(table.aligns):
        texts = [words(cell) for cell in _below_head(table, column) if cell.runs]
        figures = [text for text in texts if is_figure(text)]
        if figures and 2 * len(figures) >= len(texts) and (column > 0 or align in ("right", "center")):
            found[column] = _signs(figures)
    return found


def _below_head(table: Table, column: int) -> Iterator[TableCell]:
    return (cell for cell in table.cells if cell.row >= table.head and cell.column == column and cell.columns == 1)


def is_figure(text: str) -> bool:
    """Whether *text* is one number, with its sign and unit if it has them."""
    return _figure().fullmatch(text) is not None


def _signs(figures: list[str]) -> str:
    if any(each in text for text in figures for each in _POINTS):
        return _POINTS
    return _COLONS if all(any(each in text for each in _COLONS) for text in figures) else ""


def point(text: str, signs: str) -> int:
    """How many characters of a figure stand before its point, or before the place where that would be."""
    at = [text.index(sign) for sign in signs if sign in text]
    if at:
        return min(at)
    whole = _WHOLE.match(text)
    return whole.end() if whole else len(text)


def shape_of(table: Table, name: str) -> TableShape:
    """*table* without its words; *name* is that of its flow."""
    figures = figure_columns(table)
    cells = tuple(
        CellShape(
            cell.row, cell.column, cell.rows, cell.columns, table.aligns[cell.column] if cell.columns == 1 else "",
            cell.columns == 1 and cell.column in figures,
            tuple(sorted({run.mark for run in cell.runs} - {"plain"})),
        )
        for cell in table.cells
    )  # fmt: skip
    return TableShape(name, table.head, table.rows, len(table.aligns), cells, bool(table.title))
