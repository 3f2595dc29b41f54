"""Shaped text: glyphs, and clusters of them. All rooms above use these."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Glyph:
    """One glyph of a face: its number in the file, where its origin lies from the cluster's pen position, its advance.

    ``dx`` and ``dy`` (upwards) and ``advance`` in em of the face's own size.
    """

    number: int
    dx: float
    dy: float
    advance: float


@dataclass(frozen=True, slots=True)
class Cluster:
    """The smallest piece of text that is set as one: usually one character."""

    text: str
    face: str
    advance: float
    glyphs: tuple[Glyph, ...]


@dataclass(frozen=True, slots=True)
class InkExtent:
    """The rectangle that ink fills, in em of the face's size, from the pen and the baseline, upwards and rightwards."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """From its left edge to its right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From its foot to its top."""
        return self.top - self.bottom
