"""The solver on pages small enough to reckon by hand: rows of 10 pt."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import soak
from layout.galley import costs, row_solver
from layout.galley.columns import Need, elastic
from layout.galley.row_fit import Concession, RowFit
from layout.galley.row_solver import solve as solve_needs
from layout.galley.search_budget import SearchBudget
from layout.geometry import Box
from layout.page.frames import Band, Column, Frame, FrameType, Gap, Ink, MeasuredPage, PictureBox, RoleType

TYPE = FrameType({"plain": RoleType(("song-400",), 8, Ink(0, 0, 0, 1))}, 10, 0, "justify", False, {})


def galley(lines: int) -> Need:
    return Need.of(lines)


def solve(sheet: MeasuredPage, needs: Mapping[str, Need]) -> RowFit:
    """Here every band bears the name of its chain."""
    return solve_needs(sheet, {band: {band: need} for band, need in needs.items()})


def chapter(
    name: str, top: float, columns: int, pictures: Mapping[int, tuple[int, int, int]]
) -> tuple[Band, list[Column], list[Frame], list[PictureBox]]:
    """A band of *columns*, 50 pt wide; pictures by column: (least, wanted, most) rows; frames of one row."""
    rows = [10 + 10 * pictures.get(number, (0, 0, 0))[1] for number in range(columns)]
    boxes = [Box(60.0 * number, top, 50, rows[number]) for number in range(columns)]
    band = Band(name, name, Box(0, top, 60.0 * columns, max(rows)), max(rows), max(rows))
    cols = [Column(f"{name}c{number}", box, name) for number, box in enumerate(boxes)]
    frames = [
        Frame(f"{name}f{n}", name, Box(box.x, box.bottom - 10, 50, 10), TYPE, name, f"{name}c{n}", "rest")
        for n, box in enumerate(boxes)
    ]
    shown = [
        PictureBox(
            f"{name}p{n}",
            f"{name}p{n}",
            Box(60.0 * n, top, 50, 10.0 * want),
            10.0 * low,
            10.0 * high,
            name,
            f"{name}c{n}",
        )
        for n, (low, want, high) in pictures.items()
    ]
    return band, cols, frames, shown


def page(
    rows: int, parts: Sequence[tuple[Band, list[Column], list[Frame], list[PictureBox]]], outside: float = 0
) -> MeasuredPage:
    bottom = max(band.box.bottom for band, *_ in parts) + outside
    return MeasuredPage(
        1, 400, 10.0 * rows, Box(0, 0, 400, 10.0 * rows), 10, bottom,
        frames=tuple(frame for _, _, frames, _ in parts for frame in frames),
        pictures=tuple(picture for *_, pictures in parts for picture in pictures),
        columns=tuple(column for _, columns, *_ in parts for column in columns),
        bands=tuple(band for band, *_ in parts),
    )  # fmt: skip


def heights(fit: Any, *keys: str) -> list[float]:
    return [round(fit.heights[key] / 10, 6) for key in keys]


def test_three_columns_of_plain_text_end_level() -> None:
    sheet = page(10, [chapter("a", 0, 3, {})])
    fit = solve(sheet, {"a": galley(30)})
    assert heights(fit, "a", "af0", "af1", "af2") == [10, 10, 10, 10]
    assert fit.spare_rows == 0


def test_the_shortage_falls_on_the_last_column() -> None:
    fit = solve(page(10, [chapter("a", 0, 3, {})]), {"a": galley(28)})
    assert heights(fit, "a") == [10]


def test_an_elastic_picture_takes_up_the_slack() -> None:
    fit = solve(page(12, [chapter("a", 0, 2, {0: (3, 6, 9)})]), {"a": galley(20)})
    assert heights(fit, "a", "ap0", "af0", "af1") == [12, 4, 8, 12]
    assert [concession.got for concession in fit.concessions] == [4]


def test_a_picture_keeps_its_wanted_height_where_it_can() -> None:
    fit = solve(page(13, [chapter("a", 0, 2, {0: (3, 6, 9)})]), {"a": galley(20)})
    assert heights(fit, "a", "ap0") == [13, 6]
    assert not fit.concessions


def test_two_tiers_share_the_page() -> None:
    sheet = page(30, [chapter("a", 0, 2, {0: (4, 6, 8)}), chapter("b", 70, 3, {1: (4, 6, 8)})])
    fit = solve(sheet, {"a": galley(22), "b": galley(42)})
    assert fit.heights["a"] + fit.heights["b"] == 300
    assert fit.spare_rows == 0


def test_what_stands_outside_the_bands_is_left_alone() -> None:
    fit = solve(page(14, [chapter("a", 0, 2, {0: (3, 6, 9)})], outside=20), {"a": galley(20)})
    assert heights(fit, "a") == [12]


def test_bands_side_by_side_are_one_height() -> None:
    left, right = chapter("a", 0, 1, {}), chapter("b", 0, 1, {0: (2, 4, 8)})
    moved = tuple(Box(box.x + 100, box.y, box.width, box.height) for box in (right[0].box, right[1][0].box))
    right = (
        Band("b", "b", moved[0], right[0].min_height, right[0].max_height),
        [Column("bc0", moved[1], "b")], right[2], right[3],
    )  # fmt: skip
    fit = solve(page(12, [left, right]), {"a": galley(12), "b": galley(7)})
    assert fit.heights["a"] == fit.heights["b"] == 120


def test_too_much_copy_is_not_hidden() -> None:
    fit = solve(page(5, [chapter("a", 0, 2, {})]), {"a": galley(40)})
    assert fit.spare_rows == 0
    assert heights(fit, "af0", "af1") == [5, 5]


def test_too_little_copy_is_said() -> None:
    assert solve(page(40, [chapter("a", 0, 2, {})]), {"a": galley(10)}).spare_rows > 0


@soak.examples(sample=20, full=60)
@given(
    lines=st.integers(1, 80), columns=st.integers(1, 4), rows=st.integers(6, 40),
    picture=st.tuples(st.integers(1, 5), st.integers(0, 5), st.integers(0, 5)),
)  # fmt: skip
def test_columns_always_add_up_to_their_band(
    lines: int, columns: int, rows: int, picture: tuple[int, int, int]
) -> None:
    limits = (picture[0], picture[0] + picture[1], picture[0] + picture[1] + picture[2])
    fit = solve(page(rows, [chapter("a", 0, columns, {0: limits})]), {"a": galley(lines)})
    band = fit.heights["a"]
    assert fit.heights["ap0"] + fit.heights["af0"] == pytest.approx(band)
    assert all(fit.heights[f"af{n}"] == pytest.approx(band) for n in range(1, columns))
    assert limits[0] * 10 <= fit.heights["ap0"] <= limits[2] * 10


def cropped(sheet: MeasuredPage, prices: Mapping[str, Mapping[int, float]]) -> MeasuredPage:
    """*sheet* with what the crops of its pictures cost; heights that are not there show too little."""
    return replace(sheet, pictures=tuple(replace(p, allowed=prices.get(p.id, {})) for p in sheet.pictures))


def every_way(sheet: MeasuredPage, lines: Mapping[str, int], rows: int) -> Iterator[float]:
    """What every choice of heights costs on pages whose bands stand one below the other."""
    own = [elastic(picture, 10) for picture in sheet.pictures]
    for chosen in product(*(each.range for each in own)):
        cost = sum(each.cost(number) for each, number in zip(own, chosen, strict=True))
        taken = {each.id: number for each, number in zip(own, chosen, strict=True)}
        tables = []
        for band in sheet.bands:
            columns = [
                sum(taken[p.id] for p in sheet.pictures if p.column == column.id)
                for column in sheet.columns if column.band == band.id
            ]  # fmt: skip
            least = max(columns)
            tables.append({
                height: costs.shortage(sum(height - column for column in columns) - lines[band.id])
                for height in range(max(1, least), rows + 1)
            })  # fmt: skip
        for heights_ in product(*(table.items() for table in tables)):
            total = sum(height for height, _ in heights_)
            if total <= rows:
                yield cost + sum(price for _, price in heights_) + costs.EMPTY_ROW * (rows - total)


def cost_of(sheet: MeasuredPage, fit: RowFit, lines: Mapping[str, int]) -> float:
    """What the solver's own answer costs, reckoned from its heights alone."""
    cost = costs.EMPTY_ROW * fit.spare_rows
    for picture in sheet.pictures:
        cost += elastic(picture, 10).cost(round(fit.heights[picture.id] / 10))
    for band in sheet.bands:
        held = sum(round(fit.heights[frame.id] / 10) for frame in sheet.frames if frame.band == band.id)
        cost += costs.shortage(held - lines[band.id])
    return cost


