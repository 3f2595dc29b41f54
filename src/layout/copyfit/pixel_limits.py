"""Finds pictures that their pixels keep small: with a larger file the design would let them be taller."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from layout.copyfit.crop_limits import Originals, rows_of, rules_of
from layout.page.frames import PictureBox
from layout.pictures.crop import allowed, size_for

_EPS = 0.5
"""Rows by which a picture is lower than the most that its pixels are enough for, and is kept by something else."""


@dataclass(frozen=True, slots=True)
class PixelLimit:
    """A picture that its pixels keep small."""

    picture: PictureBox
    rows: int
    """The most rows that it may take as it came."""
    costs: dict[int, float]
    """The rows that it might take had it pixels enough, with what their crops cost."""
    pixels: tuple[int, int]
    """Its width and height as it came, upright."""

    @property
    def most(self) -> int:
        """The most rows that it might take."""
        return max(self.costs)


def pixel_limits(pictures: Sequence[PictureBox], row: float, originals: Originals) -> Iterator[PixelLimit]:
    """Those of the *pictures*, by the limits of their CSS, that might be taller had they more pixels."""
    for box in pictures:
        original = originals.get(box.picture)
        if original is None or not original.least_ppi or not box.elastic:
            continue
        rules, size, rows = rules_of(box), (box.box.width, box.best), rows_of(box, row)
        own = allowed(original, rules, size, row, rows)
        sharper = allowed(replace(original, least_ppi=0.0), rules, size, row, rows)
        if own and sharper and max(sharper) > max(own):
            yield PixelLimit(box, max(own), sharper, original.pixels)


def kept_small(
    pictures: Sequence[PictureBox], row: float, originals: Originals, heights: Mapping[str, float]
) -> tuple[PixelLimit, ...]:
    """Those of the *pictures* that have come to *heights* which are all that their pixels let them have."""
    return tuple(
        each
        for each in pixel_limits(pictures, row, originals)
        if heights.get(each.picture.id, each.picture.best) / row > each.rows - _EPS
    )


def pixels_for(limit: PixelLimit, originals: Originals, rows: int, row: float) -> tuple[int, int]:
    """The least width and height in pixels with which the picture may take so many *rows* of *row* points."""
    box = limit.picture
    return size_for(originals[box.picture], rules_of(box), box.box.width, rows * row)
