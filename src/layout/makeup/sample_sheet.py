"""The sheet of samples: which shapes, over how many columns, are to be measured for a page, and what they are named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import NamedTuple

from layout.design.shapes import Head, Shape
from layout.makeup.arrangement import Piece
from layout.makeup.shape_measures import Sample, ShapeKey, samples
from layout.page.frames import MeasuredPage

HEAD_ROWS = 4
"""Rows of a sample's headline: any will do, for others move what stands below by whole rows."""


@dataclass(frozen=True, slots=True)
class SampleWish:
    """A sample that is to be measured."""

    key: ShapeKey
    shape: Shape

    @property
    def name(self) -> str:
        """What its band is called."""
        return f"{self.key.shape}-{self.key.columns}-{self.key.pictures}-{self.key.span}-{self.key.model}"

    @property
    def head(self) -> Head | None:
        """Its headline's head: the smallest size, so that the words matter least."""
        return Head(self.shape.sizes[-1], 1, HEAD_ROWS) if self.shape.sizes else None


class Brought(NamedTuple):
    """What stories of one model bring: *pictures* in number, *parts* by name; a picture of no story has no model."""

    model: str
    pictures: int
    parts: frozenset[str]
    may_lead: bool


def wishes(shapes: Sequence[Shape], brought: Iterable[Brought]) -> Iterator[SampleWish]:
    """The samples for stories, and pictures of none, that bring so much."""
    every = sorted(set(brought), key=lambda each: (each.model, each.pictures, each.may_lead))
    for shape in shapes:
        for each in (own for own in every if _suits(shape, own)):
            for columns in range(shape.columns[0], shape.columns[1] + 1):
                for span in shape.spans(columns, each.pictures):
                    yield SampleWish(ShapeKey(shape.name, columns, each.pictures, span, each.model), shape)


def _suits(shape: Shape, own: Brought) -> bool:
    """Whether a story that brings so much might stand in *shape*."""
    if shape.role == "reserve" or (shape.role == "picture") != (not own.model):
        return False
    number = shape.pictures[0] <= own.pictures <= shape.pictures[1]
    return number and shape.needs <= own.parts and (own.may_lead or shape.role != "lead")


class SampleSheet:
    """The shapes as measured, and what the page that they stand on is like."""

    def __init__(self, page: MeasuredPage, wanted: Mapping[str, SampleWish], models: Mapping[str, str]):
        self.page = page
        self._models = models
        heads = {name: wish.head.rows if wish.head else 0 for name, wish in wanted.items()}
        found = samples(page, {name: wish.key for name, wish in wanted.items()}, heads)
        self.samples: Mapping[ShapeKey, Sample] = {each.key: each for each in found}
        self._shapes = {wish.shape.name: wish.shape for wish in wanted.values()}
        own = {band.name: band.box for band in page.bands if band.name in wanted}
        boxes = list(own.values())
        self.air = round((boxes[1].y - boxes[0].bottom) / page.row)
        self.rows = round((page.type_area.bottom - boxes[0].y) / page.row)
        widths = {wanted[name].key.columns: box.width for name, box in own.items()}
        few, many = min(widths), max(widths)
        step = (widths[many] - widths[few]) / (many - few)
        one = widths[few] - (few - 1) * step
        self.columns = columns_of(page.type_area.width, one, one + step)

    def sample(self, piece: Piece) -> Sample:
        """What *piece* was reckoned by."""
        model = self._models.get(piece.id, "")
        return self.samples[ShapeKey(piece.shape, piece.columns, len(piece.pictures), piece.span, model)]

    def shape(self, piece: Piece) -> Shape:
        """The shape of *piece*."""
        return self._shapes[piece.shape]


def columns_of(width: float, one: float, two: float) -> int:
    """The basic columns of a type area of *width* points, where one takes *one* and two take *two*."""
    gap = two - 2 * one
    return ceil((width + gap) / (one + gap) - 0.5)