PRICES = st.dictionaries(st.integers(1, 6), st.integers(0, 40), min_size=1, max_size=6)


@soak.examples(sample=50, full=150)
@given(
    columns=st.tuples(st.integers(1, 3), st.integers(1, 2)), lines=st.tuples(st.integers(1, 24), st.integers(1, 14)),
    limits=st.tuples(*[st.tuples(st.integers(1, 3), st.integers(0, 3), st.integers(0, 3))] * 3),
    crops=st.tuples(*[st.one_of(st.just({}), PRICES)] * 3), rows=st.integers(10, 16),
)  # fmt: skip
def test_the_answer_is_the_best_of_all_that_can_be(
    columns: tuple[int, int], lines: tuple[int, int], limits: tuple[tuple[int, int, int], ...],
    crops: tuple[dict[int, int], ...], rows: int,
) -> None:  # fmt: skip
    spans = [(low, low + more, low + more + most) for low, more, most in limits]
    first = chapter("a", 0, columns[0], {n: spans[n] for n in range(min(2, columns[0]))})
    second = chapter("b", first[0].box.bottom, columns[1], {0: spans[2]})
    sheet = page(rows, [first, second])
    prices = {
        picture.id: {n: float(cost) for n, cost in own.items() if spans[k][0] <= n <= spans[k][2]}
        for k, (picture, own) in enumerate(zip(sheet.pictures, crops, strict=False))
    }
    sheet = cropped(sheet, prices)
    wanted = dict(zip("ab", lines, strict=True))
    fit = solve(sheet, {band: galley(count) for band, count in wanted.items()})
    ways = list(every_way(sheet, wanted, rows))
    if fit.spare_rows >= 0 and ways:
        # Where there is no way without holes the solver does not weigh how they are best spread.
        same = cost_of(sheet, fit, wanted) == pytest.approx(min(ways))
        assert same or (min(ways) >= costs.HOLE and cost_of(sheet, fit, wanted) >= costs.HOLE)


