"""Columns that are decided together, for they share a flow or a picture: the cheapest rows for a height of the band.

What several columns share is tried in every way; of the rest, for each flow the cheapest way to each sum of rows is
enough, for lines run on from column to column.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from functools import cached_property

from layout.flows import Chain
from layout.galley.columns import BandColumn, Elastic, Need
from layout.galley.flow_columns import Claim, FlowColumns
from layout.galley.row_choices import NEAR, Choice, order, ways
from layout.galley.search_budget import SearchBudget

WAYS = 1_000
"""So many ways of what columns share are tried; where there were more, those nearest to what the design wants."""
WORK = 5_000
"""Weighings for one height of a group, after which no more ways are tried: they come with the cheapest first."""
_LEAST_WAYS = 20


def groups_of(stacks: Sequence[BandColumn]) -> list[list[BandColumn]]:
    """Stacks that must be decided together."""
    groups: list[list[BandColumn]] = []
    for stack in stacks:
        kin = [group for group in groups if any(_akin(stack, other) for other in group)]
        groups = [group for group in groups if group not in kin]
        groups.append([*(other for group in kin for other in group), stack])
    return groups


def _akin(one: BandColumn, other: BandColumn) -> bool:
    shared = {each.id for each in one.elastics} & {each.id for each in other.elastics}
    return bool(shared) or (one.chain is not None and one.chain == other.chain)


def group_of(stacks: Sequence[BandColumn], needs: Mapping[Chain, Need], budget: SearchBudget) -> ColumnGroup:
    """The group of these stacks; one that was met before knows what it found out then."""
    chains = sorted({stack.chain for stack in stacks if stack.chain is not None})
    key = tuple(_key(stack) for stack in stacks), tuple((chain, needs[chain].key) for chain in chains)
    if key not in budget.groups:
        budget.groups[key] = ColumnGroup(stacks, {chain: needs[chain] for chain in chains}, budget)
    return budget.groups[key]


def _key(stack: BandColumn) -> Hashable:
    return stack.fixed, stack.elastics, stack.frame and stack.frame.id, stack.chain


class ColumnGroup:
    """Stacks that are decided together."""

    def __init__(self, stacks: Sequence[BandColumn], needs: Mapping[Chain, Need], budget: SearchBudget):
        parts = [[stack for stack in stacks if stack.chain == chain] for chain in needs]
        parts += [[stack] for stack in stacks if stack.frame is None]
        self._shared = list(_shared(parts))
        shared = frozenset(self._shared)
        self._parts = [
            FlowColumns(part, needs[part[0].chain] if part[0].chain else None, shared, budget) for part in parts
        ]
        self._budget = budget
        self._best: dict[int, Choice] = {}

    @cached_property
    def _ways(self) -> list[tuple[Choice, list[Claim]]]:
        """Every way of what is shared, the cheapest first, and what it takes of each part's columns."""
        found = sorted(ways(self._shared, WAYS), key=lambda way: way.cost)
        return [(way, [part.claim(way.rows) for part in self._parts]) for way in found]

    @cached_property
    def _different(self) -> tuple[int, list[tuple[Choice, list[Claim]]]]:
        """Of the ways that take as much in all of every part only the cheapest: from the height on where that is all
        that matters.
        """
        cheapest: dict[tuple[int, ...], float] = {}
        found = []
        for way, claims in self._ways:
            if way.cost <= cheapest.setdefault(tuple(claim.total for claim in claims), way.cost) + NEAR:
                found.append((way, claims))
        return max((claim.least for _, claims in self._ways for claim in claims), default=0), found

    def best(self, height: int) -> Choice:
        """The cheapest rows when the band is *height* rows."""
        if height not in self._best:
            self._best[height] = self._cheapest(height)
        return self._best[height]

    def _cheapest(self, height: int) -> Choice:
        best, spent = Choice(float("inf"), {}), self._budget.spent
        least, different = self._different
        for number, (way, claims) in enumerate(different if height >= least else self._ways):
            if way.cost > best.cost + NEAR or (number >= _LEAST_WAYS and self._budget.spent - spent > WORK):
                break
            self._budget.spend(len(self._parts))
            choices = [part.price(own, height) for part, own in zip(self._parts, claims, strict=True)]
            cost = way.cost
            for choice in choices:
                cost += choice.cost
            if cost < best.cost + NEAR:
                rows = dict(way.rows)
                for choice in choices:
                    rows |= choice.rows
                best = min(best, Choice(cost, rows), key=order)
        return best


def _shared(parts: Sequence[Sequence[BandColumn]]) -> Iterator[Elastic]:
    """What stands in several parts, so that it cannot be left to one of them."""
    for each in dict.fromkeys(e for part in parts for stack in part for e in stack.elastics):
        if sum(any(each in stack.elastics for stack in part) for part in parts) > 1:
            yield each
