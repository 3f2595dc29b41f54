"""White feet of columns, on columns put together by hand."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from layout.copyfit.scores import CountedLines
from layout.copyfit.search import prices
from layout.copyfit.white_feet import white_feet
from layout.flows import Chain
from layout.galley import costs
from layout.galley.slots import Slot
from layout.geometry import Box
from layout.page.frames import Frame, FrameType, Ink, RoleType

A = Chain.parse("a")
ROWS = 20


def columns(count: int, width: float, leading: float, empty: tuple[int, ...], used: int, **options: Any) -> Any:
    """A galley of *count* columns of ``ROWS`` rows each, and its frames."""
    own = {"align": "justify", "size": 10.0, **options}
    role = RoleType(("song-400",), own["size"], Ink(0, 0, 0, 1))
    type_ = FrameType({"plain": role}, leading, 0, own["align"], own.get("vertical", False), {})
    frames = [
        Frame(f"f{k}", A, Box(k * (width + 18), 0, width, ROWS * leading), type_, "b", None, "rest")
        for k in range(count)
    ]
    slots = tuple(Slot(k, frames[k].box.x, row * leading, width) for k in range(count) for row in range(ROWS))
    return SimpleNamespace(chain=A, type=type_, empty=empty, used=used, slots=slots, findings=[]), frames


def foot(column: int, lines: int) -> tuple[int, ...]:
    return tuple(range((column + 1) * ROWS - lines, (column + 1) * ROWS))


@pytest.mark.parametrize(
    ("width", "leading", "lines", "found"),
    [
        (234, 21.5, 3, [3]),  # wide columns: four rows with the one below are 2,600 square millimetres
        (234, 21.5, 2, []),
        (183.6, 18.6, 3, []),  # four rows, of 1,540 square millimetres
        (183.6, 18.6, 4, [4]),
        (150, 15, 5, []),
        (150, 15, 6, [6]),
    ],
)
def test_a_foot_is_white_where_a_reader_sees_a_hole(width: float, leading: float, lines: int, found: list[int]) -> None:
    galley, frames = columns(4, width, leading, foot(1, lines), 4 * ROWS)
    assert list(white_feet(galley, frames)) == found


def test_every_column_counts_and_the_last_by_what_is_wanting() -> None:
    galley, frames = columns(4, 234, 21.5, foot(0, 3) + foot(1, 5), 4 * ROWS - 3)
    assert list(white_feet(galley, frames)) == [3, 5, 3]


@pytest.mark.parametrize(
    "empty", [(), tuple(range(24, 30)), foot(1, ROWS)], ids=["full", "above a box in mid-column", "no copy at all"]
)
def test_white_that_is_no_foot(empty: tuple[int, ...]) -> None:
    galley, frames = columns(4, 234, 21.5, empty, 4 * ROWS)
    assert list(white_feet(galley, frames)) == []


@pytest.mark.parametrize("options", [{"align": "left"}, {"size": 40.0}, {"vertical": True}])
def test_display_and_vertical_type_have_none(options: dict[str, Any]) -> None:
    galley, frames = columns(4, 234, 21.5, foot(1, 6), 4 * ROWS, **options)
    assert list(white_feet(galley, frames)) == []


def test_a_white_foot_costs_more_than_its_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(prices, "meetings", lambda *_: [])
    galley, frames = columns(4, 234, 21.5, foot(0, 3) + foot(1, 2), 4 * ROWS)
    (found,) = prices._blemishes(SimpleNamespace(chains=lambda: {A: frames}), {A: galley})  # type: ignore[arg-type]
    assert (found.subject, found.cost) == (CountedLines(A, 5), 5 * costs.EMPTY_LINE + costs.WHITE_FOOT)
