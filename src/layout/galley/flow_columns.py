"""Prices the columns of one flow within a group: the cheapest rows for its own pictures in the room that is left.

Lines run on from column to column, so that only the sum of a flow's rows matters: what one room costs is reckoned once,
at whatever height of the band, and with whatever rows of the pictures that it shares, it is met again. Only where a
picture might leave a column nothing, or where lines are not as high as rows, each column counts by itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from math import floor

from layout.galley import costs
from layout.galley.columns import EPS, BandColumn, Elastic, Need
from layout.galley.row_choices import NEAR, Choice, longer, order, ways
from layout.galley.search_budget import SearchBudget

OTHER_WAYS = 100
"""Where the sum would fit and no column does, so many other ways to the same sums are tried."""
_A_ROW = 1e-4
"""Lines that miss the height of a row by no more than this share are as high as rows: a page has some hundred."""

_NEVER = 1_000_000_000
"""Rows: no band is so high."""

Taken = tuple[int, ...]
"""Rows of each column that are not text."""


@dataclass(frozen=True, slots=True)
class Claim:
    """The rows that the shared pictures take of a part's columns."""

    taken: Taken
    total: int
    least: int
    """The least height of the band at which no column can come to be without room for lines; above all heights where
    each column counts by itself."""


@dataclass(frozen=True, slots=True)
class _Option:
    """A choice for the part's own pictures, and the rows that they take: in all, and of each column."""

    choice: Choice
    total: int
    taken: Taken


