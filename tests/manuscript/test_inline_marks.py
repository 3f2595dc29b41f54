"""Marks that Markdown has not: ruby, dots, lines, raised figures; and what only looks like them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from layout.errors import LayoutError
from layout.manuscript.figures import place_at
from layout.manuscript.markdown import read
from layout.manuscript.model import Paragraph


def read_one(text: str) -> tuple[Paragraph | None, list[LayoutError]]:
    faults: list[LayoutError] = []
    blocks = read(text, 1, "a.md", faults).blocks
    return (blocks[0] if blocks else None), faults  # type: ignore[return-value]


def runs(text: str) -> list[tuple[str, str, tuple[str, ...], str]]:
    paragraph, faults = read_one(text)
    assert not faults, [fault.message.zh for fault in faults]
    assert paragraph is not None
    return [(run.text, run.mark, run.under, run.level) for run in paragraph.runs]


def test_one_reading_for_each_character() -> None:
    assert runs("在[屯留]{tún liú}区") == [
        ("在", "plain", (), ""),
        ("屯", "plain", (), ""),
        ("tún", "plain", (), "ruby"),
        ("留", "plain", (), ""),
        ("liú", "plain", (), "ruby"),
        ("区", "plain", (), ""),
    ]


def test_one_reading_for_a_word() -> None:
    assert [(text, level) for text, _, _, level in runs("[屯留区]{Túnliú Qū}")] == [
        ("屯留区", ""),
        ("Túnliú Qū", "ruby"),
    ]


@pytest.mark.parametrize(
    ("copy", "under", "level"),
    [
        ("[着重]{.dot}", ("dot",), ""),
        ("[着重]{.line}", ("line",), ""),
        ("[屯留]{.name}", ("name",), ""),
        ("[史记]{.book}", ("wave",), ""),
        ("[着重]{.line .dot}", ("line", "dot"), ""),
        ("[按：见前]{.note}", (), "note"),
    ],
)
def test_marks(copy: str, under: tuple[str, ...], level: str) -> None:
    assert runs(copy) == [(copy[1 : copy.index("]")], "plain", under, level)]


def test_neighbouring_marks_stay_two() -> None:
    assert [text for text, *_ in runs("[屯留]{.name}[长治]{.name}")] == ["屯留", "长治"]


def test_marks_inside_strong_words() -> None:
    assert runs("**[屯留]{.name}区**") == [("屯留", "strong", ("name",), ""), ("区", "strong", (), "")]


@pytest.mark.parametrize(
    ("copy", "levels"),
    [
        ("12km^2^和CO~2~", ["", "super", "", "sub"]),
        ("10^-3^", ["", "super"]),
        ("Ca^2+^", ["", "super"]),
        ("据报道^[1]^。", ["", "super", ""]),
    ],
)
def test_raised_and_lowered(copy: str, levels: list[str]) -> None:
    assert [level for *_, level in runs(copy)] == levels


@pytest.mark.parametrize(
    "copy",
    ["x^2，y^2", "x^2+y^2=z^2", "50~60，70~80", "《办法》[2025]12号，{332个}", "第[三]章", "3^和^4", "约~5~天"],
)
def test_what_only_looks_like_a_mark_is_copy(copy: str) -> None:
    assert runs(copy) == [(copy, "plain", (), "")]


@pytest.mark.parametrize(
    ("copy", "column", "words"),
    [
        ("在[屯留]{.dott}区", 7, "没有“.dott”这种记号"),
        ("在[屯留]{}区", 2, "花括号里没有"),
        ("在[]{.dot}区", 2, "方括号里没有字"),
        ("在[屯留]{tún区", 5, "没有配成一对"),
        ("在[**屯**留]{.dot}区", 9, "没有配成一对"),
    ],
)
def test_mistakes_are_named_with_their_place(copy: str, column: int, words: str) -> None:
    _, [fault] = read_one(copy)
    assert words in fault.message.zh
    assert fault.place is not None
    assert (fault.place.line, fault.place.column) == (1, column)


def test_every_piece_knows_its_column() -> None:
    text = "在[屯留]{tún liú}区^2^，[着重]{.dot}"
    paragraph, _ = read_one(text)
    assert paragraph is not None
    for run in paragraph.runs:
        assert run.place.column is not None
        assert text.startswith(run.text, run.place.column - 1)
    assert paragraph.text == "在屯留区2，着重"
    assert place_at(paragraph, paragraph.text.index("重")).column == text.index("重") + 1


@settings(max_examples=200, derandomize=True, deadline=None, database=None)
@given(st.text(alphabet="屯留区a2^~[]{}.dotlineú *，", max_size=30))
def test_nothing_crashes_and_no_word_is_lost(text: str) -> None:
    paragraph, faults = read_one(text)
    if faults or paragraph is None:
        return
    kept = "".join(run.text for run in paragraph.runs)
    for character in "屯留区，":
        assert kept.count(character) == text.count(character)


def test_a_note_in_two_rows() -> None:
    found = [(text, level) for text, _, _, level in runs("屯留[（今属长治）]{.jiazhu}区")]
    assert found == [("屯留", ""), ("（今属长治）", "jiazhu"), ("区", "")]
    _, faults = read_one("[今属长治]{.jiazhu .dot}")
    assert "双行夹注里不能再加点和线" in faults[0].message.zh
    _, faults = read_one("[今属长治]{.jiazu}")
    assert faults[0].hint is not None
    assert ".jiazhu" in faults[0].hint.zh