def test_of_two_pictures_the_one_that_loses_less_gives_up_its_rows() -> None:
    sheet = page(12, [chapter("a", 0, 2, {0: (3, 6, 9), 1: (3, 6, 9)})])
    dear, cheap = {n: 4.0 * (6 - n) for n in range(3, 7)}, {n: 1.0 * (6 - n) for n in range(3, 7)}
    for first, second, given_up in ((dear, cheap, "ap1"), (cheap, dear, "ap0")):
        fit = solve(cropped(sheet, {"ap0": first, "ap1": second}), {"a": galley(13)})
        assert min(fit.heights["ap0"], fit.heights["ap1"]) == fit.heights[given_up] < 60
        other = "ap0" if given_up == "ap1" else "ap1"
        assert fit.heights[other] > fit.heights[given_up]


def test_a_height_that_shows_too_little_is_never_chosen() -> None:
    sheet = cropped(page(12, [chapter("a", 0, 2, {0: (3, 6, 9)})]), {"ap0": {6: 0.0, 7: 1.0}})
    fit = solve(sheet, {"a": galley(21)})
    assert heights(fit, "ap0") == [6]


def air(name: str, top: float, wanted: int, least: int, most: int) -> Gap:
    """An elastic gap between bands, in rows."""
    return Gap(name, f"{name} by name", Box(0, top, 120, 10.0 * wanted), 10.0 * least, 10.0 * most, None, None)


