"""What would make a page full that no arrangement fills, each found by trying it: copy more or less, a story left out.

What is told is in the editor's terms: characters of a story, or a story fewer. Copy that may not be cut is let alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from layout.makeup.arrangement_search import ArrangementSearch
from layout.makeup.candidates import Option
from layout.makeup.height_tables import ArrangementSpace, Fixed
from layout.makeup.story_copy import StoryCopy

STEPS = (2, 4, 8, 16, 32, 64)
"""Lines by which a story is tried longer and shorter, one after the other."""
MOST = 3
"""So many mends are told."""
WORK = 200_000
"""Ways to part sets of stories that may be looked at for all of them: some three seconds in plain Python."""


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
        before = 0
        for lines in STEPS:
            if self.work < 0:
                return None
            if self._fills(number, sign, range(before + 1, lines + 1)):
                return next(own for own in range(before + 1, lines + 1) if self._fills(number, sign, (own,)))
            before = lines
        return None

    def _fills(self, number: int, sign: int, lines: Sequence[int]) -> bool:
        story = self.stories[number]
        own = [each for count in lines for each in self.again(replace(story, extra=sign * count))]
        options = [own if place == number else list(each) for place, each in enumerate(self.options)]
        self.work -= 3 ** len(self.stories) // 2
        search = ArrangementSearch(options, self.space, self.fixed)
        return any(self.space.rows in search.reachable(each) for each in self.sets)

    def _fewer(self) -> Iterator[Mend]:
        """Stories without which the page is full, the lightest first; never the lead."""
        search = ArrangementSearch([list(each) for each in self.options], self.space, self.fixed)
        for number, story in reversed(list(enumerate(self.stories))[1:]):
            less = {each & ~(1 << number) for each in self.sets if each >> number & 1}
            if any(self.space.rows in search.reachable(each) for each in less):
                yield Mend("leave out", story.id)
