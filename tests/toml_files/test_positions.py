"""Where keys and values of TOML stand, the odd spellings included."""

import random
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from layout.toml_files.positions import KeyPath, TomlPositions

PLAIN = '''\
# 备注
title = "甲 # 不是备注"  # 备注
"quoted key" = 'x'
dotted.key = 1
long = """
[[page]]
"""
[table]
lists = [
  "一",  # 备注 ]
  ["二", '三'],
]
inline = { a = 1, b = { c = "}" } }

[[page]]
number = 1
[page.sub]
x = 1
[[page]]
  number = 2
[[page.item]]
y = 1
[[page.item]]
y = 2
'''

ODD = Path(__file__).with_name("odd.toml").read_text(encoding="utf-8")


def at(text: str, path: KeyPath) -> tuple[tuple[int, int], tuple[int, int]]:
    positions = TomlPositions(text)
    return positions.key(path), positions.value(path)


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("title",), (2, 1), (2, 10)),
        (("quoted key",), (3, 1), (3, 17)),
        (("dotted", "key"), (4, 1), (4, 14)),
        (("dotted",), (4, 1), (4, 1)),
        (("long",), (5, 1), (6, 1)),
        (("table",), (8, 1), (8, 1)),
        (("table", "lists"), (9, 1), (9, 9)),
        (("table", "lists", 0), (10, 4), (10, 4)),
        (("table", "lists", 1, 1), (11, 10), (11, 10)),
        (("table", "inline", "b", "c"), (13, 25), (13, 30)),
        (("page",), (15, 1), (15, 1)),
        (("page", 0), (15, 1), (15, 1)),
        (("page", 0, "sub", "x"), (18, 1), (18, 5)),
        (("page", 1, "number"), (20, 3), (20, 12)),
        (("page", 1, "item", 1, "y"), (24, 1), (24, 5)),
        (("page", 1, "nothing"), (19, 1), (19, 1)),
        (("nothing",), (1, 1), (1, 1)),
    ],
)
def test_keys_and_values(path: KeyPath, key: tuple[int, int], value: tuple[int, int]) -> None:
    assert at(PLAIN, path) == (key, value)


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("3", "14"), (2, 1), (2, 9)),
        (("a", "b.c", "d"), (3, 1), (3, 19)),
        (("a", "b.c"), (3, 1), (3, 1)),
        (('café "x"',), (4, 1), (4, 21)),
        (("",), (5, 1), (5, 6)),
        (("many",), (6, 1), (7, 1)),
        (("raw",), (12, 1), (13, 1)),
        (("outer",), (15, 1), (15, 1)),
        (("outer", "in ner"), (15, 1), (15, 1)),
        (("outer", "in ner", "when"), (16, 1), (16, 8)),
        (("outer", "in ner", "mixed", 0, "y", "z"), (18, 12), (18, 19)),
        (("outer", "in ner", "mixed", 1, 1, 1), (19, 18), (19, 18)),
        (("outer", "in ner", "mixed", 3), (20, 9), (20, 9)),
        (("deep",), (21, 1), (21, 1)),
        (("deep", "list", 0, "inner", 0, "m", "k", 1, "v"), (24, 18), (24, 22)),
        (("deep", "list", 0, "inner", 1, "m", "k"), (26, 1), (26, 7)),
        (("deep", "list", 0, "inner", 1, "table", "q"), (28, 1), (28, 6)),
        (("deep", "list", 1, "inner", 0, "m"), (32, 1), (32, 5)),
    ],
)
def test_odd_spellings(path: KeyPath, key: tuple[int, int], value: tuple[int, int]) -> None:
    assert at(ODD, path) == (key, value)


@pytest.mark.parametrize("text", [PLAIN, ODD])
def test_every_key_that_the_parser_knows_has_a_position(text: str) -> None:
    found = {path for path, _ in TomlPositions(text).all_keys()}
    assert found == set(_paths(tomllib.loads(text), ()))


def _paths(value: Any, above: KeyPath) -> Iterator[KeyPath]:
    """The path of every key, and of every table of an array of tables written with headers."""
    if isinstance(value, dict):
        for key, inner in value.items():
            yield (*above, key)
            yield from _paths(inner, (*above, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            if above[-1] in ("page", "item", "list", "inner") and isinstance(inner, dict):
                yield (*above, number)
            yield from _paths(inner, (*above, number))


def test_first_and_last_line() -> None:
    positions = TomlPositions("# 备注\n\n[[page]]\nnumber = 1\n\n\n")
    assert (positions.first(), positions.last()) == (3, 4)
    assert (TomlPositions("").first(), TomlPositions("").last()) == (1, 1)


def test_every_key_of_texts_changed_at_random_has_a_position() -> None:
    choice = random.Random(5)
    accepted = 0
    for _ in range(3000):
        text = _changed(choice)
        try:
            values = tomllib.loads(text)
        except tomllib.TOMLDecodeError:
            continue
        accepted += 1
        keys = {path for path, _ in TomlPositions(text).all_keys() if isinstance(path[-1], str)}
        assert keys == {path for path in _paths(values, ()) if isinstance(path[-1], str)}, text
    assert accepted > 500


def _changed(choice: random.Random) -> str:
    """Some lines of a text with up to three characters put in or taken out."""
    lines = choice.choice([PLAIN, ODD]).split("\n")
    first = choice.randrange(len(lines))
    text = "\n".join(lines[first : first + choice.randrange(1, 14)])
    for _ in range(choice.randrange(4)):
        at = choice.randrange(len(text) + 1)
        text = text[:at] + choice.choice(["", *"[]{}=\"'#.,\n \\ab1\t"]) + text[at + choice.randrange(2) :]
    return text
