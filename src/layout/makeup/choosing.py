"""Chooses the arrangement of a page: the cheapest that looks best, with copy that really stands in its pieces.

What was reckoned is set down the very columns of each piece that comes to be made: a height at which the copy does not
stand is no height of it. Where none is full the nearest is taken, fuller before emptier, and what would mend it is
found by trying.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from layout.galley.paragraph_setter import Setter
from layout.makeup.arrangement import Above, Arrangement, Piece, pieces
from layout.makeup.arrangement_search import WORK, ArrangementSearch
from layout.makeup.candidates import Candidate, Option
from layout.makeup.hard_rules import MOST, USUAL, Tops
from layout.makeup.height_tables import ArrangementSpace, Fixed
from layout.makeup.looks import looks
from layout.makeup.option_heights import SHORT, HeightChoice, slots, stands
from layout.makeup.sample_sheet import SampleSheet
from layout.makeup.story_copy import StoryCopy
from layout.makeup.written_tree import heights_of

NEAREST = 6
"""Heights that are looked at, those nearest to the page's first, before copy is taken to stand as it was reckoned."""
NEAR_WORK = 12_000
"""Joints looked at for each of those that are not the page's: what is found there is to be looked at and no more."""
SHARED_WORK = 40_000
"""Joints looked at for a page of a run, of which some dozens are tried: nine of ten that can be full take less."""
UNUSED = 8.0
"""A story of the pool that is not used."""


@dataclass(frozen=True, slots=True)
class Contents:
    """The stories that a page may hold, by number: those that it must, those that it may, and its fillers in order."""

    must: int
    may: int = 0
    fillers: tuple[int, ...] = ()

    def sets(self) -> Iterator[tuple[int, int]]:
        """Every set of stories that the page may hold, with the number of stories of the pool that it leaves out;
        fillers come in only one after the other.
        """
        pool = [1 << bit for bit in range(self.may.bit_length()) if self.may >> bit & 1]
        filled = 0
        for filler in (0, *(1 << each for each in self.fillers)):
            filled |= filler
            for count in range(len(pool), -1, -1):
                for chosen in combinations(pool, count):
                    yield self.must | filled | sum(chosen), len(pool) - count


@dataclass(frozen=True, slots=True)
class Chosen:
    """The arrangement taken, with the next best; *rows* it comes to, which are the page's where it is full."""

    candidate: Candidate
    others: tuple[Candidate, ...]
    rows: int
    stands: bool
    """Whether all of its copy stands at the heights that were reckoned for it."""
    by_rules: bool = True
    """Whether it keeps the hard rules; else none was found that does."""
    without: tuple[str, ...] = ()
    """The stories that find no place on it, though they should."""

    def is_full(self, rows: int) -> bool:
        """Whether it makes a page of *rows* rows full, as it should."""
        return self.by_rules and self.stands and self.rows == rows and not self.without


