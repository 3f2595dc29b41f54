"""The search of arrangements, on plain numbers: what it finds is what trying every cut finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from random import Random

import pytest

from layout.makeup.arrangement import Above, Arrangement, Beside, Piece, pieces
from layout.makeup.arrangement_search import ArrangementSearch
from layout.makeup.candidates import Option
from layout.makeup.hard_rules import MOST, EdgeMark, Rank
from layout.makeup.height_tables import ArrangementSpace, Fixed
from layout.makeup.option_heights import HeightChoice
from layout.makeup.written_tree import heights_of
from soak import cases

SPACE = ArrangementSpace(columns=4, rows=20, air=1)


def option(number: int, columns: int, heights: dict[int, float], *, size: float = 0.0, shape: str = "plain") -> Option:
    """A way for story *number* to stand; its headline reaches both edges where it has a *size*."""
    head = (EdgeMark("headline", 0, 2, size, 1),) if size else ()
    piece = Piece(f"s{number}", columns, shape, size, 1 if size else 0)
    rank = Rank(number, "lead" if number == 0 else "third", size)
    own = {height: HeightChoice(cost, (), 0) for height, cost in heights.items()}
    return Option(piece, rank, own, 0.0, dict.fromkeys(heights, (head, head)))


def drawn(random: Random, stories: int) -> list[list[Option]]:
    """Options of some stories: each in one to three widths, at a few heights."""
    return [
        [
            option(number, columns, {random.randint(2, 14): float(random.randint(0, 9)) for _ in range(3)})
            for columns in random.sample(range(1, 5), random.randint(1, 3))
        ]
        for number in range(stories)
    ]


def every_cut(options: Sequence[Sequence[Option]], space: ArrangementSpace) -> dict[tuple[int, int], float]:
    """By brute force: of all stories together every width and height, with the least cost."""

    @cache
    def of(stories: int) -> dict[tuple[int, int], float]:
        numbers = [number for number in range(len(options)) if stories >> number & 1]
        if len(numbers) == 1:
            return dict(_of_one(options[numbers[0]]))
        found: dict[tuple[int, int], float] = {}
        rest = (stories - 1) & stories
        while rest:
            first = stories ^ rest
            if first & -stories & stories & -stories or first >> numbers[0] & 1:
                for (wide, high), cost in of(first).items():
                    for (other_wide, other_high), more in of(rest).items():
                        if wide == other_wide:
                            _keep(found, (wide, high + space.air + other_high), cost + more)
                        if high == other_high:
                            _keep(found, (wide + other_wide, high), cost + more)
            rest = (rest - 1) & stories
        return found

    return of((1 << len(options)) - 1)


def _of_one(options: Sequence[Option]) -> Iterator[tuple[tuple[int, int], float]]:
    best: dict[tuple[int, int], float] = {}
    for each in options:
        for height, choice in each.heights.items():
            _keep(best, (each.piece.columns, height), choice.cost)
    yield from best.items()


def _keep(found: dict[tuple[int, int], float], key: tuple[int, int], cost: float) -> None:
    found[key] = min(cost, found.get(key, float("inf")))


@cases("seed", range(2_000), sample=40)
def test_it_reaches_what_every_cut_reaches(seed: int) -> None:
    random = Random(seed)
    options = drawn(random, random.randint(2, 5))
    search = ArrangementSearch(options, SPACE)
    tried = {high for wide, high in every_cut(options, SPACE) if wide == SPACE.columns and high <= 2 * SPACE.rows}
    assert set(search.reachable(search.all)) == tried


@cases("seed", range(2_000), sample=40)
def test_what_it_gives_stands_as_it_says(seed: int) -> None:
    random = Random(seed)
    options = drawn(random, random.randint(2, 5))
    search = ArrangementSearch(options, SPACE)
    for height in search.reachable(search.all)[:6]:
        for found in search.best(search.all, height):
            assert sorted(piece.id for piece in pieces(found.tree)) == sorted(f"s{n}" for n in range(len(options)))
            assert extent(found.tree, dict(found.heights)) == (SPACE.columns, height)
            own = heights_of(found.tree, {each[0].piece.id: each for each in options}, SPACE)
            assert min(each.cost for each in own[height]) <= found.cost


@pytest.mark.parametrize(
    ("stories", "usual", "most"), [(2, True, True), (3, False, True), (4, False, True), (5, False, False)]
)
def test_a_page_has_two_boxes_or_four_where_more_are_asked_for(stories: int, usual: bool, most: bool) -> None:
    height = 3 * stories + SPACE.air * (stories - 1)
    options = [[replace(option(n, 4, {3: 0.0}), rank=Rank(n, "third", 0.0, "box"))] for n in range(stories)]
    search = ArrangementSearch(options, SPACE)
    assert bool(search.best(search.all, height)) is usual
    search.tops = MOST
    assert bool(search.best(search.all, height)) is most


def extent(tree: Arrangement, heights: dict[str, int]) -> tuple[int, int]:
    """Columns and rows of *tree*, whose rows are level and whose stacks are as wide all the way down."""
    if isinstance(tree, Piece):
        return tree.columns, heights[tree.id]
    own = [extent(part, heights) for part in tree.parts]
    if isinstance(tree, Above):
        [wide] = {wide for wide, _ in own}
        return wide, sum(high for _, high in own) + SPACE.air * (len(own) - 1)
    [high] = {high for _, high in own}
    return sum(wide for wide, _ in own), high


def test_the_heavier_stands_first() -> None:
    options = [[option(0, 4, {8: 0.0})], [option(1, 4, {11: 0.0})]]
    search = ArrangementSearch(options, SPACE)
    [found] = search.best(search.all, 20)
    assert [piece.id for piece in pieces(found.tree)] == ["s0", "s1"]


@pytest.mark.parametrize(
    ("fixed", "order"), [(Fixed(top=2, free=2), ["s1", "s0"]), (Fixed(foot=1, free=1), ["s1", "s0"])]
)
def test_what_is_pinned_goes_before_weight(fixed: Fixed, order: list[str]) -> None:
    options = [[option(0, 4, {8: 0.0})], [option(1, 4, {11: 0.0})]]
    search = ArrangementSearch(options, SPACE, fixed)
    [found] = search.best(search.all, 20)
    assert [piece.id for piece in pieces(found.tree)] == order


def test_a_picture_of_no_story_stands_before_a_story_but_not_before_the_lead() -> None:
    lead, picture = option(0, 4, {8: 0.0}), option(2, 2, {11: 0.0})
    options = [[lead], [option(1, 2, {11: 0.0})], [picture]]
    [found] = ArrangementSearch(options, SPACE, Fixed(right=2, weightless=4)).best(7, 20)
    assert [piece.id for piece in pieces(found.tree)] == ["s0", "s2", "s1"]
    assert not ArrangementSearch(options, SPACE, Fixed(right=2)).best(7, 20)
    assert list(Fixed(weightless=4).splits(7)) == [(1, 6), (3, 4), (5, 2)]
    assert list(Fixed(weightless=4).splits(6)) == [(2, 4), (4, 2)]


def test_a_pair_that_is_pinned_stands_side_by_side() -> None:
    lead, others = option(0, 4, {9: 0.0}), [option(n, width, {10: 0.0, 4: 0.0}) for n, width in ((1, 2), (2, 2))]
    search = ArrangementSearch([[lead], [others[0]], [others[1]]], SPACE, Fixed(beside=((1, 2),), free=6))
    best = search.best(search.all, 20)[0].tree
    assert isinstance(best, Above)
    assert any(isinstance(part, Beside) for part in best.parts)


def test_headlines_that_meet_do_not_stand_beside_each_other() -> None:
    lead = [option(0, 4, {9: 0.0}, size=60)]
    alike = [option(n, 2, {10: 0.0}, size=24) for n in (1, 2)]
    apart = [option(1, 2, {10: 0.0}, size=32), option(2, 2, {10: 5.0}, size=24)]
    assert not ArrangementSearch([lead, [alike[0]], [alike[1]]], SPACE).best(7, 20)
    assert ArrangementSearch([lead, [apart[0]], [apart[1]]], SPACE).best(7, 20)


def test_no_gap_runs_through_the_whole_page() -> None:
    whole = [[option(0, 2, {20: 0.0})], [option(1, 2, {20: 0.0})]]
    assert not ArrangementSearch(whole, SPACE).best(3, 20)
    brief = Option(Piece("s1", 2, "brief"), Rank(1, "brief", 0.0), {20: HeightChoice(0.0, (), 0)}, 0.0, {20: ((), ())})
    [found] = ArrangementSearch([whole[0], [brief]], SPACE).best(3, 20)
    assert str(found.tree) == "(s0 2 plain | s1 2 brief)"


def test_its_work_is_counted() -> None:
    options = [[option(number, 4, dict.fromkeys(range(1, 8), 0.0))] for number in range(5)]
    search = ArrangementSearch(options, SPACE, work=10, made=((4, 1.0),))
    search.best(search.all, 20)
    assert -5 <= search.work <= 0  # each part of a joint may be a joint itself


def test_what_one_way_may_spend_of_the_work_is_left_for_the_others() -> None:
    """Nothing is found in the first of them: all may be spent but never more than there is."""
    options = [[option(number, 4, dict.fromkeys(range(1, 8), 0.0))] for number in range(5)]
    search = ArrangementSearch(options, SPACE, work=40, made=((4, 0.01), (1, 1.0)))
    assert search.best(search.all, 20)
    assert search.work < 39
