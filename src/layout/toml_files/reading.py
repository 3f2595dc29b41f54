"""TOML files as values and positions; a file that cannot be read is a fault with its line and what to write."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TypeAlias

from layout.errors import Message, Place, SourceError
from layout.toml_files.positions import COMMENT, STRING, KeyPath, TomlPositions

TomlValue: TypeAlias = "str | int | float | date | time | list[TomlValue] | dict[str, TomlValue]"
"""Any value of TOML."""

MAX_DEPTH = 64
"""Brackets inside one another, and parts of a dotted key. Python's reader calls itself for each."""

MAX_PARTS = 50_000
"""Keys, parts of keys and items of lists in one file. An issue of 200 pages with 2,000 pictures has some 25,000."""

MAX_INTEGER = 2**63
"""TOML 1.0: integers are of 64 bits."""

_MARK = re.compile(rf"{STRING}|{COMMENT}|[\[\]{{}}=.,\n]", re.DOTALL)
_LONG_NUMBER = re.compile(rf"{STRING}|{COMMENT}|(?P<digits>[+-]?\d[\d_]{{999,}})", re.DOTALL)
_REASON_PLACE = re.compile(r"\s*\(at (?:line (\d+), column (\d+)|end of document)\)$")


@dataclass(frozen=True, slots=True)
class TomlFile:
    """The values of a TOML file and their positions. ``file`` is its name in places."""

    file: str
    values: Mapping[str, TomlValue]
    positions: TomlPositions

    def key(self, *path: str | int) -> Place:
        """Where the key at *path* stands, or the nearest table above it."""
        return Place(self.file, *self.positions.key(path))

    def value(self, *path: str | int) -> Place:
        """Where the value at *path* begins."""
        return Place(self.file, *self.positions.value(path))

    def start(self) -> Place:
        """The first line with a key or a table."""
        return Place(self.file, self.positions.first())

    def end(self) -> Place:
        """The last line that is not empty."""
        return Place(self.file, self.positions.last())


def read_toml(text: str, file: str, fault: type[SourceError], *, tables: Sequence[str] = ()) -> TomlFile:
    """The values and positions of a TOML text. *tables* are the tables that may stand in it more than once, for hints.

    Raises *fault*, with line and column, for a text that is no TOML and for one that is larger or deeper than any file
    that a person writes.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    _check_size(text, file, fault)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _not_toml(str(error), text, file, fault, tables) from None
    except ValueError:  # Python reads no integer of more than 4,300 digits
        digits = next((found for found in _LONG_NUMBER.finditer(text) if found["digits"]), None)
        raise _too_large(Place(file, *_position(text, digits.start() if digits else 0)), fault) from None
    toml = TomlFile(file, values, TomlPositions(text))
    for path in _large_integers(values, ()):
        raise _too_large(toml.value(*path), fault)
    return toml


def _check_size(text: str, file: str, fault: type[SourceError]) -> None:
    """Counts brackets, dots, equals signs and commas; of a text that is no TOML the count is rough, which is enough."""
    depth = dots = parts = 0
    for mark in _MARK.finditer(text):
        sign = mark[0]
        if sign in ("[", "{"):
            depth, dots = depth + 1, 0
        elif sign in ("]", "}"):
            depth = max(depth - 1, 0)
        elif sign == ".":
            dots += 1
            parts += 1
        elif sign in ("=", ",", "\n"):
            dots = 0
            parts += sign != "\n"
        if depth > MAX_DEPTH or dots >= MAX_DEPTH:
            raise fault(
                Message(
                    f"{Path(file).name} 套得太深：超过 {MAX_DEPTH} 层。",
                    f"{Path(file).name} is nested more than {MAX_DEPTH} deep.",
                ),
                place=Place(file, *_position(text, mark.start())),
                hint=Message("查这里的方括号、花括号和点号。", "Look at the brackets and dots here."),
            )
        if parts > MAX_PARTS:
            raise fault(
                Message(
                    f"{Path(file).name} 太大：键和值超过 {MAX_PARTS} 个。",
                    f"{Path(file).name} is too large: it has more than {MAX_PARTS} keys and values.",
                ),
                place=Place(file, *_position(text, mark.start())),
                hint=Message("查一查是不是放错了文件。", "Is it the right file?"),
            )


def _position(text: str, offset: int) -> tuple[int, int]:
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def _large_integers(value: TomlValue, path: KeyPath) -> Iterator[KeyPath]:
    """The paths of integers that TOML has no room for."""
    if isinstance(value, int) and not -MAX_INTEGER <= value < MAX_INTEGER:
        yield path
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from _large_integers(inner, (*path, key))
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from _large_integers(inner, (*path, number))


def _too_large(place: Place, fault: type[SourceError]) -> SourceError:
    return fault(
        Message("这个整数太大。", "This integer is too large."),
        place=place,
        hint=Message("整数最多 19 位；要写的是文字，就放进引号。", "It has at most 19 digits; words stand in quotes."),
    )


def _not_toml(problem: str, text: str, file: str, fault: type[SourceError], tables: Sequence[str]) -> SourceError:
    """The fault of a text that is no TOML, *problem* being what Python says of it."""
    found = _REASON_PLACE.search(problem)
    lines = text.rstrip("\n").split("\n")
    at_end = len(lines), len(lines[-1]) + 1
    number, column = (int(found[1]), int(found[2])) if found and found[1] else at_end
    line = lines[number - 1] if number <= len(lines) else ""
    message, hint = _explained(_REASON_PLACE.sub("", problem), line, Path(file).name, tables)
    return fault(message, place=Place(file, number, column), hint=hint)


def _explained(reason: str, line: str, name: str, tables: Sequence[str]) -> tuple[Message, Message]:
    """What is wrong with *line*, and what to do."""
    row = next((each for each in _rows() if re.fullmatch(each["match"], reason, re.DOTALL)), {})
    message = Message(
        f"{name} 的写法有误：{row['zh']}。" if row else f"{name} 的写法有误（{reason}）。",
        f"{name} is not right TOML: {reason}.",
    )
    hint = Message('每行写成 键 = "文字"；数和日期不加引号。', 'Write key = "words"; numbers and dates without quotes.')
    if re.search(r"=\s*[“”＂]|＝", line):
        hint = Message('引号和等号要用半角的 " 和 = 。', 'Use the plain signs " and = .')
    elif key := re.match(r"\s*([^\x00-\x7f]\w*)\s*=", line):
        quoted = f'"{key[1]}" = "…"'
        hint = Message(f"中文的键要放进引号：{quoted}。", f"A Chinese key stands in quotes: {quoted}.")
    elif "\\" in line and row.get("backslash"):
        hint = Message("路径用 / 分隔，不用 \\ 。", "Separate folders with /, not with \\ .")
    elif "hint_zh" in row and (tables or "{tables}" not in row["hint_zh"]):
        doubled = [f"[[{table}]]" for table in tables]
        hint = Message(
            row["hint_zh"].replace("{tables}", "、".join(doubled)),
            row["hint_en"].replace("{tables}", ", ".join(doubled)),
        )
    return message, hint


@cache
def _rows() -> Sequence[Mapping[str, str]]:
    table = files("layout.toml_files").joinpath("syntax.toml").read_text(encoding="utf-8")
    rows: Sequence[Mapping[str, str]] = tomllib.loads(table)["problem"]
    return rows