@dataclass
class Chooser:
    """Chooses for one page."""

    stories: Sequence[StoryCopy]
    options: list[list[Option]]
    sheet: SampleSheet
    setter: Setter
    contents: Contents
    fixed: Fixed = field(default_factory=Fixed)
    tree: Arrangement | None = None
    """The arrangement that is written down, if one is."""
    _standing: dict[tuple[Piece, int], bool] = field(default_factory=dict)

    @property
    def space(self) -> ArrangementSpace:
        """The room that there is."""
        return ArrangementSpace(self.sheet.columns, self.sheet.rows, self.sheet.air)

    def choose(self) -> Chosen | None:
        """The arrangement to take; None where no arrangement of all that must be on the page exists at any height."""
        return self._written(self.tree) if self.tree is not None else self._found()

    def choose_some(self) -> Chosen | None:
        """The arrangement to take where there is none of all that must be on the page: without what has no way to
        stand, and then without the lightest, until there is one.
        """
        must = self.contents.must
        numbers = [number for number in range(len(self.stories)) if must >> number & 1]
        out: list[int] = []
        for number in sorted(numbers, key=lambda number: (bool(self.options[number]), -number))[:-1]:
            out.append(number)
            fewer = must & ~sum(1 << each for each in out)
            found = replace(self, contents=replace(self.contents, must=fewer)).choose()
            if found is not None:
                return replace(found, without=tuple(self.stories[each].id for each in sorted(out)))
        return None

    def left_out(self, tree: Arrangement) -> int:
        """How many stories of the pool *tree* leaves out."""
        used = {piece.id for piece in pieces(tree)}
        may = self.contents.may
        return sum(may >> number & 1 and story.id not in used for number, story in enumerate(self.stories))

    def stands(self, candidate: Candidate) -> bool:
        """Whether the copy of *candidate* really stands in its pieces."""
        heights, choices = dict(candidate.heights), candidate.choices
        return all(
            self._is_standing(self._story(piece), piece, choices[piece.id], heights[piece.id])
            for piece in pieces(candidate.tree)
        )

    def fills(self) -> bool:
        """Whether an arrangement makes the page just full by all the rules, as far as is found with some of the work
        that the page itself has: it is one of many ways to share stories out.
        """
        search, rows = self._search(), self.space.rows
        search.work = SHARED_WORK
        return any(rows in search.reachable(own) and search.best(own, rows) for own, _ in self.contents.sets())

    def _search(self) -> ArrangementSearch:
        return ArrangementSearch(self.options, self.space, self.fixed, stands=self.option_stands)

    def _found(self) -> Chosen | None:
        """What is taken of the height nearest to the page's that has any arrangement. Where there is none whose copy
        stands, copy is taken to stand as it was reckoned; where there is none by the rules, one without them: it is to
        be looked at, and no more. A page that is not full with the usual boxes may be with more.
        """
        search, rows = self._search(), self.space.rows
        heights = {stories: search.reachable(stories) for stories, _ in self.contents.sets()}
        wanted = sorted({h for own in heights.values() for h in own}, key=lambda h: (abs(h - rows), h))
        for height, asked, by_rules, tops in self._tries(wanted[:NEAREST]):
            search.stands, search.by_rules, search.tops = asked, by_rules, tops
            search.work = WORK if height == rows else NEAR_WORK
            if found := self._best_at(height, search, heights):
                return self._chosen(found, height, by_rules=by_rules)
        return None

    def _tries(self, heights: Sequence[int]) -> Iterator[tuple[int, Callable[[Option, int], bool], bool, Tops]]:
        """What is searched one after the other: of which height, with copy that stands as this tells, by the rules or
        not, with how many boxes.
        """
        rows = self.space.rows
        if rows in heights:
            yield rows, self.option_stands, True, USUAL
            if sum(any(each.rank.top == "box" for each in own) for own in self.options) > USUAL["box"]:
                yield rows, self.option_stands, True, MOST
        yield from ((height, self.option_stands, True, USUAL) for height in heights if height != rows)
        for by_rules in (True, False):
            yield from ((height, _as_reckoned, by_rules, USUAL) for height in heights)

    def _best_at(
        self, height: int, search: ArrangementSearch, heights: Mapping[int, Sequence[int]]
    ) -> tuple[Candidate, ...]:
        """The candidates of *height*, the one to take first; *heights* are those of every set of stories."""
        found: list[Candidate] = []
        for stories, less in self.contents.sets():
            if height in heights[stories]:
                best = search.best(stories, height)
                found += (replace(each, cost=each.cost + unused(less)) for each in best)
        return tuple(sorted(found, key=lambda each: (each.cost + looks(each), each.words)))

    def _chosen(self, candidates: Sequence[Candidate], rows: int, *, by_rules: bool = True) -> Chosen:
        return Chosen(candidates[0], tuple(candidates[1:]), rows, self.stands(candidates[0]), by_rules)

    def _written(self, tree: Arrangement) -> Chosen | None:
        """The arrangement that is written down, at the height nearest to the page's."""
        options = {story.id: own for story, own in zip(self.stories, self.options, strict=True)}
        found = heights_of(tree, options, self.space)
        if not found:
            return None
        height = min(found, key=lambda each: (abs(each - self.space.rows), each))
        return self._chosen(found[height], height)

    def option_stands(self, option: Option, height: int) -> bool:
        """Whether the copy of *option* stands in the very columns of its piece at *height* rows. Where it is known
        which rows may be a column's last that is so of every height that was reckoned for it.
        """
        piece = option.piece
        if self._is_reckoned(self._story(piece), piece):
            return True
        key = piece, height
        if key not in self._standing:
            self._standing[key] = self._is_standing(self._story(piece), piece, option.heights[height], height)
        return self._standing[key]

    def changed_stands(self, story: StoryCopy, option: Option, height: int) -> bool:
        """The same for a *story* that is supposed to be longer or shorter than it is."""
        piece = option.piece
        return self._is_reckoned(story, piece) or self._is_standing(story, piece, option.heights[height], height)

    def _is_reckoned(self, story: StoryCopy, piece: Piece) -> bool:
        """Whether it is known which rows of *story* may be a column's last in *piece*."""
        sample = self.sheet.sample(piece) if story.flows else None
        if sample is None or sample.body is None or sample.measure is None:
            return sample is None or sample.body is None
        return story.copy(sample.body, sample.measure).feet is not None

    def _story(self, piece: Piece) -> StoryCopy:
        return next(each for each in self.stories if each.id == piece.id)

    def _is_standing(self, story: StoryCopy, piece: Piece, choice: HeightChoice, height: int) -> bool:
        sample = self.sheet.sample(piece) if story.flows else None
        if sample is None or sample.body is None:
            return True
        own = slots(sample, piece.head_rows + choice.air, choice.pictures, height, self.sheet.frame.row)
        chain = story.tracked(sample.body, own[0].length, choice.tracked) if own else None
        standing = stands(chain or story.chain(sample.body), own, self.setter)
        return not standing.over and standing.short <= SHORT and standing.level


def _as_reckoned(_option: Option, _height: int) -> bool:
    """Copy is taken to stand at every height that was reckoned for it."""
    return True


def unused(count: int) -> float:
    """What it costs that so many stories of the pool are left out."""
    return UNUSED * count


def places(candidate: Candidate, air: int) -> Mapping[str, tuple[int, int, int, int]]:
    """Where each piece stands: its first column and row, its columns and rows."""
    found: dict[str, tuple[int, int, int, int]] = {}
    heights = dict(candidate.heights)

    def put(tree: Arrangement, column: int, row: int) -> tuple[int, int]:
        if isinstance(tree, Piece):
            found[tree.id] = (column, row, tree.columns, heights[tree.id])
            return tree.columns, heights[tree.id]
        wide = high = 0
        for part in tree.parts:
            if isinstance(tree, Above):
                own_wide, own_high = put(part, column, row + high + (air if high else 0))
                wide, high = own_wide, high + own_high + (air if high else 0)
            else:
                own_wide, own_high = put(part, column + wide, row)
                wide, high = wide + own_wide, own_high
        return wide, high

    put(candidate.tree, 0, 0)
    return found
