"""What would make a page full that no arrangement fills, each found by arranging it so: copy more or less, a story left
out. Copy is set as it is, with so many lines more or fewer at its end: what an editor writes there is not known.

What is told is in the editor's terms: characters of a story, or a story fewer. Copy that may not be cut is let alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain, islice, product
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
WORK = 400_000
"""Ways to part sets of stories that may be looked at for all of them: two or three seconds in plain Python."""
JOINTS = 60_000
"""Joints that may be looked at for all arrangements that are tried: some two seconds in plain Python."""
_TRIED = 300
"""What it counts to reckon a story's options with another number of lines."""


@dataclass(frozen=True, slots=True)
class Mend:
    """One thing to do, after which the page is full."""

    kind: Literal["add", "cut", "leave out", "take off", "unpin"]
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
    stands: Callable[[Option, int], bool] = lambda *_: True
    """Whether a story's copy really stands at a height that was reckoned for it;"""
    changed_stands: Callable[[StoryCopy, Option, int], bool] = lambda *_: True
    """whether that of one with other lines does."""
    work: int = WORK
    joints: int = JOINTS

    def found(self) -> tuple[Mend, ...]:
        """The cheapest mends: those that touch the fewest lines first."""
        return tuple(islice(chain(self._copy(), self._fewer()), MOST))

    def _copy(self) -> Iterator[Mend]:
        signs = (-1, 1) if self.over else (1, -1)
        mended = set()
        for lines, sign, number in product(range(1, LINES + 1), signs, range(len(self.stories))):
            story = self.stories[number]
            if not story.flows or (story.is_firm and sign < 0) or (sign, number) in mended or self.work < 0:
                continue
            if self._fills(number, sign * lines):
                mended.add((sign, number))
                yield Mend("add" if sign > 0 else "cut", story.id, lines, lines * self.measure)

    def _fills(self, number: int, lines: int) -> bool:
        """Whether the page is full where story *number* is so many *lines* longer."""
        wanted = self._wanted(number)
        self.work -= _TRIED
        changed = replace(self.stories[number], extra=lines)
        own = []
        for option in self.again(changed):
            fitting = wanted.get(option.piece.columns, 0)
            heights = {height: choice for height, choice in option.heights.items()
                       if fitting >> height & 1 and self.changed_stands(changed, option, height)}  # fmt: skip
            if heights:
                own.append(replace(option, heights=heights))
        if not own:
            return False
        self.work -= 3 ** len(self.stories)  # tables of its own
        options = [own if other == number else each for other, each in enumerate(self.options)]
        search = ArrangementSearch(options, self.space, self.fixed, stands=self._stands_beside(changed))
        return self._is_arranged(search, (each for each in self.sets if each >> number & 1))

    def _stands_beside(self, changed: StoryCopy) -> Callable[[Option, int], bool]:
        """Whether copy stands: that of the *changed* story was asked before."""
        return lambda option, height: option.piece.id == changed.id or self.stands(option, height)

    def _is_arranged(self, search: ArrangementSearch, sets: Iterable[int]) -> bool:
        """Whether one of the *sets* of stories has a full page that keeps the rules, as far as the joints last."""
        for stories in sets:
            if self.joints > 0 and self.space.rows in search.reachable(stories):
                search.work = self.joints
                found = search.best(stories, self.space.rows)
                self.joints = search.work
                if found:
                    return True
        return False

    @cached_property
    def _search(self) -> ArrangementSearch:
        return ArrangementSearch(self.options, self.space, self.fixed, stands=self.stands)

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
        """What the page is full without, the lightest first: never the lead, nothing that is reserved."""
        for number, story in reversed(list(enumerate(self.stories))[1:]):
            if any(option.rank.role == "reserve" for option in self.options[number]):
                continue
            less = sorted({each & ~(1 << number) for each in self.sets if each >> number & 1})
            if self._is_arranged(self._search, less):
                yield Mend("leave out" if story.flows else "take off", story.id)
