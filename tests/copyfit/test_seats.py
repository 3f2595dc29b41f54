"""Pictures are seated by shape, size and weight: the cheapest way of all, the same every time."""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

import soak
from layout.copyfit.seats import MOST, Seating, _cheapest, seats
from layout.geometry import Box
from layout.page.frames import PictureBox
from layout.pictures.crop import Original


def box(name: str, x: float, width: float, height: float, give: float = 0.0, y: float = 0.0) -> PictureBox:
    return PictureBox(name, name, Box(x, y, width, height), height - give, height + give, None, None)


WIDE, TALL, SQUARE = (3000, 2000), (2000, 3000), (2000, 2000)


def pictures(**sizes: tuple[int, int]) -> dict[str, Original]:
    return {name: Original(size, least_ppi=150.0) for name, size in sizes.items()}


def test_a_wide_box_has_the_wide_picture() -> None:
    boxes = [box("a", 0, 300, 200), box("b", 310, 130, 200)]
    assert seats(boxes, pictures(a=TALL, b=WIDE), Seating(("a", "b"))) == {"a": "b", "b": "a"}
    assert seats(boxes, pictures(a=WIDE, b=TALL), Seating(("a", "b"))) == {}


def test_the_order_of_the_plan_and_of_the_boxes_makes_no_difference_to_what_suits() -> None:
    boxes = [box("a", 0, 300, 200), box("b", 310, 130, 200), box("c", 450, 200, 200)]
    shapes = [WIDE, TALL, SQUARE]
    for way in permutations(range(3)):
        own = pictures(**{name: shapes[k] for name, k in zip("abc", way, strict=True)})
        moved = seats(boxes, own, Seating(("a", "b", "c")))
        seated = [own[moved.get(each.picture, each.picture)].pixels for each in boxes]
        assert seated == shapes


def test_of_seats_that_suit_alike_the_first_has_the_larger() -> None:
    boxes = [box("a", 0, 150, 100), box("b", 160, 300, 200)]
    assert seats(boxes, pictures(a=WIDE, b=WIDE), Seating(("a", "b"))) == {"a": "b", "b": "a"}
    assert seats(boxes, pictures(a=WIDE, b=WIDE), Seating(("b", "a"))) == {}


def test_few_pixels_are_not_blown_up() -> None:
    boxes = [box("a", 0, 600, 400), box("b", 610, 150, 100)]
    assert seats(boxes, pictures(a=(600, 400), b=WIDE), Seating(("a", "b"))) == {"a": "b", "b": "a"}


def test_a_box_that_gives_way_takes_the_shape_of_the_picture() -> None:
    stiff, soft = box("a", 0, 200, 133), box("b", 210, 200, 190, give=110)
    assert seats([stiff, soft], pictures(a=TALL, b=WIDE), Seating(("a", "b"))) == {"a": "b", "b": "a"}


def test_the_lead_has_the_largest_box_whatever_it_costs() -> None:
    boxes = [box("a", 0, 600, 300), box("b", 610, 130, 200), box("c", 750, 200, 150)]
    moved = seats(boxes, pictures(a=WIDE, b=TALL, c=WIDE), Seating(("a", "b", "c"), lead="b"))
    assert moved["a"] == "b"
    assert sorted(moved.values()) == sorted(moved)


def test_pictures_of_one_caption_stand_side_by_side() -> None:
    boxes = [
        box("a", 0, 200, 133),
        box("b", 210, 200, 133),
        box("c", 0, 200, 133, y=800),
        box("d", 210, 200, 133, y=800),
    ]
    own = pictures(a=WIDE, b=WIDE, c=WIDE, d=WIDE)
    assert seats(boxes, own, Seating(("a", "b", "c", "d"))) == {}
    moved = seats(boxes, own, Seating(("a", "b", "c", "d"), groups=(("a", "d"),)))
    where = {moved.get(each.picture, each.picture): each.box for each in boxes}
    assert where["a"].y == where["d"].y


def test_unknown_pictures_and_those_with_two_boxes_keep_their_places() -> None:
    boxes = [box("ad", 0, 300, 200), box("a", 310, 130, 200), box("b", 0, 300, 200, y=300), box("c", 400, 90, 90)]
    moved = seats([*boxes, box("c", 500, 90, 90)], pictures(a=WIDE, b=TALL, c=WIDE), Seating(("ad", "a", "b", "c")))
    assert moved == {"a": "b", "b": "a"}


def test_more_pictures_than_can_be_tried_keep_their_order() -> None:
    names = [f"p{number}" for number in range(MOST + 1)]
    boxes = [box(name, 0, 100, 50 + 5 * number) for number, name in enumerate(names)]
    assert seats(boxes, dict.fromkeys(names, Original(TALL)), Seating(tuple(names))) == {}


@soak.examples(sample=15, full=200)
@given(st.integers(1, 6).flatmap(
    lambda n: st.lists(st.lists(st.integers(0, 9), min_size=n, max_size=n), min_size=n, max_size=n)
))  # fmt: skip
def test_the_way_that_is_found_is_the_cheapest(costs: list[list[int]]) -> None:
    cost, way = _cheapest(costs)
    every = [sum(costs[row][place] for row, place in enumerate(each)) for each in permutations(range(len(costs)))]
    assert cost == min(every) == sum(costs[row][place] for row, place in enumerate(way))
    assert sorted(way) == list(range(len(costs)))


@pytest.mark.parametrize("count", [9, MOST])
def test_as_many_as_a_page_has_are_weighed_in_bounds(count: int) -> None:
    """By counts: every set of boxes is met once for each further box."""
    costs = [[float((3 * row + 5 * place) % 7) for place in range(count)] for row in range(count)]
    assert _cheapest(costs) == _cheapest(costs)
    assert len(_cheapest(costs)[1]) == count
