"""双行夹注: a note in two small rows inside one line (JLREQ inline cutting note; w3c/clreq#109).

Read row by row: first the upper (in a vertical line the right one), then the lower; what does not fit goes on in the
next line, again in two rows. The rows are as even as the prohibitions let them be, the first the longer. Brackets stand
outside, in the size of the text.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import accumulate

from layout.composer.breaks import Breaks
from layout.composer.gaps import Gaps
from layout.composer.units import UnitChain

MIDDLE = 0.38
"""How far above the baseline the middle of a Han em box lies, in em."""
FOOT = 0.12
"""How far below it its foot lies."""


@dataclass(frozen=True, slots=True)
class NotePart:
    """The part of a note in one line: units [first, turn) in its upper row, [turn, after) in its lower."""

    first: int
    turn: int
    after: int
    width: float

    def row(self, k: int) -> int:
        """The row of unit *k*: 0 or 1."""
        return int(k >= self.turn)


@dataclass(frozen=True, slots=True)
class Splits:
    """The notes of a paragraph. ``inner[k]``: first and last unit of the note that a break before *k* cuts."""

    notes: tuple[tuple[int, int], ...]
    inner: Mapping[int, tuple[int, int]]
    turns: frozenset[int]
    raw: list[float]
    cells: list[float]
    _known: dict[tuple[int, int], NotePart] = field(default_factory=dict)

    @classmethod
    def of(cls, chain: UnitChain, breaks: Breaks, gaps: Gaps) -> Splits | None:
        """The notes of *chain*, none if it has none; in *gaps* their units share the width of the whole note."""
        if not chain.splits:
            return None
        inner = {k: note for note in chain.splits for k in range(note[0] + 1, note[1] + 1)}
        raw = list(accumulate((unit.width for unit in chain.units), initial=0.0))
        whole = cls(chain.splits, inner, breaks.turns, raw, raw)
        for first, last in chain.splits:
            total = raw[last + 1] - raw[first]
            share = whole.part(first, last + 1).width / total if total else 0.0
            for k in range(first, last + 1):
                gaps.cell[k] = gaps.start[k] = gaps.end[k] = chain.units[k].width * share
                gaps.left[k] = 0.0
        return cls(chain.splits, inner, breaks.turns, raw, list(accumulate(gaps.cell, initial=0.0)))

    def part(self, a: int, b: int) -> NotePart:
        """Units [a, b) of a note in two rows."""
        key = (a, b)
        if key not in self._known:
            raw, half = self.raw, (self.raw[a] + self.raw[b]) / 2
            middle = bisect_left(raw, half - 1e-9, lo=a, hi=b)
            above = next((k for k in range(max(middle, a + 1), b) if k in self.turns), b)
            below = next((k for k in range(min(middle, b) - 1, a, -1) if k in self.turns), b)
            width, _, turn = min((max(raw[k] - raw[a], raw[b] - raw[k]), -k, k) for k in (above, below))
            self._known[key] = NotePart(a, turn, b, width)
        return self._known[key]

    def pen(self, part: NotePart, k: int) -> float:
        """Where unit *k* begins in its row."""
        return self.raw[k] - self.raw[part.turn if part.row(k) else part.first]

    def parts(self, first: int, after: int) -> Iterator[NotePart]:
        """The parts of notes among units [first, after)."""
        for start, last in self.notes:
            if start < after and last >= first:
                yield self.part(max(start, first), min(last + 1, after))

    def beyond(self, i: int, j: int) -> float:
        """How much wider line [i, j) is than its cells say, for the notes that its ends cut."""
        cut = {note for k in (i, j) if (note := self.inner.get(k))}
        found = 0.0
        for first, last in cut:
            a, b = max(first, i), min(last + 1, j)
            if b > a:
                found += self.part(a, b).width - (self.cells[b] - self.cells[a])
        return found


def row_at(scale: float, row: int, *, vertical: bool) -> float:
    """Where a row of a note in type of *scale* stands: level, how far its baseline lies above the line's; vertical, how
    far right of the column's axis its own axis lies. In em of the paragraph."""
    if vertical:
        return scale / 2 - row * scale
    return MIDDLE + FOOT * scale - row * scale
