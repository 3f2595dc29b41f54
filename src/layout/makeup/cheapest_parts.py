"""Makes the parts of full pages in the order of their cost, and no part before one that is cheaper.

For every part that can be alive the least cost is reckoned first, whatever the rules say of it; it bounds what is to be
made. Then each part is a stream, of which the next is made when somebody asks for it (lazy best-first enumeration:
Huang and Chiang, “Better k-best parsing”, IWPT 2005). Of parts that look alike from outside only the cheapest is made,
and none that may stand nowhere but where a cheaper one may.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from heapq import heapify, heappop, heappush
from typing import NamedTuple

from layout.design.shapes import OF_NO_STORY
from layout.makeup.candidates import Option
from layout.makeup.hard_rules import USUAL, EdgeMark, Rank, Shown, Tops, gap_across, may_stand_beside, ranks_agree
from layout.makeup.height_tables import KINDS, NO_ROW, NO_STACK, PIECE, ROW, STACK, AliveHeights, Kind, bits
from layout.makeup.least_costs import LeastCosts
from layout.makeup.option_heights import HeightChoice

_HAIR = 1e-6
"""By so much costs may differ that are the same: they are sums of decimals."""


class PartKey(NamedTuple):
    """A part by what it is to be: one of *kinds* of a set of stories, of a width and a height."""

    kinds: tuple[Kind, ...]
    stories: int
    width: int
    height: int


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A piece, or two parts joined."""

    cost: float
    width: int
    """In basic columns;"""
    height: int
    """in rows."""
    used: int
    """Its options' ranks, as bits;"""
    barred: int
    """those that no page has beside them."""
    tops: tuple[int, ...]
    """How many of its pieces have each of the tops of which a page has but few."""
    left: tuple[EdgeMark, ...]
    right: tuple[EdgeMark, ...]
    gaps: int
    """The columns, as bits, at which a gap runs from its head to its foot."""
    is_strip: bool
    """Whether it is a single strip of briefs."""
    white: int
    """The rows, as bits, that are white from its left edge to its right."""
    shown: Shown
    option: Option | None = None
    parts: tuple[Part, Part] | None = None
    is_row: bool = False

    @property
    def looks(self) -> object:
        """What the page around it can tell of it."""
        return self.left, self.right, self.used, self.gaps, self.white, self.shown

    def outdoes(self, other: Part) -> bool:
        """Whether it may stand wherever *other* may: of what the rules look at it has nothing that *other* has not."""
        gaps, white = self.gaps & ~other.gaps, self.white & ~other.white
        if self.used != other.used or gaps or white or not self.shown.outdoes(other.shown):
            return False
        return all(mark in other.left for mark in self.left) and all(mark in other.right for mark in self.right)


@dataclass(order=True)
class _Entry:
    """A joint that may be made: the number of each part in its stream. Its cost may be but a bound."""

    cost: float
    order: int
    is_row: bool = field(compare=False)
    first: PartKey = field(compare=False)
    rest: PartKey = field(compare=False)
    numbers: tuple[int, int] = field(compare=False, default=(0, 0))


@dataclass
class _Stream:
    """Parts of one key, the cheapest first."""

    key: PartKey
    whole: bool
    """Whether it is the page: then gaps from head to foot are looked at."""
    pieces: list[Part]
    waiting: list[_Entry]
    made: list[Part] = field(default_factory=list)
    looks: set[object] = field(default_factory=set)


