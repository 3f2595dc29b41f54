"""Numbers in digits and in Han numerals, as dates, items, pages, years and the names of files have them; lengths."""

import pytest

from layout.manuscript.characters import ems, whole_number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("12", 12),
        ("三", 3),
        ("十", 10),
        ("十二", 12),
        ("三十一", 31),
        ("一百零五", 105),
        ("两千", 2000),
        ("二〇二六", 2026),
        ("二○二六", 2026),
        ("二零二六", 2026),
        ("三万五千", 35_000),
        ("第三", None),
    ],
)
def test_a_number_is_read(words: str, number: int | None) -> None:
    assert whole_number(words) == number


@pytest.mark.parametrize(
    ("words", "length"),
    [("", 0), ("秋日山林", 6), ("秋日山林的早", 6), ("秋日山林的早晨", 12), ("2026", 6), ("a" * 11, 12)],
)
def test_a_line_is_as_long_as_its_characters_rounded_up(words: str, length: int) -> None:
    assert ems(words, 6) == length
