"""The heights of a shape that has a column of pictures alone, and kinds of page that are made up."""

import pytest

from layout.galley.column_copy import ColumnCopy
from layout.galley.columns import Elastic
from layout.issue.auto_page import is_made_up
from layout.makeup.option_heights import heights
from layout.makeup.shape_measures import Sample, SampleColumn, ShapeKey

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
