"""The lines that a story lacks for a height that is wanted of it, and how it stands then."""

from __future__ import annotations

from layout.makeup.arrangement import Piece
from layout.makeup.candidates import Option
from layout.makeup.hard_rules import Rank
from layout.makeup.option_heights import HeightChoice
from layout.makeup.wanted_lines import lines_wanted


def option(shape: str, columns: int, heights: dict[int, int]) -> Option:
    """A way to stand, at *heights* that are so many lines short."""
    own = {height: HeightChoice(0.0, (), short) for height, short in heights.items()}
    return Option(Piece("s1", columns, shape), Rank(1, "third", 21.0), own, 0.0, dict.fromkeys(heights, ((), ())))


def lines(wanted: int, *options: Option) -> dict[int, set[str]]:
    """Those with which *options* of three columns come to *wanted* rows, each with the shapes."""
    found = lines_wanted(options, {3: 1 << wanted}, lambda piece: [1.0] * piece.columns)
    return {own: {shape for shape, _, _ in stands} for own, stands in sorted(found.items())}


def test_a_row_more_of_three_columns_takes_three_lines_or_as_many_as_two_fewer() -> None:
    assert lines(21, option("a", 3, {20: 0})) == {1: {"a"}, 2: {"a"}, 3: {"a"}}
    assert lines(21, option("a", 3, {20: 1})) == {2: {"a"}, 3: {"a"}, 4: {"a"}}
    assert lines(19, option("a", 3, {20: 0})) == {-5: {"a"}, -4: {"a"}, -3: {"a"}}


def test_what_comes_to_the_height_already_comes_to_it_with_the_next_rows_copy_too() -> None:
    """Air over the headline, or a picture, is as much less high."""
    assert set(lines(21, option("a", 3, {20: 0, 21: 0}))) == {-2, -1, 0, 1, 2, 3}


def test_of_other_widths_and_of_what_has_no_copy_nothing_is_wanted() -> None:
    assert lines(21, option("a", 2, {20: 0})) == {}
    assert lines_wanted([option("a", 3, {20: 0})], {3: 1 << 21}, lambda _: []) == {}


def test_each_way_to_stand_has_its_own_lines() -> None:
    assert lines(21, option("a", 3, {20: 0}), option("b", 3, {20: 1})) == {
        1: {"a"}, 2: {"a", "b"}, 3: {"a", "b"}, 4: {"b"},
    }  # fmt: skip
