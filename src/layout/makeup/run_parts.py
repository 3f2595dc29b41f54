"""Shares the stories of a run of made-up pages out among its pages: the heaviest leads the first, every page is full.

For each story that might lead a page it is found which sets of lighter stories fill the page with it. Pages are then
taken one after the other, each led by the heaviest story that is left, so that lighter stories do not pass heavier ones
more than they must; only the last may miss its height.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from layout.makeup.arrangement_search import ArrangementSearch
from layout.makeup.candidates import Option
from layout.makeup.height_tables import ArrangementSpace

MOST = 12
"""Stories and pictures that are weighed together: sets of more take too long."""
ROUNDS = 60
"""How often pages are shared out anew because one of them has no arrangement that keeps the rules."""
OVER = 3
"""A row too high counts for so many that are too low."""
MISSING = 1_000.0
"""A row by which a page misses its height."""


@dataclass(frozen=True)
class RunShare:
    """The stories of a run, the heaviest first: *leads* are their ways to lead a page, *others* all other ways."""

    leads: Sequence[Sequence[Option]]
    others: Sequence[Sequence[Option]]
    space: ArrangementSpace
    is_full: Callable[[Sequence[int]], bool] = lambda _: True
    """Whether the stories of these numbers, whose heights could fill a page, do so with all that a page must keep."""

    def pages(self, least: int, most: int) -> tuple[tuple[int, ...], ...] | None:
        """The numbers of the stories of each page, on *least* to *most* pages; None where there is no such share.

        Of more stories than are weighed together the heaviest come to pages first.
        """
        count = len(self.leads)
        if count > MOST:
            return self._one_by_one(most)
        for _ in range(ROUNDS):
            self._known.clear()
            found = self._best((1 << count) - 1, least, most)
            wrong = [own for own in found[1] if self._is_wrong(own)] if found else []
            for own in wrong:
                self._of_lead[_lead(own)][own] = 1  # the next height, at the least
            if not wrong:
                break
        return None if found is None else tuple(_numbers(each) for each in found[1])

    def _is_wrong(self, own: int) -> bool:
        """Whether the stories *own* were reckoned to fill a page and do not."""
        return not self._of_lead[_lead(own)][own] and not self.is_full(_numbers(own))

    def _one_by_one(self, most: int) -> tuple[tuple[int, ...], ...] | None:
        """Page after page, each out of the heaviest that are left."""
        left = list(range(len(self.leads)))
        pages: list[tuple[int, ...]] = []
        while left and len(pages) < most:
            near = left[:MOST]
            own = self._of(near)
            last = len(near) == len(left)
            chosen = own.pages(1, most - len(pages)) if last else own.first()
            if not chosen:
                return None
            pages += [tuple(near[n] for n in page) for page in (chosen if last else chosen[:1])]
            used = {number for page in pages for number in page}
            left = [number for number in left if number not in used]
        return None if left else tuple(pages)

    def _of(self, numbers: Sequence[int]) -> RunShare:
        """The share of some of the stories."""
        return RunShare(
            [self.leads[n] for n in numbers], [self.others[n] for n in numbers], self.space,
            lambda own: self.is_full([numbers[n] for n in own]),
        )  # fmt: skip

    def first(self) -> tuple[tuple[int, ...], ...] | None:
        """The cheapest full page of the heaviest story, alone in a tuple."""
        everything = (1 << len(self.leads)) - 1
        full = sorted((_passed(own, everything), own) for own, missing in self._missing(0).items() if not missing)
        found = next((own for _, own in full if self.is_full(_numbers(own))), None)
        return None if found is None else (_numbers(found),)

    def _best(self, left: int, least: int, most: int) -> tuple[float, tuple[int, ...]] | None:
        """The cheapest pages for the stories *left*, with what they cost."""
        if not left:
            return (0.0, ()) if least <= 0 else None
        if most < 1:
            return None
        key = (left, least, most)
        if key not in self._known:
            self._known[key] = min(self._ways(left, least, most), default=None)
        return self._known[key]

    def _ways(self, left: int, least: int, most: int) -> list[tuple[float, tuple[int, ...]]]:
        lead = _lead(left)
        found = []
        for own, missing in self._missing(lead).items():
            if own & ~left or (missing and own != left):
                continue
            rest = self._best(left ^ own, max(0, least - 1), most - 1)
            if rest is not None:
                found.append((rest[0] + _passed(own, left) + MISSING * missing, (own, *rest[1])))
        return found

    def _missing(self, lead: int) -> Mapping[int, int]:
        """Of every set of stories that *lead* might lead, by how many rows its nearest arrangement misses the page."""
        if lead not in self._of_lead:
            search = ArrangementSearch([self.leads[lead], *self.others[lead + 1 :]], self.space)
            found: dict[int, int] = {}
            for own in range(1, search.all + 1, 2):
                heights = search.reachable(own)
                if heights:
                    found[own << lead] = min(_rows_missed(height - self.space.rows) for height in heights)
            self._of_lead[lead] = found
        return self._of_lead[lead]

    @cached_property
    def _of_lead(self) -> dict[int, dict[int, int]]:
        return {}

    @cached_property
    def _known(self) -> dict[tuple[int, int, int], tuple[float, tuple[int, ...]] | None]:
        return {}


def _lead(stories: int) -> int:
    """The number of the heaviest of *stories*."""
    return (stories & -stories).bit_length() - 1


def _rows_missed(over: int) -> int:
    """How bad it is that a page is so many rows too high: copy that has no place is worse than white."""
    return OVER * over if over > 0 else -over


def _passed(own: int, left: int) -> float:
    """By how many places the stories of a page pass heavier ones that are left for later."""
    places = {number: place for place, number in enumerate(_numbers(left))}
    return float(sum(places[number] - at for at, number in enumerate(_numbers(own))))


def _numbers(stories: int) -> tuple[int, ...]:
    return tuple(number for number in range(stories.bit_length()) if stories >> number & 1)
