"""The stories of a run of made-up pages shared out among them, on plain numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from layout.errors import Place
from layout.issue.auto_page import Pin
from layout.makeup.height_tables import ArrangementSpace
from layout.makeup.run_parts import MOST, RunShare
from layout.pipeline.run_sharing import parted
from makeup.test_arrangement_search import option

SPACE = ArrangementSpace(columns=2, rows=20, air=2)


def share(heights: list[int], is_full: Callable[[Sequence[int]], bool] = lambda _: True) -> RunShare:
    """Stories over both columns, of these heights, each of which may lead."""
    ways = [[option(number, 2, {height: 0.0})] for number, height in enumerate(heights)]
    return RunShare(ways, ways, SPACE, is_full)


def test_the_heaviest_leads_the_first_page_and_every_page_is_full() -> None:
    assert share([9, 12, 9, 6]).pages(2) == ((0, 2), (1, 3))


def test_the_first_page_has_fewer_rows_where_its_head_is_higher() -> None:
    ways = share([3, 12, 9, 6]).leads
    assert RunShare(ways, ways, SPACE, less=6).pages(2) == ((0, 2), (1, 3))
    assert RunShare(ways, ways, SPACE).pages(2) != ((0, 2), (1, 3))


def test_the_heavier_come_first_where_that_is_as_full() -> None:
    assert share([9, 9, 9, 9]).pages(2) == ((0, 1), (2, 3))


def test_what_the_rules_do_not_let_fill_a_page_is_shared_out_otherwise() -> None:
    tried: list[Sequence[int]] = []

    def is_full(own: Sequence[int]) -> bool:
        tried.append(tuple(own))
        return tuple(own) not in {(0, 1), (1, 3)}

    assert share([9, 9, 9, 9], is_full).pages(2) == ((0, 3), (1, 2))
    assert len(tried) == len(set(tried))  # no page is made up twice


def test_where_nothing_fills_the_pages_they_have_as_much_copy_as_each_other() -> None:
    assert share([9, 9, 9]).pages(2) == ((0, 1), (2,))
    assert share([5, 5, 5, 5]).pages(2) == ((0, 1), (2, 3))
    assert share([20, 20, 20]).pages(2) == ((0, 1), (2,))
    assert share([20, 20, 20]).pages(3) == ((0,), (1,), (2,))
    assert share([3]).pages(3) == ((0,),)


def test_what_is_tried_is_counted() -> None:
    run = share([9] * 8, lambda _: False)
    assert run.pages(4) == ((0, 1), (2, 3), (4, 5), (6, 7))
    assert run.rounds == -1 or len(run._known) <= 24


def test_many_stories_come_to_pages() -> None:
    found = share([9] * (MOST + 4)).pages(99)
    assert found is not None
    assert [len(page) for page in found] == [2] * (MOST // 2 + 2)
    assert sorted(number for page in found for number in page) == list(range(MOST + 4))


def test_two_stories_that_are_to_stand_side_by_side_are_not_parted() -> None:
    pin = Pin("c", None, None, None, "a", Place("issue.toml", 30))
    assert [list(parted([pin], page, tuple("abcd"))) for page in ("ab", "cd", "ac", "bd")] == [[pin], [pin], [], []]
    assert not list(parted([pin], "ab", ("a", "b")))  # of the pool, which is not shared out
    assert not list(parted([Pin("c", "box", None, None, None, pin.place)], "ab", tuple("abcd")))
