"""The samples of a page: which shapes, over how many columns, are measured for its stories; and what was measured."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil

from layout.design.shapes import Head, Shape
from layout.issue.auto_page import Pin
from layout.makeup.arrangement import Piece
from layout.makeup.page_options import keys_of
from layout.makeup.shape_measures import Sample, ShapeKey
from layout.makeup.story_copy import StoryCopy

HEAD_ROWS = 4
"""Rows of a sample's headline: any will do, for others move what stands below by whole rows."""


@dataclass(frozen=True, slots=True)
class SampleWish:
    """A sample that is to be measured."""

    key: ShapeKey
    shape: Shape

    @property
    def head(self) -> Head | None:
        """Its headline's head: the smallest size, so that the words matter least."""
        return Head(self.shape.sizes[-1], 1, HEAD_ROWS) if self.shape.sizes else None


def wishes(shapes: Sequence[Shape], stories: Iterable[tuple[StoryCopy, Pin | None]]) -> dict[ShapeKey, SampleWish]:
    """The samples that the *stories*, each with what pins it, may stand in, and no others."""
    every = list(stories)
    return {
        key: SampleWish(key, shape) for shape in shapes for story, pin in every for key in keys_of(story, shape, pin)
    }


@dataclass(frozen=True, slots=True)
class PageFrame:
    """The room that pieces have on a page."""

    width: float
    """In points;"""
    rows: int
    """of the grid, from the head of the first piece to the foot of the page;"""
    row: float
    """points of one."""
    air: int
    """Rows between two pieces of a stack."""
    area: float
    """Of all that room, in square points."""


class SampleSheet:
    """The shapes as measured, and the page that they are to stand on."""

    def __init__(
        self,
        frame: PageFrame,
        samples: Mapping[ShapeKey, Sample],
        shapes: Sequence[Shape],
        outlines: Mapping[str, str],
    ):
        self.frame, self.samples = frame, samples
        self._shapes = {shape.name: shape for shape in shapes}
        self._outlines = outlines
        self.air, self.rows = frame.air, frame.rows
        widths = {key.columns: sample.width for key, sample in samples.items()}
        self.columns = columns_of(frame.width, widths)

    def sample(self, piece: Piece) -> Sample:
        """What *piece* was reckoned by."""
        outline = self._outlines[piece.id]
        return self.samples[ShapeKey(piece.shape, piece.columns, len(piece.pictures), piece.span, outline)]

    def shape(self, piece: Piece) -> Shape:
        """The shape of *piece*."""
        return self._shapes[piece.shape]


def columns_of(width: float, widths: Mapping[int, float]) -> int:
    """The basic columns of *width* points, where shapes of so many columns have these *widths*."""
    few, many = min(widths), max(widths)
    step = (widths[many] - widths[few]) / (many - few) if many > few else widths[few] / few
    gap = few * step - widths[few]
    return ceil((width + gap) / step - 0.5)
