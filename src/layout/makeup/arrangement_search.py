"""Searches the arrangements of a page: the cheapest few of those that keep the hard rules, the cheapest first.

A page is cut again and again into a part above and one below, or into one at the left and one at the right, until every
piece holds one story (guillotine cuts). Which heights every set of stories can have says ``height_tables``; of what is
part of a full page ``cheapest_parts`` makes the cheapest first. The heavier of two parts stands first, but for what is
pinned. Work is counted, never timed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import islice
from math import ceil

from layout.makeup.candidates import Candidate, Option, above, beside, candidates_of
from layout.makeup.cheapest_parts import CheapestParts, Part
from layout.makeup.hard_rules import USUAL, Tops
from layout.makeup.height_tables import ArrangementSpace, Fixed, HeightTables, bits
from layout.makeup.least_costs import least_costs

BEST = 12
"""Candidates for the whole page, of which the one that looks best is taken."""
_LOOKED_AT = 4 * BEST
"""Pages that are looked at for them: some differ in heights alone."""
WORK = 300_000
"""Joints looked at for one page: some four seconds in plain Python. Nine of ten pages take less than a tenth of it;
those that need more have many pieces with pictures, or are nearly as full as they can be, or as empty.
"""
MADE = ((4, 0.15), (10, 0.2), (30, 0.4), (1, 0.5), (200, 1.0))
"""Parts made of one set of stories at one height, and the share of what is left of the work that may be spent so. A few
find a good page soon, as parts that cost about the same look about the same. Where they find none it is tried with
more; with one, for many pieces with pictures have so many heights that the work is spent before a whole page is made;
and with what is left of the work as many as there are.
"""


@dataclass
class ArrangementSearch:
    """The search of one page. *options* are by story, the heaviest first."""

    options: Sequence[Sequence[Option]]
    space: ArrangementSpace
    fixed: Fixed = field(default_factory=Fixed)
    work: int = WORK
    made: Sequence[tuple[int, float]] = MADE
    stands: Callable[[Option, int], bool] = lambda *_: True
    """Whether a story's copy really stands at a height that was reckoned for it."""
    by_rules: bool = True
    """Whether what is found keeps the hard rules that hold between parts; else it is but as high as it should be."""
    tops: Tops = field(default_factory=lambda: USUAL)
    """How many boxes and vertical headlines it may have."""

    @property
    def all(self) -> int:
        """Every story."""
        return (1 << len(self.options)) - 1

    @cached_property
    def tables(self) -> HeightTables:
        """The heights of every set of stories in every width."""
        single: dict[tuple[int, int], list[int]] = {}
        for number, own in enumerate(self.options):
            for option in own:
                single.setdefault((number, option.piece.columns), []).extend(option.heights)
        return HeightTables(single, len(self.options), self.space, self.fixed)

    def reachable(self, stories: int) -> tuple[int, ...]:
        """The heights that *stories* together can have over the whole width, up to twice the page's rows."""
        return tuple(bits(self.tables.heights(stories, self.space.columns)))

    def best(self, stories: int, height: int) -> tuple[Candidate, ...]:
        """The cheapest arrangements of *stories* over the whole width at *height* rows, the cheapest first; none where
        none keeps the rules, or none was found before the work was spent.
        """
        alive = self.tables.alive(stories, height)
        least, found = least_costs(self.options, alive), dict[str, Candidate]()
        for most, share in self.made:
            own = ceil(share * self.work)
            parts = CheapestParts(self.options, alive, least, self.stands, own, most, self.by_rules, self.tops)
            for candidate in map(self._candidate, islice(parts.pages(stories, height), _LOOKED_AT)):
                found.setdefault(candidate.words, candidate)  # the same tree at other heights costs more
                if len(found) == BEST:
                    break
            self.work -= own - parts.work
            if found or self.work <= 0:
                break
        return tuple(sorted(found.values(), key=lambda each: (each.cost, each.words)))

    def _candidate(self, part: Part) -> Candidate:
        """*part* as a candidate."""
        if part.parts is None:
            assert part.option is not None
            return next(candidates_of(part.option, part.height))
        one, other = map(self._candidate, part.parts)
        return beside(one, other) if part.is_row else above(one, other, part.parts[0].height + self.space.air)
