"""What a sub-editor would mark in text that reads otherwise than it was sealed."""

from __future__ import annotations

import pytest

from layout.errors import Place
from layout.flows import Flow
from layout.geometry import Box
from layout.preflight.found_text import text_again
from layout.preflight.page_geometry import ParagraphSpot
from layout.preflight.printed_text import PlacedChar, paragraph_printed
from layout.seal.comparison import listed_words, mark_words
from layout.seal.text_mark import TextMark
from layout.seal.text_marks import text_marks

FIRST, SECOND = "一年来重点项目开工三百三十二个，总投资八百九十三亿元。", "今年再开工二百个，力争早日投产。"
SIZE = 10.0


def set_at(text: str, x: float, y: float) -> list[PlacedChar]:
    """*text* in one line."""
    return [PlacedChar(char, x + SIZE * at, y, SIZE) for at, char in enumerate(text)]


def spot(text: str, y: float, part: str) -> ParagraphSpot:
    box = Box(0.0, y - SIZE / 2, SIZE * len(text), SIZE)
    return ParagraphSpot(Flow("lead", part), Place("lead.md", 1), box, paragraph_printed(set_at(text, SIZE / 2, y)))


SPOTS = (spot(FIRST, 20.0, "lede"), spot(SECOND, 40.0, "closing"))


def marks(first: str, second: str = SECOND, beside: str = "") -> list[TextMark]:
    """The marks where the page reads so; *beside* stands in no paragraph's place."""
    chars = [*set_at(first, SIZE / 2, 20.0), *set_at(second, SIZE / 2, 40.0), *set_at(beside, SIZE / 2, 200.0)]
    return list(text_marks(text_again(chars, SPOTS, paragraph_printed([])), paragraph_printed([])))


def test_text_that_reads_as_it_did_has_no_mark() -> None:
    assert marks(FIRST) == []


@pytest.mark.parametrize(
    ("first", "kind", "words"),
    [(FIRST.replace("三十二", "三十八"), "wrong", "“八” should be “二”"),
     (FIRST.replace("投资", "资投"), "exchanged", "“资投” transposed: should be “投资”"),
     (FIRST.replace("总", ""), "missing", "“总” is missing"),
     (FIRST.replace("八百", "八八百"), "too much", "“八” is too much: delete"),
     ("", "all missing", "the whole paragraph is missing: “一年来重点项目开工三百……三亿元。”")],
)  # fmt: skip
def test_each_slip_has_its_mark(first: str, kind: str, words: str) -> None:
    (mark,) = marks(first)
    assert (mark.kind, str(mark.flow)) == (kind, "lead.lede")
    assert mark_words(mark).en.startswith(words[:30])


@pytest.mark.parametrize(
    ("first", "right"),
    [(FIRST.replace("三十二", "三十八"), "三百三十二个，总投"), (FIRST.replace("总", ""), "十二个，总投资八百"),
     (FIRST.replace("八百", "八八百"), "总投资八百九十三"), (FIRST.replace("投资", "资投"), "二个，总投资八百九十"),
     (FIRST.removesuffix("。"), "十三亿元。")],
)  # fmt: skip
def test_a_list_says_where_a_slip_is_written_and_how_the_words_around_it_should_read(first: str, right: str) -> None:
    (mark,) = marks(first)
    assert str(mark.place) == "lead.md:1"
    assert listed_words(mark).zh == f"{mark_words(mark).zh}：应读“{right}”"


def test_a_list_quotes_nothing_more_of_a_paragraph_that_is_told_whole() -> None:
    for kind, found in (("all missing", marks("")), ("set twice", marks(FIRST, SECOND, beside=SECOND))):
        (mark,) = found
        assert (mark.kind, str(mark.place)) == (kind, "lead.md:1")
        assert listed_words(mark) == mark_words(mark)


def test_a_mark_stands_where_the_slip_is() -> None:
    (wrong,) = marks(FIRST.replace("三十二", "三十八"))
    at = FIRST.index("二")
    assert wrong.boxes == (Box(at * SIZE, 15.0, SIZE, SIZE),)
    (missing,) = marks(FIRST.replace("总", ""))
    assert missing.boxes == (Box(FIRST.index("总") * SIZE, 15.0, 0.0, SIZE),)


def test_two_characters_that_changed_places_across_others_are_one_missing_and_one_too_much() -> None:
    moved = FIRST.replace("一年来", "").replace("亿元。", "亿元。一年来")
    assert [mark.kind for mark in marks(moved)] == ["missing", "too much"]


def test_a_paragraph_that_is_there_twice_is_told_as_that() -> None:
    (mark,) = marks(FIRST, SECOND, beside=SECOND)
    assert (mark.kind, str(mark.flow), mark.now) == ("set twice", "lead.closing", SECOND)
    (other,) = marks(FIRST, SECOND, beside="这是多出来的一行字")
    assert (other.kind, other.flow) == ("too much", None)


def test_another_text_in_its_place_is_told_whole() -> None:
    (mark,) = marks(FIRST, "山高水长风景好，春暖花开日子红")
    assert mark.kind == "other text"
    assert mark_words(mark).zh == f"应为“{SECOND}”，现为“山高水长风景好，春暖花开日子红”"


def test_a_page_of_other_text_has_one_mark() -> None:
    assert [mark.kind for mark in marks("山高水长风景好", "春暖花开日子红")] == ["other page"]


def test_a_mark_over_two_lines_has_a_box_in_each() -> None:
    long = FIRST + SECOND
    place = ParagraphSpot(Flow("lead", "lede"), None, Box(0, 10, SIZE * len(FIRST), 35), None)
    before = [*set_at(FIRST, SIZE / 2, 20.0), *set_at(SECOND, SIZE / 2, 35.0)]
    known = ParagraphSpot(place.flow, place.place, place.box, paragraph_printed(before))
    now = long.replace("亿元。今年", "万元！明年")
    chars = [*set_at(now[: len(FIRST)], SIZE / 2, 20.0), *set_at(now[len(FIRST) :], SIZE / 2, 35.0)]
    found = text_marks(text_again(chars, [known], None), None)
    boxes = [box for mark in found if mark.kind == "wrong" for box in mark.boxes]
    assert {round(box.y) for box in boxes} == {15, 30}
