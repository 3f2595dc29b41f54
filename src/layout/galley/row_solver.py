"""Which heights make the page exactly full with the least deviation.

A page is a stack of tiers; a tier is a band, or several side by side, or an elastic gap; a band is a row of columns
that end level. Inside a column pictures, gaps and text share the rows. For every height of every band the cheapest
choice is found, then the tiers are put together the same way so that they fill the type area. All quantities are whole
rows of the grid, so the answer is exact and the same on every machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from math import ceil, floor

from layout.galley import costs
from layout.galley.column_groups import group_of, groups_of
from layout.galley.columns import EPS, Need, Needs, Stack, elastic, elastics, stacks_of
from layout.galley.row_choices import Choice
from layout.galley.row_fit import Concession, ConcessionKind, Fit
from layout.galley.search_budget import Effort
from layout.page.frames import Band, Gap, MeasuredPage

Table = dict[int, Choice]
"""The cheapest choice for every height."""


def solve(page: MeasuredPage, needs: Needs, effort: Effort | None = None) -> Fit:
    """Heights for the bands, frames and pictures of *page*. Never fails: what cannot be met shows in ``spare_rows``.

    *effort* counts what it takes, and remembers what was found out about the same columns before.
    """
    effort, tiers = effort or Effort(), tiers_of(page)
    if not tiers:
        return Fit({}, (), 0.0)
    tables = [[_table(page, part, needs, effort) for part in tier] for tier in tiers]
    wanted = floor((page.type_area.height - _outside(page, tiers)) / page.row + EPS)
    heights, total = _fill([_tier_costs(table) for table in tables], wanted)
    rows: dict[str, int] = {}
    for tier, table, height in zip(tiers, tables, heights, strict=True):
        for part, choices in zip(tier, table, strict=True):
            rows[part.id] = height
            rows.update(choices[min(choices, key=lambda h, height=height: abs(h - height))].rows)  # type: ignore[misc]
    return Fit(
        {key: value * page.row for key, value in rows.items()} | _frame_heights(page, rows),
        tuple(_concessions(page, rows)),
        float(wanted - total),
    )


def tiers_of(page: MeasuredPage) -> list[list[Band | Gap]]:
    """Bands grouped into tiers, from the head of the page: those that stand side by side share one."""
    parts: list[Band | Gap] = [*page.bands, *(gap for gap in page.gaps if gap.band is None)]
    tiers: list[list[Band | Gap]] = []
    for part in sorted(parts, key=lambda part: (part.box.y, part.box.x)):
        if tiers and any(part.box.beside(other.box) for other in tiers[-1]):
            tiers[-1].append(part)
        else:
            tiers.append([part])
    return tiers


def _outside(page: MeasuredPage, tiers: Sequence[Sequence[Band | Gap]]) -> float:
    """Points of the type area that no band decides: headlines, rules, fixed gaps, credits."""
    inside = sum(max(part.box.height for part in tier) for tier in tiers)
    return page.content_bottom - page.type_area.y - inside


def _table(page: MeasuredPage, part: Band | Gap, needs: Needs, effort: Effort) -> Table:
    if isinstance(part, Gap):
        own = elastic(part, page.row)
        return {rows: Choice(own.cost(rows), {part.id: rows}) for rows in own.range}
    stacks = list(stacks_of(page, part))
    here = needs.get(part.id, {})
    groups = [group_of(group, here, effort) for group in groups_of(stacks)]
    table: Table = {}
    for height in _heights(page, part, stacks, here):
        choices = [group.best(height) for group in groups]
        rows = {key: value for choice in choices for key, value in choice.rows.items()}
        table[height] = Choice(_deviation(part, height, page.row) + sum(choice.cost for choice in choices), rows)
    return table


def _deviation(band: Band, height: int, row: float) -> float:
    if band.max_height - band.min_height <= EPS:
        return 0.0
    wanted = band.box.height / row
    return costs.BAND * ((height - wanted) / max(wanted, 1.0)) ** 2


def _heights(page: MeasuredPage, band: Band, stacks: Sequence[Stack], needs: Mapping[str, Need]) -> range:
    """The heights worth trying: what the CSS allows, or what the copy and the pictures could come to."""
    row = page.row
    if band.max_height - band.min_height > EPS:
        return range(ceil(band.min_height / row - EPS), floor(band.max_height / row + EPS) + 1)
    if not stacks:
        natural = round(band.box.height / row)
        return range(natural, natural + 1)
    least = [stack.fixed + sum(each.least for each in stack.elastics) for stack in stacks]
    most = [stack.fixed + sum(each.most for each in stack.elastics) for stack in stacks]
    columns = Counter(stack.flow for stack in stacks if stack.flow is not None)
    share = max((_rows(needs[flow]) / columns[flow] for flow in columns), default=0.0)
    lowest = max(1, ceil(max(least) - EPS))
    highest = max(ceil(max(most) + share + 2 + costs.TOLERATED), lowest + 1)
    full = ceil(page.type_area.height / row) + 1
    return range(lowest, max(lowest + 1, min(highest, max(full, lowest + 1))))


def _rows(need: Need) -> float:
    return (max(need.lines, default=9_999) + sum(need.loss.values())) * need.leading


def _tier_costs(tables: Sequence[Table]) -> dict[int, float]:
    """The cost of every height that all bands of a tier can take."""
    common = set(tables[0]).intersection(*tables[1:])
    if not common:
        tallest = max(min(table) for table in tables)
        return {tallest: costs.UNLEVEL * len(tables)}
    return {height: sum(table[height].cost for table in tables) for height in sorted(common)}


def _fill(tiers: Sequence[Mapping[int, float]], wanted: int) -> tuple[list[int], int]:
    """One height per tier, together *wanted* rows, at the least cost; and the rows they come to.

    Where that cannot be without overset or an unlevel foot, rows are left empty; more than *wanted* only where the
    least heights come to more.
    """
    best: dict[int, tuple[float, tuple[int, ...]]] = {0: (0.0, ())}
    for tier in tiers:
        longer: dict[int, tuple[float, tuple[int, ...]]] = {}
        for total, (cost, heights) in best.items():
            for height, more in tier.items():
                key = total + height
                candidate = (cost + more, (*heights, height))
                if key not in longer or candidate < longer[key]:
                    longer[key] = candidate
        best = longer
    fitting = [total for total in best if total <= wanted]
    if not fitting:
        total = min(best)
    else:
        total = min(fitting, key=lambda total: (best[total][0] + costs.EMPTY_ROW * (wanted - total), total))
    return list(best[total][1]), total


def _frame_heights(page: MeasuredPage, rows: Mapping[str, int]) -> dict[str, float]:
    """Every text frame of a band takes what its column leaves."""
    heights: dict[str, float] = {}
    for band in page.bands:
        for stack in stacks_of(page, band):
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
    for band in page.bands:
        wanted = band.box.height / page.row
        if band.max_height - band.min_height > EPS and abs(rows[band.id] - wanted) > EPS:
            cost = _deviation(band, rows[band.id], page.row)
            yield Concession("band", band.name, round(wanted, 2), rows[band.id], cost)
