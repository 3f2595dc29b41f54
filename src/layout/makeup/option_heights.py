"""The heights that a story can have in a shape: in rows, each with what it costs and the rows of its pictures.

Its copy is set once for each measure; where its columns may end is known from that (``galley.column_copy``), and what
stands in columns of such and such heights is reckoned. What is to be taken is set down the very columns (``stands``).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from math import ceil, inf

from layout.galley.column_copy import ColumnCopy
from layout.galley.columns import Elastic
from layout.galley.galley import set_chain
from layout.galley.model import Galley, TextChain
from layout.galley.paragraph_setter import Setter
from layout.galley.slots import Slot
from layout.makeup.shape_measures import Sample

SHORT = 2
"""Lines that the last column of a piece may be short (MAKEUP, hard rule 1)."""
FEW = 5
"""Lines that every column of a piece has at least, also under a picture (hard rule 6)."""
AIR = 3.0
"""A row of air more around a headline."""
ROWS_OF_AIR = 6
"""Rows of a headline's block for which it may have one of air more: more would be seen as a hole."""
TRACKED = 5.0
"""A line that copy takes fewer because it is set closer."""
_EPS = 0.02


@dataclass(frozen=True, slots=True)
class HeightChoice:
    """A height of a piece: what it costs, the rows of each of its pictures, the lines that its last column is short."""

    cost: float
    pictures: tuple[int, ...]
    short: int
    air: int = 0
    """Rows that the headline's block has beyond what its words take."""
    tracked: int = 0
    """Lines that its copy takes fewer because it is set closer by thousandths of an em."""
    largest: float = 0.0
    """The area of its largest picture, in square points."""


Heights = Mapping[int, HeightChoice]
"""By rows."""


def heights(
    sample: Sample,
    head_rows: int,
    copy: ColumnCopy,
    pictures: Sequence[Elastic],
    closer: Sequence[ColumnCopy] = (),
) -> Heights:
    """The heights at which *copy* fills the shape of *sample*, whose headline takes *head_rows*, with *pictures* in its
    boxes; or *closer*, the same copy with a line fewer, with two. None where no height fills its columns.
    """
    found: dict[int, HeightChoice] = {}
    columns = sample.text_columns
    others = [each for each in sample.columns if not each.is_text]
    least = max((ceil(each.fixed + (head_rows if each.under_head else 0) - _EPS) for each in others), default=0)
    for cost, rows in _picture_rows(sample, pictures):
        taken = [_taken(sample, number, head_rows, rows) for number in range(len(columns))]
        if not columns:
            height = ceil(max(each.fixed + sum(rows[n] for n in each.pictures) for each in sample.columns) - _EPS)
            _keep(found, height + sample.edges, HeightChoice(cost, rows, 0))
            continue
        level = set(_of_pictures(sample, head_rows, rows))
        first = max(least, max(taken) + FEW, ceil((copy.lines + sum(taken)) / len(columns) - _EPS))
        for height in range(first, first + SHORT + 1):
            if (short := _short(copy, [height - own for own in taken])) > SHORT:
                break
            if short >= 0 and all(round(height - own, 2) == 0 for own in level):
                _keep(found, height + sample.edges, HeightChoice(round(cost + short**2, 4), rows, short))
    if columns and not pictures:
        taken = [_taken(sample, number, head_rows, ()) for number in range(len(columns))]
        for height, tracked in _closer(copy, closer, taken, max(least, max(taken) + FEW)):
            _keep(found, height + sample.edges, HeightChoice(TRACKED * tracked, (), 0, tracked=tracked))
    if head_rows and all(column.under_head for column in columns):
        for height, choice in list(found.items()):
            for air in range(1, most_air(head_rows) + 1):
                _keep(found, height + air, replace(choice, cost=round(choice.cost + AIR * air, 4), air=air))
    return found


def _closer(
    copy: ColumnCopy, closer: Sequence[ColumnCopy], taken: Sequence[int], least: int
) -> Iterator[tuple[int, int]]:
    """The heights, *least* or more, at which copy set *closer* fills columns of which so many rows are *taken*, with
    the lines that it takes fewer than *copy*. Every column is full: with a line to spare it would be set as it is.
    """
    for tracked, each in enumerate(closer, 1):
        height, left = divmod(each.lines + sum(taken), len(taken))
        fits = not left and height >= least and each.lines == copy.lines - tracked
        rooms = [height - own for own in taken]
        if fits and each.used(rooms) == each.lines and _has_lines(each, rooms):
            yield height, tracked


