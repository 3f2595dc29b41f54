"""Choices of rows for pictures and gaps, and their costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from math import prod

from layout.galley.columns import Elastic

NEAR = 1e-6
"""Costs are compared to six places."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A choice of rows, and its cost."""

    cost: float
    rows: Mapping[str, int]


def order(choice: Choice) -> tuple[float, list[tuple[str, int]]]:
    """The cheaper first; of two that cost the same the one that gives the first pictures fewer rows."""
    return round(choice.cost, 6), sorted(choice.rows.items())


def longer(best: Mapping[int, Choice], each: Elastic, weight: int) -> dict[int, Choice]:
    """*best*, the cheapest way to every sum of rows, with one more that counts *weight* times."""
    found: dict[int, Choice] = {}
    prices = [(rows, each.cost(rows)) for rows in each.range]
    for taken, choice in best.items():
        for rows, price in prices:
            cost, total = choice.cost + price, taken + weight * rows
            if total not in found or cost < found[total].cost:
                found[total] = Choice(cost, {**choice.rows, each.id: rows})
    return found


def ways(each: Sequence[Elastic], limit: int) -> Iterator[Choice]:
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
