"""Which line of a TOML file a value stands on: ``tomllib`` does not say, and a fault without a line is half said."""

from __future__ import annotations

import re
from collections.abc import Mapping

_TABLE = re.compile(r"^\s*(\[\[?)\s*([^\[\]#]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([\w\"'.-]+(?:\s*\.\s*[\w\"'-]+)*)\s*=")


def line_numbers(text: str) -> dict[str, int]:
    """The line, from 1, of every table and key of *text*, by dotted name.

    The items of an array of tables are numbered from 0: ``override.0.key``. Keys inside an inline table are not listed;
    :func:`line_of` finds the table's line for them. A line inside a many-line string may be taken for a key: harmless,
    as the first mention of a name stands.
    """
    lines: dict[str, int] = {}
    counts: dict[str, int] = {}
    table = ""
    for number, line in enumerate(text.splitlines(), start=1):
        if found := _TABLE.match(line):
            table = _plain(found[2])
            if found[1] == "[[":
                index = counts.get(table, 0)
                counts[table] = index + 1
                table = f"{table}.{index}"
            lines.setdefault(table, number)
        elif found := _KEY.match(line):
            key = _plain(found[1])
            lines.setdefault(f"{table}.{key}" if table else key, number)
    return lines


def line_of(name: str, lines: Mapping[str, int]) -> int | None:
    """The line of *name*, or of the nearest table around it; None when the file has neither."""
    while name:
        if name in lines:
            return lines[name]
        name = name.rpartition(".")[0]
    return None


def _plain(name: str) -> str:
    return ".".join(part.strip().strip("\"'") for part in name.split("."))
