"""The sheet of samples: which shapes, over how many columns, are to be measured for a page, and what they are named."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from layout.design.shapes import Head, Shape
from layout.makeup.shape_measures import ShapeKey

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
        return f"{self.key.shape}-{self.key.columns}-{self.key.pictures}-{self.key.span}"

    @property
    def head(self) -> Head | None:
        """Its headline's head: the smallest size, so that the words matter least."""
        return Head(self.shape.sizes[-1], 1, HEAD_ROWS) if self.shape.sizes else None


def wishes(shapes: Sequence[Shape], pictures: Iterable[int], parts: frozenset[str]) -> Iterator[SampleWish]:
    """The samples for stories with these numbers of *pictures* and, among them, these *parts*."""
    numbers = sorted(set(pictures))
    for shape in shapes:
        if not shape.needs <= parts:
            continue
        for columns in range(shape.columns[0], shape.columns[1] + 1):
            for number in numbers:
                if shape.pictures[0] <= number <= shape.pictures[1]:
                    for span in shape.spans(columns, number):
                        yield SampleWish(ShapeKey(shape.name, columns, number, span), shape)