@dataclass
class CheapestParts:
    """The parts of one page. *options* are by story; *work* joints may be looked at, and *most* parts of one key made,
    but of whole pages any number: what has found no place by then is crowded out by its own kind.
    """

    options: Sequence[Sequence[Option]]
    alive: AliveHeights
    least: LeastCosts
    stands: Callable[[Option, int], bool]
    """Whether a story's copy really stands so at that height: asked of what comes to be made, and of nothing else."""
    work: int
    most: int
    by_rules: bool = True
    """Whether the hard rules that hold between parts are asked."""
    tops: Tops = field(default_factory=lambda: USUAL)
    """How many pieces of a page may have each of the tops of which it has but few."""
    _streams: dict[tuple[PartKey, bool], _Stream] = field(default_factory=dict)
    _orders: int = 0
    _dominant: int = -1
    """The number of the story that has the dominant picture: the heaviest of the page that has any."""

    def pages(self, stories: int, height: int) -> Iterator[Part]:
        """Whole pages of *stories* at *height* rows, the cheapest first."""
        key = PartKey(KINDS, stories, self.alive.tables.space.columns, height)
        illustrated = (n for n in bits(stories) if any(map(_has_picture, self.options[n])))
        self._dominant = next(illustrated, -1)
        number = 0
        while (found := self._part(key, number, whole=True)) is not None:
            yield found
            number += 1

    def _part(self, key: PartKey, number: int, *, whole: bool = False) -> Part | None:
        """Part *number* of the stream of *key*; None where it has no more, or the work is spent."""
        stream = self._streams.get((key, whole)) or self._begun(key, whole=whole)
        while len(stream.made) <= number and self._goes_on(stream):
            self._next(stream)
        return stream.made[number] if number < len(stream.made) else None

    def _goes_on(self, stream: _Stream) -> bool:
        more = stream.whole or len(stream.made) < self.most
        return more and self.work > 0 and bool(stream.waiting or stream.pieces)

    def _begun(self, key: PartKey, *, whole: bool) -> _Stream:
        pieces = sorted(self._pieces(key), key=lambda part: -part.cost) if PIECE in key.kinds else []
        waiting = [*self._stacks(key)] if STACK in key.kinds else []
        waiting += self._rows(key) if ROW in key.kinds else ()
        heapify(waiting)
        self._streams[key, whole] = stream = _Stream(key, whole, pieces, waiting)
        return stream

    def _next(self, stream: _Stream) -> None:
        """Makes what is cheapest of what waits, or finds that it costs more than was thought."""
        if stream.pieces and (not stream.waiting or stream.pieces[-1].cost <= stream.waiting[0].cost + _HAIR):
            piece = stream.pieces.pop()
            if piece.option is None or self.stands(piece.option, piece.height):
                self._keep(stream, piece)
            return
        entry = heappop(stream.waiting)
        one, other = self._part(entry.first, entry.numbers[0]), None
        if one is not None:
            other = self._part(entry.rest, entry.numbers[1])
        if one is None or other is None:
            return
        cost = round(one.cost + other.cost, 4)
        if cost > entry.cost + _HAIR:
            entry.cost = cost
            heappush(stream.waiting, entry)
            return
        self.work -= 1
        self._follow(stream, entry, cost)
        agree = self._agree(one, other) and (not entry.is_row or self._may_stand_beside(one, other))
        if agree or not self.by_rules:
            self._keep(stream, self._joined(one, other, entry))

    def _follow(self, stream: _Stream, entry: _Entry, cost: float) -> None:
        """Puts the next joints of the same parts among those that wait: each pair of numbers comes but once."""
        first, rest = entry.numbers
        for numbers in [(first, rest + 1), *([(first + 1, 0)] if rest == 0 else [])]:
            self._orders += 1
            heappush(stream.waiting, _Entry(cost, self._orders, entry.is_row, entry.first, entry.rest, numbers))

    def _keep(self, stream: _Stream, part: Part) -> None:
        if stream.whole and self.by_rules and not _is_page(part):
            return
        if part.looks in stream.looks or (not stream.whole and any(each.outdoes(part) for each in stream.made)):
            return
        stream.looks.add(part.looks)
        stream.made.append(part)

    def _agree(self, one: Part, other: Part) -> bool:
        few = all(a + b <= c for a, b, c in zip(one.tops, other.tops, self.tops.values(), strict=True))
        return few and not one.used & other.barred and one.shown.joined(other.shown).may_be

    def _may_stand_beside(self, one: Part, other: Part) -> bool:
        """Whether two parts as high as each other may stand side by side: a gap runs through parts of the page, not
        through all of it.
        """
        is_whole = one.width + other.width == self.alive.tables.space.columns
        across = is_whole and gap_across(one.white, other.white, one.height)
        return not across and may_stand_beside(one.right, other.left)

    def _joined(self, one: Part, other: Part, entry: _Entry) -> Part:
        tops = tuple(a + b for a, b in zip(one.tops, other.tops, strict=True))
        parts, shown = (one, other), one.shown.joined(other.shown)
        if entry.is_row:
            gaps = one.gaps | 1 << one.width | other.gaps << one.width
            return Part(
                entry.cost, one.width + other.width, one.height, one.used | other.used, one.barred | other.barred, tops,
                one.left, other.right, gaps, False, one.white & other.white, shown, parts=parts, is_row=True,
            )  # fmt: skip
        air = self.alive.tables.space.air
        down = one.height + air
        left = (*one.left, *(each.down(down) for each in other.left))
        right = (*one.right, *(each.down(down) for each in other.right))
        white = one.white | ((1 << air) - 1) << one.height | other.white << down
        return Part(
            entry.cost, one.width, down + other.height, one.used | other.used, one.barred | other.barred, tops,
            left, right, one.gaps & other.gaps, one.is_strip and other.is_strip, white, shown, parts=parts,
        )  # fmt: skip

    @cached_property
    def _ranks(self) -> Mapping[Rank, tuple[int, int]]:
        """A bit for each rank of the options, with the bits of those of other stories that it does not agree with."""
        every = list(dict.fromkeys(option.rank for own in self.options for option in own))
        return {
            one: (1 << number, sum(1 << n for n, other in enumerate(every) if _are_at_odds(one, other)))
            for number, one in enumerate(every)
        }

    def _entry(self, cost: float, first: PartKey, rest: PartKey, *, is_row: bool) -> _Entry:
        self._orders += 1
        return _Entry(round(cost, 4), self._orders, is_row, first, rest)

    def _stacks(self, key: PartKey) -> Iterator[_Entry]:
        air = self.alive.tables.space.air
        fixed = self.alive.tables.fixed
        for first, rest in (each for each in fixed.splits(key.stories) if fixed.above(*each)):
            lower = self.least.get((KINDS, rest, key.width))
            for down, cost in self.least.get((NO_STACK, first, key.width), {}).items() if lower else ():
                height = key.height - air - down
                if lower and height in lower:
                    one = PartKey(NO_STACK, first, key.width, down)
                    yield self._entry(cost + lower[height], one, PartKey(KINDS, rest, key.width, height), is_row=False)

    def _rows(self, key: PartKey) -> Iterator[_Entry]:
        fixed = self.alive.tables.fixed
        for first, rest in (each for each in fixed.splits(key.stories) if fixed.side_by_side(*each)):
            for own in range(1, key.width):
                one = self.least.get((NO_ROW, first, own), {}).get(key.height)
                other = self.least.get((KINDS, rest, key.width - own), {}).get(key.height)
                if one is not None and other is not None:
                    left = PartKey(NO_ROW, first, own, key.height)
                    yield self._entry(one + other, left, PartKey(KINDS, rest, key.width - own, key.height), is_row=True)

    def _pieces(self, key: PartKey) -> Iterator[Part]:
        if key.stories & (key.stories - 1):
            return
        for option in self.options[key.stories.bit_length() - 1]:
            choice = option.heights.get(key.height)
            if choice is None or option.piece.columns != key.width:
                continue
            left, right = option.edges[key.height]
            used, barred = self._ranks[option.rank]
            tops = tuple(int(option.rank.top == top) for top in self.tops)
            cost, strip = round(option.cost + choice.cost, 4), option.rank.role == "brief"
            white = ((1 << choice.short) - 1) << (key.height - choice.short) if key.width == 1 else 0
            yield Part(
                cost, key.width, key.height, used, barred, tops, left, right, 0, strip, white,
                self._shown(option, choice), option=option,
            )  # fmt: skip

    def _shown(self, option: Option, choice: HeightChoice) -> Shown:
        if not _has_picture(option):
            return Shown()
        own = option.piece.id == self.options[self._dominant][0].piece.id
        return Shown(choice.largest, 0.0) if own else Shown(0.0, choice.largest)


def _has_picture(option: Option) -> bool:
    """Whether it is of a story with pictures."""
    return bool(option.piece.pictures) and option.rank.role not in OF_NO_STORY


def _are_at_odds(one: Rank, other: Rank) -> bool:
    return one.weight != other.weight and not ranks_agree((one,), (other,))


def _is_page(part: Part) -> bool:
    """Whether a page may be so: a gap from head to foot only beside a strip of briefs at its edge (断版)."""
    if part.is_row and part.parts is not None:
        return part.parts[1].is_strip and not part.parts[0].gaps
    return not part.gaps
