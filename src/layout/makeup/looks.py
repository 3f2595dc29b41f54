"""What a page that is made up costs for its looks as a whole: what the costs of its pieces do not say."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from layout.design.shapes import OF_NO_STORY
from layout.makeup.arrangement import Above, Arrangement, Beside, Piece, pieces
from layout.makeup.candidates import Candidate
from layout.makeup.weight_order import out_of_order

ALIKE = 6.0
"""Two neighbours in one shape of as many columns."""
ALONE = 15.0
"""A brief that stands alone at the head of the page."""
THROUGH = 30.0
"""A gap from the page's head to its foot: a strip of briefs may stand so, but the page falls into two."""
GRAND, PLAIN_HEAD = 1.8, 40.0
"""Times the next headline that the lead's is at its best, a step of type sizes beyond what it must be (1.35); and what
each whole time that it lacks costs."""
DISORDER = 10.0
"""A lighter story before a heavier one: a pin lets its own story stand so, and no other need."""


OUTDONE, LARGER = 6.0, 1.15
"""A lighter story whose headline is more than a size larger than a heavier one's: their ranks may differ so, for a long
story cannot be a brief, and yet who reads takes the larger for the more important.
"""


def looks(candidate: Candidate) -> float:
    """What a page costs for its looks: shapes that are alike beside each other, a brief alone at its head, a lighter
    story before a heavier one or with a larger headline, a gap down all of it, a lead whose headline is not much larger
    than the next.
    """
    of_pieces = alike(candidate.tree) + alone_at_head(candidate) + disorder(candidate) + outdone(candidate)
    return of_pieces + through(candidate.tree) + plain_head(candidate)


def through(tree: Arrangement) -> float:
    """What it costs that a gap runs from the head of *tree*, a whole page, to its foot."""
    return THROUGH * isinstance(tree, Beside)


def plain_head(candidate: Candidate) -> float:
    """What it costs that the lead's headline is not much larger than the next."""
    lead = max((rank.size for rank in candidate.ranks if rank.role == "lead"), default=0.0)
    following = max((rank.size for rank in candidate.ranks if rank.role != "lead"), default=0.0)
    if not lead or not following:
        return 0.0
    return round(PLAIN_HEAD * max(0.0, GRAND - lead / following), 3)


def disorder(candidate: Candidate) -> float:
    """What it costs that lighter stories stand before heavier ones, which only pins and reserves let them."""
    own = zip(pieces(candidate.tree), candidate.ranks, strict=True)
    weights = {piece.id: rank.weight for piece, rank in own if rank.role not in OF_NO_STORY}
    return DISORDER * len(list(out_of_order(candidate.tree, weights)))


def outdone(candidate: Candidate) -> float:
    """What it costs that lighter stories have larger headlines than heavier ones."""
    heads = [rank for rank in candidate.ranks if rank.size]
    return OUTDONE * sum(
        other.weight > one.weight and other.size > LARGER * one.size for one in heads for other in heads
    )


def alike(tree: Arrangement) -> float:
    """What it costs that neighbours in *tree* stand in one shape."""
    if isinstance(tree, Piece):
        return 0.0
    own = [each for each in tree.parts if isinstance(each, Piece)]
    pairs = sum(one.shape == other.shape and "brief" not in one.shape for one, other in pairwise(own))
    return ALIKE * pairs + sum(map(alike, tree.parts))


def alone_at_head(candidate: Candidate) -> float:
    """What it costs that a brief stands alone at the head of *candidate*."""
    roles = {piece.id: rank.role for piece, rank in zip(pieces(candidate.tree), candidate.ranks, strict=True)}
    return ALONE * sum(roles[piece.id] == "brief" and not stacked for piece, stacked in _at_head(candidate.tree, False))


def _at_head(tree: Arrangement, stacked: bool) -> Iterator[tuple[Piece, bool]]:
    """The pieces at the head of *tree*, and whether each stands in a stack of its own column."""
    match tree:
        case Piece():
            yield tree, stacked
        case Above():
            yield from _at_head(tree.parts[0], isinstance(tree.parts[0], Piece))
        case Beside():
            for part in tree.parts:
                yield from _at_head(part, False)
