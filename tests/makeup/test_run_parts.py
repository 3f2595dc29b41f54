"""The stories of a run of made-up pages shared out among them, on plain numbers."""

from __future__ import annotations

from layout.makeup.height_tables import ArrangementSpace
from layout.makeup.run_parts import MOST, RunShare
from makeup.test_arrangement_search import option

SPACE = ArrangementSpace(columns=2, rows=20, air=2)


def share(heights: list[int]) -> RunShare:
    """Stories over both columns, of these heights, each of which may lead."""
    ways = [[option(number, 2, {height: 0.0})] for number, height in enumerate(heights)]
    return RunShare(ways, ways, SPACE)


def test_the_heaviest_leads_the_first_page_and_every_page_is_full() -> None:
    assert share([9, 12, 9, 6]).pages(1, 2) == ((0, 2), (1, 3))


def test_the_heavier_come_first_where_that_is_as_full() -> None:
    assert share([9, 9, 9, 9]).pages(1, 2) == ((0, 1), (2, 3))


def test_only_the_last_page_misses_its_height() -> None:
    assert share([9, 9, 9]).pages(1, 2) == ((0, 1), (2,))
    assert share([9, 8, 9]).pages(1, 2) == ((0, 2), (1,))


def test_of_more_pages_than_there_are_there_is_no_share() -> None:
    assert share([20, 20, 20]).pages(1, 2) is None
    assert share([20, 20, 20]).pages(1, 3) == ((0,), (1,), (2,))


def test_many_stories_come_to_pages_one_after_the_other() -> None:
    found = share([9] * (MOST + 4)).pages(1, 99)
    assert found is not None
    assert [len(page) for page in found] == [2] * (MOST // 2 + 2)
    assert sorted(number for page in found for number in page) == list(range(MOST + 4))
