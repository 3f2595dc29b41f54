"""The least cost of every part of a full page, whatever the rules say of it: what a search need not go below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from layout.makeup.candidates import Option
from layout.makeup.height_tables import KINDS, NO_ROW, NO_STACK, PIECE, ROW, STACK, AliveHeights, Kind

Costs = dict[int, float]
"""By height."""
LeastCosts = Mapping[tuple[tuple[Kind, ...], int, int], Costs]
"""By the kinds that are looked at (``KINDS``, ``NO_STACK``, ``NO_ROW``), set of stories and width."""


def least_costs(options: Sequence[Sequence[Option]], alive: AliveHeights) -> LeastCosts:
    """The least costs of all parts that are *alive*. *options* are by story."""
    found: dict[tuple[tuple[Kind, ...], int, int], Costs] = {}
    for stories, width in sorted({key for places in alive.kinds for key in places}):
        own = {
            PIECE: _pieces(options, alive, stories, width),
            STACK: _stacks(found, alive, stories, width),
            ROW: _rows(found, alive, stories, width),
        }
        for kinds in (KINDS, NO_STACK, NO_ROW):
            least: Costs = {}
            for kind in kinds:
                for height, cost in own[kind].items():
                    if cost < least.get(height, cost + 1):
                        least[height] = cost
            found[kinds, stories, width] = least
    return found


def _pieces(options: Sequence[Sequence[Option]], alive: AliveHeights, stories: int, width: int) -> Costs:
    least: Costs = {}
    mask = alive.kinds[PIECE].get((stories, width), 0)
    for option in options[stories.bit_length() - 1] if mask else ():
        for height, choice in option.heights.items() if option.piece.columns == width else ():
            cost = option.cost + choice.cost
            if mask >> height & 1 and cost < least.get(height, cost + 1):
                least[height] = cost
    return least


def _stacks(
    found: Mapping[tuple[tuple[Kind, ...], int, int], Costs], alive: AliveHeights, stories: int, width: int
) -> Costs:
    least: Costs = {}
    mask, air = alive.kinds[STACK].get((stories, width), 0), alive.tables.space.air
    for first, rest in alive.tables.fixed.splits(stories) if mask else ():
        lower = found.get((KINDS, rest, width))
        if not lower or not alive.tables.fixed.above(first, rest):
            continue
        for down, cost in found.get((NO_STACK, first, width), {}).items():
            for height, more in lower.items():
                total = down + air + height
                if mask >> total & 1 and cost + more < least.get(total, cost + more + 1):
                    least[total] = cost + more
    return least


def _rows(
    found: Mapping[tuple[tuple[Kind, ...], int, int], Costs], alive: AliveHeights, stories: int, width: int
) -> Costs:
    least: Costs = {}
    mask = alive.kinds[ROW].get((stories, width), 0)
    for first, rest in alive.tables.fixed.splits(stories) if mask else ():
        if not alive.tables.fixed.side_by_side(first, rest):
            continue
        for own in range(1, width):
            right = found.get((KINDS, rest, width - own), {})
            for height, cost in found.get((NO_ROW, first, own), {}).items() if right else ():
                total = cost + right.get(height, float("inf"))
                if mask >> height & 1 and total < least.get(height, float("inf")):
                    least[height] = total
    return least
