"""The arrangement that is nearest to one that is written and no longer fits."""

from __future__ import annotations

from layout.makeup.arrangement import Arrangement, pieces
from layout.makeup.candidates import Candidate
from layout.makeup.choosing import Chooser, Chosen


def nearest(tree: Arrangement, found: Chosen, chooser: Chooser) -> Chosen:
    """Of what was *found* the arrangement of which the most pieces stand as in *tree*, the cheapest of these; its copy
    stands.
    """
    every = [found.candidate, *(each for each in found.others if chooser.stands(each))]
    own = {(piece.id, piece.columns, piece.shape) for piece in pieces(tree)}

    def changed(candidate: Candidate) -> int:
        return sum((each.id, each.columns, each.shape) not in own for each in pieces(candidate.tree))

    best = min(every, key=changed)
    return Chosen(
        best, tuple(each for each in every if each is not best), found.rows, chooser.stands(best), found.by_rules
    )
