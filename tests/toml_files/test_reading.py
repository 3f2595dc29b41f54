"""A TOML file that cannot be read is one sentence with a line, and never an internal error."""

from datetime import UTC, datetime

import pytest

from layout.errors import Place, PlanError, TemplateError
from layout.toml_files.reading import MAX_DEPTH, MAX_PARTS, read_toml


def fault(text: str) -> PlanError:
    with pytest.raises(PlanError) as caught:
        read_toml(text, "small/own.toml", PlanError, tables=("page", "picture"))
    assert caught.value.exit_code == 3
    assert caught.value.hint is not None
    return caught.value


def test_values_and_places() -> None:
    toml = read_toml("\ufeff# 备注\r\na.b = [\r\n  1,\r\n]\r\nc = 1979-05-27T07:32:00Z\r\n", "own.toml", PlanError)
    assert toml.values == {"a": {"b": [1]}, "c": datetime(1979, 5, 27, 7, 32, tzinfo=UTC)}
    assert toml.key("a", "b") == Place("own.toml", 2, 1)
    assert toml.value("a", "b", 0) == Place("own.toml", 3, 3)
    assert (toml.start(), toml.end()) == (Place("own.toml", 2), Place("own.toml", 5))


@pytest.mark.parametrize(
    ("text", "words", "line", "column"),
    [
        ("a = 1\nb = " + "[" * 3000, "太深", 2, 5 + MAX_DEPTH),
        ("a = 1\nb = " + "[" * 3000 + "]" * 3000, "太深", 2, 5 + MAX_DEPTH),
        ("b = " + "{a = " * 3000 + "1" + "}" * 3000, "太深", 1, 5 + 5 * MAX_DEPTH),
        (".".join("a" * 20_000) + " = 1", "太深", 1, 2 * MAX_DEPTH),
        ("[" + ".".join("a" * 20_000) + "]", "太深", 1, 1 + 2 * MAX_DEPTH),
        ("".join(f"k{number} = 1\n" for number in range(100_000)), "太大", MAX_PARTS + 1, 8),
        ("a = [" + "1," * 100_000 + "]", "太大", 1, 5 + 2 * MAX_PARTS),
        ('a = "' + "9" * 5000 + '"\nb = [\n 1, ' + "9" * 5000 + "]", "整数太大", 3, 5),
        ("a = -" + "9" * 5000, "整数太大", 1, 5),
        ("a = 0x" + "f" * 5000, "整数太大", 1, 5),
        ("[t]\na = [1, {b = 9223372036854775808}]", "整数太大", 2, 14),
    ],
)
def test_what_no_person_writes(text: str, words: str, line: int, column: int) -> None:
    found = fault(text)
    assert words in found.message.zh
    assert found.place == Place("small/own.toml", line, column)


def test_what_a_person_may_write() -> None:
    deep = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    toml = read_toml(f"a = {deep}\nb = 9223372036854775807\n# {'[' * 99}\nc = '{'.[' * 99}'", "own.toml", PlanError)
    assert toml.values["b"] == 2**63 - 1
    assert read_toml("k = 1\n[" + ".".join("a" * MAX_DEPTH) + "]\n", "own.toml", PlanError).values["k"] == 1


@pytest.mark.parametrize(
    ("text", "line", "words", "hint"),
    [
        ("[page]\na = 1\n[page]\n", 3, "同一个表写了两次", "[[page]]、[[picture]]"),
        ("[[page]\n", 1, "方括号没有收住", "[[page]]、[[picture]]"),
        ("a = “甲”\n", 1, "等号后面的值不对", "半角"),
        ("\n甲 = 1\n", 2, "这里应当是", '"甲" = '),
        ('a = "b\\c"\n', 1, "反斜线", "用 / 分隔"),
        ("a =", 1, "等号后面的值不对", "键 = "),
        ("a = 1\na = 2", 2, "同一个键写了两次", "只写一次"),
    ],
)
def test_what_is_no_toml(text: str, line: int, words: str, hint: str) -> None:
    found = fault(text)
    assert found.place is not None
    assert (found.place.file, found.place.line) == ("small/own.toml", line)
    assert found.message.zh.startswith("own.toml 的写法有误")
    assert words in found.message.zh
    assert found.hint is not None
    assert hint in found.hint.zh


def test_the_class_is_that_of_the_file() -> None:
    with pytest.raises(TemplateError) as caught:
        read_toml("[inks]\na = 1\n[inks]\n", "d/design.toml", TemplateError)
    assert caught.value.hint is not None
    assert "[[" not in caught.value.hint.zh