def _picture_rows(sample: Sample, pictures: Sequence[Elastic]) -> Iterator[tuple[float, tuple[int, ...]]]:
    """The rows that *pictures* may take, with what they cost: of those that come to the same in every column the
    cheapest.
    """
    alike: dict[tuple[int, ...], list[int]] = {}
    for number in range(len(pictures)):
        columns = tuple(n for n, column in enumerate(sample.columns) if number in column.pictures)
        alike.setdefault(columns, []).append(number)
    by_sum = [_cheapest_sums([pictures[number] for number in numbers]) for numbers in alike.values()]
    order = [number for numbers in alike.values() for number in numbers]
    for own in product(*by_sum):
        rows = dict(zip(order, (each for _, some in own for each in some), strict=True))
        yield sum(cost for cost, _ in own), tuple(rows[number] for number in range(len(pictures)))


def _cheapest_sums(pictures: Sequence[Elastic]) -> list[tuple[float, tuple[int, ...]]]:
    """For every sum of rows that *pictures* may take the cheapest way to come to it."""
    found: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for picture in pictures:
        longer: dict[int, tuple[float, tuple[int, ...]]] = {}
        for (total, (cost, rows)), own in product(found.items(), picture.range):
            made = (cost + picture.cost(own), (*rows, own))
            if made < longer.get(total + own, (inf, ())):
                longer[total + own] = made
        found = longer
    return list(found.values())


def _short(copy: ColumnCopy, rooms: Sequence[int]) -> int:
    """The lines that the last of columns of *rooms* rows is short of *copy*; below 0 where it does not fill them."""
    room = sum(rooms) - copy.lines
    if room < 0 or room > SHORT + sum(each.spare for each in copy.headings):
        return room
    used = copy.used(rooms)
    if used is None or used > sum(rooms):
        return -1
    short = sum(rooms) - used
    return short if rooms[-1] - short >= FEW and _has_lines(copy, rooms) else -1


def _has_lines(copy: ColumnCopy, rooms: Sequence[int]) -> bool:
    """Whether every column of *rooms* rows has lines enough: a heading takes some rows more than its lines."""
    white = sum(each.end - each.first - each.lines for each in copy.headings)
    return min(rooms) >= FEW + white or copy.fewest(rooms) >= FEW


def most_air(head_rows: int) -> int:
    """Rows of air that the block of a headline of *head_rows* may have: one, and one more for every six of them."""
    return 1 + head_rows // ROWS_OF_AIR


def _of_pictures(sample: Sample, head_rows: int, rows: Sequence[int]) -> Iterator[float]:
    """The rows of each column that is of pictures alone: it ends where the copy does."""
    for each in sample.columns:
        if not each.is_text and each.pictures:
            yield each.fixed + (head_rows if each.under_head else 0) + sum(rows[number] for number in each.pictures)


def _keep(found: dict[int, HeightChoice], height: int, choice: HeightChoice) -> None:
    if height not in found or (choice.cost, choice.pictures) < (found[height].cost, found[height].pictures):
        found[height] = choice


def _taken(sample: Sample, number: int, head_rows: int, rows: Sequence[int]) -> int:
    """The rows of a text column that are not text: the frame begins on the grid."""
    column = sample.text_columns[number]
    own = column.fixed + (head_rows if column.under_head else 0) + sum(rows[each] for each in column.pictures)
    return ceil(own - _EPS)


def slots(sample: Sample, head_rows: int, rows: Sequence[int], height: int, row: float) -> tuple[Slot, ...]:
    """The slots of the shape's columns in a piece of *height* rows."""
    return tuple(
        Slot(number, column.x, (taken + line) * row, column.width)
        for number, column in enumerate(sample.text_columns)
        for taken in [_taken(sample, number, head_rows, rows)]
        for line in range(height - sample.edges - taken)
    )


@dataclass(frozen=True, slots=True)
class Standing:
    """How copy stands in a piece: the lines that have no place, and those that its last column is short."""

    over: int
    short: int
    level: bool
    """Whether no column but the last is short."""


def stands(chain: TextChain, own: Sequence[Slot], setter: Setter) -> Standing:
    """*chain* set down the slots of a piece."""
    galley = set_chain(chain, own, setter, own[0].length if own else 0.0)
    used = galley.used
    return Standing(max(0, used - len(own)), max(0, len(own) - used), _is_level(galley, own))


def _is_level(galley: Galley, own: Sequence[Slot]) -> bool:
    last = own[-1].frame if own else 0
    return not galley.empty and all(own[slot].frame == last for slot in range(galley.used, len(own)))
