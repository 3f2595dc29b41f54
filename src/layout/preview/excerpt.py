"""The line of the manuscript or template that a fault points at, with its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from layout.errors import Place
from layout.json_values import JsonObject

AROUND = 2
"""Lines shown before and after the one meant."""

LONGEST = 240
"""Characters shown of one line: a paragraph of copy is one line."""


@dataclass(frozen=True, slots=True)
class Excerpts:
    """Reads lines of files that lie in one of *roots*, and of no others."""

    roots: Sequence[Path]

    def around(self, place: Place) -> list[JsonObject]:
        """Lines around *place* as ``{"number", "text", "here", "mark"}``; none when it has no line or cannot be read.

        ``mark`` is the index in ``text`` of the character meant.
        """
        path = self.find(place.file)
        if path is None or place.line is None:
            return []
        try:
            lines = path.read_text(encoding="utf-8-sig", errors="replace").split("\n")
        except OSError:
            return []
        first = max(1, place.line - AROUND)
        chosen = enumerate(lines[first - 1 : place.line + AROUND], start=first)
        return [_row(number, text, place) for number, text in chosen]

    def find(self, name: str) -> Path | None:
        """The file that a place names: as the user gave it, or from one of the roots or a folder above; None where
        there is none in them.
        """
        tries = [Path(name), *(base / name for root in self.roots for base in (root, *root.resolve().parents[:2]))]
        for path in tries:
            if path.is_file() and any(path.resolve().is_relative_to(root.resolve()) for root in self.roots):
                return path
        return None


def _row(number: int, text: str, place: Place) -> JsonObject:
    here = number == place.line
    at = place.column - 1 if here and place.column and place.column <= len(text) else None
    # What is cut away is cut away far from the character meant.
    start = max(0, min((at or 0) - LONGEST // 2, len(text) - LONGEST))
    before, after = "…" * (start > 0), "…" * (start + LONGEST < len(text))
    shown = before + text[start : start + LONGEST] + after
    return {"number": number, "text": shown, "here": here, "mark": None if at is None else at - start + len(before)}
