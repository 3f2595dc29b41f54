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
    masks: dict[tuple[tuple[Kind, ...], int, int], int] = {}
    for stories, width in sorted({key for places in alive.kinds for key in places}):
        own = {
            PIECE: _pieces(options, alive, stories, width),
            STACK: _stacks(found, masks, alive, stories, width),
            ROW: _rows(found, masks, alive, stories, width),
        }
        for kinds in (KINDS, NO_STACK, NO_ROW):
            least: Costs = {}
            for kind in kinds:
                for height, cost in own[kind].items():
                    if cost < least.get(height, cost + 1):
                        least[height] = cost
            found[kinds, stories, width] = least
            masks[kinds, stories, width] = sum(1 << height for height in least)
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


Masks = Mapping[tuple[tuple[Kind, ...], int, int], int]
"""The heights that have costs, as bits."""


def _stacks(found: LeastCosts, masks: Masks, alive: AliveHeights, stories: int, width: int) -> Costs:
    least: Costs = {}
    mask, air = alive.kinds[STACK].get((stories, width), 0), alive.tables.space.air
    for first, rest in alive.tables.fixed.splits(stories) if mask else ():
        heights = masks.get((KINDS, rest, width), 0)
        if not heights or not masks.get((NO_STACK, first, width)) or not alive.tables.fixed.above(first, rest):
            continue
        lower = found[KINDS, rest, width]
        for down, cost in found[NO_STACK, first, width].items():
            fitting = mask >> (down + air) & heights
            while fitting:
                lowest = fitting & -fitting
                fitting ^= lowest
                height = lowest.bit_length() - 1
                total = cost + lower[height]
                if total < least.get(down + air + height, total + 1):
                    least[down + air + height] = total
    return least


def _rows(found: LeastCosts, masks: Masks, alive: AliveHeights, stories: int, width: int) -> Costs:
    least: Costs = {}
    mask = alive.kinds[ROW].get((stories, width), 0)
    for first, rest in alive.tables.fixed.splits(stories) if mask else ():
        if not alive.tables.fixed.side_by_side(first, rest):
            continue
        for own in range(1, width):
            fitting = mask & masks.get((NO_ROW, first, own), 0) & masks.get((KINDS, rest, width - own), 0)
            if not fitting:
                continue
            left, right = found[NO_ROW, first, own], found[KINDS, rest, width - own]
            while fitting:
                lowest = fitting & -fitting
                fitting ^= lowest
                height = lowest.bit_length() - 1
                total = left[height] + right[height]
                if total < least.get(height, total + 1):
                    least[height] = total
    return least
