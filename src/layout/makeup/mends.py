"""What would make a page full that no arrangement fills, each found by arranging it so: a larger file of a picture,
copy more or less, a story left out, or both. Copy is set as it would be, with so many characters more or fewer at its
end: what an editor writes there is not known, so what has a line to spare is told before what has none.

What is told is in the editor's terms: pixels of a picture, characters of a story, or a story fewer. Copy that may not
be cut is let alone. Work is counted, never timed.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import combinations, islice
from math import ceil

from layout.makeup.arrangement import Piece, pieces
from layout.makeup.arrangement_search import ArrangementSearch
from layout.makeup.candidates import Candidate, Option
from layout.makeup.hard_rules import MOST
from layout.makeup.height_tables import ArrangementSpace, Fixed
from layout.makeup.mend_means import CopyChanges, PicturesWithPixels, SupposedPicture
from layout.makeup.mend_steps import PIXELS, Mend, MendStep
from layout.makeup.spare_lines import in_round_numbers, spare_lines, wanted_spare
from layout.makeup.story_copy import StoryCopy
from layout.makeup.wanted_heights import wanted_heights
from layout.makeup.wanted_lines import Stand, lines_wanted, stand_of

LINES = 160
"""Lines by which a story is tried longer and shorter at most: two columns of a page."""
UNKNOWN = (*range(1, 7), 8, 10, 13, 17)
"""Lines by which a story is tried longer and shorter that has no height at all: what it lacks is known of none."""
TOLD = 3
"""So many mends are told."""
TRIES = 24
"""Changes of a story's length that are tried."""
ANEW = 60
"""Times that the options of a story are reckoned anew, a tenth of a second: for what is tried, and for what a change
has to spare.
"""
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
LEFT = 3 * JOINTS_EACH
"""Joints that are left for a picture more, or a story fewer, however many were looked at for changes of copy."""

LARGER = 2
"""Stories of which larger files are tried, the heaviest first."""
FEW_LINES = 12
"""Lines that come out as many as they were supposed to, though there is none to spare: 150 characters."""
AS_A_PICTURE = 20
"""Lines to be written that are as much trouble as a picture to be found."""


