"""Shapes as measured: what stands in each of their columns besides running text, and what a headline adds to it.

A design's shapes are laid out once for each width, with empty copy, one below the other on a sheet of their own
(``sample sheet``). What is read off there holds for every story: a longer headline moves columns by whole rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from layout.galley.columns import BandColumn, Elastic, band_columns, column_parts
from layout.page.frames import Band, Column, Frame, FrameType, MeasuredPage

HEADLINE = "headline"
"""The part of a story by which the frame of its headline is known."""


@dataclass(frozen=True, slots=True)
class ShapeKey:
    """Which sample it is: a shape over so many columns with so many pictures."""

    shape: str
    columns: int
    pictures: int
    span: int = 0
    """Columns of its picture, where they are chosen."""


@dataclass(frozen=True, slots=True)
class SampleColumn:
    """A column of a shape. Lengths in rows, but where points are named."""

    x: float
    """Its left edge from the shape's, in points."""
    width: float
    """In points."""
    fixed: float
    """Rows that nothing changes, without those of the headline."""
    under_head: bool
    """Whether the headline stands over it, or in it."""
    pictures: tuple[int, ...]
    """The pictures over it, or in it, by their number in the shape."""
    type: FrameType | None
    """Of its running text; None where it has none."""


@dataclass(frozen=True, slots=True)
class SamplePicture:
    """The box of a picture: its left edge from the shape's and its width in points, its rows."""

    x: float
    width: float
    rows: Elastic


@dataclass(frozen=True, slots=True)
class SampleHead:
    """The frame of a headline: its left edge from the shape's and its width in points, its type."""

    x: float
    width: float
    type: FrameType


@dataclass(frozen=True, slots=True)
class Sample:
    """A shape as measured."""

    key: ShapeKey
    width: float
    """In points."""
    columns: tuple[SampleColumn, ...]
    pictures: tuple[SamplePicture, ...]
    head: SampleHead | None

    @property
    def text_columns(self) -> tuple[SampleColumn, ...]:
        """Its columns with running text."""
        return tuple(column for column in self.columns if column.type is not None)


def samples(page: MeasuredPage, keys: Mapping[str, ShapeKey], head_rows: Mapping[str, int]) -> Iterator[Sample]:
    """What stands on the sample sheet *page*, by the names of its bands in *keys*; *head_rows* are the rows that each
    sample's headline has there.
    """
    for band in page.bands:
        if band.name in keys:
            yield _sample(page, band, keys[band.name], head_rows.get(band.name, 0))


def _sample(page: MeasuredPage, band: Band, key: ShapeKey, head_rows: int) -> Sample:
    head = next((f for f in page.frames if f.band == band.id and f.chain.flows[-1].part == HEADLINE), None)
    pictures = [each for each in page.pictures if each.band == band.id]
    numbers = {each.id: number for number, each in enumerate(pictures)}
    every = zip(column_parts(page, band), band_columns(page, band), strict=True)
    stacks = [(part, stack) for part, stack in every if isinstance(part, Column)]
    elastics = {each.id: each for _, stack in stacks for each in stack.elastics}
    return Sample(
        key,
        band.box.width,
        tuple(_column(band, part, stack, head, head_rows, numbers) for part, stack in stacks),
        tuple(
            SamplePicture(each.box.x - band.box.x, each.box.width, elastics[each.id])
            for each in pictures
            if each.id in elastics
        ),
        None if head is None else SampleHead(head.box.x - band.box.x, head.box.width, head.type),
    )


def _column(
    band: Band, part: Column, stack: BandColumn, head: Frame | None, head_rows: int, numbers: Mapping[str, int]
) -> SampleColumn:
    own = stack.frame if stack.frame and stack.frame is not head else None
    box = part.box if own is None else own.box
    under = head is not None and (head.column == part.id or (head.column is None and head.box.above_or_below(box)))
    alone = head_rows if head is not None and stack.frame is head else 0  # then nothing else takes its rows
    return SampleColumn(
        box.x - band.box.x,
        box.width,
        round(stack.fixed + alone - (head_rows if under else 0), 3),
        under,
        tuple(numbers[each.id] for each in stack.elastics if each.id in numbers),
        own.type if own else None,
    )
