"""Findings on words of one kind in one story are one, with a count; those that a baseline knows stay by themselves."""

from dataclasses import replace

import pytest

from layout.checks import Finding, Severity
from layout.checks.folding import NAMED, by_kind
from layout.errors import Hint, Message, Place

CHANGE = Hint(editor=Message("增减一两个字。", "Change a word."))


def torn(words: str, line: int, file: str = "a.md", **other: object) -> Finding:
    message = Message(f"数字和单位拆在两行：“{words}”", f"a figure torn from its unit: “{words}”")
    found = Finding("line.torn_unit", Severity.NOTE, message, Place(file, line), CHANGE, amount={"torn": words})
    return replace(found, **other)  # type: ignore[arg-type]


def test_one_finding_names_the_others_with_their_lines_and_counts_them() -> None:
    (one,) = by_kind([torn("11|天", 5), torn("2|个月", 7), torn("45亿|元", 9)])
    assert one.message.zh == "数字和单位拆在两行：“11|天”；同类还有 2 处：第 7 行“2|个月”、第 9 行“45亿|元”。"
    assert one.message.en.endswith("; 2 more of the kind: line 7 “2|个月”, line 9 “45亿|元”.")
    assert (one.places, one.amount["places"], one.hint) == (3, 3, CHANGE)


def test_columns_are_named_by_their_numbers() -> None:
    short = [torn("", line, check="page.column_short", amount={"lines": 1, "column": line}) for line in (2, 3)]
    (one,) = by_kind(short)
    assert one.message.zh.endswith("；同类还有 1 处：第 3 栏空 1 行。")
    assert one.message.en.endswith("; 1 more of the kind: column 3, 1 lines.")


def test_of_very_many_only_the_first_are_named() -> None:
    (one,) = by_kind([torn(f"{number}|天", number) for number in range(1, NAMED + 4)])
    assert one.message.zh.endswith(f"“{NAMED + 1}|天” 等。")
    assert one.places == NAMED + 3


@pytest.mark.parametrize(
    "other",
    [
        torn("2|个", 7, "b.md"),
        torn("2|个", 7, known=True),
        torn("2|个", 7, severity=Severity.WARNING),
        torn("2|个", 7, check="line.torn_name"),
        torn("2|个", 7, amount={"rows": 2}),
        torn("2|个", 7, place=None),
    ],
    ids=["file", "known", "gravity", "check", "no words", "no place"],
)
def test_others_stay_by_themselves(other: Finding) -> None:
    first = torn("11|天", 5)
    assert by_kind([first, other]) == (first, other)


def test_it_stands_where_the_first_stood_and_counts_what_was_folded_before() -> None:
    other = torn("甲", 1, check="copy.x")
    found = by_kind([torn("11|天", 5), other, replace(torn("2|个", 8), places=3)])
    assert [each.check for each in found] == ["line.torn_unit", "copy.x"]
    assert found[0].places == 4


def test_a_hint_that_is_another_for_the_others_is_said_to_be_an_example() -> None:
    (one,) = by_kind([torn("(气)", 5), torn("(改)", 6, hint=Hint(editor=Message("应为“（改）”。", "“（改）”.")))])
    assert one.hint is not None
    assert (one.hint.zh, one.hint.en) == ("增减一两个字，其余照此。", "Change a word; the others likewise.")


def test_what_cannot_be_seen_is_named_by_its_code_and_column() -> None:
    hidden = [
        Finding("copy.hidden_character", Severity.WARNING, Message(code, code), Place("a.md", 20, column), None,
                amount={"found": char})
        for code, char, column in (("U+200B", "\u200b", 5), ("U+00AD", "\u00ad", 23))
    ]  # fmt: skip
    (one,) = by_kind(hidden)
    assert one.message.zh.endswith("；同类还有 1 处：第 20 行第 23 列 U+00AD。")
