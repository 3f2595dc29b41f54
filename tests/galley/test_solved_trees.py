"""The solver on trees drawn by a seed, held against one that tries every height of every leaf."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import product
from math import inf

import pytest

import soak
from layout.galley import costs
from layout.galley.columns import elastic
from layout.galley.page_tree import height_of, parts_of
from layout.galley.row_fit import RowFit
from layout.galley.row_solver import solve
from layout.geometry import Box
from layout.page.frames import Band, Gap, MeasuredPage
from layout.page.row_tree import Leaf, Row, RowTree, Stack, leaves, rows_of

ROW = 10.0


class _Drawn:
    """A tree of elastic gaps and bands of one height, at natural heights."""

    def __init__(self, choose: random.Random):
        self.choose = choose
        self.gaps: list[Gap] = []
        self.bands: list[Band] = []

    def stack(self, depth: int, left: float, top: float) -> Stack:
        parts, at = [], top
        for _ in range(self.choose.randint(1, 3)):
            at += ROW * self.choose.choice((0, 0, 1, 2))  # a headline, a row of air
            part, height = self.part(depth, left, at)
            parts.append(part)
            at += height
        return Stack(tuple(parts), Box(left, top, 20, at - top))

    def part(self, depth: int, left: float, top: float) -> tuple[RowTree, float]:
        if depth == 0 or self.choose.random() < 0.4:
            return self.leaf(left, top)
        parts: list[RowTree] = []
        heights = []
        for number in range(self.choose.randint(2, 3)):
            if self.choose.random() < 0.6:
                stack = self.stack(depth - 1, left + 20 * number, top)
                parts.append(stack)
                heights.append(stack.box.height)
            else:
                part, height = self.leaf(left + 20 * number, top)
                parts.append(part)
                heights.append(height)
        return Row(tuple(parts)), max(heights)

    def leaf(self, left: float, top: float) -> tuple[Leaf, float]:
        key = f"l{len(self.gaps) + len(self.bands)}"
        least = self.choose.randint(0, 4)
        wanted, more = least + self.choose.randint(0, 2), self.choose.randint(1, 3)
        box = Box(left, top, 20, ROW * wanted)
        if self.choose.random() < 0.2:
            high = ROW * max(1, wanted)
            box = replace(box, height=high)
            self.bands.append(Band(key, key, box, high, high, pinned=True))
            return Leaf(key), high
        self.gaps.append(Gap(key, key, box, ROW * least, ROW * (least + more), None, None))
        return Leaf(key), box.height


def drawn(seed: int) -> MeasuredPage:
    """A page of three to seven leaves, as high as its natural heights or some rows higher or lower."""
    choose = random.Random(seed)
    while True:
        made = _Drawn(choose)
        tree = made.stack(2, 0, 0)
        if 3 <= len(made.gaps) + len(made.bands) <= 7 and list(rows_of(tree)) and made.gaps:
            break
    height = tree.box.height + ROW * choose.randint(-2, 4)
    return MeasuredPage(
        1, 400, height, Box(0, 0, 400, height), ROW, tree.box.bottom, (), (), bands=tuple(made.bands),
        gaps=tuple(made.gaps), tree=tree,
    )  # fmt: skip


def level(tree: RowTree, heights: dict[str, int], page: MeasuredPage) -> int | None:
    """How many rows *tree* takes; None where the parts of one of its rows are not level."""
    if isinstance(tree, Leaf):
        return heights[tree.id]
    own = [level(part, heights, page) for part in tree.parts]
    known = [each for each in own if each is not None]
    if len(known) < len(own):
        return None
    if isinstance(tree, Row):
        return known[0] if len(set(known)) == 1 else None
    natural = sum(height_of(part, {}, parts_of(page)) for part in tree.parts)
    return sum(known) + round((tree.box.height - natural) / ROW)


def tried(page: MeasuredPage) -> Iterator[tuple[float, int]]:
    """What every choice of heights costs whose rows are level, and the rows that it leaves empty."""
    assert page.tree is not None
    keys = [leaf.id for leaf in leaves(page.tree)]
    parts = parts_of(page)
    pictures = {key: elastic(part, ROW) for key, part in parts.items() if isinstance(part, Gap)}
    ranges: list[Sequence[int]] = [
        pictures[key].range if key in pictures else [round(parts[key].box.height / ROW)] for key in keys
    ]
    wanted = round(page.type_area.height / ROW)
    for heights in product(*ranges):
        chosen = dict(zip(keys, heights, strict=True))
        rows = level(page.tree, chosen, page)
        if rows is not None:
            yield sum(own.cost(chosen[key]) for key, own in pictures.items()), wanted - rows


def cost(page: MeasuredPage, fit: RowFit) -> float:
    return sum(elastic(gap, ROW).cost(round(fit.heights[gap.id] / ROW)) for gap in page.gaps)


@soak.cases("seed", range(400), sample=40)
def test_no_other_heights_are_cheaper(seed: int) -> None:
    page = drawn(seed)
    every = list(tried(page))
    fit = solve(page, {})
    if not every:  # a row whose parts have no height in common
        assert page.tree is not None
        return
    fitting = [(costs.EMPTY_ROW * spare + price, spare) for price, spare in every if spare >= 0]
    if not fitting:
        assert fit.spare_rows == max(spare for _, spare in every)
        return
    best = min(price for price, _ in fitting)
    assert cost(page, fit) + costs.EMPTY_ROW * fit.spare_rows == pytest.approx(best)
    assert best < inf
    # The heights are those of a level page that comes to just as many rows.
    assert page.tree is not None
    rows = level(page.tree, {key: round(value / ROW) for key, value in fit.heights.items()}, page)
    assert rows == round(page.type_area.height / ROW - fit.spare_rows)


def test_the_pages_drawn_are_of_every_kind() -> None:
    """Some can be full, some cannot, in some a row has no height in common."""
    kinds = set()
    for seed in range(12):
        every = list(tried(drawn(seed)))
        kinds.add("full" if any(not spare for _, spare in every) else "not full" if every else "unlevel")
    assert kinds == {"full", "not full", "unlevel"}
