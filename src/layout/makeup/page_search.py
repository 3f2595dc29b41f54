"""Searches the arrangements of a page: which exist, and the cheapest few of them that keep the hard rules.

A page is cut again and again into a part above and one below, or into one at the left and one at the right, until every
piece holds one story (guillotine cuts). First it is found which heights every set of stories can have in every width,
as sets of bits; then, from the whole page down, the cheapest of those that come to just its height. The heavier of two
parts stands first. Work is counted, never timed; of equals the first by its words is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from layout.makeup.arrangement import Above, Arrangement, Beside, Piece
from layout.makeup.hard_rules import Edge, Rank, may_stand_beside, ranks_agree
from layout.makeup.option_heights import HeightChoice, Heights

KEPT = 4
"""Candidates that are remembered for each set of stories, width and height: more find no cheaper page in the tests."""
WORK = 150_000
"""Joints looked at for one page: about a second in plain Python."""


@dataclass(frozen=True, slots=True)
class Option:
    """A way for one story to stand, at the heights that it can have."""

    piece: Piece
    rank: Rank
    heights: Heights
    cost: float
    """What it costs besides its heights: white beside the headline, a shape that is not the first choice."""
    edges: Mapping[int, tuple[tuple[Edge, ...], tuple[Edge, ...]]]
    """By height: what stands along its left and its right edge."""


@dataclass(frozen=True, slots=True)
class PageSpace:
    """The room that an arrangement fills: basic columns, rows, and the rows between parts of a stack."""

    columns: int
    rows: int
    air: int


@dataclass(frozen=True, slots=True)
class Candidate:
    """An arrangement of some of the stories, at a height."""

    cost: float
    tree: Arrangement
    words: str
    left: tuple[Edge, ...]
    right: tuple[Edge, ...]
    ranks: tuple[Rank, ...]
    heights: tuple[tuple[str, int], ...]
    """Of its pieces, by their ids."""
    rows: tuple[tuple[str, HeightChoice], ...] = ()
    """What those heights come to, by the same."""

    @property
    def choices(self) -> dict[str, HeightChoice]:
        """What the heights of its pieces come to."""
        return dict(self.rows)


@dataclass
class PageSearch:
    """The search of one page. *options* are by story, the heaviest first."""

    options: Sequence[Sequence[Option]]
    space: PageSpace
    work: int = WORK
    masks: dict[tuple[int, int], int] = field(default_factory=dict)
    _single: dict[tuple[int, int], list[Option]] = field(default_factory=dict)
    _found: dict[tuple[int, int, int, str], tuple[Candidate, ...]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for number, own in enumerate(self.options):
            for option in own:
                self._single.setdefault((1 << number, option.piece.columns), []).append(option)
        self._reach()

    @property
    def all(self) -> int:
        """Every story."""
        return (1 << len(self.options)) - 1

    def reachable(self, most: int) -> tuple[int, ...]:
        """The heights that all stories together can have over the whole width, up to *most* rows."""
        return tuple(_bits(self.masks.get((self.all, self.space.columns), 0) & ((1 << (most + 1)) - 1)))

    def best(self) -> tuple[Candidate, ...]:
        """The cheapest arrangements of just the page's height, the cheapest first; none where there is none."""
        return self._solve(self.all, self.space.columns, self.space.rows, "page")

    def _reach(self) -> None:
        """The heights that every set of stories can have in every width: sets of bits."""
        bound = (1 << (2 * self.space.rows + 1)) - 1
        for key, own in self._single.items():
            self.masks[key] = sum(1 << height for height in {h for option in own for h in option.heights}) & bound
        widths = range(1, self.space.columns + 1)
        for stories in range(1, self.all + 1):
            for first, rest in _splits(stories):
                for width in widths:
                    reached = self._above(first, rest, width) | self._beside(first, rest, width)
                    if reached & bound:
                        key = (stories, width)
                        self.masks[key] = self.masks.get(key, 0) | (reached & bound)

    def _above(self, first: int, rest: int, width: int) -> int:
        one, other = self.masks.get((first, width), 0), self.masks.get((rest, width), 0)
        if not one or not other:
            return 0
        if one.bit_count() > other.bit_count():
            one, other = other, one
        reached = 0
        for height in _bits(one):
            reached |= other << (height + self.space.air)
        return reached

    def _beside(self, first: int, rest: int, width: int) -> int:
        reached = 0
        for own in range(1, width):
            one = self.masks.get((first, own), 0)
            if one:
                reached |= one & self.masks.get((rest, width - own), 0)
        return reached

    def _solve(self, stories: int, width: int, height: int, within: str) -> tuple[Candidate, ...]:
        """The cheapest candidates; *within* is what they are to be part of: a stack begins with no stack, a row with no
        row, so that each arrangement is met but once.
        """
        key = (stories, width, height, within)
        if key not in self._found:
            self._found[key] = ()
            found = list(self._pieces(stories, width, height))
            if stories & (stories - 1):
                if within != "above":
                    found += self._stacks(stories, width, height)
                if within not in {"beside", "page"}:
                    found += self._rows(stories, width, height)
            found.sort(key=lambda each: (each.cost, each.words))
            self._found[key] = _distinct(found)
        return self._found[key]

    def _pieces(self, stories: int, width: int, height: int) -> Iterator[Candidate]:
        for option in self._single.get((stories, width), ()):
            choice = option.heights.get(height)
            if choice is not None:
                left, right = option.edges[height]
                yield Candidate(
                    round(option.cost + choice.cost, 4), option.piece, str(option.piece), left, right, (option.rank,),
                    ((option.piece.id, height),), ((option.piece.id, choice),),
                )  # fmt: skip

    def _stacks(self, stories: int, width: int, height: int) -> Iterator[Candidate]:
        air = self.space.air
        for first, rest in _splits(stories):
            one, other = self.masks.get((first, width), 0), self.masks.get((rest, width), 0)
            for own in _bits(one & ((1 << max(0, height - air)) - 1)) if one and other else ():
                left = height - air - own
                if left > 0 and other >> left & 1:
                    upper = self._solve(first, width, own, "above")
                    lower = self._solve(rest, width, left, "below") if upper else ()
                    yield from self._stacked(upper, lower, own + air)

    def _stacked(self, upper: Sequence[Candidate], lower: Sequence[Candidate], down: int) -> Iterator[Candidate]:
        for one in upper:
            for other in lower:
                self.work -= 1
                if self.work < 0:
                    return
                if ranks_agree(one.ranks, other.ranks):
                    parts = (one.tree, *(other.tree.parts if isinstance(other.tree, Above) else (other.tree,)))
                    tree = Above(parts)
                    yield Candidate(
                        round(one.cost + other.cost, 4), tree, str(tree),
                        (*one.left, *(each.down(down) for each in other.left)),
                        (*one.right, *(each.down(down) for each in other.right)),
                        (*one.ranks, *other.ranks), (*one.heights, *other.heights), (*one.rows, *other.rows),
                    )  # fmt: skip

    def _rows(self, stories: int, width: int, height: int) -> Iterator[Candidate]:
        for first, rest in _splits(stories):
            for own in range(1, width):
                if (
                    self.masks.get((first, own), 0) >> height & 1
                    and self.masks.get((rest, width - own), 0) >> height & 1
                ):
                    left = self._solve(first, own, height, "beside")
                    right = self._solve(rest, width - own, height, "right") if left else ()
                    yield from self._side_by_side(left, right)

    def _side_by_side(self, left: Sequence[Candidate], right: Sequence[Candidate]) -> Iterator[Candidate]:
        for one in left:
            for other in right:
                self.work -= 1
                if self.work < 0:
                    return
                if ranks_agree(one.ranks, other.ranks) and may_stand_beside(one.right, other.left):
                    parts = (one.tree, *(other.tree.parts if isinstance(other.tree, Beside) else (other.tree,)))
                    tree = Beside(parts)
                    yield Candidate(
                        round(one.cost + other.cost, 4), tree, str(tree), one.left, other.right,
                        (*one.ranks, *other.ranks), (*one.heights, *other.heights), (*one.rows, *other.rows),
                    )  # fmt: skip


def _distinct(found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """The cheapest few, no two with the same edges: what stands beside them can tell no others apart."""
    chosen: dict[object, Candidate] = {}
    for each in found:
        if len(chosen) < KEPT:
            chosen.setdefault((each.left, each.right, each.ranks), each)
    return tuple(chosen.values())


def _splits(stories: int) -> Iterator[tuple[int, int]]:
    """Every way to part *stories* in two, the first with the heaviest of them."""
    heaviest = stories & -stories
    others = stories ^ heaviest
    rest = others
    while rest:
        yield stories ^ rest, rest
        rest = (rest - 1) & others


def _bits(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
