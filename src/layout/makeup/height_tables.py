"""Which heights every set of stories can have in every width: sets of bits, from single stories up to the whole page;
and from the page down again, which of them are parts of one that is just full.

A set of stories stands as a piece (one story), as a stack or as a row. A stack begins with no stack and a row with no
row, so that each arrangement is met but once.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

PIECE, STACK, ROW = 0, 1, 2
Kind = int
KINDS: tuple[Kind, ...] = (PIECE, STACK, ROW)
NO_STACK: tuple[Kind, ...] = (PIECE, ROW)
"""What a stack begins with;"""
NO_ROW: tuple[Kind, ...] = (PIECE, STACK)
"""what a row begins with."""

Places = dict[tuple[int, int], int]
"""Heights by set of stories and width: bit n is n rows."""
Widths = list[tuple[int, int]]
"""Widths that a set of stories can have, the narrowest first, each with its heights."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """What pins and reserves fix: sets of stories, as bits by their number."""

    top: int = 0
    """Those that stand at the page's head: never below another;"""
    foot: int = 0
    """never above one;"""
    left: int = 0
    """never at the right of one;"""
    right: int = 0
    """never at the left of one."""
    beside: tuple[tuple[int, int], ...] = ()
    """Pairs of stories, by number, that the cut between them sets side by side."""
    free: int = 0
    """Those that stand where they are fixed, whatever they weigh."""
    weightless: int = 0
    """Those that weigh nothing: alone they may stand before heavier stories, but not before the page's heaviest."""

    def of(self, number: int) -> Fixed:
        """What of it fixes story *number*."""
        own = 1 << number
        beside = tuple(pair for pair in self.beside if pair[0] == number)
        return Fixed(self.top & own, self.foot & own, self.left & own, self.right & own, beside)

    def above(self, first: int, rest: int) -> bool:
        """Whether *first* may stand over *rest*."""
        return not (rest & self.top or first & self.foot or self._parts(first, rest))

    def side_by_side(self, first: int, rest: int) -> bool:
        """Whether *first* may stand at the left of *rest*."""
        return not (rest & self.left or first & self.right)

    def splits(self, stories: int) -> Iterator[tuple[int, int]]:
        """Every way to part *stories* in two, the first with the heaviest of them; with what is fixed, or weighs
        nothing, in either.
        """
        heaviest = stories & -stories
        others = stories ^ heaviest
        rest = others
        while rest:
            first = stories ^ rest
            yield first, rest
            if stories & self.free or not (rest & ~self.weightless or first & 1):
                yield rest, first
            rest = (rest - 1) & others

    def _parts(self, first: int, rest: int) -> bool:
        return any((first >> a & rest >> b | first >> b & rest >> a) & 1 for a, b in self.beside)


@dataclass(frozen=True, slots=True)
class ArrangementSpace:
    """The room that an arrangement fills: basic columns, rows, and the rows between parts of a stack."""

    columns: int
    rows: int
    air: int


