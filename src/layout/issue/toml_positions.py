"""Where a key of a TOML file stands. tomllib keeps no lines, and a newsroom needs them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from layout.errors import Place

Path = tuple[str | int, ...]
"""Keys and indexes from the top: ``("page", 0, "stories", 1)``."""

_BLANK = re.compile(r"(?:\s|#[^\n]*)*")
_SPACE = re.compile(r"[ \t]*")
_KEY = re.compile(r"""[ \t]*(?:"((?:[^"\\]|\\.)*)"|'([^']*)'|([A-Za-z0-9_-]+))[ \t]*""")
_STRING = re.compile(r'"{3}(?:[^\\]|\\.)*?"{3,5}|\'{3}.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|\'[^\'\n]*\'', re.DOTALL)
_BARE = re.compile(r"[^\],}#\n]*")


class Locator:
    """The places of every key and value of a TOML text that tomllib has already accepted."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(match.end() for match in re.finditer("\n", text))]
        self._keys: dict[Path, int] = {}
        self._values: dict[Path, int] = {}
        self._latest: dict[Path, int] = {}
        self._scan()

    def key(self, path: Sequence[str | int]) -> tuple[int, int]:
        """Line and column, from 1, of the key at *path*, or of the nearest thing above it."""
        return self._nearest(self._keys, path)

    def value(self, path: Sequence[str | int]) -> tuple[int, int]:
        """Line and column, from 1, of the value at *path* (of a string, its first character)."""
        return self._nearest(self._values, path)

    def last(self) -> int:
        """The last line that is not empty; 1 where there is none."""
        return self._text.rstrip().count("\n") + 1

    def first(self) -> int:
        """The first line with a key or a table; 1 where there is none."""
        return self._at(self._skip(0))[0] if self._keys else 1

    def _nearest(self, offsets: dict[Path, int], path: Sequence[str | int]) -> tuple[int, int]:
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
        table: Path = ()
        position = self._skip(0)
        while position < len(self._text):
            if self._text[position] == "[":
                table, position = self._header(position)
            else:
                position = self._pair(position, table)
            position = self._skip(position)

    def _skip(self, position: int) -> int:
        return _end(_BLANK, self._text, position)

    def _header(self, start: int) -> tuple[Path, int]:
        double = self._text.startswith("[[", start)
        (*parents, last), end = self._dotted(start + 1 + double)
        table: Path = ()
        for name in parents:
            table = (*table, name)
            if table in self._latest:
                table = (*table, self._latest[table])
        table = (*table, last)
        if double:
            number = self._latest[table] = self._latest.get(table, -1) + 1
            self._keys.setdefault(table, start)
            table = (*table, number)
        self._keys[table] = start
        return table, end + 1 + double

    def _pair(self, start: int, table: Path) -> int:
        names, end = self._dotted(start)
        path: Path = (*table, *names)
        for depth in range(len(table) + 1, len(path) + 1):
            self._keys.setdefault(path[:depth], start)
        return self._value(_end(_SPACE, self._text, end + 1), path)

    def _dotted(self, start: int) -> tuple[list[str], int]:
        """The names of a dotted key and the offset behind it."""
        names: list[str] = []
        position = start
        while match := _KEY.match(self._text, position):
            names.append(next(name for name in match.groups() if name is not None))
            position = match.end()
            if not self._text.startswith(".", position):
                break
            position += 1
        return names, position

    def _value(self, start: int, path: Path) -> int:
        """Notes where the value begins, and its elements; gives the offset behind it."""
        opening = self._text[start : start + 1]
        if opening and opening in "\"'":
            marks = 3 if self._text.startswith(opening * 3, start) else 1
            self._values[path] = start + marks
            return _end(_STRING, self._text, start)
        self._values[path] = start
        if opening == "[":
            return self._elements(start + 1, path)
        if opening == "{":
            return self._inline_table(start + 1, path)
        return _end(_BARE, self._text, start)

    def _elements(self, position: int, path: Path) -> int:
        number = 0
        position = self._skip(position)
        while not self._text.startswith("]", position):
            position = self._skip(self._value(position, (*path, number)))
            position = self._skip(position + self._text.startswith(",", position))
            number += 1
        return position + 1

    def _inline_table(self, position: int, path: Path) -> int:
        position = self._skip(position)
        while not self._text.startswith("}", position):
            position = self._skip(self._pair(position, path))
            position = self._skip(position + self._text.startswith(",", position))
        return position + 1


@dataclass(frozen=True, slots=True)
class Source:
    """issue.toml and its lines."""

    file: str
    locator: Locator

    def key(self, *path: str | int) -> Place:
        """Where a key stands."""
        return Place(self.file, *self.locator.key(path))

    def value(self, *path: str | int) -> Place:
        """Where a value begins."""
        return Place(self.file, *self.locator.value(path))

    def start(self) -> Place:
        """The first line that says something."""
        return Place(self.file, self.locator.first())

    def end(self) -> Place:
        """The last line."""
        return Place(self.file, self.locator.last())


def _end(pattern: re.Pattern[str], text: str, position: int) -> int:
    match = pattern.match(text, position)
    return match.end() if match else position
