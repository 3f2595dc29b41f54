"""By how many lines a story would have to be longer, or shorter, to come to a height that is wanted of it."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from layout.makeup.arrangement import Piece
from layout.makeup.candidates import Option
from layout.makeup.height_tables import bits
from layout.makeup.option_heights import SHORT

Stand = tuple[str, int, int]
"""A way to stand, whatever the headline: a shape, its columns and those of its picture."""
NEAR = 2
"""Rows by which the air of a headline, or a picture, may make a piece higher and lower, so that as many lines fill it
at another height.
"""


def lines_wanted(
    options: Iterable[Option], wanted: Mapping[int, int], measures: Callable[[Piece], Sequence[float]]
) -> dict[int, set[Stand]]:
    """The lines more, or below 0 fewer, with which one of a story's *options* comes to a height that is *wanted* of its
    width, as bits; each with the ways in which the story then stands. *measures* are those of a piece's columns with
    running text, each as a share of a basic column's.
    """
    found: dict[int, set[Stand]] = {}
    for option in options:
        own = measures(option.piece)
        for height in bits(wanted.get(option.piece.columns, 0)) if own else ():
            for near in _near(option.heights, height):
                room = len(own) * (height - near) + option.heights[near].short
                for lines in range(room - SHORT, room + 1):
                    found.setdefault(round(own[-1] * lines), set()).add(stand_of(option.piece))
    return found


def stand_of(piece: Piece) -> Stand:
    """How *piece* stands."""
    return piece.shape, piece.columns, piece.span


def _near(heights: Collection[int], height: int) -> Sequence[int]:
    """Those of *heights* that are near *height*, or else the nearest."""
    near = [own for own in range(height - NEAR, height + NEAR + 1) if own in heights]
    return near or [min(heights, key=lambda own: (abs(own - height), own))]
