"""What reading a manuscript changes in what was typed: characters read as marks, and lines taken as paragraphs.

Each kind is noted where it stands first, with a count; ``reading_findings`` makes findings of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from layout.errors import Place
from layout.manuscript.characters import is_wide

NoteKind = Literal["list_mark", "tab", "tab_table", "wrapped_lines"]
"""A bullet that is not printed; a tab set as a space; lines that tabs align; lines that a program has wrapped."""

_SHORT = 12
"""Characters of a line below which lines are a list or verse, not wrapped copy."""
_LIKE = 0.15
"""How much shorter than the longest a wrapped line may be: a word or a mark that did not fit, two characters in
fifteen."""
_IN_A_ROW = 3
_ENDS = "。！？…；：”’」』）)》.!?;:"
"""What ends a line that its writer meant to end."""


@dataclass(frozen=True, slots=True)
class ReadingNote:
    """Something typed that is not set as it was typed."""

    kind: NoteKind
    typed: str
    place: Place
    count: int = 1

    def lines(self) -> range:
        """The lines of the file that it is about, where each of them counts as one."""
        first = self.place.line or 0
        return range(first, first + self.count)


def counted(notes: Sequence[ReadingNote]) -> Iterator[ReadingNote]:
    """One note for each kind and each thing typed, where it stands first, with the sum of the counts."""
    sums: dict[tuple[str, str], int] = {}
    notes = _without_tables(notes)
    for note in notes:
        key = note.kind, note.typed
        sums[key] = sums.get(key, 0) + note.count
    for note in notes:
        if (key := (note.kind, note.typed)) in sums:
            yield ReadingNote(note.kind, note.typed, note.place, sums.pop(key))


def _without_tables(notes: Sequence[ReadingNote]) -> Sequence[ReadingNote]:
    """*notes* without those on single tabs in lines that are a table."""
    lines = {line for note in notes for line in note.lines() if note.kind == "tab_table"}
    return [note for note in notes if note.kind != "tab" or note.place.line not in lines]


def tab_tables(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The first line and the number of the lines, two or more in a row, that have as many tabs inside as the next."""
    first = 0
    for tabs, group in groupby(lines, key=lambda line: line.strip().count("\t")):
        count = len(list(group))
        if tabs and count > 1:
            yield first, count
        first += count


def wrapped(lines: Sequence[str]) -> tuple[int, int] | None:
    """The first line and the number of the lines that look wrapped by a program; None where none do.

    These are three or more in a row of nearly the same length, each broken off without a mark that ends it.
    """
    start = 0 if len(lines) >= _IN_A_ROW else len(lines)
    while start < len(lines):
        end = start
        while end < len(lines) and _broken_off(lines[end]) and _alike(lines[start : end + 1]):
            end += 1
        if end - start >= _IN_A_ROW - 1 and end < len(lines) and not _broken_off(lines[end]):
            end += 1  # the last line of a wrapped paragraph ends with its mark
        if end - start >= _IN_A_ROW:
            return start, end - start
        start = max(end, start + 1)
    return None


def _broken_off(line: str) -> bool:
    words = line.strip()
    return bool(words) and words[-1] not in _ENDS and _width(words) >= _SHORT


def _alike(lines: Sequence[str]) -> bool:
    widths = [_width(line.strip()) for line in lines]
    return min(widths) >= (1 - _LIKE) * max(widths)


def _width(words: str) -> float:
    """The width of *words* in characters: a Latin letter takes half."""
    return sum(1.0 if is_wide(char) else 0.5 for char in words)
