"""Tints and rules of a stretch of a table: of the rules of two cells that meet, the wider is painted, and once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from types import MappingProxyType

from layout.galley.table_setting import SetTable
from layout.geometry import Box
from layout.page.table_style import CellEdge, InkedBox

_TOP, _RIGHT, _BOTTOM, _LEFT = range(4)
_NEAR = 1e-6
GROUP_GAP = 3.0
"""Points between the rules of two neighbouring groups of a header whose cells have no padding: less closes up in print
on newsprint, where a rule gains some tenths of a point at either end."""


def boxes_of(table: SetTable, rows: Sequence[tuple[int, float]]) -> Iterator[InkedBox]:
    """What is painted below the lines of *rows*: each with its number and the distance of its head from the stretch's.

    Tints come first. Lengths are from the stretch's top left corner. Rules lie on the line between two cells; at the
    stretch's own edges they lie inside.
    """
    stretch = _Stretch(table, rows)
    yield from stretch.tints()
    yield from stretch.level_rules()
    yield from stretch.upright_rules()


class _Stretch:
    def __init__(self, table: SetTable, rows: Sequence[tuple[int, float]]):
        self._set, self._rows = table, rows
        self._owner = {
            (row, column): number
            for number, cell in enumerate(table.table.cells)
            for row in range(cell.row, cell.row + cell.rows)
            for column in range(cell.column, cell.column + cell.columns)
        }
        self._columns = len(table.table.aligns)
        self._foot = rows[-1][1] + table.heights[rows[-1][0]]

    def _edge(self, row: int, column: int, side: int) -> CellEdge | None:
        cell = self._set.table.cells[self._owner[row, column]]
        style = self._set.style.cells.get((cell.row, cell.column))
        return style.edges[side] if style else None

    def tints(self) -> Iterator[InkedBox]:
        tops = dict(self._rows)
        for cell in self._set.table.cells:
            style = self._set.style.cells.get((cell.row, cell.column))
            if style is not None and style.tint is not None and cell.row in tops:
                left, right = self._set.lefts[cell.column], self._set.lefts[cell.column + cell.columns]
                height = sum(self._set.heights[cell.row : cell.row + cell.rows])
                yield InkedBox(Box(left, tops[cell.row], right - left, height), style.tint)

    def level_rules(self) -> Iterator[InkedBox]:
        first, last = self._rows[0][0], self._rows[-1][0]
        yield from self._level(0.0, 0.0, [self._edge(first, column, _TOP) for column in range(self._columns)])
        for (above, _), (below, top) in pairwise(self._rows):
            edges = [self._between(above, below, column) for column in range(self._columns)]
            yield from self._level(top, 0.5, edges, self._group_gaps(above, edges))
        closing = None if last == self._set.table.rows - 1 else self._set.style.foot
        edges = [_wider(self._edge(last, column, _BOTTOM), closing) for column in range(self._columns)]
        yield from self._level(self._foot, 1.0, edges)

    def _between(self, above: int, below: int, column: int) -> CellEdge | None:
        if self._owner[above, column] == self._owner[below, column]:
            return None
        return _wider(self._edge(above, column, _BOTTOM), self._edge(below, column, _TOP))

    def _group_gaps(self, row: int, edges: Sequence[CellEdge | None]) -> dict[int, tuple[float, float]]:
        """By column, what the rules below two neighbouring groups of a header leave free before and behind it: each
        rule is as long as its group, so that one sees which columns are whose. Where a header of a single column has
        that rule too, it is the row's, and whole.
        """
        table, found = self._set.table, dict[int, tuple[float, float]]()
        cells = [table.cells[self._owner[row, column]] for column in range(self._columns)]
        single = any(edge and cell.columns == 1 for cell, edge in zip(cells, edges, strict=True))
        for column in range(1, self._columns) if row + 1 < table.head and not single else ():
            before, behind = cells[column - 1], cells[column]
            if before is not behind and before.columns > 1 and behind.columns > 1:
                styles = [self._set.style.cells.get((each.row, each.column)) for each in (before, behind)]
                sides = (styles[0].right if styles[0] else 0.0), (styles[1].left if styles[1] else 0.0)
                found[column] = max(sides[0], GROUP_GAP / 2), max(sides[1], GROUP_GAP / 2)
        return found

    def _level(
        self, y: float, share: float, edges: Sequence[CellEdge | None],
        gaps: Mapping[int, tuple[float, float]] = MappingProxyType({}),
    ) -> Iterator[InkedBox]:  # fmt: skip
        """The rules at *y*, of which *share* lies above it; what is alike side by side is one, but for *gaps*."""
        for start, stop, edge in _alike(edges):
            for first, last in pairwise([start, *(each for each in sorted(gaps) if start < each < stop), stop]):
                left = self._set.lefts[first] + gaps.get(first, (0.0, 0.0))[1]
                right = self._set.lefts[last] - gaps.get(last, (0.0, 0.0))[0]
                yield InkedBox(Box(left, y - share * edge.width, right - left, edge.width), edge.ink)

    def upright_rules(self) -> Iterator[InkedBox]:
        for column in range(self._columns + 1):
            edges = [self._beside(row, column) for row, _ in self._rows]
            share = {0: 0.0, self._columns: 1.0}.get(column, 0.5)
            tops = [*(top for _, top in self._rows), self._foot]
            for start, stop, edge in _alike(edges):
                x = self._set.lefts[column] - share * edge.width
                yield InkedBox(Box(x, tops[start], edge.width, tops[stop] - tops[start]), edge.ink)

    def _beside(self, row: int, column: int) -> CellEdge | None:
        """The rule on the left of *column* in *row*."""
        if 0 < column < self._columns and self._owner[row, column - 1] == self._owner[row, column]:
            return None
        before = self._edge(row, column - 1, _RIGHT) if column else None
        return _wider(before, self._edge(row, column, _LEFT) if column < self._columns else None)


def _wider(one: CellEdge | None, other: CellEdge | None) -> CellEdge | None:
    if one is None or other is None:
        return one or other
    return other if other.width > one.width + _NEAR else one


def _alike(edges: Sequence[CellEdge | None]) -> Iterator[tuple[int, int, CellEdge]]:
    """Stretches of the same edge: from where to where, and the edge."""
    start = 0
    for stop in range(1, len(edges) + 1):
        if stop == len(edges) or edges[stop] != edges[start]:
            edge = edges[start]
            if edge is not None:
                yield start, stop, edge
            start = stop
