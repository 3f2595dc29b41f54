"""Errors planted before any rule was written: what a proofreader would mark, with the right answer."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
_ERROR = re.compile("⟦([^→⟧]*)→([^⟧]*)⟧")


@dataclass(frozen=True, slots=True)
class Planted:
    """One error: its family, the copy with it and without it, and where it stands in both."""

    family: str
    marked: str
    source: str
    """The text that the right words stand in; empty for an invented sentence."""
    right: str
    wrong: str
    spots: tuple[tuple[int, int], ...]
    """Of *wrong* the stretches that are wrong: empty ones where something is missing."""


def _planted(family: str, marked: str, source: str) -> Planted:
    spots, length, last = [], 0, 0
    for match in _ERROR.finditer(marked):
        length += match.start() - last
        spots.append((length, length + len(match[2])))
        length, last = length + len(match[2]), match.end()
    right, wrong = _ERROR.sub(lambda found: found[1], marked), _ERROR.sub(lambda found: found[2], marked)
    return Planted(family, marked, source, right, wrong, tuple(spots))


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(Path(__file__).with_name("planted.toml").read_text("utf-8"))


@cache
def source_text(name: str) -> str:
    """A text that errors are planted in."""
    return (ROOT / _table()["sources"][name]).read_text("utf-8")


def planted() -> Iterator[Planted]:
    """All of them, in the file's order."""
    for family in _table()["family"]:
        for rows in family["rows"]:
            yield from (_planted(family["id"], each, rows.get("in", "")) for each in rows["errors"])
