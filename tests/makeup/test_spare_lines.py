"""By how many lines what is advised may come out longer or shorter."""

from __future__ import annotations

import pytest

from layout.makeup.spare_lines import in_round_numbers, spare_lines, wanted_spare


@pytest.mark.parametrize(
    ("lines", "full", "told"),
    [
        (4, range(4, 7), (5, 1)),
        (4, range(2, 5), (3, 1)),
        (4, range(4, 5), (4, 0)),
        (4, range(4, 6), (4, 0)),
        (40, range(38, 45), (42, 2)),
        (40, range(36, 42), (39, 2)),
        (40, range(40, 43), (41, 1)),
        (-4, range(-6, -3), (-5, 1)),
        (1, range(-3, 3), (1, 0)),
    ],
)
def test_a_change_stands_in_the_middle_of_what_fills_the_page(lines: int, full: range, told: tuple[int, int]) -> None:
    assert spare_lines(lines, full.__contains__) == told


def test_no_more_is_asked_than_is_wanted() -> None:
    asked = list[int]()

    def fills(lines: int) -> bool:
        asked.append(lines)
        return True

    assert spare_lines(10, fills) == (11, 1)
    assert asked == [11, 12]


def test_what_is_written_wants_more_to_spare_than_what_is_cut() -> None:
    assert [wanted_spare(lines) for lines in (-90, -1, 1, 30, 31, 90)] == [1, 1, 1, 1, 2, 3]


def test_characters_are_told_in_fives_and_tens() -> None:
    assert [in_round_numbers(each) for each in (24, -38, 97, 104, -513)] == [25, -40, 95, 100, -510]
