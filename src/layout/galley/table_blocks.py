"""Places tables in a chain's slots: whole rows, in as many columns as it takes, the header above each stretch.

A stretch takes whole slots, so that the lines below it stand on the grid again.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from math import ceil, inf

from layout.flows import Flow
from layout.galley import costs
from layout.galley.paragraph_setter import Setter
from layout.galley.slots import Slot
from layout.galley.table_rules import boxes_of
from layout.galley.table_setting import CellLine, SetTable, TableSetter
from layout.manuscript.cutting import table_flow
from layout.manuscript.model import Table
from layout.page.frames import FrameType
from layout.page.table_style import InkedBox, TableStyle

_EPS = 0.05
_TOGETHER = 2
"""Rows that stand at least on either side of a break, as of lines of a paragraph."""
SHORT = 8
"""Rows below the header of a table that is short: it is read at one glance, as a figure is, and looks torn where it is
broken. As many lines would make an eighth of a broadsheet's column."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """The part of a table that stands in one column."""

    at: int
    """Its first slot."""
    slots: int
    lines: tuple[tuple[float, CellLine], ...]
    """In reading order, each with its distance from the head of the first slot to that of the line's own box."""
    boxes: tuple[InkedBox, ...]
    """Lengths from the first slot's top left corner."""
    repeated: int
    """How many of the lines, the first of all, are a header that has stood before."""
    spare: float
    """What the slots have left below its foot, in points; below 0 where it reaches beyond them."""


@dataclass(frozen=True, slots=True)
class PlacedTable:
    """A table in its slots."""

    table: Table
    stretches: tuple[Stretch, ...]
    end: int
    """The first slot after it."""
    lacking: float
    """By how many points it is wider than its column; 0 where it fits."""
    widest: str
    """The words of the cell that takes most of that room."""
    too_high: float
    """By how many points a row with the header above it is higher than the highest column; 0 where all fit."""
    unbroken: bool = False
    """Whether it left room above it so as not to be broken."""
    torn: tuple[int, ...] = ()
    """Of a table that should be in one piece, and is not, the rows below the header in each of its columns."""


@dataclass
class ChainTables:
    """The tables of one chain."""

    body: FrameType
    slots: Sequence[Slot]
    beyond: float
    """The room in slots past the last, in points."""
    setter: Setter
    turns: bool = False
    """Whether what finds no place is turned over to a later page."""
    _set: dict[tuple[Flow, int, float], SetTable] = field(default_factory=dict)

    def placed(self, flow: Flow, table: Table, first: int, at: int, *, last: bool) -> PlacedTable:
        """*table* from row *first* on; rows before that, but for the header, stand on an earlier page. It begins at
        slot *at*, or at the first where its title, its header and some rows find room. *last*: nothing follows it.
        """
        run = _Run(self, flow, table, at, last=last)
        stretches = tuple(run.stretches(max(first, table.head), begun=first > 0))
        torn = run.rows if run.wants_whole and len(run.rows) > 1 else ()
        return PlacedTable(table, stretches, run.at, run.lacking, run.widest, run.too_high, run.unbroken, torn)

    def least(self, flow: Flow, table: Table, at: int) -> int:
        """Slots that the beginning of *table* takes: as much of it as must stand together, or as would move on."""
        set_ = self.set(flow, table, self.room(at))
        first = sum(set_.heights[: table.head + _TOGETHER])
        least, whole = (
            ceil((set_.style.above + set_.title + rows) / self.body.leading - _EPS)
            for rows in (first, sum(set_.heights))
        )
        if not self.holding(set_.title + sum(set_.heights)):
            return least
        if set_.style.whole or not can_be_parted(table):
            return whole
        return max(least, min(whole, costs.TOLERATED + 1)) if table.rows - table.head <= SHORT else least

    def holding(self, height: float) -> list[int]:
        """The first slot of every stretch of slots that stand evenly below one another and hold *height* points."""
        found, at = list[int](), 0
        while at < len(self.slots):
            even = int(self.even(at))
            if even * self.body.leading + _EPS >= height:
                found.append(at)
            at += even
        return found

    def set(self, flow: Flow, table: Table, room: float) -> SetTable:
        """*table* in *room* points; in the same room but once."""
        key = flow, table.number, round(room, 3)
        if key not in self._set:
            style = self.body.tables.get(name_of(flow, table), TableStyle({}))
            self._set[key] = TableSetter(table, style, self.body, self.setter).set(room)
        return self._set[key]

    def room(self, at: int) -> float:
        """The length of slot *at*, in points."""
        return self.slots[at].length if at < len(self.slots) else self.beyond

    def even(self, at: int) -> int | float:
        """How many slots from *at* on stand evenly below one another in one frame; past the last there is no end."""
        if at >= len(self.slots):
            return inf
        first, count = self.slots[at], 1
        for number, slot in enumerate(self.slots[at + 1 :], 1):
            alike = (
                slot.frame == first.frame and abs(slot.x - first.x) < _EPS and abs(slot.length - first.length) < _EPS
            )
            if not alike or abs(slot.top - first.top - number * self.body.leading) > _EPS:
                break
            count += 1
        return count

    def below(self, at: int) -> float:
        """What the frame has left below the slots that stand evenly below one another from *at* on, in points."""
        even = self.even(at)
        return self.slots[at + int(even) - 1].below if even != inf else 0.0

    def is_head(self, at: int) -> bool:
        """Whether slot *at* is the first of its frame."""
        return at == 0 or (at < len(self.slots) and self.slots[at - 1].frame != self.slots[at].frame)


