"""What would make a page full that no arrangement fills, each found by trying it: copy more or less, a story left out.

What is told is in the editor's terms: characters of a story, or a story fewer. Copy that may not be cut is let alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from layout.makeup.arrangement_search import ArrangementSearch
from layout.makeup.candidates import Option
from layout.makeup.height_tables import ArrangementSpace, Fixed
from layout.makeup.story_copy import StoryCopy
from layout.makeup.wanted_heights import wanted_heights

LINES = 64
"""Lines by which a story is tried longer and shorter at most."""
MOST = 3
"""So many mends are told."""
WORK = 200_000
"""Ways to part sets of stories that may be looked at for all of them: some two seconds in plain Python."""
_TRIED = 300
"""What it counts to reckon a story's options with another number of lines."""


@dataclass(frozen=True, slots=True)
class Mend:
    """One thing to do, after which the page is full."""

    kind: Literal["add", "cut", "leave out", "unpin"]
    story: str
    lines: int = 0
    """Of a column, about."""
    characters: int = 0
    place: str = ""
    """Of a pin, where it is written."""


@dataclass
class MendSearch:
    """What is tried. *options* are by story; *again* makes those of a story anew that has other lines."""

    stories: Sequence[StoryCopy]
    options: Sequence[Sequence[Option]]
    space: ArrangementSpace
    fixed: Fixed
    sets: Sequence[int]
    """The sets of stories that the page may hold."""
    again: Callable[[StoryCopy], Sequence[Option]]
    over: bool
    """Whether the nearest arrangement is too high."""
    measure: int
    """Characters of a line."""
    work: int = WORK

    def found(self) -> tuple[Mend, ...]:
        """The cheapest mends: those that touch the fewest lines first."""
        made = sorted(self._copy(), key=lambda each: (each.lines, each.kind, each.story))[:MOST]
        return (*made, *list(self._fewer())[: max(0, MOST - len(made))])

    def _copy(self) -> Iterator[Mend]:
        signs = (-1, 1) if self.over else (1, -1)
        for sign in signs:
            for number, story in enumerate(self.stories):
                if not story.flows or (story.is_firm and sign < 0):
                    continue
                lines = self._least(number, sign)
                if lines is not None:
                    yield Mend("add" if sign > 0 else "cut", story.id, lines, lines * self.measure)

    def _least(self, number: int, sign: int) -> int | None:
        """The fewest lines by which story *number* is longer or shorter where the page is full then."""
        for lines in range(1, LINES + 1):
            if self.work < 0:
                return None
            if self._fills(number, sign * lines):
                return lines
        return None

    def _fills(self, number: int, lines: int) -> bool:
        """Whether the page is full where story *number* is so many *lines* longer."""
        wanted = self._wanted(number)
        self.work -= _TRIED
        options = self.again(replace(self.stories[number], extra=lines))
        return any(wanted.get(each.piece.columns, 0) >> height & 1 for each in options for height in each.heights)

    @cached_property
    def _search(self) -> ArrangementSearch:
        return ArrangementSearch(self.options, self.space, self.fixed)

    @cached_property
    def _by_story(self) -> dict[int, Mapping[int, int]]:
        return {}

    def _wanted(self, number: int) -> Mapping[int, int]:
        """By width the heights of story *number* with which the page is full."""
        if number not in self._by_story:
            found: dict[int, int] = {}
            for stories in (each for each in self.sets if each >> number & 1):
                self.work -= 3 ** stories.bit_count() // 2
                for width, heights in wanted_heights(self._search.tables, stories, self.space.rows, number).items():
                    found[width] = found.get(width, 0) | heights
            self._by_story[number] = found
        return self._by_story[number]

    def _fewer(self) -> Iterator[Mend]:
        """Stories without which the page is full, the lightest first; never the lead."""
        for number, story in reversed(list(enumerate(self.stories))[1:]):
            less = {each & ~(1 << number) for each in self.sets if each >> number & 1}
            if any(self.space.rows in self._search.reachable(each) for each in less):
                yield Mend("leave out", story.id)
