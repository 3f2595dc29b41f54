"""Solves for the heights that make the page exactly full with the least deviation.

A page is a tree of rows and stacks (``page.row_tree``) over bands and elastic gaps; a band is a row of columns that end
level. Inside a column pictures, gaps and text share the rows. For every height of every band the cheapest choice is
found; a row takes the heights that all its parts can take, a stack the cheapest way to every sum (min-plus); the whole
page is one stack, which fills the type area. All quantities are whole rows of the grid, so the answer is exact and the
same on every machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from math import ceil, floor, inf

from layout.flows import Chain
from layout.galley import costs
from layout.galley.column_groups import ColumnGroup, group_of, groups_of
from layout.galley.columns import EPS, BandColumn, Need, Needs, band_columns, elastic, elastics
from layout.galley.page_tree import TreePart, fixed_of, parts_of, tree_of
from layout.galley.row_choices import Choice
from layout.galley.row_fit import Concession, ConcessionKind, RowFit
from layout.galley.search_budget import SearchBudget
from layout.page.frames import Band, Gap, MeasuredPage
from layout.page.row_tree import Leaf, Row, RowTree, Stack, leaves

Table = dict[int, Choice]
"""The cheapest choice for every height of a band or gap."""
Sums = dict[int, tuple[float, tuple[int, ...]]]
"""For every height of a part of the tree the least cost, and the heights of its leaves in their order."""
_EVEN = 1e-3
"""What costs so little more may be as cheap, added up in another order."""


def solve(page: MeasuredPage, needs: Needs, budget: SearchBudget | None = None) -> RowFit:
    """Heights for the bands, frames and pictures of *page*. Never fails: what cannot be met shows in ``spare_rows``.

    *budget* counts what it takes, and remembers what was found out about the same columns before.
    """
    budget, tree, parts = budget or SearchBudget(), tree_of(page), parts_of(page)
    if not parts:
        return RowFit({}, (), 0.0)
    wanted = floor((page.type_area.height - fixed_of(tree, parts)) / page.row + EPS)
    spans = {leaf.id: _Span.of(page, parts[leaf.id], needs.get(leaf.id, {})) for leaf in leaves(tree)}
    most = dict(_most(tree, spans, parts, wanted, page.row))
    prices = {key: _Prices.of(page, span, needs.get(key, {}), budget, most.get(key)) for key, span in spans.items()}
    longest = _longest(tree, prices)
    solver = _Solver({key: own.table() for key, own in prices.items() if key != longest}, parts, page.row)
    if longest is not None:
        others = solver.sums([part for part in tree.parts if part != Leaf(longest)])
        solver = replace(solver, tables={**solver.tables, longest: prices[longest].promising(others, wanted)})
    tables = solver.tables
    chosen, total = _fill(solver.sums(tree.parts), wanted)
    rows: dict[str, int] = {}
    for leaf, height in zip(leaves(tree), chosen, strict=True):
        rows[leaf.id] = height
        rows.update(tables[leaf.id][_nearest(tables[leaf.id], height)].rows)
    return RowFit(
        {key: value * page.row for key, value in rows.items()} | _frame_heights(page, rows),
        tuple(_concessions(page, rows)),
        float(wanted - total),
    )


@dataclass(frozen=True, slots=True)
class _Solver:
    """Finds the cheapest heights of the parts of a tree."""

    tables: Mapping[str, Table]
    parts: Mapping[str, TreePart]
    row: float

    def sums(self, parts: Sequence[RowTree]) -> Sums:
        """For every height of *parts*, one below the other, the cheapest heights of theirs; of two alike the lowest
        first.
        """
        best: Sums = {0: (0.0, ())}
        for part in parts:
            longer: Sums = {}
            following = self._of(part)
            for total, (cost, heights) in best.items():
                for height, (more, own) in following.items():
                    known = longer.get(total + height)
                    if known is None or cost + more < known[0]:
                        longer[total + height] = (cost + more, (*heights, *own))
                    elif cost + more == known[0]:
                        longer[total + height] = min(known, (cost + more, (*heights, *own)))
            best = longer
        return best

    def _of(self, tree: RowTree) -> Sums:
        if isinstance(tree, Leaf):
            return {height: (choice.cost, (height,)) for height, choice in sorted(self.tables[tree.id].items())}
        if isinstance(tree, Row):
            return self._common(tree)
        # What never changes takes whole rows: the parts beside it are on the grid.
        fixed = ceil(fixed_of(tree, self.parts) / self.row - EPS)
        return {height + fixed: choice for height, choice in self.sums(tree.parts).items()}

    def _common(self, row: Row) -> Sums:
        """The heights that all parts of a row can take. Where there is none, all are as high as the highest must be,
        and stacks as high as they come below that.
        """
        own = [self._of(part) for part in row.parts]
        common = set(own[0]).intersection(*own[1:])
        if not common:
            tallest = max(min(each) for each in own)
            heights = (
                (tallest,) if isinstance(part, Leaf) else each[max(height for height in each if height <= tallest)][1]
                for part, each in zip(row.parts, own, strict=True)
            )
            return {tallest: (costs.UNLEVEL * len(own), tuple(chain.from_iterable(heights)))}
        return {
            height: (sum(each[height][0] for each in own), tuple(chain.from_iterable(each[height][1] for each in own)))
            for height in sorted(common)
        }


def _nearest(heights: Iterable[int], wanted: int) -> int:
    """Of two as near the lower."""
    return min(heights, key=lambda height: (abs(height - wanted), height))


@dataclass(frozen=True, slots=True)
class _Span:
    """A band or a gap with its columns, and the heights that are worth trying."""

    part: TreePart
    columns: tuple[BandColumn, ...]
    heights: Sequence[int]

    @classmethod
    def of(cls, page: MeasuredPage, part: TreePart, needs: Mapping[Chain, Need]) -> _Span:
        if isinstance(part, Gap):
            return cls(part, (), elastic(part, page.row).range)
        columns = tuple(band_columns(page, part))
        return cls(part, columns, _heights(page, part, columns, needs))


def _most(
    tree: Stack, spans: Mapping[str, _Span], parts: Mapping[str, TreePart], wanted: int, row: float
) -> Iterator[tuple[str, int]]:
    """For the parts of the page that stand by themselves the height above which the page never fits, with all else as
    low as it can be.
    """
    least = [_least(part, spans, parts, row) for part in tree.parts]
    for part, own in zip(tree.parts, least, strict=True):
        if isinstance(part, Leaf):
            yield part.id, max(own, wanted - sum(least) + own)


def _least(tree: RowTree, spans: Mapping[str, _Span], parts: Mapping[str, TreePart], row: float) -> int:
    """No height of *tree* is lower."""
    if isinstance(tree, Leaf):
        return min(spans[tree.id].heights)
    own = [_least(part, spans, parts, row) for part in tree.parts]
    return max(own) if isinstance(tree, Row) else sum(own) + ceil(fixed_of(tree, parts) / row - EPS)


@dataclass(frozen=True, slots=True)
class _Prices:
    """What each height of a band or gap costs."""

    span: _Span
    heights: Sequence[int]
    row: float
    groups: Sequence[ColumnGroup]

    @classmethod
    def of(
        cls, page: MeasuredPage, span: _Span, needs: Mapping[Chain, Need], budget: SearchBudget, most: int | None
    ) -> _Prices:
        """*most*: no height above it is looked at."""
        heights = [each for each in span.heights if most is None or each <= most]
        groups = () if isinstance(span.part, Gap) else groups_of(span.columns)
        return cls(span, heights, page.row, [group_of(group, needs, budget) for group in groups])

    def table(self) -> Table:
        """The cheapest choice for every height."""
        return {height: self.best(height) for height in self.heights}

    def best(self, height: int) -> Choice:
        """The cheapest choice for *height* rows."""
        part = self.span.part
        if isinstance(part, Gap):
            return Choice(elastic(part, self.row).cost(height), {part.id: height})
        choices = [group.best(height) for group in self.groups]
        rows = {key: value for choice in choices for key, value in choice.rows.items()}
        return Choice(_deviation(part, height, self.row) + sum(choice.cost for choice in choices), rows)

    def promising(self, others: Sums, wanted: int) -> Table:
        """The same without the heights with which the page costs more than with another whatever stands in them: for
        what *others*, all else on the page, cost in the room that is left of the rows that are *wanted*.
        """
        rest = dict(_in_room(others, wanted))
        left = {height: rest.get(wanted - height, inf) for height in self.heights}
        if min(left.values()) == inf:
            return self.table()
        found, cheapest = dict[int, Choice](), inf
        for height in sorted(left, key=lambda each: (left[each], each)):
            if left[height] > cheapest + _EVEN:
                break
            found[height] = self.best(height)
            cheapest = min(cheapest, left[height] + found[height].cost)
        return found


def _longest(tree: Stack, prices: Mapping[str, _Prices]) -> str | None:
    """The band that stands by itself and has the most columns in all heights to be priced."""
    own = {part.id: prices[part.id] for part in tree.parts if isinstance(part, Leaf)}
    return max(own, key=lambda key: len(own[key].heights) * len(own[key].span.columns), default=None)


def _in_room(sums: Sums, most: int) -> Iterator[tuple[int, float]]:
    """For each number of rows, up to *most*, the least that *sums* cost in so many, where rows left empty cost too."""
    cheapest = inf
    for rows in range(min(sums, default=0), most + 1):
        cheapest = min(cheapest + costs.EMPTY_ROW, sums[rows][0] if rows in sums else inf)
        yield rows, cheapest


def _deviation(band: Band, height: int, row: float) -> float:
    if band.max_height - band.min_height <= EPS:
        return 0.0
    wanted = band.box.height / row
    return costs.BAND * ((height - wanted) / max(wanted, 1.0)) ** 2


def _heights(page: MeasuredPage, band: Band, stacks: Sequence[BandColumn], needs: Mapping[Chain, Need]) -> range:
    """The heights worth trying: what the CSS allows, or what the copy and the pictures could come to."""
    row = page.row
    if band.pinned:
        return range(round(band.min_height / row), round(band.min_height / row) + 1)
    if band.max_height - band.min_height > EPS:
        return range(ceil(band.min_height / row - EPS), floor(band.max_height / row + EPS) + 1)
    if not stacks:
        natural = round(band.box.height / row)
        return range(natural, natural + 1)
    least = [stack.fixed + sum(each.least for each in stack.elastics) for stack in stacks]
    most = [stack.fixed + sum(each.most for each in stack.elastics) for stack in stacks]
    columns = Counter(stack.chain for stack in stacks if stack.chain is not None)
    share = max((_rows(needs[chain]) / columns[chain] for chain in columns), default=0.0)
    lowest = max(1, ceil(max(least) - EPS))
    highest = max(ceil(max(most) + share + 2 + costs.TOLERATED), lowest + 1)
    full = ceil(page.type_area.height / row) + 1
    return range(lowest, max(lowest + 1, min(highest, max(full, lowest + 1))))


def _rows(need: Need) -> float:
    return (max(need.lines, default=9_999) + sum(need.loss.values())) * need.leading


def _fill(sums: Sums, wanted: int) -> tuple[tuple[int, ...], int]:
    """The heights that come to *wanted* rows, at the least cost; and the rows they come to.

    Where that cannot be without overset or an unlevel foot, rows are left empty; more than *wanted* only where the
    least heights come to more.
    """
    fitting = [total for total in sums if total <= wanted]
    if not fitting:
        total = min(sums)
    else:
        total = min(fitting, key=lambda total: (sums[total][0] + costs.EMPTY_ROW * (wanted - total), total))
    return sums[total][1], total


def _frame_heights(page: MeasuredPage, rows: Mapping[str, int]) -> dict[str, float]:
    """Every text frame of a band takes what its column leaves."""
    heights: dict[str, float] = {}
    for band in (each for each in page.bands if each.id in rows):
        for stack in band_columns(page, band):
            if stack.frame:
                taken = stack.fixed + sum(rows[each.id] for each in stack.elastics)
                heights[stack.frame.id] = max(0.0, (rows[band.id] - taken) * page.row)
    return heights


def _concessions(page: MeasuredPage, rows: Mapping[str, int]) -> Iterator[Concession]:
    for each in elastics(page):
        own = elastic(each, page.row)
        if each.id in rows and abs(rows[each.id] - own.wanted) > EPS:
            kind: ConcessionKind = "picture" if own.picture else "gap"
            yield Concession(kind, own.name, round(own.wanted, 2), rows[each.id], own.deviation(rows[each.id]))
    for band in (each for each in page.bands if each.id in rows):
        wanted = band.box.height / page.row
        if band.max_height - band.min_height > EPS and abs(rows[band.id] - wanted) > EPS:
            cost = _deviation(band, rows[band.id], page.row)
            yield Concession("band", band.name, round(wanted, 2), rows[band.id], cost)
