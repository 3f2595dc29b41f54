"""Shares the stories of a run of made-up pages out among its pages: the heaviest leads the first, every page is full.

Shares are tried in the order of what they cost: that lighter stories pass heavier ones, and that pages have more copy
or less than fills them. Of a share that is tried it is asked first whether the heights of its stories can come to the
pages', and then whether they do so by all the rules; what was found of a page holds for every other share with it.
Work is counted, never timed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from heapq import heappop, heappush

from layout.makeup.arrangement_search import ArrangementSearch
from layout.makeup.candidates import Option
from layout.makeup.height_tables import ArrangementSpace

MOST = 12
"""Stories and pictures, the heaviest that are left, of which a page takes some: of more there are too many sets."""
SHARES = 60_000
"""Beginnings of shares that are looked at for a run: under a second."""
TABLES = 500_000
"""Ways to part sets of stories in two that are looked at for all pages that are tried: some five seconds in plain
Python. A page of six stories has 365 of them, one of nine ten thousand."""
ROUNDS = 24
"""Pages that are made up with all the rules for a run: each takes about a second."""
UNEVEN = 40.0
"""A page with twice the copy that fills it, or with none; squared."""


@dataclass(frozen=True, slots=True)
class Area:
    """What a story takes of a page, in rows of basic columns: at the least, as it stands cheapest, at the most."""

    least: int
    usual: int
    most: int


@dataclass(order=True)
class _Begun:
    """A share of the first pages of a run; *left* are the stories for later ones. *number* tells apart what costs the
    same.
    """

    cost: float
    number: int
    pages: tuple[int, ...] = field(compare=False)
    left: int = field(compare=False)


@dataclass
class RunShare:
    """The stories of a run, the heaviest first: *leads* are their ways to lead a page, *others* all other ways."""

    leads: Sequence[Sequence[Option]]
    others: Sequence[Sequence[Option]]
    space: ArrangementSpace
    is_full: Callable[[Sequence[int]], bool] = lambda _: True
    """Whether the stories of these numbers, whose heights could fill a page, do so with all that a page must keep."""
    less: int = 0
    """Rows that the first page has less than the others: its nameplate takes them."""
    tables: int = TABLES
    rounds: int = ROUNDS
    _known: dict[int, bool] = field(default_factory=dict)
    """Of pages that were tried whether they are full."""
    _reaching: dict[int, bool] = field(default_factory=dict)

    def pages(self, most: int) -> tuple[tuple[int, ...], ...] | None:
        """The numbers of the stories of each page, on *most* pages at most: the cheapest share whose pages are all
        full; where none is found, the cheapest whose heights come to the pages'; where there is none either, one by
        the amount of copy. None of no stories.
        """
        reaching = None
        for pages in self._shares(most):
            if all(map(self._reaches, pages)):
                reaching = reaching or pages
                if all(map(self._is_full, pages)):
                    return tuple(map(_numbers, pages))
            if self.rounds <= 0 or self.tables <= 0:
                break
        found = reaching or self._by_amount(most)
        return tuple(map(_numbers, found)) if found else None

    def _is_full(self, own: int) -> bool:
        if own not in self._known:
            self.rounds -= 1
            self._known[own] = self.rounds >= 0 and self.is_full(_numbers(own))
        return self._known[own]

    def _reaches(self, own: int) -> bool:
        """Whether the heights of the stories *own* can come to a page's."""
        if own not in self._reaching:
            self.tables -= 3 ** own.bit_count() // 2
            first, *rest = _numbers(own)
            space = replace(self.space, rows=self.space.rows - self._less(own))
            search = ArrangementSearch([self.leads[first], *(self.others[number] for number in rest)], space)
            self._reaching[own] = space.rows in search.reachable(search.all)
        return self._reaching[own]

    def _shares(self, most: int) -> Iterator[tuple[int, ...]]:
        """Shares of all stories whose copy comes to so many pages, the cheapest first."""
        waiting, count = [_Begun(0.0, 0, (), (1 << len(self.leads)) - 1)], 0
        while waiting and count < SHARES:
            begun = heappop(waiting)
            if not all(self._known.get(own, True) and self._reaching.get(own, True) for own in begun.pages):
                continue
            if not begun.left:
                yield begun.pages
                continue
            for own in self._sets(begun.left, most - len(begun.pages)):
                count += 1
                cost = begun.cost + _passed(own, begun.left) + self._uneven(own)
                heappush(waiting, _Begun(cost, count, (*begun.pages, own), begun.left ^ own))

    def _sets(self, left: int, most: int) -> Iterator[int]:
        """The sets of the stories *left* whose copy can fill the next page; *most* - 1 pages may follow it."""
        lead, *others = _numbers(left)
        some = others[: MOST - 1]
        for chosen in range(1 << len(some)):
            own = 1 << lead | sum(1 << number for place, number in enumerate(some) if chosen >> place & 1)
            if self._fits(own, 1) and self._fits(left ^ own, most - 1):
                yield own
        if len(some) < len(others) and self._fits(left, 1):
            yield left

    def _fits(self, own: int, pages: int) -> bool:
        """Whether the copy of *own* may come to one page or more, up to so many."""
        if not own or not pages:
            return not own
        areas = self._areas(own)
        least, most = sum(each.least for each in areas), sum(each.most for each in areas)
        return least <= self._room(own, pages) and most >= self._room(own)

    def _room(self, own: int, pages: int = 1) -> int:
        """The rows of columns of so many pages, the first of which holds the stories *own*, or some of them."""
        return self.space.columns * (pages * (self.space.rows + self.space.air) - self._less(own))

    def _less(self, own: int) -> int:
        """The rows that the page of *own* has less: the heaviest story leads the first."""
        return self.less if own & 1 else 0

    def _uneven(self, own: int) -> float:
        usual = sum(each.usual for each in self._areas(own))
        return round(UNEVEN * (usual / self._room(own) - 1) ** 2, 3)

    def _areas(self, own: int) -> list[Area]:
        """The areas of the stories *own*, of which the heaviest leads a page."""
        first, *rest = _numbers(own)
        return [self._area_of_lead[first], *(self._area_of_other[number] for number in rest)]

    @cached_property
    def _area_of_lead(self) -> list[Area]:
        return [_area(own, self.space) for own in self.leads]

    @cached_property
    def _area_of_other(self) -> list[Area]:
        return [_area(own, self.space) for own in self.others]

    def _by_amount(self, most: int) -> tuple[int, ...]:
        """The stories in order of weight on *most* pages, each with as much copy as the others; never an empty page."""
        left, pages = list(range(len(self.leads))), list[int]()
        while left:
            later = most - len(pages) - 1
            share = sum(self._area_of_other[number].usual for number in left) / (later + 1)
            own = [left.pop(0)]
            while left and (not later or (len(left) > later and self._usual(own) + self._usual(left[:1]) / 2 <= share)):
                own.append(left.pop(0))
            pages.append(sum(1 << number for number in own))
        return tuple(pages)

    def _usual(self, numbers: Sequence[int]) -> int:
        return sum(self._area_of_other[number].usual for number in numbers)


def _area(own: Sequence[Option], space: ArrangementSpace) -> Area:
    """What *own*, the options of a story, take; nothing that a page could hold where there is none."""
    found = [
        (option.cost + choice.cost, option.piece.columns * (height + space.air))
        for option in own
        for height, choice in option.heights.items()
    ]
    if not found:
        return Area(2 * space.columns * space.rows, space.columns * space.rows, 0)
    areas = [area for _, area in found]
    return Area(min(areas), min(found)[1], max(areas))


def _passed(own: int, left: int) -> float:
    """By how many places the stories of a page pass heavier ones that are left for later."""
    places = {number: place for place, number in enumerate(_numbers(left))}
    return float(sum(places[number] - at for at, number in enumerate(_numbers(own))))


def _numbers(stories: int) -> tuple[int, ...]:
    return tuple(number for number in range(stories.bit_length()) if stories >> number & 1)
