"""Where in an arrangement a lighter story stands before a heavier: only what is pinned, or kept free, lets it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import pairwise

from layout.makeup.arrangement import Arrangement, Piece, pieces


def out_of_order(tree: Arrangement, weights: Mapping[str, int]) -> Iterator[tuple[str, str]]:
    """Pairs of pieces of which the lighter stands first, above or at the left: only what is pinned lets it. Pieces
    without a weight are passed over.
    """
    if isinstance(tree, Piece):
        return
    every = [[each.id for each in pieces(part) if each.id in weights] for part in tree.parts]
    heaviest = [min(own, key=lambda name: weights[name]) for own in every if own]
    for first, then in pairwise(heaviest):
        if weights[then] < weights[first]:
            yield first, then
    for part in tree.parts:
        yield from out_of_order(part, weights)