@dataclass
class HeightTables:
    """The heights of one page's stories. *single* are those of each story by itself, by number and width."""

    single: Mapping[tuple[int, int], Sequence[int]]
    count: int
    """Of stories."""
    space: ArrangementSpace
    fixed: Fixed
    kinds: tuple[Places, Places, Places] = field(default_factory=lambda: ({}, {}, {}))
    """The heights of pieces, of stacks, of rows, up to twice the page's."""
    _every: list[list[int]] = field(default_factory=list, repr=False)
    """By set of stories and width the heights as whatever kind: each is looked up thousands of times;"""
    _wide: list[Widths] = field(default_factory=list, repr=False)
    """by set the same where there are any;"""
    _upper: list[Widths] = field(default_factory=list, repr=False)
    """those with which a stack begins,"""
    _left: list[Widths] = field(default_factory=list, repr=False)
    """and those with which a row does."""

    def __post_init__(self) -> None:
        for (number, width), heights in self.single.items():
            own = sum(1 << height for height in set(heights)) & self._bound
            if own:
                self.kinds[PIECE][1 << number, width] = own
        self._note(0)
        for stories in range(1, 1 << self.count):
            if stories & (stories - 1):
                self._join(stories)
            self._note(stories)

    @property
    def _bound(self) -> int:
        return (1 << (2 * self.space.rows + 1)) - 1

    def heights(self, stories: int, width: int, kinds: Sequence[Kind] = KINDS) -> int:
        """The heights that *stories* can have in *width*, as one of *kinds*."""
        found = 0
        for kind in kinds:
            found |= self.kinds[kind].get((stories, width), 0)
        return found

    def _note(self, stories: int) -> None:
        """Notes the heights of *stories* by width for the sets that they are parts of."""
        widths = range(self.space.columns + 1)
        self._every.append([self.heights(stories, width) for width in widths])
        for found, kinds in ((self._wide, KINDS), (self._upper, NO_STACK), (self._left, NO_ROW)):
            found.append([(width, own) for width in widths if (own := self.heights(stories, width, kinds))])

    def _join(self, stories: int) -> None:
        """Notes what *stories*, two or more, can come to."""
        stacks, rows = [0] * (self.space.columns + 1), [0] * (self.space.columns + 1)
        for first, rest in self.fixed.splits(stories):
            if self._upper[first] and self.fixed.above(first, rest):
                _stack(self._upper[first], self._every[rest], stacks)
            if self._left[first] and self.fixed.side_by_side(first, rest):
                _row(self._left[first], self._wide[rest], rows)
        for width in range(1, self.space.columns + 1):
            if own := stacks[width] << self.space.air & self._bound:
                self.kinds[STACK][stories, width] = own
            if rows[width]:
                self.kinds[ROW][stories, width] = rows[width]

    def alive(self, stories: int, height: int) -> AliveHeights:
        """What of the tables is part of an arrangement of *stories* over the whole width at *height* rows."""
        found = AliveHeights(self)
        for kind in KINDS:
            if self.heights(stories, self.space.columns, (kind,)) >> height & 1:
                found.kinds[kind][stories, self.space.columns] = 1 << height
        for own in range(stories, 0, -1):
            if own & (own - 1) and own & stories == own:
                found.part(own)
        return found


def _stack(upper: Widths, lower: Sequence[int], found: list[int]) -> None:
    """Adds the heights of *upper* over *lower*, by width, to those *found*."""
    for width, one in upper:
        few, many = sorted((one, lower[width]), key=int.bit_count)
        sums = 0
        while few:
            lowest = few & -few
            sums |= many * lowest
            few ^= lowest
        found[width] |= sums


def _row(left: Widths, right: Widths, found: list[int]) -> None:
    """Adds the heights of *left* and *right* side by side to those *found*, by the width of both."""
    most = len(found)
    for width, one in left:
        for more, other in right:
            if width + more >= most:
                break
            found[width + more] |= one & other


@dataclass
class AliveHeights:
    """Heights that are parts of a page that is just full."""

    tables: HeightTables
    kinds: tuple[Places, Places, Places] = field(default_factory=lambda: ({}, {}, {}))

    def part(self, stories: int) -> None:
        """Notes what the parts of *stories* come to where all of them come to an alive height."""
        columns = range(1, self.tables.space.columns + 1)
        stacks = {width: own for width in columns if (own := self.kinds[STACK].get((stories, width), 0))}
        rows = {width: own for width in columns if (own := self.kinds[ROW].get((stories, width), 0))}
        fixed = self.tables.fixed
        for first, rest in fixed.splits(stories) if stacks or rows else ():
            for width, own in stacks.items() if fixed.above(first, rest) else ():
                self._of_stack((first, rest), width, own)
            for width, own in rows.items() if fixed.side_by_side(first, rest) else ():
                self._of_row((first, rest), width, own)

    def _of_stack(self, parts: tuple[int, int], width: int, alive: int) -> None:
        one = self.tables.heights(parts[0], width, NO_STACK)
        other = self.tables.heights(parts[1], width) if one else 0
        upper = lower = 0
        for height in bits(one) if other else ():
            if needed := alive >> (height + self.tables.space.air) & other:
                upper |= 1 << height
                lower |= needed
        self._note(parts[0], width, upper, NO_STACK)
        self._note(parts[1], width, lower, KINDS)

    def _of_row(self, parts: tuple[int, int], width: int, alive: int) -> None:
        for left in range(1, width):
            if common := alive & self.tables.heights(parts[0], left, NO_ROW):
                common &= self.tables.heights(parts[1], width - left)
                self._note(parts[0], left, common, NO_ROW)
                self._note(parts[1], width - left, common, KINDS)

    def _note(self, stories: int, width: int, heights: int, kinds: Sequence[Kind]) -> None:
        key = (stories, width)
        for kind in kinds if heights else ():
            if own := heights & self.tables.kinds[kind].get(key, 0):
                self.kinds[kind][key] = self.kinds[kind].get(key, 0) | own


def bits(mask: int) -> Iterator[int]:
    """The numbers of the bits that are set, the lowest first."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