@dataclass
class FlowColumns:
    """The *stacks* of one flow, or a single one without; *need* is what its copy needs."""

    stacks: Sequence[BandColumn]
    need: Need | None
    shared: frozenset[Elastic]
    """Pictures and gaps that stand in other parts too: their rows are decided for all."""
    budget: SearchBudget
    _by_room: dict[int, Choice] = field(default_factory=dict)
    _by_column: dict[tuple[Taken, int], Choice] = field(default_factory=dict)
    _lines: dict[tuple[int, int], tuple[int, float]] = field(default_factory=dict)
    _wanting: dict[int, float] = field(default_factory=dict)

    def claim(self, rows: Mapping[str, int]) -> Claim:
        """What the shared pictures take when they have these *rows*."""
        taken, spare = self._taken_by(rows), self._spare
        least = max(t + m - s for t, m, s in zip(taken, self._most, spare, strict=True)) if spare else _NEVER
        return Claim(taken, sum(taken), least)

    def _taken_by(self, rows: Mapping[str, int]) -> Taken:
        return tuple(sum(rows.get(each.id, 0) for each in stack.elastics) for stack in self.stacks)

    @cached_property
    def own(self) -> list[Elastic]:
        """What stands in this part alone."""
        return [e for e in dict.fromkeys(e for stack in self.stacks for e in stack.elastics) if e not in self.shared]

    @cached_property
    def options(self) -> list[_Option]:
        """The cheapest way to every number of rows that its own pictures take from its columns; the cheapest first."""
        best = {0: Choice(0.0, {})}
        for each in self.own:
            best = longer(best, each, sum(each in stack.elastics for stack in self.stacks))
        found = [self._option(choice) for choice in best.values()]
        return sorted(found, key=lambda option: option.choice.cost)

    @cached_property
    def _others(self) -> list[_Option]:
        """Other ways to the same sums, the cheapest first."""
        found = [self._option(choice) for choice in ways(self.own, OTHER_WAYS)]
        return sorted(found, key=lambda option: option.choice.cost)

    def _option(self, choice: Choice) -> _Option:
        taken = self._taken_by(choice.rows)
        return _Option(choice, sum(taken), taken)

    @cached_property
    def _spare(self) -> list[int] | None:
        """Of each column the lines that it holds beyond the rows that are left of it; None where lines are no rows."""
        if self.need is None or abs(self.need.leading - 1) > _A_ROW:
            return None
        losses = [self.need.loss.get(stack.frame.id, 0) if stack.frame else 0 for stack in self.stacks]
        return [floor(EPS - stack.fixed) - loss for stack, loss in zip(self.stacks, losses, strict=True)]

    @cached_property
    def _most(self) -> Taken:
        """The most that its own pictures take of each column."""
        return tuple(sum(each.most for each in stack.elastics if each not in self.shared) for stack in self.stacks)

    def price(self, claim: Claim, height: int) -> Choice:
        """The cheapest rows in a band of *height* rows, of whose columns the shared pictures take so much."""
        if height < claim.least:
            return self._column_by_column(claim.taken, height)
        room = height * len(self.stacks) - claim.total
        if room not in self._by_room:
            self._by_room[room] = self._in_room(room + sum(self._spare or ()))
        best = self._by_room[room]
        if best.cost >= costs.OVERSET and self._might_hold(room):
            return self._column_by_column(claim.taken, height)
        return best

    def _in_room(self, room: int) -> Choice:
        best, tried = Choice(float("inf"), {}), 0
        for option in self.options:
            if option.choice.cost > best.cost + NEAR:
                break
            best = _better(best, option.choice.cost + self._missing(room - option.total), option.choice)
            tried += 1
        self.budget.spend(tried)
        return best

    def _column_by_column(self, taken: Taken, height: int) -> Choice:
        key = (taken, height)
        if key not in self._by_column:
            self._by_column[key] = self._each_column(taken, height)
        return self._by_column[key]

    def _each_column(self, taken: Taken, height: int) -> Choice:
        best, tried = self._best_of(self.options, taken, height, Choice(float("inf"), {}))
        if best.cost >= costs.OVERSET and self._might_hold(height * len(self.stacks) - sum(taken)):
            # The sum may fit where one column does not: another way to the same sum might.
            best, more = self._best_of(self._others, taken, height, best)
            tried += more
        self.budget.spend(tried * len(self.stacks))
        return best

    def _best_of(self, options: Sequence[_Option], taken: Taken, height: int, best: Choice) -> tuple[Choice, int]:
        for number, option in enumerate(options):
            if option.choice.cost > best.cost + NEAR:
                return best, number + 1
            best = _better(best, self._priced(option, taken, height), option.choice)
        return best, len(options)

    def _might_hold(self, room: int) -> bool:
        """Whether some choice has rows enough in all, though perhaps not in every column."""
        return room >= self._enough

    @cached_property
    def _enough(self) -> float:
        """Rows of all columns, but for what the shared pictures take, in which the copy might find room."""
        if self.need is None or len(self.options) < 2 or len(self.stacks) < 2:
            return _NEVER
        taken = sum(stack.fixed for stack in self.stacks) + min(option.total for option in self.options)
        return taken + min(self.need.lines, default=0) * self.need.leading

    def _priced(self, option: _Option, taken: Taken, height: int) -> float:
        cost, held = option.choice.cost, 0
        if self.need is None:
            miss = max(0.0, abs(height - (self.stacks[0].fixed + taken[0] + option.taken[0])) - EPS)
            return cost + costs.UNLEVEL * miss
        for number, own in enumerate(option.taken):
            left = height - taken[number] - own
            if (number, left) not in self._lines:
                self._lines[number, left] = self._line(number, left)
            lines, penalty = self._lines[number, left]
            held += lines
            cost += penalty
        return cost + self._missing(held)

    def _line(self, number: int, left: int) -> tuple[int, float]:
        """The lines that *left* rows of a column hold, but for what never changes; what rows too few cost."""
        stack = self.stacks[number]
        room = left - stack.fixed
        held = self.need.room(stack.frame.id, room) if self.need and stack.frame else 0
        return held, costs.OVERSET * max(0.0, -EPS - room)

    def _missing(self, held: int) -> float:
        """What room for *held* lines costs."""
        if held not in self._wanting:
            self._wanting[held] = self.need.best(held)[0] if self.need else 0.0
        return self._wanting[held]


def _better(best: Choice, cost: float, choice: Choice) -> Choice:
    """The cheaper of *best* and *choice* at *cost*."""
    if cost > best.cost + NEAR:
        return best
    other = Choice(cost, choice.rows)
    return other if cost < best.cost - NEAR else min(best, other, key=order)
