"""Which heights make the page exactly full with the least deviation.

A page is a stack of tiers; a tier is a band, or several side by side; a band is a row of columns that end level. Inside
a column pictures and text share the rows. For every height of every band the cheapest set of picture heights is found
by dynamic programming over the rows they take, then the tiers are put together the same way so that they fill the type
area. All quantities are whole rows of the grid, so the answer is exact and the same on every machine.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from math import ceil, floor

from layout.copyfit.galley import Galley
from layout.copyfit.model import Concession, Fit
from layout.page.frames import Band, Box, Frame, MeasuredPage, PictureBox

_EPS = 0.02
PICTURE_COST = 400.0
"""Cost of a picture 100 % off its wanted height: a tenth off costs 4, as much as two lines short."""
SHORT_LINE_COST = 1.0
"""Cost (squared) of every line missing at the end of the last column of a band."""
BAND_COST = 400.0
"""Cost of a band 100 % off the height its CSS wants, where the CSS gives it limits."""
OVERSET_COST = 10_000.0
"""Cost of a line that has no place: never chosen while anything else is possible."""
EMPTY_ROW_COST = 3_000.0
"""Cost of a row left empty at the page's foot."""
UNLEVEL_COST = 2_000.0
"""Cost of a row by which a column of pictures alone misses the band's foot."""


@dataclass(frozen=True, slots=True)
class _Stack:
    """A column as the solver sees it: rows that never change, pictures, and the frame that takes the rest."""

    fixed: float
    pictures: tuple[PictureBox, ...]
    frame: Frame | None


@dataclass(frozen=True, slots=True)
class _Choice:
    """The cheapest way to give a band one height."""

    cost: float
    rows: Mapping[str, int]


def solve(page: MeasuredPage, galleys: Mapping[str, Galley]) -> Fit:
    """Heights for the bands, frames and pictures of *page*. Never fails: what cannot be met shows in ``spare_rows``."""
    if not page.bands:
        return Fit({}, (), 0.0)
    tiers = _tiers(page.bands)
    tables = [[_band_table(page, band, galleys) for band in tier] for tier in tiers]
    wanted = floor((page.type_area.height - _outside(page, tiers)) / page.row + _EPS)
    heights, total = _fill([_tier_table(table) for table in tables], wanted)
    rows: dict[str, int] = {}
    for tier, table, height in zip(tiers, tables, heights, strict=True):
        for band, choices in zip(tier, table, strict=True):
            rows[band.id] = height
            rows.update(choices[height].rows)
    return Fit(
        {key: value * page.row for key, value in rows.items()} | _frame_heights(page, rows),
        tuple(_concessions(page, rows)),
        float(wanted - total),
    )


def _tiers(bands: Sequence[Band]) -> list[list[Band]]:
    """Bands grouped into tiers, from the head of the page: those that stand side by side share one."""
    tiers: list[list[Band]] = []
    for band in sorted(bands, key=lambda band: (band.box.y, band.box.x)):
        if tiers and any(band.box.beside(other.box) for other in tiers[-1]):
            tiers[-1].append(band)
        else:
            tiers.append([band])
    return tiers


def _outside(page: MeasuredPage, tiers: Sequence[Sequence[Band]]) -> float:
    """Points of the type area that no band decides: headlines, rules, gaps, credits."""
    inside = sum(max(band.box.height for band in tier) for tier in tiers)
    return page.content_bottom - page.type_area.y - inside


def _stacks(page: MeasuredPage, band: Band) -> Iterator[_Stack]:
    for column in page.columns:
        if column.band == band.id:
            yield _stack(page, band, column.id, column.box)
    for frame in page.frames:
        if frame.band == band.id and frame.column is None and frame.height_by == "rest":
            yield _stack(page, band, None, frame.box, frame)


def _stack(page: MeasuredPage, band: Band, column: str | None, box: Box, alone: Frame | None = None) -> _Stack:
    """*box* is the column's (or lone frame's) natural box; what stands above it in the band takes rows from it too."""
    own = [p for p in page.pictures if column is not None and p.column == column]
    over = [p for p in page.pictures if p.band == band.id and p not in own and p.box.above_or_below(box)]
    frame = alone or next((f for f in page.frames if f.column == column and f.height_by == "rest"), None)
    taken = sum(p.box.height for p in own) + (frame.box.height if frame else 0.0)
    above = box.y - band.box.y - sum(p.box.height for p in over if p.box.y < box.y)
    fixed = (above + box.height - taken) / page.row
    return _Stack(fixed, tuple(own + over), frame)


