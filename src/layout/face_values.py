"""The weights and the characters of a face, as values: what a design's rules say needs no HarfBuzz to be read."""

from __future__ import annotations

from typing import NamedTuple


class Weights(NamedTuple):
    """The weights that a face can have, as CSS counts them (1 to 1000); one only where it is not variable."""

    least: int
    most: int

    def nearest(self, weight: int) -> int:
        """The weight of these that comes nearest to *weight*."""
        return min(max(weight, self.least), self.most)


class CharacterRange(NamedTuple):
    """Code points from *first* to *last*, both included."""

    first: int
    last: int
