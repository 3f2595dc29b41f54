"""Passages and their places, on characters put down by hand: ten points high, each in a cell of ten."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from layout.geometry import Box
from layout.preflight.reading import PageChar
from layout.proof.diff import Difference, PageDifference
from layout.proof.text_diff import ChangedPassage, _Words, changed_passages


def page(*lines: str, upright: bool = False, step: float = 20.0) -> list[PageChar]:
    """*lines* one below the other from (0, 100), or in columns from right to left; Latin letters half as wide."""
    chars = []
    for number, line in enumerate(lines):
        along = 0.0
        for text in line:
            width = 5.0 if text.isascii() else 10.0
            x, y = (100 - step * number, 100 - along) if upright else (along, 100 - step * number)
            if text != " ":
                chars.append(PageChar(text, x, y, (x, y, x + width, y + 10), "F", 10, hyphen=text == "¬"))
            along += width
    return chars


def found(old: list[PageChar], new: list[PageChar]) -> list[tuple[str, str, str]]:
    return [(each.kind, each.old, each.new) for each, _ in changed_passages(old, new)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("the press 7", ["the", "press", "7"]),
        ("332个", ["332", "个"]),
        ("1,234.5元", ["1,234.5", "元"]),
        ("占77.5%左右", ["占", "77.5%", "左", "右"]),
        ("7.天", ["7.", "天"]),
        ("天.7", ["天", ".7"]),
        ("no7", ["no", "7"]),
        ("éclair", ["éclair"]),
        ("Яблоко", list("Яблоко")),
        ("天地", ["天", "地"]),
        ("、、", ["、", "、"]),
    ],
)
def test_numbers_and_latin_words_are_words_and_so_is_every_other_character(text: str, words: list[str]) -> None:
    assert _Words.of(page(text)).words() == words


def test_words_part_where_there_is_white_or_another_line_between_them() -> None:
    assert found(page("ab cd"), page("ab ce")) == [("changed", "cd", "ce")]
    assert found(page("abcd"), page("abce")) == [("changed", "abcd", "abce")]
    assert found(page("甲ab", "cd乙"), page("甲ab", "ce乙")) == [("changed", "cd", "ce")]
    # A line of its own, though half a point is a baseline that shook.
    assert found(page("ab", "cd", step=0.4), page("ab", "ce", step=0.4)) == [("changed", "cd", "ce")]


def moved(first: str, second: str) -> tuple[list[PageChar], list[PageChar]]:
    return page("甲乙丙丁", first, second, "戊己庚辛"), page("甲乙丙丁", second, first, "戊己庚辛")


def test_what_was_moved_is_neither_added_nor_removed() -> None:
    old, new = moved("子丑寅", "一二三四五六")
    ((passage, boxes),) = changed_passages(old, new)
    assert passage == ChangedPassage("moved", "子丑寅", "子丑寅", "甲乙丙丁一二三四五六", "戊己庚辛")
    assert boxes == ((0, 60, 30, 70),)
    # Two characters may have come and gone by chance.
    assert {each[0] for each in found(*moved("子丑", "一二三四五六"))} == {"added", "removed"}


def different(*passages: ChangedPassage) -> PageDifference:
    return PageDifference(0, passages, (), ())


def test_only_what_came_and_went_is_counted() -> None:
    def passage(kind: str, old: str, new: str) -> ChangedPassage:
        return ChangedPassage(kind, old, new, "", "")  # type: ignore[arg-type]

    page = different(
        passage("moved", "子丑寅", "子丑寅"), passage("changed", "甲", "乙丙"),
        passage("added", "", "丁丁丁丁"), passage("removed", "戊戊", ""),
    )  # fmt: skip
    assert (page.added, page.removed) == (6, 3)
    told = Difference("old.pdf", (page, different(passage("moved", "一二三", "一二三")))).as_json([3, 4])
    assert told["characters"] == {"added": 6, "removed": 3}


def test_regions_are_told_from_the_trimmed_page_s_corner() -> None:
    page = PageDifference(0, (), (Box(20, 30, 5.04, 6.06),), ())
    (told,) = Difference("old.pdf", (page,)).as_json([1], (12.5, 12.5))["pages"]
    assert told["regions"] == [Box(7.5, 17.5, 5, 6.1).as_json()]


def boxes(old: Sequence[str], new: Sequence[str], *, upright: bool = False) -> list[tuple[tuple[float, ...], ...]]:
    return [each for _, each in changed_passages(page(*old, upright=upright), page(*new, upright=upright))]


def test_a_passage_has_a_box_for_each_line_it_stands_in() -> None:
    assert boxes(["一二三四", "五六七八"], ["一二甲乙", "丙丁七八"]) == [((20, 100, 40, 110), (0, 80, 20, 90))]
    assert boxes(["一二三四", "五六七八"], ["一二甲乙", "丙丁七八"], upright=True) == [
        ((100, 70, 110, 90), (80, 90, 90, 110))
    ]
    # What stands three em further on in the same line is another column's.
    assert boxes(["一二"], ["一甲" + 4 * " " + "乙丙二"]) == [((10, 100, 20, 110), (40, 100, 60, 110))]
    assert boxes(["一二"], ["一甲" + 3 * " " + "乙丙二"]) == [((10, 100, 55, 110),)]


def test_what_was_taken_out_is_marked_where_it_stood() -> None:
    assert boxes(["一二三四"], ["一四"]) == [((8, 100, 10, 110),)]  # a caret before what follows
    assert boxes(["一二三四"], ["一二"]) == [((20, 100, 22, 110),)]  # or after the last that is left
    assert boxes(["一二"], [""]) == [()]


def test_a_hyphen_at_a_line_s_end_is_no_change() -> None:
    assert found(page("inter¬", "national"), page("inter", "national")) == []
    assert found(page("甲¬乙"), page("甲丙乙")) == [("changed", "¬", "丙")]


def test_context_is_whole_words_on_either_side() -> None:
    old, new = "abcdefghijklmn 天地 opqr 甲", "abcdefghijklmn 天地 opqs 甲"
    ((passage, _),) = changed_passages(page(old), page(new))
    assert (passage.before, passage.after) == ("abcdefghijklmn天地", "甲")
    ((passage, _),) = changed_passages(
        page("子" + "一" * 20 + "丑" + "二" * 20), page("子" + "一" * 20 + "寅" + "二" * 20)
    )
    assert (passage.before, passage.after) == ("一" * 12, "二" * 12)
    ((passage, _),) = changed_passages(page("子丑" + "二" * 9), page("寅丑" + "二" * 9))
    assert (passage.before, passage.after) == ("", "丑" + "二" * 9)


def test_changes_with_no_more_than_two_words_between_them_are_one() -> None:
    assert found(page("时光无言"), page("岁月无声")) == [("changed", "时光无言", "岁月无声")]
    assert found(page("甲一二乙"), page("丙一二丁")) == [("changed", "甲一二乙", "丙一二丁")]
    assert found(page("甲一二三乙"), page("丙一二三丁")) == [("changed", "甲", "丙"), ("changed", "乙", "丁")]
