"""Seats the pictures of a page: which of them stands in which box, by shape, size and weight.

A template gives its boxes to the pictures in the order of the plan. Which box suits which picture is known once the
boxes are measured: what it would cut away, whether the pixels are enough, whether the box's height must give way. The
earlier a picture stands in the plan, the weightier it is: of seats that suit alike the larger one is its.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from math import hypot

from layout.copyfit.crop_limits import Originals, rules_of
from layout.geometry import box_around
from layout.page.frames import PictureBox
from layout.pictures.crop import CROP, Original, faults, view

MOST = 12
"""Pictures among which seats are sought: the ways to seat some of them are 2 to this power. More keep their order."""
_BROKEN = 100.0
"""What it costs to break a limit of the crop by the whole of a picture, or to have no pixels at all."""
_STRETCH = 5.0
"""What it costs that a box is a whole of its wanted height lower or higher, as the picture's shape asks."""
_WEIGHT = 2.0
"""What it costs that the weightiest picture has the smallest box: as much as to cut away a seventh of it."""
_APART = 200.0
"""What it costs that pictures of one caption stand the page's diagonal apart: more than any crop, if there is a way."""
_UNDER = 1e-9


@dataclass(frozen=True, slots=True)
class Seating:
    """What the plan says of the pictures' places."""

    order: tuple[str, ...]
    """The pictures, the weightiest first."""
    lead: str | None = None
    """The picture that has the largest box."""
    groups: tuple[tuple[str, ...], ...] = ()
    """Pictures that share a caption, which stands with the first of each."""
    words: tuple[tuple[bool, bool], ...] = ()
    """In the same order whether each has a caption, and a credit; all have both where nothing is said. A template has
    frames for the words that the picture of a box has: only one with the same words can stand there."""


def seats(boxes: Sequence[PictureBox], originals: Originals, seating: Seating) -> dict[str, str]:
    """By the picture whose box it is in the template, the picture that is to have it; only where that is another.

    The cheapest way of all; of ways that cost the same the one in the plan's order. Boxes of pictures that are not
    known, of advertisements and of pictures with several boxes keep theirs.
    """
    names = [box.picture for box in boxes]
    free = [box for box in boxes if box.picture in originals and names.count(box.picture) == 1]
    pictures = [name for name in seating.order if any(box.picture == name for box in free)]
    if len(free) < 2 or len(free) > MOST:
        return {}
    # In the order of the plan, so that of two ways that cost alike the first is found first.
    free.sort(key=lambda box: pictures.index(box.picture))
    costs = [[_cost(box, originals[name]) for box in free] for name in pictures]
    words = dict(zip(seating.order, seating.words, strict=False))
    suits = [[words.get(box.picture) == words.get(name) for box in free] for name in pictures]
    for rank, row in enumerate(costs):
        for place, size in enumerate(_ranks(free)):
            row[place] += _WEIGHT * abs(rank - size) / (len(free) - 1) if suits[rank][place] else float("inf")
    if seating.lead in pictures:
        lead, ranks = pictures.index(seating.lead), _ranks(free)
        largest = min((place for place in range(len(free)) if suits[lead][place]), key=lambda place: ranks[place])
        costs[lead] = [0.0 if place == largest else float("inf") for place in range(len(free))]
    found = _seated(costs, free, pictures, seating.groups)
    return {
        free[place].picture: name for name, place in zip(pictures, found, strict=True) if free[place].picture != name
    }


def _ranks(boxes: Sequence[PictureBox]) -> list[int]:
    """The rank of each by its area, 0 for the largest; of those of one size the first comes first."""
    areas = [round(box.box.width * box.box.height, 1) for box in boxes]
    order = sorted(range(len(boxes)), key=lambda place: -areas[place])
    return [order.index(place) for place in range(len(boxes))]


def _cost(box: PictureBox, original: Original) -> float:
    """What it costs that *box* has the picture: at the height within its limits that comes nearest to its shape."""
    across, down = original.pixels
    width, wanted, rules = box.box.width, max(box.box.height, 0.1), rules_of(box)
    height = min(max(width * down / across, box.min_height), box.max_height) if box.elastic else wanted
    seen = view(original, rules, width, height)
    cut, lost, short = faults(seen, original, rules)
    pixels = short / original.least_ppi if original.least_ppi else 0.0
    return CROP * seen.lost**2 + _BROKEN * (cut + lost + pixels) + _STRETCH * abs(height - wanted) / wanted


def _seated(
    costs: Sequence[Sequence[float]],
    boxes: Sequence[PictureBox],
    pictures: Sequence[str],
    groups: Collection[Sequence[str]],
) -> tuple[int, ...]:
    """The place of each picture: the cheapest way, for every place that the first of each group might have."""
    known = [[pictures.index(name) for name in group if name in pictures] for group in groups]
    known = [group for group in known if len(group) > 1]
    best: tuple[float, tuple[int, ...]] = (float("inf"), tuple(range(len(pictures))))
    for firsts in product(range(len(boxes)), repeat=len(known)):
        if len(set(firsts)) < len(firsts):
            continue
        own = [list(row) for row in costs]
        for (first, *others), place in zip(known, firsts, strict=True):
            own[first] = [cost if k == place else float("inf") for k, cost in enumerate(own[first])]
            for other in others:
                own[other] = [cost + _APART * _distance(boxes, place, k) for k, cost in enumerate(own[other])]
        found = _cheapest(own)
        if found[0] < best[0] - _UNDER:
            best = found
    return best[1]


def _distance(boxes: Sequence[PictureBox], one: int, other: int) -> float:
    """How far two boxes are apart, edge from edge, as a share of the diagonal of all of them."""
    a, b = boxes[one].box, boxes[other].box
    across = max(0.0, a.x - b.right, b.x - a.right)
    down = max(0.0, a.y - b.bottom, b.y - a.bottom)
    whole = box_around([each.box for each in boxes])
    return hypot(across, down) / max(hypot(whole.width, whole.height), 1.0)


def _cheapest(costs: Sequence[Sequence[float]]) -> tuple[float, tuple[int, ...]]:
    """The cheapest way to give each row a column of its own, by all sets of columns that the first rows may take."""
    best: Mapping[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for row in costs:
        following: dict[int, tuple[float, tuple[int, ...]]] = {}
        for taken, (cost, way) in best.items():
            for place, price in enumerate(row):
                if taken >> place & 1:
                    continue
                found = (cost + price, (*way, place))
                known = following.get(taken | 1 << place)
                if known is None or found[0] < known[0] - _UNDER:
                    following[taken | 1 << place] = found
        best = following
    return next(iter(best.values()))
