"""A picture of a component holds it whole, and cuts nothing through that stands beside it."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pytest

from layout.geometry import Box
from layout.pipeline.component_pictures import MARGIN, TALLEST, WIDE, strip_around
from layout.pipeline.inspection import InspectedLine, InspectedPicture, PageInspection


class Marked:
    """What is asked of a line and of a picture: its box."""

    def __init__(self, box: Box):
        self.box = box


def page(*lines: Box, pictures: tuple[Box, ...] = ()) -> PageInspection:
    made = PageInspection(
        1, 700.0, 1000.0, 14.0, Box(0, 0, 700, 1000), 0.0, 0.0, (), (), (), (), (), (), (), (), (), "page", (), "",
    )  # fmt: skip
    return replace(
        made,
        lines=tuple(cast("InspectedLine", Marked(box)) for box in lines),
        pictures=tuple(cast("InspectedPicture", Marked(box)) for box in pictures),
    )


OWN = Box(100, 100, 200, 80)


def test_a_strip_of_free_page_is_around_it() -> None:
    assert strip_around(page(OWN), OWN) == Box(100 - MARGIN, 100 - MARGIN, 200 + 2 * MARGIN, 80 + 2 * MARGIN)


@pytest.mark.parametrize(
    ("other", "edge", "value"),
    [
        (Box(100, 86, 200, 12), "y", 98.0),
        (Box(100, 183, 200, 12), "bottom", 183.0),
        (Box(20, 120, 77, 12), "x", 97.0),
        (Box(302, 120, 50, 12), "right", 302.0),
    ],
)
def test_a_neighbour_ends_it(other: Box, edge: str, value: float) -> None:
    assert getattr(strip_around(page(OWN, other), OWN), edge) == value
    assert getattr(strip_around(page(OWN, pictures=(other,)), OWN), edge) == value


def test_what_stands_elsewhere_does_not() -> None:
    elsewhere = Box(400, 90, 100, 100)
    assert strip_around(page(elsewhere), OWN) == strip_around(page(), OWN)


def test_it_ends_at_the_paper() -> None:
    strip = strip_around(page(), Box(0, 0, 700, 50))
    assert (strip.x, strip.y, strip.right) == (0, 0, 700)


def test_of_a_column_down_the_page_the_head_is_shown_to_the_foot_of_a_line() -> None:
    lines = [Box(100, 20 + 14.0 * number, 100, 10) for number in range(60)]
    strip = strip_around(page(*lines), Box(100, 20, 100, 840))
    assert strip.height <= TALLEST + 2 * MARGIN
    assert not any(line.y < strip.bottom - 0.01 < line.bottom - 0.02 for line in lines)


def test_what_is_wide_is_shown_whole() -> None:
    lead = Box(50, 50, 600, 600 * WIDE - 10)
    strip = strip_around(page(), lead)
    assert strip.height > lead.height