@pytest.mark.parametrize(("rows", "got"), [(14, 2), (15, 3), (17, 4), (12, 1)])
def test_a_gap_costs_the_square_of_what_it_misses(rows: int, got: int) -> None:
    sheet = replace(page(rows, [chapter("a", 0, 2, {})], outside=20), gaps=(air("g", 10, 2, 1, 5),))
    fit = solve(sheet, {"a": galley(24)})
    # Of 17 rows three more for the gap would cost 18; two, and a line short in either column, 8 and 4.
    assert heights(fit, "g", "a") == [got, rows - got]
    cost = 2.0 * (got - 2) ** 2
    assert fit.concessions == ((Concession("gap", "g by name", 2.0, got, cost),) if got != 2 else ())


@pytest.mark.parametrize(("wanted", "got", "cost"), [(6, 6, 0), (6, 8, 400 * (2 / 6) ** 2), (0, 2, 400 * 2**2)])
def test_a_picture_costs_by_the_share_it_misses(wanted: int, got: int, cost: float) -> None:
    picture = PictureBox("p", "p", Box(0, 0, 50, 10.0 * wanted), 0, 200, None, None)
    assert elastic(picture, 10).cost(got) == pytest.approx(cost)


def test_what_a_band_with_limits_gives_up_is_said_by_its_name() -> None:
    band, columns, frames, pictures = chapter("a", 0, 2, {})
    band = replace(band, name="the band", box=Box(0, 0, 120, 80), min_height=60, max_height=120)
    sheet = page(10, [(band, columns, frames, pictures)])
    fit = solve(sheet, {"a": galley(20)})
    assert heights(fit, "a") == [10]
    assert fit.concessions == (Concession("band", "the band", 8.0, 10, pytest.approx(costs.BAND * 0.25**2)),)


@pytest.mark.parametrize(("leading", "lines", "rows"), [(2.0, 8, 8), (0.5, 40, 10), (1.5, 12, 9)])
def test_lines_that_are_no_rows_take_what_their_leading_says(leading: float, lines: int, rows: int) -> None:
    """On a page that is far too high a band is never higher than its copy and the lines that may be wanting."""
    need = {"a": replace(galley(lines), leading=leading)}
    most = rows + costs.TOLERATED + 1
    assert heights(solve(page(40, [chapter("a", 0, 2, {})]), need), "a") == [most]
    for high in range(rows, most):
        fit = solve(page(high, [chapter("a", 0, 2, {})]), need)
        assert (heights(fit, "a"), fit.spare_rows) == ([high], 0)


@soak.examples(sample=60, full=600)
@given(
    rows=st.integers(8, 40),
    bands=st.lists(st.tuples(st.integers(1, 4), st.integers(2, 9), st.booleans()), min_size=1, max_size=3),
    copy=st.integers(0, 90),
)
def test_heights_that_are_not_priced_would_not_have_been_chosen(
    rows: int, bands: Sequence[tuple[int, int, bool]], copy: int
) -> None:
    """Of the longest band only heights are priced that may belong to the cheapest page."""
    made, top, needs = [], 0.0, {}
    for number, (columns, picture, alone) in enumerate(bands):
        band, cols, frames, shown = chapter("abc"[number], top, columns, {0: (2, picture, 9), columns - 1: (3, 5, 7)})
        made.append((band, cols, frames[: columns - alone], shown))
        needs[band.id] = galley(copy // (number + 1))
        top = band.box.bottom
    sheet, budget, every = page(rows, made), SearchBudget(), SearchBudget()
    fit = solve_needs(sheet, {key: {key: need} for key, need in needs.items()}, budget)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(row_solver._Prices, "promising", lambda prices, *_: prices.table())
        assert solve_needs(sheet, {key: {key: need} for key, need in needs.items()}, every) == fit
    assert budget.spent <= every.spent
