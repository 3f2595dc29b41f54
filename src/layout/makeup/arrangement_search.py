"""Searches the arrangements of a page: which exist, and the cheapest few of them that keep the hard rules.

A page is cut again and again into a part above and one below, or into one at the left and one at the right, until every
piece holds one story (guillotine cuts). First it is found which heights every set of stories can have in every width,
as sets of bits; then, from the whole page down, the cheapest of those that come to just its height. The heavier of two
parts stands first, but for what is pinned. Work is counted, never timed; of equals the first by its words is taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from layout.makeup.arrangement import Above, Arrangement, Beside, Piece
from layout.makeup.hard_rules import EdgeMark, Rank, may_stand_beside, ranks_agree
from layout.makeup.option_heights import HeightChoice, Heights

KEPT = 4
"""Candidates that are remembered for each set of stories, width and height: more find no cheaper page in the tests."""
BEST = 12
"""Candidates for the whole page, of which the one that looks best is taken."""
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
    edges: Mapping[int, tuple[tuple[EdgeMark, ...], tuple[EdgeMark, ...]]]
    """By height: what stands along its left and its right edge."""


@dataclass(frozen=True, slots=True)
class ArrangementSpace:
    """The room that an arrangement fills: basic columns, rows, and the rows between parts of a stack."""

    columns: int
    rows: int
    air: int


@dataclass(frozen=True, slots=True)
class Fixed:
    """What pins and reserves fix: sets of stories, as bits by their number."""

    top: int = 0
    """Those that stand at the page's head: never below another;"""
    foot: int = 0
    """never above one;"""
    left: int = 0
    """never at the right of one;"""
    right: int = 0
    """never at the left of one."""
    beside: tuple[tuple[int, int], ...] = ()
    """Pairs of stories, by number, that the cut between them sets side by side."""
    free: int = 0
    """Those that stand where they are fixed, whatever they weigh."""

    def above(self, first: int, rest: int) -> bool:
        """Whether *first* may stand over *rest*."""
        return not (rest & self.top or first & self.foot or self._parts(first, rest))

    def side_by_side(self, first: int, rest: int) -> bool:
        """Whether *first* may stand at the left of *rest*."""
        return not (rest & self.left or first & self.right)

    def _parts(self, first: int, rest: int) -> bool:
        return any((first >> a & rest >> b | first >> b & rest >> a) & 1 for a, b in self.beside)


@dataclass(frozen=True, slots=True)
class Candidate:
    """An arrangement of some of the stories, at a height."""

    cost: float
    tree: Arrangement
    words: str
    left: tuple[EdgeMark, ...]
    right: tuple[EdgeMark, ...]
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
class ArrangementSearch:
    """The search of one page. *options* are by story, the heaviest first."""

    options: Sequence[Sequence[Option]]
    space: ArrangementSpace
    fixed: Fixed = field(default_factory=Fixed)
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

    def reachable(self, stories: int) -> tuple[int, ...]:
        """The heights that *stories* together can have over the whole width, up to twice the page's rows."""
        return tuple(_bits(self.masks.get((stories, self.space.columns), 0)))

    def best(self, stories: int, height: int) -> tuple[Candidate, ...]:
        """The cheapest arrangements of *stories* over the whole width at *height* rows, the cheapest first; none where
        none keeps the rules.
        """
        return self._solve(stories, self.space.columns, height, "page")

    def _reach(self) -> None:
        """The heights that every set of stories can have in every width: sets of bits."""
        bound = (1 << (2 * self.space.rows + 1)) - 1
        for key, own in self._single.items():
            self.masks[key] = sum(1 << height for height in {h for option in own for h in option.heights}) & bound
        widths = range(1, self.space.columns + 1)
        for stories in range(1, self.all + 1):
            for first, rest in self._splits(stories):
                above, beside = self.fixed.above(first, rest), self.fixed.side_by_side(first, rest)
                for width in widths:
                    reached = self._above(first, rest, width) if above else 0
                    reached |= self._beside(first, rest, width) if beside else 0
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
            found = list(self._pieces(stories, width, height))
            if stories & (stories - 1):
                if within != "above":
                    found += self._stacks(stories, width, height)
                if within != "beside":
                    found += self._rows(stories, width, height, whole=within == "page")
            found.sort(key=lambda each: (each.cost, each.words))
            self._found[key] = _distinct(found, BEST if within == "page" else KEPT)
        return self._found[key]

    def _pieces(self, stories: int, width: int, height: int) -> Iterator[Candidate]:
        for option in self._single.get((stories, width), ()):
            yield from candidates_of(option, height)

    def _stacks(self, stories: int, width: int, height: int) -> Iterator[Candidate]:
        air = self.space.air
        for first, rest in self._splits(stories):
            one, other = self.masks.get((first, width), 0), self.masks.get((rest, width), 0)
            if not one or not other or not self.fixed.above(first, rest):
                continue
            for own in _bits(one & ((1 << max(0, height - air)) - 1)):
                left = height - air - own
                if left > 0 and other >> left & 1:
                    upper = self._solve(first, width, own, "above")
                    lower = self._solve(rest, width, left, "below") if upper else ()
                    yield from self._counted(stacked(upper, lower, own + air))

    def _rows(self, stories: int, width: int, height: int, *, whole: bool) -> Iterator[Candidate]:
        """Two parts side by side. Over the *whole* page only a strip of briefs may stand beside all else (断版)."""
        for first, rest in self._splits(stories):
            if not self.fixed.side_by_side(first, rest):
                continue
            for own in range(1, width):
                one, other = self.masks.get((first, own), 0), self.masks.get((rest, width - own), 0)
                if one >> height & 1 and other >> height & 1:
                    left = self._solve(first, own, height, "beside")
                    right = self._solve(rest, width - own, height, "right") if left else ()
                    if whole:
                        right = tuple(each for each in right if is_strip(each))
                    yield from self._counted(side_by_side(left, right))

    def _counted(self, joints: Iterator[Candidate]) -> Iterator[Candidate]:
        """*joints*, as long as more may be looked at."""
        for joint in joints:
            self.work -= 1
            if self.work < 0:
                return
            yield joint

    def _splits(self, stories: int) -> Iterator[tuple[int, int]]:
        """Every way to part *stories* in two, the first with the heaviest of them; with what is fixed in either."""
        heaviest = stories & -stories
        others = stories ^ heaviest
        rest = others
        while rest:
            first = stories ^ rest
            yield first, rest
            if stories & self.fixed.free:
                yield rest, first
            rest = (rest - 1) & others


