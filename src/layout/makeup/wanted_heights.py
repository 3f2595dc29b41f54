"""The heights at which one story would make a page just full, whatever heights it has: from the whole page down to it.

Of the sets of stories that hold it only those parts are known that do not; from them it follows what the rest must come
to. So one pass answers for every length of the story, where the tables would have to be made anew for each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from layout.makeup.height_tables import KINDS, NO_ROW, NO_STACK, PIECE, ROW, STACK, HeightTables, Kind, Places, bits


def wanted_heights(tables: HeightTables, stories: int, height: int, number: int) -> Mapping[int, int]:
    """By width the heights of story *number* with which *stories* come to *height* rows over the whole width, as bits.
    Nothing where it is none of *stories*.
    """
    if not stories >> number & 1:
        return {}
    search = _WantedHeights(tables, 1 << number)
    search.note(stories, tables.space.columns, 1 << height, KINDS)
    own = stories
    while own:
        if own & search.story and own != search.story:
            search.part(own)
        own = (own - 1) & stories
    return {width: heights for (_, width), heights in search.wanted[PIECE].items()}


@dataclass
class _WantedHeights:
    tables: HeightTables
    story: int
    """The story, as a bit."""
    wanted: tuple[Places, Places, Places] = field(default_factory=lambda: ({}, {}, {}))
    """The heights that sets with the story are to come to, by kind."""

    def note(self, stories: int, width: int, heights: int, kinds: Sequence[Kind]) -> None:
        for kind in kinds if heights else ():
            if (kind == PIECE) == (stories == self.story):
                self.wanted[kind][stories, width] = self.wanted[kind].get((stories, width), 0) | heights

    def part(self, stories: int) -> None:
        """Notes what the part of *stories* with the story in it is to come to, for every way to cut them in two."""
        columns = range(1, self.tables.space.columns + 1)
        stacks = {width: own for width in columns if (own := self.wanted[STACK].get((stories, width), 0))}
        rows = {width: own for width in columns if (own := self.wanted[ROW].get((stories, width), 0))}
        fixed = self.tables.fixed
        for first, rest in fixed.splits(stories) if stacks or rows else ():
            for width, own in stacks.items() if fixed.above(first, rest) else ():
                self._of_stack(first, rest, width, own)
            for width, own in rows.items() if fixed.side_by_side(first, rest) else ():
                self._of_row(first, rest, width, own)

    def _of_stack(self, first: int, rest: int, width: int, wanted: int) -> None:
        upper = bool(first & self.story)
        other = self.tables.heights(rest, width) if upper else self.tables.heights(first, width, NO_STACK)
        found = 0
        for height in bits(other):
            found |= wanted >> (height + self.tables.space.air)
        self.note(first if upper else rest, width, found & ~1, NO_STACK if upper else KINDS)

    def _of_row(self, first: int, rest: int, width: int, wanted: int) -> None:
        for left in range(1, width):
            if first & self.story:
                self.note(first, left, wanted & self.tables.heights(rest, width - left), NO_ROW)
            else:
                self.note(rest, width - left, wanted & self.tables.heights(first, left, NO_ROW), KINDS)