def can_be_parted(table: Table) -> bool:
    """Whether there is a break with rows enough below the header on either side of it."""
    rows = table.rows - table.head
    below = (group.start - table.head for group in row_groups(table, table.head))
    return any(_TOGETHER <= above <= rows - _TOGETHER for above in below)


def row_groups(table: Table, first: int) -> Iterator[range]:
    """The rows from *first* on, those together that no break may part, since a cell spans them."""
    start = first
    for row in range(first + 1, table.rows + 1):
        if row == table.rows or not any(c.row < row < c.row + c.rows for c in table.cells):
            yield range(start, row)
            start = row


def name_of(flow: Flow, table: Table) -> str:
    """The name of a table's own flow."""
    return str(table_flow(flow, table))


class _Run:
    """One table being placed."""

    def __init__(self, tables: ChainTables, flow: Flow, table: Table, at: int, *, last: bool):
        self._tables, self._flow, self._table, self._last = tables, flow, table, last
        self.at = self._begin = at
        self.lacking = self.too_high = 0.0
        self.widest = ""
        self.rows: tuple[int, ...] = ()
        """Below the header, of each stretch that has a place."""
        self.wants_whole = self.unbroken = False

    def stretches(self, row: int, *, begun: bool) -> Iterator[Stretch]:
        """The stretches from *row* on. *begun*: the title and the header have stood before."""
        groups = list(row_groups(self._table, row))
        while groups:
            even = self._tables.even(self.at)
            set_ = self._tables.set(self._flow, self._table, self._tables.room(self.at))
            count = self._fitting(set_, groups, even, begun=begun)
            if not count:
                self.at += int(even)
                continue
            if set_.lacking > self.lacking:
                self.lacking, self.widest = set_.lacking, set_.widest
            rows = [row for group in groups[:count] for row in group]
            del groups[:count]
            if even != inf or self._tables.turns:
                self.rows += (len(rows),)
            yield self._stretch(set_, rows, even, begun=begun, ends=not groups)
            begun = True

    def _fitting(self, set_: SetTable, groups: Sequence[range], even: int | float, *, begun: bool) -> int:
        """How many of *groups* stand in the *even* slots from here on; none where too few would."""
        if even == inf:
            return len(groups)
        leading, head = self._tables.body.leading, self._tables.is_head(self.at)
        heights = [sum(set_.heights[row] for row in group) for group in groups]
        room = even * leading + _EPS - self._lead(set_, begun=begun) - (0.0 if head else set_.style.above)
        count = 0
        while count < len(heights) and sum(heights[: count + 1]) <= room:
            count += 1
        if count == len(groups) or (self._last and sum(heights) <= room + self._tables.below(self.at)):
            return len(groups)
        self._measure_highest(set_, max(heights), begun=begun)
        rows, left = sum(map(len, groups[:count])), sum(map(len, groups[count:]))
        if left < _TOGETHER and count and rows - len(groups[count - 1]) >= _TOGETHER:
            count -= 1
            rows, left = rows - len(groups[count]), left + len(groups[count])
        alone = left < _TOGETHER <= rows or (head and 0 < rows < _TOGETHER)
        if not begun and self._goes_on_whole(set_, sum(heights), int(even), alone=alone):
            return 0
        return count if head or rows >= _TOGETHER else 0

    def _goes_on_whole(self, set_: SetTable, height: float, even: int, *, alone: bool) -> bool:
        """Whether it leaves the *even* slots from here on so as not to be broken: as far as there is room for it where
        the design says so, or where a row would stand *alone* at the break; another short one where no more stays empty
        than may stay empty at a column's foot.
        """
        tables, short = self._tables, self._table.rows - self._table.head <= SHORT
        wanted = height + self._lead(set_, begun=False)
        if not short and not set_.style.whole:
            return False
        holding = tables.holding(wanted)
        self.wants_whole = set_.style.whole or bool(holding)
        beyond = len(tables.slots) if tables.turns and holding else None  # the next page's columns are as high
        later = next((at for at in holding if at >= self.at + even), beyond)
        goes = later is not None and (set_.style.whole or alone or later - self._begin <= costs.TOLERATED)
        self.unbroken |= goes
        return goes

    def _measure_highest(self, set_: SetTable, height: float, *, begun: bool) -> None:
        tables = self._tables
        highest = max((tables.even(at) for at in range(len(tables.slots)) if tables.is_head(at)), default=inf)
        wanting = height + self._lead(set_, begun=begun) - highest * tables.body.leading
        self.too_high = max(self.too_high, wanting if wanting > _EPS else 0.0)

    def _lead(self, set_: SetTable, *, begun: bool) -> float:
        """The height of what stands above the rows: the header, and at the beginning the title."""
        return sum(set_.heights[: self._table.head]) + (0.0 if begun else set_.title)

    def _stretch(self, set_: SetTable, rows: Sequence[int], even: int | float, *, begun: bool, ends: bool) -> Stretch:
        leading, at_head = self._tables.body.leading, self._tables.is_head(self.at)
        header = [*range(self._table.head)] if not begun or even != inf else []  # overset copy has no repeated header
        title = 0.0 if begun else set_.title
        above = 0.0 if at_head else set_.style.above
        height = above + title + sum(set_.heights[row] for row in (*header, *rows))
        below = 0.0 if self._last else set_.style.below
        slots = max(1, min(ceil((height + below) / leading - _EPS), even)) if ends else even
        assert isinstance(slots, int)  # only slots past the last are without number, and there everything ends
        spare = max(0.0, slots * leading - height - (0.0 if slots == even else below))
        top = above + (0.0 if at_head else spare if slots == even else spare / 2)
        tops, y = list[tuple[int, float]](), top + title
        for row in (*header, *rows):
            tops.append((row, y))
            y += set_.heights[row]
        lines = tuple(self._lines(set_, top, tops, title=not begun))
        boxes = tuple(boxes_of(set_, [(row, each - tops[0][1]) for row, each in tops])) if tops else ()
        moved = tuple(InkedBox(box.box.moved(0, tops[0][1]), box.ink) for box in boxes)
        repeated = sum(1 for line in lines if line[1].cell is not None and self._in_header(line[1])) if begun else 0
        stretch = Stretch(self.at, slots, lines, moved, repeated, slots * leading - height - (top - above))
        self.at += slots
        return stretch

    def _in_header(self, line: CellLine) -> bool:
        return line.cell is not None and self._table.cells[line.cell].row < self._table.head

    def _lines(
        self, set_: SetTable, top: float, tops: Sequence[tuple[int, float]], *, title: bool
    ) -> Iterator[tuple[float, CellLine]]:
        heads = dict(tops)
        for line in set_.lines:
            if line.cell is None:
                if title:
                    yield top + line.y, line
            elif (row := self._table.cells[line.cell].row) in heads:
                yield heads[row] + line.y, line