def _band_table(page: MeasuredPage, band: Band, galleys: Mapping[str, Galley]) -> dict[int, _Choice]:
    """For every height in rows the band may take, the cheapest choice."""
    stacks = list(_stacks(page, band))
    groups = [_Group(tuple(group), galleys, page.row) for group in _groups(stacks)]
    table: dict[int, _Choice] = {}
    for height in _heights(page, band, stacks, groups):
        choices = [group.best(height) for group in groups]
        rows = {key: value for choice in choices for key, value in choice.rows.items()}
        table[height] = _Choice(_band_deviation(band, height, page.row) + sum(choice.cost for choice in choices), rows)
    return table


def _groups(stacks: Sequence[_Stack]) -> list[list[_Stack]]:
    """Stacks that must be decided together: those that share a flow or a picture."""
    groups: list[list[_Stack]] = []
    for stack in stacks:
        kin = [group for group in groups if any(_akin(stack, other) for other in group)]
        groups = [group for group in groups if group not in kin]
        groups.append([*(other for group in kin for other in group), stack])
    return groups


def _akin(one: _Stack, other: _Stack) -> bool:
    shared = {picture.id for picture in one.pictures} & {picture.id for picture in other.pictures}
    return bool(shared) or (one.frame is not None and other.frame is not None and one.frame.flow == other.frame.flow)


class _Group:
    """Stacks that are decided together.

    For one flow the pictures' rows add up, so the cheapest way to each sum is enough; several flows that share a
    picture are decided picture by picture.
    """

    def __init__(self, stacks: tuple[_Stack, ...], galleys: Mapping[str, Galley], row: float):
        self._stacks = stacks
        self._row = row
        flows = {stack.frame.flow for stack in stacks if stack.frame}
        self.need = {flow: len(galleys[flow].lines) for flow in sorted(flows)}
        parts = [[s for s in stacks if s.frame and s.frame.flow == flow] for flow in self.need]
        parts += [[stack] for stack in stacks if not stack.frame]
        self._parts = parts
        self._options = _by_rows(_weights(stacks), row) if len(parts) == 1 else self._every_way

    def best(self, height: int) -> _Choice:
        """The cheapest picture heights when the band is *height* rows."""
        best = self._cheapest(self._options, height)
        if best.cost >= OVERSET_COST and self._options is not self._every_way:
            # The sum may fit where one column does not: another way to the same sum might.
            best = self._cheapest(self._every_way, height)
        return best

    @cached_property
    def _every_way(self) -> list[_Choice]:
        return _all_ways(_weights(self._stacks), self._row)

    def _cheapest(self, options: Sequence[_Choice], height: int) -> _Choice:
        priced = [(self._cost(option, height), option) for option in options]
        cost, best = min(priced, key=lambda item: (item[0], sorted(item[1].rows.items())))
        return _Choice(cost, best.rows)

    def _cost(self, option: _Choice, height: int) -> float:
        cost = option.cost
        for part in self._parts:
            room = [height - stack.fixed - sum(option.rows[p.id] for p in stack.pictures) for stack in part]
            if part[0].frame is None:
                cost += UNLEVEL_COST * max(0.0, abs(room[0]) - _EPS)
                continue
            cost += OVERSET_COST * sum(max(0.0, -_EPS - rows) for rows in room)
            spare = sum(max(0, floor(rows + _EPS)) for rows in room) - self.need[part[0].frame.flow]
            cost += SHORT_LINE_COST * spare**2 if spare >= 0 else OVERSET_COST * -spare
        return cost


def _weights(stacks: Sequence[_Stack]) -> dict[PictureBox, int]:
    """How many text columns each picture takes rows from."""
    weights: dict[PictureBox, int] = {}
    for stack in stacks:
        for picture in stack.pictures:
            weights[picture] = weights.get(picture, 0) + 1
    return weights