def candidates_of(option: Option, height: int) -> Iterator[Candidate]:
    """The piece of *option* at *height* rows, if it can be so high."""
    choice = option.heights.get(height)
    if choice is not None:
        left, right = option.edges[height]
        yield Candidate(
            round(option.cost + choice.cost, 4), option.piece, str(option.piece), left, right, (option.rank,),
            ((option.piece.id, height),), ((option.piece.id, choice),),
        )  # fmt: skip


def stacked(upper: Sequence[Candidate], lower: Sequence[Candidate], down: int) -> Iterator[Candidate]:
    """Each of *upper* over each of *lower*, which begins *down* rows below the former's head, where both may be."""
    for one in upper:
        for other in lower:
            if ranks_agree(one.ranks, other.ranks):
                tree = Above((one.tree, *(other.tree.parts if isinstance(other.tree, Above) else (other.tree,))))
                left = (*one.left, *(each.down(down) for each in other.left))
                right = (*one.right, *(each.down(down) for each in other.right))
                yield _joined(one, other, tree, left, right)


def side_by_side(left: Sequence[Candidate], right: Sequence[Candidate]) -> Iterator[Candidate]:
    """Each of *left* at the left of each of *right*, where both may be."""
    for one in left:
        for other in right:
            if ranks_agree(one.ranks, other.ranks) and may_stand_beside(one.right, other.left):
                tree = Beside((one.tree, *(other.tree.parts if isinstance(other.tree, Beside) else (other.tree,))))
                yield _joined(one, other, tree, one.left, other.right)


def is_strip(candidate: Candidate) -> bool:
    """Whether it is a single strip of briefs: what may stand beside all else of a page (rule 4)."""
    parts = candidate.tree.parts if isinstance(candidate.tree, Above) else (candidate.tree,)
    return all(isinstance(each, Piece) for each in parts) and all(each.role == "brief" for each in candidate.ranks)


def _joined(
    one: Candidate, other: Candidate, tree: Arrangement, left: tuple[EdgeMark, ...], right: tuple[EdgeMark, ...]
) -> Candidate:
    return Candidate(
        round(one.cost + other.cost, 4), tree, str(tree), left, right, (*one.ranks, *other.ranks),
        (*one.heights, *other.heights), (*one.rows, *other.rows),
    )  # fmt: skip


def _distinct(found: Sequence[Candidate], most: int) -> tuple[Candidate, ...]:
    """The cheapest few, no two with the same edges: what stands beside them can tell no others apart."""
    chosen: dict[object, Candidate] = {}
    for each in found:
        if len(chosen) < most:
            chosen.setdefault((each.left, each.right, each.ranks), each)
    return tuple(chosen.values())


def _bits(mask: int) -> Iterator[int]:
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest
