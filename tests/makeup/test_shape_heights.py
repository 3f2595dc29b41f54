"""The heights of a shape that has a column of pictures alone, and kinds of page that are made up."""

from dataclasses import replace

import pytest

from layout.galley.column_copy import ColumnCopy
from layout.galley.columns import Elastic
from layout.issue.auto_page import is_made_up
from layout.makeup.option_heights import ROWS_OF_AIR, TRACKED, heights, most_air
from layout.makeup.shape_measures import Sample, SampleColumn, SamplePlace, ShapeKey

CAPTION = 1.0
"""Rows below the large picture."""


def picture_story(small: tuple[int, int]) -> tuple[Sample, list[Elastic]]:
    """A column of copy with a small picture at its foot, beside three columns of a large one."""
    columns = (
        SampleColumn(0.0, 114.0, 4.0, under_head=True, pictures=(1,), is_text=True),
        SampleColumn(128.0, 370.0, CAPTION, under_head=True, pictures=(0,), is_text=False),
    )
    sample = Sample(ShapeKey("picture-story", 4, 2), 498.0, columns, (), None, None)
    return sample, [Elastic("a", "a", 20.0, 12, 30, True), Elastic("b", "b", 6.0, *small, True)]


def test_a_column_of_pictures_ends_where_the_copy_does() -> None:
    sample, pictures = picture_story((5, 9))
    found = {height: each for height, each in heights(sample, 3, ColumnCopy(12), pictures).items() if not each.air}
    assert found
    for height, choice in found.items():
        assert height == 3 + CAPTION + choice.pictures[0]
        assert height == 3 + 4 + 12 + choice.pictures[1] + choice.short


def test_where_the_picture_cannot_be_so_high_there_is_no_height() -> None:
    sample, pictures = picture_story((5, 9))
    assert not heights(sample, 3, ColumnCopy(80), pictures)


@pytest.mark.parametrize(("kind", "made"), [("auto", True), ("auto-festive", True), ("automatic", False), ("", False)])
def test_kinds_that_are_made_up(kind: str, made: bool) -> None:
    assert is_made_up(kind) is made


def column(lines: int) -> Sample:
    """A column of copy alone, under its headline."""
    one = SampleColumn(0.0, 114.0, 0.0, under_head=True, pictures=(), is_text=True)
    return Sample(ShapeKey("brief-column", 1, lines), 114.0, (one,), (), None, None)


def test_the_last_column_may_be_short_and_the_headline_have_air() -> None:
    found = heights(column(0), 2, ColumnCopy(10), ())
    assert {height: (each.short, each.air) for height, each in found.items()} == {
        12: (0, 0), 13: (1, 0), 14: (2, 0), 15: (2, 1),
    }  # fmt: skip
    assert most_air(ROWS_OF_AIR - 1) == 1
    assert most_air(2 * ROWS_OF_AIR) == 3


def test_columns_end_only_where_copy_may_be_parted() -> None:
    two = replace(column(0), columns=column(0).columns * 2)
    copy = ColumnCopy(20, frozenset({0, 8, 11, 12}))
    assert set(heights(two, 0, copy, ())) == {11}
    assert set(heights(two, 0, replace(copy, feet=frozenset({9, 10})), ())) == {10}


def test_copy_set_closer_fills_columns_that_it_would_not() -> None:
    """Twenty-three lines: three columns of eight are one short, with two fewer they are of seven."""
    three = replace(column(0), columns=column(0).columns * 3)
    copy, fewer = ColumnCopy(23, frozenset(range(24))), [ColumnCopy(n, frozenset(range(24))) for n in (22, 21)]
    found = heights(three, 0, copy, (), fewer)
    assert {height: (each.short, each.tracked, each.cost) for height, each in found.items()} == {
        7: (0, 2, 2 * TRACKED), 8: (1, 0, 1.0),
    }  # fmt: skip
    unequal = [replace(each, feet=frozenset({7, 13})) for each in fewer]
    assert set(heights(three, 0, copy, (), unequal)) == {8}


def test_a_picture_under_the_copy_stands_at_the_foot() -> None:
    place = SamplePlace(0.0, 114.0, 3.0, under_head=True, pictures=(), below=2.0, under=(1,))
    assert place.end(40, (6, 5)) == 40 - 2 - 5
