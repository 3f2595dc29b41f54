"""What would make a page full that no arrangement fills, each found by arranging it so: a larger file of a picture,
copy more or less, a story left out, or both. Copy is set as it would be, with so many characters more or fewer at its
end: what an editor writes there is not known, so what has a line to spare is told before what has none.

What is told is in the editor's terms: pixels of a picture, characters of a story, or a story fewer. Copy that may not
be cut is let alone. Work is counted, never timed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations, islice
from math import ceil
from typing import Literal, Protocol

from layout.makeup.arrangement import Piece, pieces
from layout.makeup.arrangement_search import ArrangementSearch
from layout.makeup.candidates import Candidate, Option
from layout.makeup.height_tables import ArrangementSpace, Fixed, bits
from layout.makeup.option_heights import SHORT, HeightChoice
from layout.makeup.story_copy import StoryCopy
from layout.makeup.wanted_heights import wanted_heights

LINES = 160
"""Lines by which a story is tried longer and shorter at most: two columns of a page."""
UNKNOWN = (*range(1, 7), 8, 10, 13, 17)
"""Lines by which a story is tried longer and shorter that has no height at all: what it lacks is known of none."""
MOST = 3
"""So many mends are told."""
TRIES = 24
"""Changes of a story's length that are tried: the options of each are reckoned anew, a tenth of a second."""
SPREAD = 1.25
"""The next change of a story that is tried is so many times the last: where a page is full by its height and not by the
rules, a line more seldom helps."""
FEWER = 12
"""Sets of stories that are tried where one change does not do: without two, or without one and another changed."""
WORK = 600_000
"""Ways to part sets of stories that may be looked at for all of them: three or four seconds in plain Python."""
JOINTS = 270_000
"""Joints that may be looked at for all arrangements that are tried: some three seconds in plain Python;"""
JOINTS_EACH = 18_000
"""and for one of them."""

LARGER = 2
"""Stories of which larger files are tried, the heaviest first."""

Kind = Literal["larger file", "add", "cut", "leave out", "take off", "unpin"]


@dataclass(frozen=True, slots=True)
class MendStep:
    """One thing to do."""

    kind: Kind
    story: str
    """Or the picture, by its id."""
    characters: int = 0
    pixels: tuple[int, int] = (0, 0)
    """Of a larger file: across and down, at least."""
    place: str = ""
    """Of a pin, where it is written."""


@dataclass(frozen=True, slots=True)
class Mend:
    """What to do, all of it, after which the page is full."""

    steps: tuple[MendStep, ...]


class CopyChanges(Protocol):
    """Makes stories longer and shorter. Lines are those of a basic column."""

    @property
    def line(self) -> float:
        """The characters of a full line."""
        ...

    def characters(self, story: StoryCopy, lines: int) -> int:
        """The characters by which *story* is longer, or shorter, that has so many *lines* more, or fewer."""
        ...

    def changed(self, story: StoryCopy, characters: int) -> StoryCopy | None:
        """*story* as it would be, so many *characters* longer; None where it cannot be."""
        ...


class PicturesWithPixels(Protocol):
    """How stories might stand whose pictures had pixels enough."""

    def options_of(self, story: StoryCopy) -> Sequence[Option]:
        """Every way for *story* to stand then; none where its pictures have pixels enough."""
        ...

    def pixels(self, piece: Piece, choice: HeightChoice) -> Mapping[str, tuple[int, int]]:
        """The pixels that pictures of *piece* lack for *choice* by their ids: how many they must be."""
        ...


