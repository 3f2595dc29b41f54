"""The search of arrangements on plain numbers, held against one that makes every guillotine arrangement there is."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product

import pytest

import soak
from layout.makeup.arrangement import Above, Arrangement, Beside, Piece, pieces
from layout.makeup.arrangement_search import BEST, WORK, ArrangementSearch
from layout.makeup.candidates import Candidate, Option
from layout.makeup.cheapest_parts import Part
from layout.makeup.hard_rules import EdgeMark, Rank, Shown, may_stand_beside, ranks_agree
from layout.makeup.height_tables import ArrangementSpace, Fixed
from layout.makeup.option_heights import HeightChoice

SIZES = {"lead": (50.0, 44.0), "second": (28.0, 24.0), "third": (21.0, 18.0), "brief": (14.0, 13.0)}


def option(choose: random.Random, weight: int, role: str, columns: int, rows: int) -> Option:
    """A story of about *rows* rows in one column, in *columns* columns."""
    size, lines = choose.choice(SIZES[role]), choose.choice((1, 1, 2))
    top = choose.choice(("headline", "headline", "picture", "box", "vertical"))
    under = 2 * lines
    least = -(-rows // columns) + under
    heights = {least + more: HeightChoice(float(more * more), (), more) for more in range(choose.choice((2, 3, 4)))}
    mark = EdgeMark("headline", 0, under, size, lines, set_off=top != "headline")
    edges = {}
    for height in heights:
        shown = EdgeMark("picture", under, min(height, under + 4))
        edges[height] = ((mark,), (mark, shown)) if choose.random() < 0.3 else ((mark,), (mark,))
    piece = Piece(f"s{weight}", columns, f"{role}-{top}", size, lines)
    return Option(piece, Rank(weight, role, size, top), heights, round(choose.uniform(0, 9), 2), edges)


def options_of(seed: int, count: int, columns: int) -> list[list[Option]]:
    choose = random.Random(seed)
    found = []
    for weight in range(count):
        rows = choose.randint(10, 40) if weight == 0 else choose.randint(5, 24)
        roles = ("lead",) if weight == 0 else choose.sample(("second", "third", "brief"), 2)
        widths = sorted(choose.sample(range(1, columns + 1), min(columns, 3)))
        found.append([option(choose, weight, role, width, rows) for role in roles for width in widths])
    return found


@dataclass(frozen=True)
class Made:
    """A part made by trying everything."""

    tree: Arrangement
    cost: float
    left: tuple[EdgeMark, ...]
    right: tuple[EdgeMark, ...]
    ranks: tuple[Rank, ...]
    gaps: frozenset[int]
    strip: bool


class Everything:
    """Every arrangement of every set of stories."""

    def __init__(self, options: list[list[Option]], space: ArrangementSpace, fixed: Fixed):
        self.options, self.space, self.fixed = options, space, fixed
        self.made: dict[tuple[int, int], dict[int, list[Made]]] = {}

    def of(self, stories: int, width: int) -> dict[int, list[Made]]:
        if (stories, width) not in self.made:
            found: dict[int, list[Made]] = {}
            for height, part in self._parts(stories, width):
                found.setdefault(height, []).append(part)
            self.made[stories, width] = found
        return self.made[stories, width]

    def _parts(self, stories: int, width: int) -> Iterator[tuple[int, Made]]:
        if not stories & (stories - 1):
            for each in self.options[stories.bit_length() - 1]:
                for height, choice in each.heights.items() if each.piece.columns == width else ():
                    cost, edges = each.cost + choice.cost, each.edges[height]
                    yield height, Made(each.piece, cost, *edges, (each.rank,), frozenset(), each.rank.role == "brief")
            return
        for first, rest in self.fixed.splits(stories):
            if self.fixed.above(first, rest):
                yield from self._stacks(self.of(first, width), self.of(rest, width))
            for own in range(1, width) if self.fixed.side_by_side(first, rest) else ():
                yield from self._rows(self.of(first, own), self.of(rest, width - own), own)

    def _stacks(self, upper: dict[int, list[Made]], lower: dict[int, list[Made]]) -> Iterator[tuple[int, Made]]:
        for (one_height, ones), (other_height, others) in product(upper.items(), lower.items()):
            down = one_height + self.space.air
            for one, other in product(ones, others) if down + other_height <= self.space.rows else ():
                if not isinstance(one.tree, Above) and ranks_agree(one.ranks, other.ranks):
                    parts = other.tree.parts if isinstance(other.tree, Above) else (other.tree,)
                    yield down + other_height, Made(
                        Above((one.tree, *parts)), one.cost + other.cost,
                        (*one.left, *(each.down(down) for each in other.left)),
                        (*one.right, *(each.down(down) for each in other.right)), (*one.ranks, *other.ranks),
                        one.gaps & other.gaps, one.strip and other.strip,
                    )  # fmt: skip

    def _rows(
        self, left: dict[int, list[Made]], right: dict[int, list[Made]], own: int
    ) -> Iterator[tuple[int, Made]]:  # fmt: skip
        for height in left.keys() & right.keys():
            for one, other in product(left[height], right[height]):
                agree = ranks_agree(one.ranks, other.ranks) and may_stand_beside(one.right, other.left)
                if agree and not isinstance(one.tree, Beside):
                    parts = other.tree.parts if isinstance(other.tree, Beside) else (other.tree,)
                    gaps = one.gaps | {own} | {own + each for each in other.gaps}
                    yield height, Made(
                        Beside((one.tree, *parts)), one.cost + other.cost, one.left, other.right,
                        (*one.ranks, *other.ranks), frozenset(gaps), False,
                    )  # fmt: skip

    def pages(self) -> list[Made]:
        every = self.of((1 << len(self.options)) - 1, self.space.columns).get(self.space.rows, [])
        return [each for each in every if self._is_page(each)]

    def _is_page(self, made: Made) -> bool:
        if not isinstance(made.tree, Beside):
            return not made.gaps
        last = made.tree.parts[-1]
        own = [last] if isinstance(last, Piece) else list(last.parts) if isinstance(last, Above) else []
        briefs = {rank.weight for rank in made.ranks if rank.role == "brief"}
        strip = all(isinstance(each, Piece) and int(each.id[1:]) in briefs for each in own)
        return len(made.tree.parts) == 2 and strip and len(made.gaps) == 1


FIXED = (Fixed(), Fixed(top=2, free=2), Fixed(foot=2, free=2), Fixed(beside=((0, 1),)), Fixed(right=4, free=4),
         Fixed(weightless=4))  # fmt: skip


@soak.cases("seed", range(600), sample=30)
def test_no_arrangement_is_cheaper_than_the_one_found(seed: int) -> None:
    """Three or four stories over three columns, at a height that some arrangement has if any has."""
    choose = random.Random(seed)
    options = options_of(seed, choose.choice((3, 3, 4)), 3)
    fixed = choose.choice(FIXED)
    rows = choose.randint(28, 56)
    space = ArrangementSpace(3, rows, choose.choice((1, 2)))
    search = ArrangementSearch(options, space, fixed, made=((100_000, 1.0),))
    found = search.best(search.all, rows)
    every = Everything(options, space, fixed).pages()
    assert bool(found) == bool(every)
    if every:
        assert found[0].cost == pytest.approx(min(each.cost for each in every), abs=1e-3)
        assert str(found[0].tree) in {str(each.tree) for each in every}
        assert [each.cost for each in found] == sorted(each.cost for each in found)
        assert len({each.words for each in found}) == len(found) <= BEST


def test_the_seeds_hold_pages_of_every_kind() -> None:
    kinds = set()
    for seed in range(60):
        choose = random.Random(seed)
        options = options_of(seed, choose.choice((3, 3, 4)), 3)
        choose.choice(FIXED)
        rows = choose.randint(28, 56)
        search = ArrangementSearch(options, ArrangementSpace(3, rows, choose.choice((1, 2))))
        found = search.best(search.all, rows)
        kinds |= {type(found[0].tree)} if found else {None}
    assert kinds >= {Above, None}


def nine(seed: int) -> tuple[list[list[Option]], ArrangementSpace]:
    """Nine stories for a tabloid of five columns, which about fill it."""
    return options_of(seed, 9, 5), ArrangementSpace(5, 36, 1)


def test_nine_stories_are_arranged_with_the_work_of_about_a_second() -> None:
    """Counted: the joints looked at, and the heights that are parts of a full page."""
    options, space = nine(4)
    search = ArrangementSearch(options, space)
    found = search.best(search.all, space.rows)
    assert found
    assert WORK - search.work < WORK
    for each in found:
        assert sorted(piece.id for piece in pieces(each.tree)) == [f"s{number}" for number in range(9)]


def heights_add_up(tree: Arrangement, heights: dict[str, int], air: int) -> int | None:
    if isinstance(tree, Piece):
        return heights[tree.id]
    own = [heights_add_up(part, heights, air) for part in tree.parts]
    known = [each for each in own if each is not None]
    if len(known) < len(own):
        return None
    if isinstance(tree, Above):
        return sum(known) + air * (len(own) - 1)
    return known[0] if len(set(known)) == 1 else None


@pytest.mark.parametrize("seed", range(6))
def test_what_is_found_is_level_and_full(seed: int) -> None:
    options, space = options_of(seed, 6, 4), ArrangementSpace(4, 34, 1)
    search = ArrangementSearch(options, space)

    def sound(each: Candidate) -> bool:
        return heights_add_up(each.tree, dict(each.heights), 1) == space.rows

    assert all(map(sound, search.best(search.all, space.rows)))


def test_a_part_that_may_stand_wherever_another_may_outdoes_it() -> None:
    mark, shown = EdgeMark("headline", 0, 4, 24.0, 1), EdgeMark("picture", 4, 9)
    one = Part(1.0, 2, 20, 1, 0, (0, 0), (mark,), (mark,), 0, False, 0, Shown(0.0, 50.0))
    assert one.outdoes(replace(one, right=(mark, shown), shown=Shown(0.0, 60.0), gaps=2, white=1))
    for other in (replace(one, used=2), replace(one, left=()), replace(one, shown=Shown(0.0, 40.0))):
        assert not one.outdoes(other)
    assert not replace(one, gaps=2).outdoes(one)