def _by_rows(weights: Mapping[PictureBox, int], row: float) -> list[_Choice]:
    """The cheapest picture heights for every number of rows that the pictures can take together."""
    best = {0: _Choice(0.0, {})}
    for picture, weight in weights.items():
        longer: dict[int, _Choice] = {}
        for taken, choice in best.items():
            for rows in _range(picture, row):
                cost = choice.cost + _deviation(picture, rows, row)
                total = taken + weight * rows
                if total not in longer or cost < longer[total].cost:
                    longer[total] = _Choice(cost, {**choice.rows, picture.id: rows})
        best = longer
    return list(best.values())


def _all_ways(weights: Mapping[PictureBox, int], row: float) -> list[_Choice]:
    """Every combination of picture heights."""
    ways = [_Choice(0.0, {})]
    for picture in weights:
        ways = [
            _Choice(way.cost + _deviation(picture, rows, row), {**way.rows, picture.id: rows})
            for way in ways
            for rows in _range(picture, row)
        ]
    return ways


def _range(picture: PictureBox, row: float) -> range:
    least, most = ceil(picture.min_height / row - _EPS), floor(picture.max_height / row + _EPS)
    return range(least, max(least, most) + 1)


def _deviation(picture: PictureBox, rows: int, row: float) -> float:
    wanted = picture.box.height / row
    return PICTURE_COST * ((rows - wanted) / max(wanted, 1.0)) ** 2


def _band_deviation(band: Band, height: int, row: float) -> float:
    if band.max_height - band.min_height <= _EPS:
        return 0.0
    wanted = band.box.height / row
    return BAND_COST * ((height - wanted) / max(wanted, 1.0)) ** 2


def _heights(page: MeasuredPage, band: Band, stacks: Sequence[_Stack], groups: Sequence[_Group]) -> range:
    """The heights worth trying: what the CSS allows, or what the copy and the pictures could come to."""
    row = page.row
    if band.max_height - band.min_height > _EPS:
        return range(ceil(band.min_height / row - _EPS), floor(band.max_height / row + _EPS) + 1)
    if not stacks:
        natural = round(band.box.height / row)
        return range(natural, natural + 1)
    least = [stack.fixed + sum(_range(p, row).start for p in stack.pictures) for stack in stacks]
    most = [stack.fixed + sum(_range(p, row).stop - 1 for p in stack.pictures) for stack in stacks]
    columns = Counter(stack.frame.flow for stack in stacks if stack.frame)
    share = max((group.need[flow] / columns[flow] for group in groups for flow in group.need), default=0.0)
    return range(max(1, ceil(max(least) - _EPS)), max(ceil(max(most) + share + 2), ceil(max(least)) + 1))


def _tier_table(bands: Sequence[Mapping[int, _Choice]]) -> dict[int, float]:
    """The cost of every height that all bands of a tier can take."""
    common = set(bands[0]).intersection(*bands[1:])
    if not common:
        tallest = max(min(table) for table in bands)
        return {tallest: UNLEVEL_COST * len(bands)}
    return {height: sum(table[height].cost for table in bands) for height in sorted(common)}


def _fill(tiers: Sequence[Mapping[int, float]], wanted: int) -> tuple[list[int], int]:
    """One height per tier, together *wanted* rows, at the least cost.

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
        return list(best[min(best)][1]), min(best)
    total = min(fitting, key=lambda total: (best[total][0] + EMPTY_ROW_COST * (wanted - total), total))
    return list(best[total][1]), total


def _frame_heights(page: MeasuredPage, rows: Mapping[str, int]) -> dict[str, float]:
    """Every text frame of a band takes what its column leaves."""
    heights: dict[str, float] = {}
    for band in page.bands:
        for stack in _stacks(page, band):
            if stack.frame:
                taken = stack.fixed + sum(rows[p.id] for p in stack.pictures)
                heights[stack.frame.id] = max(0.0, (rows[band.id] - taken) * page.row)
    return heights


def _concessions(page: MeasuredPage, rows: Mapping[str, int]) -> Iterator[Concession]:
    for picture in page.pictures:
        wanted = picture.box.height / page.row
        if picture.id in rows and abs(rows[picture.id] - wanted) > _EPS:
            yield Concession(f"picture {picture.picture}", round(wanted, 2), rows[picture.id])