@dataclass
class MendSearch:
    """What is tried. *options* are by story; *again* makes those of a story anew that has other copy."""

    stories: Sequence[StoryCopy]
    options: Sequence[Sequence[Option]]
    space: ArrangementSpace
    fixed: Fixed
    sets: Sequence[int]
    """The sets of stories that the page may hold."""
    again: Callable[[StoryCopy], Sequence[Option]]
    over: bool
    """Whether the nearest arrangement is too high."""
    changes: CopyChanges
    """How a story becomes longer or shorter."""
    measures: Callable[[Piece], Sequence[float]]
    """The measures of a piece's columns with running text, each as a share of a basic column's."""
    stands: Callable[[Option, int], bool] = lambda *_: True
    """Whether a story's copy really stands at a height that was reckoned for it;"""
    changed_stands: Callable[[StoryCopy, Option, int], bool] = lambda *_: True
    """whether that of one with other lines does."""
    larger: PicturesWithPixels | None = None
    """How stories might stand with larger files of their pictures."""
    tries: int = TRIES
    work: int = WORK
    joints: int = JOINTS
    _wanted_by_sets: dict[tuple[int, tuple[int, ...]], Mapping[int, int]] = field(default_factory=dict)

    def found(self) -> tuple[Mend, ...]:
        """The cheapest mends: those that touch the fewest lines first, and several steps only where one does not do."""
        found = list(islice(self._larger_files(), 1))
        found += islice(self._copy(self.sets, TRIES), MOST - len(found))
        found += islice(self._without(1), MOST - len(found))
        if not found:
            self.tries, self.joints, self.work = 2 * TRIES, JOINTS, WORK
            found += islice(self._several(), 1)
        return tuple(found)

    def _larger_files(self) -> Iterator[Mend]:
        """Larger files of the pictures of one story, with which one of the sets fills the page."""
        larger = self.larger
        if larger is None:
            return
        ways = ((number, larger.options_of(story)) for number, story in enumerate(self.stories) if story.pictures)
        more = ((number, own) for number, own in ways if not _heights(own) <= _heights(self.options[number]))
        for number, own in islice(more, LARGER):
            story = self.stories[number]
            candidate = self._filled_by(number, own, self.sets, self._stands_beside(story))
            for piece in pieces(candidate.tree) if candidate else ():
                if candidate and piece.id == story.id:
                    wanted = larger.pixels(piece, candidate.choices[piece.id])
                    yield Mend(tuple(MendStep("larger file", name, pixels=each) for name, each in wanted.items()))

    def _copy(self, sets: Sequence[int], most: int) -> Iterator[Mend]:
        """Changes of one story's length that make one of *sets* fill the page, of each story the least longer and the
        least shorter; *most* are tried. Those without a line to spare come last.
        """
        tried, mended, tight = dict[tuple[int, bool], int](), set[tuple[int, bool]](), list[Mend]()
        every = [(abs(lines), self._later(lines), number, lines)
                 for number in range(len(self.stories)) for lines in self._lines_of(number, sets)]  # fmt: skip
        for size, _, number, lines in sorted(every):
            if most <= 0 or self.tries <= 0 or self.work <= 0:
                break
            way = number, lines > 0
            if way in mended or size < ceil(SPREAD * tried.get(way, 0)):
                continue
            tried[way] = size
            most, self.tries = most - 1, self.tries - 1
            characters = self.changes.characters(self.stories[number], lines)
            if (candidate := self._filled(number, characters, sets)) is not None:
                mended.add(way)
                spare = self._with_spare(number, characters, candidate)
                mend = Mend((self._step(number, spare or characters),))
                if spare:
                    yield mend
                else:
                    tight.append(mend)
        yield from tight

    def _step(self, number: int, characters: int) -> MendStep:
        return MendStep("add" if characters > 0 else "cut", self.stories[number].id, abs(characters))

    def _later(self, lines: int) -> bool:
        """Whether a change is tried after its opposite: copy is cut where the page is too high."""
        return lines > 0 if self.over else lines < 0

    def _lines_of(self, number: int, sets: Sequence[int]) -> set[int]:
        """By how many lines story *number* would have to be longer for a height that fills the page, as reckoned."""
        story, found = self.stories[number], set[int]()
        if not story.flows:
            return found
        wanted = self._wanted(number, sets)
        if wanted and not self.options[number]:
            found = {sign * lines for lines in UNKNOWN for sign in (1, -1)}
        for option in self.options[number]:
            measures = self.measures(option.piece)
            for height in bits(wanted.get(option.piece.columns, 0)) if measures else ():
                near = min(option.heights, key=lambda own: (abs(own - height), own))
                room = len(measures) * (height - near) + option.heights[near].short
                found.update(round(measures[-1] * lines) for lines in range(room - SHORT, room + 1))
        least = 0 if story.is_firm else -LINES
        return {lines for lines in found if lines and least <= lines <= LINES}

    def _filled(self, number: int, characters: int, sets: Sequence[int]) -> Candidate | None:
        """A full page where story *number* is so many *characters* longer."""
        changed = self.changes.changed(self.stories[number], characters)
        if changed is None:
            return None
        return self._filled_by(number, self.again(changed), sets, self._stands_beside(changed))

    def _filled_by(
        self, number: int, options: Sequence[Option], sets: Sequence[int], stands: Callable[[Option, int], bool]
    ) -> Candidate | None:
        """A full page where story *number* may stand in these *options*."""
        wanted = self._wanted(number, sets)
        own = []
        for option in options:
            fitting = wanted.get(option.piece.columns, 0)
            heights = {height: choice for height, choice in option.heights.items() if fitting >> height & 1}
            if heights:
                own.append(replace(option, heights=heights))
        if not own:
            return None
        self.work -= 3 ** len(self.stories) // 2  # tables of its own
        every = [own if other == number else each for other, each in enumerate(self.options)]
        search = ArrangementSearch(every, self.space, self.fixed, stands=stands)
        return self._arranged(search, (each for each in sets if each >> number & 1))

    def _stands_beside(self, changed: StoryCopy) -> Callable[[Option, int], bool]:
        """Whether copy stands, that of the *changed* story as it would be."""

        def stands(option: Option, height: int) -> bool:
            own = option.piece.id == changed.id
            return self.changed_stands(changed, option, height) if own else self.stands(option, height)

        return stands

    def _with_spare(self, number: int, characters: int, candidate: Candidate) -> int:
        """About as many *characters*, so that *candidate* is full with a line more or fewer, too; 0 where there are
        none.
        """
        story, height = self.stories[number], dict(candidate.heights)[self.stories[number].id]
        piece = next(each for each in pieces(candidate.tree) if each.id == story.id)
        lines = candidate.choices[story.id].short - SHORT // 2
        better = characters + round(lines * self.changes.line * self.measures(piece)[-1])
        changed = self.changes.changed(story, better) if better * characters > 0 else None
        for own in self.again(changed) if changed is not None else ():
            choice = own.heights.get(height) if own.piece == piece else None
            if changed is not None and choice is not None and choice.short == SHORT // 2:
                return better if self.changed_stands(changed, own, height) else 0
        return 0

    def _arranged(self, search: ArrangementSearch, sets: Iterable[int]) -> Candidate | None:
        """A full page of one of the *sets* of stories that keeps the rules, as far as the joints last."""
        for stories in sets:
            if self.joints > 0 and self.space.rows in search.reachable(stories):
                search.work = min(self.joints, JOINTS_EACH)
                before = search.work
                found = search.best(stories, self.space.rows)
                self.joints -= before - search.work
                if found:
                    return found[0]
        return None

    @cached_property
    def _search(self) -> ArrangementSearch:
        return ArrangementSearch(self.options, self.space, self.fixed, stands=self.stands)

    def _wanted(self, number: int, sets: Sequence[int]) -> Mapping[int, int]:
        """By width the heights of story *number* with which one of *sets* fills the page."""
        key = number, tuple(sets)
        if key not in self._wanted_by_sets:
            found: dict[int, int] = {}
            for stories in (each for each in sets if each >> number & 1):
                self.work -= 3 ** stories.bit_count() // 2
                for width, heights in wanted_heights(self._search.tables, stories, self.space.rows, number).items():
                    found[width] = found.get(width, 0) | heights
            self._wanted_by_sets[key] = found
        return self._wanted_by_sets[key]

    def _without(self, count: int) -> Iterator[Mend]:
        """What the page is full without: so many stories fewer, the lightest first."""
        for steps, sets in self._fewer(count):
            if self._arranged(self._search, sets) is not None:
                yield Mend(steps)

    def _fewer(self, count: int) -> Iterator[tuple[tuple[MendStep, ...], list[int]]]:
        """The sets of stories without *count* of them, the lightest first: never the lead, nothing that is reserved."""
        free = [number for number in reversed(range(1, len(self.stories))) if not self._is_reserved(number)]
        for out in combinations(free, count):
            bits_out = sum(1 << number for number in out)
            sets = sorted({each & ~bits_out for each in self.sets if each & bits_out == bits_out})
            if sets and all(sets):
                yield tuple(self._leave_out(number) for number in out), sets

    def _is_reserved(self, number: int) -> bool:
        return any(option.rank.role == "reserve" for option in self.options[number])

    def _leave_out(self, number: int) -> MendStep:
        story = self.stories[number]
        return MendStep("leave out" if story.flows else "take off", story.id)

    def _several(self) -> Iterator[Mend]:
        """Stories fewer, and of one that stays other lines, where one change does not do."""
        for count in range(1, len(self.stories)):
            for steps, sets in islice(self._fewer(count), FEWER):
                if count > 1 and self._arranged(self._search, sets) is not None:
                    yield Mend(steps)
                more = next(self._copy(sets, TRIES // 6), None)
                if more is not None:
                    yield Mend((*steps, *more.steps))


def _heights(options: Sequence[Option]) -> set[tuple[Piece, int]]:
    """The pieces of *options* at each height that they can have."""
    return {(option.piece, height) for option in options for height in option.heights}