@dataclass
class MendSearch:
    """What is tried. *options* are by story; *again* makes those of a story anew that has other copy."""

    stories: Sequence[StoryCopy]
    options: Sequence[Sequence[Option]]
    space: ArrangementSpace
    fixed: Fixed
    sets: Sequence[int]
    """The sets of stories that the page may hold."""
    again: Callable[[StoryCopy, Collection[Stand] | None], Sequence[Option]]
    """of the second, where it is given, and of no others."""
    nearest: int
    """The rows of the nearest arrangement."""
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
    supposed: Callable[[], Iterable[SupposedPicture]] = tuple
    """Pictures of no story that the page might have besides; asked for where copy alone does not do."""
    tries: int = ANEW
    work: int = WORK
    joints: int = JOINTS
    _wanted_by_sets: dict[tuple[int, tuple[int, ...]], Mapping[int, int]] = field(default_factory=dict)
    _stands_of: dict[int, dict[int, set[Stand]]] = field(default_factory=dict)
    """By story and by lines more the ways to stand in which it fills the page then, as reckoned;"""
    _pages: dict[int, list[Candidate]] = field(default_factory=dict)
    """the full pages that were found, by the story that is changed;"""
    _tight: list[tuple[int, Mend]] = field(default_factory=list)
    """and the mends that have fewer lines to spare than they should, none or some, by what they have."""

    def found(self) -> tuple[Mend, ...]:
        """A larger file, and the mends that touch the fewest lines first; what has no line to spare, and several steps,
        only where nothing else does.
        """
        found = [*islice(self._larger_files(), 1), *self._first()]
        found += islice(self._without(1), max(0, TOLD - len(found)))
        tight = list(self._with_less_to_spare())
        found += [mend for mend in tight if mend.lines <= FEW_LINES]
        if not found:
            self.tries, self.joints, self.work = ANEW, JOINTS, WORK
            found += islice(self._several(), 1)
        return tuple([*found, *(mend for mend in tight if mend not in found)][:TOLD])

    def _first(self) -> list[Mend]:
        """Changes of copy, and a picture where much is lacking or no change does; the least trouble first."""
        lacking = (self.space.rows - self.nearest) * self.space.columns
        found = list(islice(self._with_picture(), 1)) if lacking > AS_A_PICTURE else []
        found += islice(self._copy(self.sets, TRIES // 3 if found else TRIES), TOLD)
        self.joints = max(self.joints, LEFT)
        if 0 <= lacking <= AS_A_PICTURE and (len(found) < TOLD or found[0].lines > AS_A_PICTURE):
            found += islice(self._with_picture(), 1)
        return sorted(found, key=lambda each: each.lines)

    def _larger_files(self) -> Iterator[Mend]:
        """Larger files of the pictures of one story, with which one of the sets fills the page."""
        larger = self.larger
        if larger is None:
            return
        ways = ((number, larger.options_of(story)) for number, story in enumerate(self.stories) if story.pictures)
        more = ((number, own) for number, own in ways if not _heights(own) <= _heights(self.options[number]))
        for number, own in islice(more, LARGER):
            story = self.stories[number]
            candidate = self._filled(number, own, self.sets, self._stands_beside(story))
            for piece in pieces(candidate.tree) if candidate else ():
                if candidate and piece.id == story.id:
                    wanted = larger.pixels(piece, candidate.choices[piece.id])
                    yield Mend(tuple(MendStep("larger file", name, pixels=each) for name, each in wanted.items()))

    def _copy(self, sets: Sequence[int], most: int) -> Iterator[Mend]:
        """Changes of one story's length that make one of *sets* fill the page, with the lines to spare that they should
        have, of each story the least longer and the least shorter; *most* are tried. Others are kept.
        """
        tried, mended = dict[tuple[int, bool], int](), set[tuple[int, bool]]()
        self._tight, self._pages = [], {}
        every = [(abs(lines), self._later(lines), number, lines)
                 for number in range(len(self.stories)) for lines in self._lines_of(number, sets)]  # fmt: skip
        for size, _, number, lines in sorted(every):
            if most <= 0 or self._is_spent:
                break
            way = number, lines > 0
            if way in mended or size < ceil(SPREAD * tried.get(way, 0)):
                continue
            tried[way] = size
            most -= 1
            if self._fills(number, lines, sets):
                mended.add(way)
                mend, spare = self._with_spare(number, lines, sets)
                if spare >= wanted_spare(mend.lines if lines > 0 else -mend.lines):
                    yield mend
                else:
                    self._tight.append((spare, mend))

    def _with_less_to_spare(self) -> Iterator[Mend]:
        """The changes that are kept, those with the most lines to spare first."""
        return (mend for _, mend in sorted(self._tight, key=lambda each: (-each[0], each[1].lines)))

    @property
    def _is_spent(self) -> bool:
        return self.tries <= 0 or self.work <= 0

    def _with_spare(self, number: int, lines: int, sets: Sequence[int]) -> tuple[Mend, int]:
        """A change of story *number* by about so many *lines*, and the lines that it has to spare. Without any it is
        told to the character.
        """
        story = self.stories[number]

        def fills(own: int) -> bool:
            return not self._is_spent and self._fills(number, own, sets)

        middle, spare = spare_lines(lines, fills)
        characters = self.changes.characters(story, middle)
        rounded = in_round_numbers(characters)
        if spare and self._fills(number, middle, sets, rounded):
            characters = rounded
        step = MendStep("add" if characters > 0 else "cut", story.id, abs(characters), is_exact=not spare)
        return Mend((step,), abs(middle)), spare

    def _later(self, lines: int) -> bool:
        """Whether a change is tried after its opposite: copy is cut where the page is too high."""
        return lines > 0 if self.nearest > self.space.rows else lines < 0

    def _lines_of(self, number: int, sets: Sequence[int]) -> Collection[int]:
        """By how many lines story *number* would have to be longer for a height that fills the page, as reckoned. In
        which ways it stands then is noted.
        """
        story = self.stories[number]
        if not story.flows:
            return ()
        wanted = self._wanted(number, sets)
        if wanted and not self.options[number]:
            return {sign * lines for lines in UNKNOWN for sign in (1, -1)}
        found = lines_wanted(self.options[number], wanted, self.measures)
        least = 0 if story.is_firm else -LINES
        self._stands_of[number] = {lines: own for lines, own in found.items() if lines and least <= lines <= LINES}
        return self._stands_of[number]

    def _fills(self, number: int, lines: int, sets: Sequence[int], characters: int = 0) -> bool:
        """Whether a page is full where story *number* is so many *lines* longer, which are so many *characters*, where
        they are told: one that was found for about as many, or another.
        """
        story, known = self.stories[number], self._pages.setdefault(number, [])
        own = characters or self.changes.characters(story, lines)
        changed = self.changes.changed(story, own) if own else None
        if changed is None:
            return False
        if any(self._stays(changed, page) for page in known):
            return True
        self.tries -= 1
        ways = self._stands_of.get(number, {})
        options = self.again(changed, ways.get(lines, set()) if ways else None)
        page = self._filled(number, options, sets, self._stands_beside(changed))
        known += [page] if page is not None else []
        return page is not None

    def _stays(self, changed: StoryCopy, page: Candidate) -> bool:
        """Whether *page* stays as it is with the *changed* story, but for lines of its last column."""
        piece = next((each for each in pieces(page.tree) if each.id == changed.id), None)
        if piece is None:
            return False
        height, before = dict(page.heights)[piece.id], page.choices[piece.id]
        for option in self.again(changed, [stand_of(piece)]):
            choice = option.heights.get(height) if option.piece == piece else None
            if choice is not None and (choice.pictures, choice.air) == (before.pictures, before.air):
                return self.changed_stands(changed, option, height)
        return False

    def _filled(
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
        search = self._searching(every, stands, self.fixed)
        return self._arranged(search, (each for each in sets if each >> number & 1))

    def _stands_beside(self, changed: StoryCopy) -> Callable[[Option, int], bool]:
        """Whether copy stands, that of the *changed* story as it would be."""

        def stands(option: Option, height: int) -> bool:
            own = option.piece.id == changed.id
            return self.changed_stands(changed, option, height) if own else self.stands(option, height)

        return stands

    def _with_picture(self) -> Iterator[Mend]:
        """A picture of no story, with which the page is full."""
        for kind, picture, options in self.supposed():
            number = len(self.stories)
            fixed = replace(self.fixed, weightless=self.fixed.weightless | 1 << number)
            self.work -= 3 ** (number + 1) // 2
            stands = self._stands_with(picture)
            search = self._searching([*self.options, options], stands, fixed)
            if self._arranged(search, [each | 1 << number for each in self.sets]) is not None:
                yield Mend((MendStep(kind, "", pixels=PIXELS[kind]),), AS_A_PICTURE)

    def _stands_with(self, picture: StoryCopy) -> Callable[[Option, int], bool]:
        """Whether copy stands; a *picture* has none."""
        return lambda option, height: option.piece.id == picture.id or self.stands(option, height)

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
        return self._searching(self.options, self.stands, self.fixed)

    def _searching(
        self, options: Sequence[Sequence[Option]], stands: Callable[[Option, int], bool], fixed: Fixed
    ) -> ArrangementSearch:
        """A search with as many boxes as a page may have that is full with no fewer."""
        return ArrangementSearch(options, self.space, fixed, stands=stands, tops=MOST)

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
                more = next(self._copy(sets, TRIES // 6), None) or next(self._with_less_to_spare(), None)
                if more is not None:
                    yield Mend((*steps, *more.steps))


def _heights(options: Sequence[Option]) -> set[tuple[Piece, int]]:
    """The pieces of *options* at each height that they can have."""
    return {(option.piece, height) for option in options for height in option.heights}
