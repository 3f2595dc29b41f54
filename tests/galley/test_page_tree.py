"""Rows and stacks in one another, on pages small enough to reckon by hand: a row of the grid is 10 pt."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

from layout.galley.columns import Need
from layout.galley.page_tree import fixed_of, parts_of, reckoned, tree_of
from layout.galley.row_fit import RowFit
from layout.galley.row_solver import solve
from layout.geometry import Box
from layout.page.frames import Band, Column, Frame, FrameType, Gap, Ink, MeasuredPage, PictureBox, RoleType
from layout.page.row_tree import Leaf, Row, RowTree, Stack

TYPE = FrameType({"plain": RoleType(("song-400",), 8, Ink(0, 0, 0, 1))}, 10, 0, "justify", False, {})
A, B, C, D, E = map(Leaf, "abcde")


def rect(left: float, top: float, width: float, height: float) -> Box:
    """In rows across and down."""
    return Box(10.0 * left, 10.0 * top, 10.0 * width, 10.0 * height)


def page(
    rows: int,
    bands: Mapping[str, Box],
    tree: Sequence[RowTree] | None = None,
    *,
    bottom: float | None = None,
    pictures: Mapping[str, tuple[int, int, int]] | None = None,
    frames: Sequence[Frame] = (),
    gaps: Sequence[Gap] = (),
) -> MeasuredPage:
    """A page of *rows* rows whose bands are one column of text each, with a picture at its head where it has one.

    *pictures* are by band, in rows: least, wanted, most; *bottom* is where the lowest thing ends.
    """
    own, columns, shown = [], [], []
    for name, box in bands.items():
        least, wanted, most = (pictures or {}).get(name, (0, 0, 0))
        columns.append(Column(f"{name}c", box, name))
        own.append(Frame(f"{name}f", name, Box(box.x, box.bottom - 10, box.width, 10), TYPE, name, f"{name}c", "rest"))
        columns[-1] = replace(columns[-1], box=Box(box.x, box.y, box.width, 10.0 * wanted + 10))
        own[-1] = replace(own[-1], box=Box(box.x, box.y + 10.0 * wanted, box.width, 10))
        if most:
            top = Box(box.x, box.y, box.width, 10.0 * wanted)
            shown.append(PictureBox(f"{name}p", f"{name}p", top, 10.0 * least, 10.0 * most, name, f"{name}c"))
    foot = max(box.bottom for box in bands.values()) if bottom is None else 10.0 * bottom
    found = MeasuredPage(
        1, 400, 10.0 * rows, Box(0, 0, 400, 10.0 * rows), 10, foot, frames=(*own, *frames), pictures=tuple(shown),
        columns=tuple(columns), bands=tuple(Band(n, n, box, box.height, box.height) for n, box in bands.items()),
        gaps=tuple(gaps),
    )  # fmt: skip
    return found if tree is None else replace(found, tree=Stack(tuple(tree), Box(0, 0, 400, foot)))


def fitted(page: MeasuredPage, **lines: int) -> RowFit:
    return solve(page, {name: {name: Need.of(count)} for name, count in lines.items()})


def rows(fit: RowFit, keys: str) -> list[float]:
    return [round(fit.heights[key] / 10, 6) for key in keys.split()]


def test_what_stands_side_by_side_is_one_row_of_a_stack() -> None:
    gap = Gap("g", "g", rect(0, 8, 40, 2), 10, 40, None, None)
    found = page(20, {"a": rect(0, 0, 20, 6), "b": rect(20, 0, 20, 8), "c": rect(0, 10, 40, 4)}, gaps=[gap], bottom=15)
    tree = tree_of(found)
    assert tree.parts == (Row((A, B)), Leaf("g"), C)
    assert fixed_of(tree, parts_of(found)) == 10  # 15 rows, less 8, 2 and 4


def test_two_bands_side_by_side_count_once() -> None:
    """Six rows each beside one another, and two rows below them that never change: of twelve rows ten are left."""
    fit = fitted(page(12, {"a": rect(0, 0, 20, 6), "b": rect(20, 0, 20, 6)}, bottom=8), a=10, b=10)
    assert rows(fit, "a b af bf") == [10, 10, 10, 10]
    assert fit.spare_rows == 0


STACKED = {"a": rect(0, 0, 20, 7), "b": rect(0, 9, 20, 5), "c": rect(20, 0, 20, 14)}
"""a over b, two rows of a headline between them; c beside both."""


def nested(top: float = 0, height: float = 14) -> tuple[RowTree, ...]:
    return (Row((Stack((A, B), rect(0, top, 20, height)), C)),)


def test_a_stack_is_as_high_as_what_stands_beside_it() -> None:
    fit = fitted(page(20, STACKED, nested()), a=7, b=11, c=20)
    assert rows(fit, "a b c") == [7, 11, 20]
    assert fit.spare_rows == 0


@pytest.mark.parametrize(
    ("height", "found"),
    [
        (18, [8, 8, 18, 4]),  # a + b = 16: the picture gives up two rows, for either band's copy fills it
        (19, [9, 8, 19, 5]),
        (20, [10, 8, 20, 6]),  # as wanted
        (21, [10, 9, 21, 6]),  # one line short costs less than a row of the picture; of two alike the upper is lower
    ],
)
def test_rows_are_shared_out_where_they_cost_least(height: int, found: list[int]) -> None:
    """a holds a picture that wants six rows over four lines, b eight lines; c beside them is full at every height."""
    wanted = {"a": rect(0, 0, 20, 7), "b": rect(0, 9, 20, 5), "c": rect(20, 0, 20, 14)}
    fit = fitted(page(height, wanted, nested(), pictures={"a": (3, 6, 9)}), a=4, b=8, c=height)
    assert rows(fit, "a b c ap") == found
    assert fit.spare_rows == 0


def test_what_never_changes_takes_whole_rows_of_a_stack() -> None:
    """A headline of a row and a half takes two: what stands below it is on the grid."""
    bands = {"a": rect(0, 0, 20, 6), "b": rect(0, 7.5, 20, 6), "c": rect(20, 0, 20, 13.5)}
    fit = fitted(page(20, bands, nested(height=13.5)), a=9, b=9, c=20)
    assert rows(fit, "a b c") == [9, 9, 20]


def test_trees_in_trees() -> None:
    """a over a row of b and c, a row of air between; d beside all three; e below."""
    bands = {
        "a": rect(0, 0, 20, 4), "b": rect(0, 5, 10, 4), "c": rect(10, 5, 10, 4), "d": rect(20, 0, 20, 9),
        "e": rect(0, 9, 40, 3),
    }  # fmt: skip
    tree = (Row((Stack((A, Row((B, C))), rect(0, 0, 20, 9)), D)), E)
    fit = fitted(page(20, bands, tree), a=5, b=6, c=6, d=12, e=8)
    assert rows(fit, "a b c d e") == [5, 6, 6, 12, 8]
    # A page a row longer: one line short in a costs as much as in b and c together with d, and in e alone.
    fit = fitted(page(21, bands, tree), a=5, b=6, c=6, d=12, e=8)
    assert rows(fit, "a b c d e") == [5, 6, 6, 12, 9]
    assert fit.spare_rows == 0


def test_a_stack_beside_what_can_not_be_so_high() -> None:
    """A gap of two or three rows beside a band of at least ten: both get ten, and what is amiss is not hidden."""
    gap = Gap("g", "g", rect(20, 0, 20, 2), 20, 30, None, None)
    found = page(12, {"a": rect(0, 0, 20, 10)}, (Row((A, Leaf("g"))),), gaps=[gap], pictures={"a": (10, 10, 10)})
    fit = fitted(found, a=0)
    assert rows(fit, "a g") == [10, 3]
    assert fit.spare_rows == 2


def limited(page: MeasuredPage, **limits: tuple[int, int]) -> MeasuredPage:
    """*page* whose bands have limits in rows."""
    bands = (
        replace(band, min_height=10.0 * limits[band.id][0], max_height=10.0 * limits[band.id][1]) for band in page.bands
    )
    return replace(page, bands=tuple(bands))


def test_a_row_takes_only_what_all_its_parts_can_take() -> None:
    bands = {"a": rect(0, 0, 10, 7), "b": rect(10, 0, 10, 6), "c": rect(20, 0, 10, 7)}
    found = limited(page(9, bands), a=(5, 9), b=(6, 7), c=(5, 9))
    fit = fitted(found, a=9, b=7, c=9)
    assert rows(fit, "a b c") == [7, 7, 7]
    assert fit.spare_rows == 2


def test_of_parts_that_have_no_height_in_common_all_are_as_high_as_the_highest_must_be() -> None:
    found = limited(page(12, {"a": rect(0, 0, 10, 4), "b": rect(10, 0, 10, 10)}), a=(3, 4), b=(10, 12))
    assert rows(fitted(found, a=4, b=10), "a b") == [10, 10]


def shifts(page: MeasuredPage, heights: Mapping[str, float]) -> dict[str, float]:
    """By how many rows each frame stands lower, by its key."""
    moved = reckoned(page, {key: 10 * height for key, height in heights.items()})
    return {
        one.id: round((other.box.y - one.box.y) / 10, 6) for one, other in zip(page.frames, moved.frames, strict=True)
    }


def headline(key: str, left: float, top: float) -> Frame:
    return Frame(key, key, rect(left, top, 10, 1), TYPE, None, None)


def test_frames_move_with_what_stands_above_them_in_their_stack() -> None:
    bands = {**STACKED, "e": rect(0, 15, 40, 3)}
    between, below, foot = headline("h", 0, 7.5), headline("t", 0, 14), headline("z", 0, 19)
    own = page(30, bands, (*nested(), E), frames=(between, below, foot))
    found = shifts(own, {"a": 9, "b": 6, "c": 17, "e": 5})
    assert found == {"af": 0, "bf": 2, "cf": 0, "ef": 3, "h": 2, "t": 3, "z": 5}


def test_a_stack_that_is_lower_than_what_stands_beside_it_pushes_nothing_down() -> None:
    own = page(30, {**STACKED, "e": rect(0, 15, 40, 3)}, (*nested(), E))
    assert shifts(own, {"a": 8, "b": 5, "c": 16}) == {"af": 0, "bf": 1, "cf": 0, "ef": 2}
    assert shifts(own, {"a": 8, "b": 5, "c": 14})["ef"] == 1
