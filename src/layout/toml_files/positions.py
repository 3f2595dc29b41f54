"""Where the keys and values of a TOML file stand. ``tomllib`` keeps no lines, and a fault needs one.

tomlkit (0.15.2) was tried in its place: it keeps every character of a file, for writing it back, but no element of its
document knows a line or a column. They would have to be counted from the text that it gives back, table by table.
"""

from __future__ import annotations

import re
import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Sequence

KeyPath = tuple[str | int, ...]
"""Keys and indexes from the top: ``("page", 0, "stories", 1)``."""

COMMENT = r"#[^\n]*"
STRING = r'"{3}(?:[^\\]|\\.)*?"{3,5}|\'{3}.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\''
"""Patterns of what TOML's signs do not count in; a string may go over several lines (``re.DOTALL``)."""

_BLANK = re.compile(rf"(?:\s|{COMMENT})*")
_SPACE = re.compile(r"[ \t]*")
_KEY = re.compile(r"""[ \t]*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))[ \t]*""")
_STRING = re.compile(STRING, re.DOTALL)
_BARE = re.compile(r"[^\],}#\n]*")


class TomlPositions:
    """The places of every key and value of a TOML text that tomllib has already accepted."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._keys: dict[KeyPath, int] = {}
        self._values: dict[KeyPath, int] = {}
        self._latest: dict[KeyPath, int] = {}
        self._scan()

    def key(self, path: Sequence[str | int]) -> tuple[int, int]:
        """Line and column, from 1, of the key at *path*, or of the nearest thing above it."""
        return self._nearest(self._keys, path)

    def value(self, path: Sequence[str | int]) -> tuple[int, int]:
        """Line and column, from 1, of the value at *path* (of a string, its first character)."""
        return self._nearest(self._values, path)

    def all_keys(self) -> Iterator[tuple[KeyPath, tuple[int, int]]]:
        """The path of every key and table, with line and column; the tables of an array are numbered from 0."""
        for path, offset in self._keys.items():
            yield path, self._at(offset)

    def last(self) -> int:
        """The last line that is not empty; 1 where there is none."""
        return self._text.rstrip().count("\n") + 1

    def first(self) -> int:
        """The first line with a key or a table; 1 where there is none."""
        return self._at(self._skip(0))[0] if self._keys else 1

    def _nearest(self, offsets: dict[KeyPath, int], path: Sequence[str | int]) -> tuple[int, int]:
        known = tuple(path)
        while known:
            for found in (offsets, self._keys, self._values):
                if known in found:
                    return self._at(found[known])
            known = known[:-1]
        return 1, 1

    def _at(self, offset: int) -> tuple[int, int]:
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1

    def _scan(self) -> None:
        table: KeyPath = ()
        position = self._skip(0)
        while position < len(self._text):
            if self._text[position] == "[":
                table, position = self._header(position)
            else:
                position = self._pair(position, table)
            position = self._skip(position)

    def _skip(self, position: int) -> int:
        return _end(_BLANK, self._text, position)

    def _header(self, start: int) -> tuple[KeyPath, int]:
        double = self._text.startswith("[[", start)
        (*parents, last), end = self._dotted(start + 1 + double)
        table: KeyPath = ()
        for name in parents:
            table = (*table, name)
            self._keys.setdefault(table, start)
            if table in self._latest:
                table = (*table, self._latest[table])
        table = (*table, last)
        if double:
            number = self._latest[table] = self._latest.get(table, -1) + 1
            self._keys.setdefault(table, start)
            table = (*table, number)
        self._keys[table] = start
        return table, end + 1 + double

    def _pair(self, start: int, table: KeyPath) -> int:
        names, end = self._dotted(start)
        path: KeyPath = (*table, *names)
        for depth in range(len(table) + 1, len(path) + 1):
            self._keys.setdefault(path[:depth], start)
        return self._value(_end(_SPACE, self._text, end + 1), path)

    def _dotted(self, start: int) -> tuple[list[str], int]:
        """The names of a dotted key and the offset behind it."""
        names: list[str] = []
        position = start
        while match := _KEY.match(self._text, position):
            names.append(_key_name(match))
            position = match.end()
            if not self._text.startswith(".", position):
                break
            position += 1
        return names, position

    def _value(self, start: int, path: KeyPath) -> int:
        """Notes where the value begins, and its elements; gives the offset behind it."""
        opening = self._text[start : start + 1]
        if opening and opening in "\"'":
            marks = 3 if self._text.startswith(opening * 3, start) else 1
            # A line break right behind three marks is no part of the string.
            newline = marks == 3 and self._text.startswith("\n", start + marks)
            self._values[path] = start + marks + newline
            return _end(_STRING, self._text, start)
        self._values[path] = start
        if opening == "[":
            return self._elements(start + 1, path)
        if opening == "{":
            return self._inline_table(start + 1, path)
        return _end(_BARE, self._text, start)

    def _elements(self, position: int, path: KeyPath) -> int:
        number = 0
        position = self._skip(position)
        while not self._text.startswith("]", position):
            position = self._skip(self._value(position, (*path, number)))
            position = self._skip(position + self._text.startswith(",", position))
            number += 1
        return position + 1

    def _inline_table(self, position: int, path: KeyPath) -> int:
        position = self._skip(position)
        while not self._text.startswith("}", position):
            position = self._skip(self._pair(position, path))
            position = self._skip(position + self._text.startswith(",", position))
        return position + 1


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position


def _key_name(match: re.Match[str]) -> str:
    """The name that a key means, its escapes resolved."""
    quoted, literal, bare = match.groups()
    if quoted is None:
        return str(literal if bare is None else bare)
    return str(tomllib.loads(f'key = "{quoted}"')["key"]) if "\\" in quoted else str(quoted)
