"""Columns that are decided together, for they share a flow or a picture: the cheapest rows for a height of the band.

What several columns share is tried in every way; of the rest, for each flow the cheapest way to each sum of rows is
enough, for lines run on from column to column.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, product
from math import prod

from layout.copyfit import costs
from layout.copyfit.stacks import EPS, Elastic, Need, Stack

WAYS = 1_000
"""So many ways of what columns share are tried; where there were more, those nearest to what the design wants."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to choose rows, and what it costs."""

    cost: float
    rows: Mapping[str, int]


def groups_of(stacks: Sequence[Stack]) -> list[list[Stack]]:
    """Stacks that must be decided together."""
    groups: list[list[Stack]] = []
    for stack in stacks:
        kin = [group for group in groups if any(_akin(stack, other) for other in group)]
        groups = [group for group in groups if group not in kin]
        groups.append([*(other for group in kin for other in group), stack])
    return groups


def _akin(one: Stack, other: Stack) -> bool:
    shared = {each.id for each in one.elastics} & {each.id for each in other.elastics}
    return bool(shared) or (one.flow is not None and one.flow == other.flow)


class Group:
    """Stacks that are decided together."""

    def __init__(self, stacks: Sequence[Stack], needs: Mapping[str, Need]):
        flows = sorted({stack.flow for stack in stacks if stack.flow is not None})
        self.needs = {flow: needs[flow] for flow in flows}
        self._parts = [[stack for stack in stacks if stack.flow == flow] for flow in flows]
        self._parts += [[stack] for stack in stacks if stack.frame is None]
        count: dict[Elastic, int] = {}
        for each in (each for stack in stacks for each in stack.elastics):
            count[each] = count.get(each, 0) + 1
        self._count = count
        self._split = len(self._parts) > 1

    @cached_property
    def _shared(self) -> list[Elastic]:
        """What stands in several parts, so that it cannot be left to one of them."""
        homes = {each: [p for p in self._parts if any(each in stack.elastics for stack in p)] for each in self._count}
        return [each for each, parts in homes.items() if len(parts) > 1]

    @cached_property
    def _ways(self) -> list[Choice]:
        """Every way of what is shared; the best of them where there are too many."""
        return list(_ways(self._shared))

    @cached_property
    def _sums(self) -> list[list[tuple[int, Choice]]]:
        """Per part, the cheapest way to every number of rows its own pictures take from its columns."""
        return [self._part_sums(part) for part in self._parts]

    def _part_sums(self, part: Sequence[Stack]) -> list[tuple[int, Choice]]:
        best = {0: Choice(0.0, {})}
        for each in dict.fromkeys(e for stack in part for e in stack.elastics if e not in self._shared):
            weight = sum(each in stack.elastics for stack in part)
            best = _longer(best, each, weight)
        return list(best.items())

    def best(self, height: int) -> Choice:
        """The cheapest rows when the band is *height* rows."""
        return min((self._with(number, height) for number in range(len(self._ways))), key=_order)

    def _with(self, number: int, height: int) -> Choice:
        way = self._ways[number]
        cost, rows = way.cost, dict(way.rows)
        for part, options in zip(self._parts, self._options[number], strict=True):
            chosen = self._part(part, options, way, height)
            cost += chosen.cost
            rows |= chosen.rows
        return Choice(cost, rows)

    @cached_property
    def _options(self) -> list[list[list[_Option]]]:
        """Per way and part, every choice with the rows that it takes of each column."""
        return [
            [
                [_option(part, choice, way) for _, choice in sums]
                for part, sums in zip(self._parts, self._sums, strict=True)
            ]
            for way in self._ways
        ]

    def _part(self, part: Sequence[Stack], options: Sequence[_Option], way: Choice, height: int) -> Choice:
        best = min((self._priced(part, option, height) for option in options), key=_order)
        if best.cost >= costs.OVERSET and self._might_hold(part, options, height):
            # The sum may fit where one column does not: another way to the same sum might.
            own = [e for e in dict.fromkeys(e for s in part for e in s.elastics) if e not in self._shared]
            others = (_option(part, each, way) for each in _ways(own, WAYS // 10))
            best = min([best, *(self._priced(part, other, height) for other in others)], key=_order)
        return best

    def _might_hold(self, part: Sequence[Stack], options: Sequence[_Option], height: int) -> bool:
        """Whether some choice has rows enough in all, though perhaps not in every column."""
        flow = part[0].flow
        if flow is None or len(options) < 2 or len(part) < 2:
            return False
        need = self.needs[flow]
        most = max(sum(height - taken for taken in option.taken) for option in options)
        return most >= min(need.lines, default=0) * need.leading

    def _priced(self, part: Sequence[Stack], option: _Option, height: int) -> Choice:
        flow = part[0].flow
        if flow is None:
            miss = max(0.0, abs(height - option.taken[0]) - EPS)
            return Choice(option.choice.cost + costs.UNLEVEL * miss, option.choice.rows)
        need, held, cost = self.needs[flow], 0, option.choice.cost
        for stack, taken in zip(part, option.taken, strict=True):
            room = height - taken
            if room < -EPS:
                cost += costs.OVERSET * (-EPS - room)
            held += need.room(stack.frame.id, room) if stack.frame else 0
        return Choice(cost + need.best(held)[0], option.choice.rows)


@dataclass(frozen=True, slots=True)
class _Option:
    """A choice for a part, and the rows that are not text in each of its columns."""

    choice: Choice
    taken: tuple[float, ...]


def _option(part: Sequence[Stack], choice: Choice, way: Choice) -> _Option:
    rows = {**way.rows, **choice.rows}
    return _Option(choice, tuple(stack.fixed + sum(rows[each.id] for each in stack.elastics) for stack in part))


def _order(choice: Choice) -> tuple[float, list[tuple[str, int]]]:
    return round(choice.cost, 6), sorted(choice.rows.items())


def _longer(best: Mapping[int, Choice], each: Elastic, weight: int) -> dict[int, Choice]:
    longer: dict[int, Choice] = {}
    for taken, choice in best.items():
        for rows in each.range:
            cost, total = choice.cost + each.cost(rows), taken + weight * rows
            if total not in longer or cost < longer[total].cost:
                longer[total] = Choice(cost, {**choice.rows, each.id: rows})
    return longer


def _ways(each: Sequence[Elastic], limit: int = WAYS) -> Iterator[Choice]:
    """Every combination of rows; where that is more than *limit*, each is held near what it wants."""
    ranges = [sorted(one.range, key=lambda rows, one=one: (one.cost(rows), rows)) for one in each]  # type: ignore[misc]
    while prod(map(len, ranges)) > limit:
        longest = max(range(len(ranges)), key=lambda number: len(ranges[number]))
        ranges[longest] = ranges[longest][:-1]
    for rows in islice(product(*ranges), limit):
        yield Choice(
            sum(one.cost(r) for one, r in zip(each, rows, strict=True)),
            {one.id: r for one, r in zip(each, rows, strict=True)},
        )
