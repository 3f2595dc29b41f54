"""Options of single stories, and the candidates joined of them: parts of a page at a height, with what they cost."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from layout.makeup.arrangement import Above, Arrangement, Beside, Piece, pieces
from layout.makeup.hard_rules import EdgeMark, Rank, may_stand_beside, ranks_agree
from layout.makeup.option_heights import HeightChoice, Heights
from layout.page.pinned_rows import PinnedRows


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

    @property
    def pinned(self) -> PinnedRows:
        """The heights that its copy was set in, of its pieces and their pictures."""
        rows = self.choices
        shown = {
            name: own
            for piece in pieces(self.tree)
            for name, own in zip(piece.pictures, rows[piece.id].pictures, strict=False)
        }
        return PinnedRows(dict(self.heights), shown)


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
                yield above(one, other, down)


def above(one: Candidate, other: Candidate, down: int) -> Candidate:
    """*one* over *other*, which begins *down* rows below its head, whether both may be or not."""
    tree = Above((one.tree, *(other.tree.parts if isinstance(other.tree, Above) else (other.tree,))))
    left = (*one.left, *(each.down(down) for each in other.left))
    right = (*one.right, *(each.down(down) for each in other.right))
    return _joined(one, other, tree, left, right)


def side_by_side(left: Sequence[Candidate], right: Sequence[Candidate]) -> Iterator[Candidate]:
    """Each of *left* at the left of each of *right*, where both may be."""
    for one in left:
        for other in right:
            if ranks_agree(one.ranks, other.ranks) and may_stand_beside(one.right, other.left):
                yield beside(one, other)


def beside(one: Candidate, other: Candidate) -> Candidate:
    """*one* at the left of *other*, whether both may be or not."""
    tree = Beside((one.tree, *(other.tree.parts if isinstance(other.tree, Beside) else (other.tree,))))
    return _joined(one, other, tree, one.left, other.right)


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
