"""Shapes as measured: what stands in each of their columns besides running text, and what a headline adds to it.

A design's shapes are laid out once for each width, with empty copy, one below the other on a sheet of their own
(``sample sheet``). What is read off there holds for every story: a longer headline moves columns by whole rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import ceil

from layout.flows import Flow
from layout.galley.columns import BandColumn, Elastic, band_columns, column_parts
from layout.galley.galley import set_chain
from layout.galley.model import TextChain
from layout.galley.paragraph_setter import Setter
from layout.geometry import Box
from layout.manuscript.flow_names import stands_alone
from layout.manuscript.model import Text
from layout.manuscript.story_parts import story_flow
from layout.page.frames import Band, Column, Frame, FrameType, MeasuredPage, PictureBox
from layout.page.pinned_rows import edge_rows

_NEAR = 0.5
"""Points by which roundings may move a box."""
_SPARE = 0.02
"""Of a row: by so much more words do not take another."""
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
    outline: str = ""
    """What of the story's parts and of its pictures' words the shape has places for: see ``StoryCopy``."""


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
    is_text: bool
    """Whether it has running text."""


@dataclass(frozen=True, slots=True)
class SamplePlace:
    """Where a headline or a picture stands in a shape."""

    x: float
    """Its left edge from the shape's, in points."""
    width: float
    """In points."""
    above: float
    """Rows above it that nothing changes, without those of the headline."""
    under_head: bool
    """Whether the headline stands over it."""
    pictures: tuple[int, ...]
    """The pictures over it, by their number in the shape."""
    below: float | None = None
    """Rows below it that nothing changes, where copy stands over it: it stands at the piece's foot. None where it does
    not."""
    under: tuple[int, ...] = ()
    """The pictures under one that does, by their number in the shape."""

    def end(self, height: int, rows: Sequence[int]) -> int:
        """The row below its last, where it stands at the foot of a piece of *height* rows with pictures of *rows*."""
        return height - round((self.below or 0.0) + sum(rows[each] for each in self.under))

    def top(self, head_rows: int, rows: Sequence[int]) -> int:
        """Its first row, under a headline of *head_rows* and pictures of *rows*."""
        return round(self.above + (head_rows if self.under_head else 0) + sum(rows[each] for each in self.pictures))


@dataclass(frozen=True, slots=True)
class SamplePicture:
    """The box of a picture, and the rows that it may take."""

    place: SamplePlace
    rows: Elastic


@dataclass(frozen=True, slots=True)
class SampleHead:
    """The frame of a headline, and its type."""

    place: SamplePlace
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
    body: FrameType | None
    """The type of its running text; None where it has none."""
    edges: int = 0
    """Rows that its borders and paddings take above and below all else."""

    @property
    def text_columns(self) -> tuple[SampleColumn, ...]:
        """Its columns with running text."""
        return tuple(column for column in self.columns if column.is_text)

    @property
    def measure(self) -> float | None:
        """That of all its columns with running text, in points; None where there is none, or they differ."""
        measures = {round(column.width, 3) for column in self.text_columns}
        return self.text_columns[0].width if len(measures) == 1 else None


def samples(page: MeasuredPage, keys: Mapping[str, ShapeKey], head_rows: Mapping[str, int]) -> Iterator[Sample]:
    """What stands on the sample sheet *page*, by the names of its bands in *keys*; *head_rows* are the rows that each
    sample's headline has there.
    """
    page = replace(page, frames=tuple(map(_as_alone, page.frames)))
    for band in page.bands:
        if band.name in keys:
            yield _sample(page, band, keys[band.name], head_rows.get(band.name, 0))


def note_heights(page: MeasuredPage, texts: Mapping[Flow, Text], setter: Setter) -> dict[str, float]:
    """The heights in points, by key, of the frames on a sample sheet that are as high as their words: whole rows.

    Such a frame is known by having no height of its own while it is empty.
    """
    found = {}
    for frame in page.frames:
        own = tuple(texts[flow] for flow in frame.chain.flows if flow in texts)
        if frame.band and own and not _is_running(frame) and frame.box.height < page.row / 2:
            galley = set_chain(TextChain(frame.chain, own, frame.type), (), setter, frame.box.width)
            found[frame.id] = ceil(galley.height / page.row - _SPARE) * page.row
    return found


def _is_running(frame: Frame) -> bool:
    found = story_flow(frame.chain.flows[0])
    return found is not None and found.part.is_running and not found.piece


def _as_alone(frame: Frame) -> Frame:
    """*frame* as it stands on a page with one such shape: a kicker, a deck is no chain because many shapes have it."""
    return frame if _is_running(frame) or frame.height_by != "rest" else replace(frame, height_by="css")


def _sample(page: MeasuredPage, band: Band, key: ShapeKey, head_rows: int) -> Sample:
    head = next((f for f in page.frames if f.band == band.id and f.chain.flows[-1].part == HEADLINE), None)
    pictures = _pictures(page, band)
    numbers = {each.id: number for number, each in enumerate(pictures)}
    every = zip(column_parts(page, band), band_columns(page, band), strict=True)
    stacks = [(part, stack) for part, stack in every if isinstance(part, Column)]
    elastics = {each.id: each for _, stack in stacks for each in stack.elastics}
    texts = [frame for _, stack in stacks if (frame := _running(stack)) is not None]
    return Sample(
        key,
        band.box.width,
        tuple(_column(page, band, each, (head, head_rows), numbers) for each in stacks),
        tuple(
            SamplePicture(_at_foot(page, band, each, _place(page, band, each.box, head, head_rows)), elastics[each.id])
            for each in pictures
            if each.id in elastics
        ),
        None if head is None else SampleHead(_place(page, band, head.box, None, 0), head.type),
        texts[0].type if texts else None,
        edge_rows(band, page.row),
    )


def _pictures(page: MeasuredPage, band: Band) -> list[PictureBox]:
    """Those of *band* by their numbers in the shape, which may show them in another order than the story has them."""
    return sorted((each for each in page.pictures if each.band == band.id), key=lambda each: each.picture)


def _running(stack: BandColumn) -> Frame | None:
    """The frame of running text in a column."""
    return stack.frame if stack.frame and not stands_alone(stack.frame.chain.flows[-1]) else None


def _stands_under(page: MeasuredPage, head: Frame, box: Box) -> bool:
    """Whether *box* shares some width with the headline, or with what stands beside that and ends with it: decks."""
    own = (
        each.box
        for each in page.frames
        if each.band == head.band and each.column is None and story_flow(each.chain.flows[0]) is not None
    )
    return any(each.above_or_below(box) for each in own if each.beside(head.box))


def _place(page: MeasuredPage, band: Band, box: Box, head: Frame | None, head_rows: int) -> SamplePlace:
    pictures = _pictures(page, band)
    over = [n for n, each in enumerate(pictures) if each.box.above_or_below(box) and each.box.y < box.y - _NEAR]
    under = head is not None and _stands_under(page, head, box) and head.box.y < box.y - _NEAR
    above = (box.y - band.box.y - sum(pictures[n].box.height for n in over)) / page.row
    return SamplePlace(
        box.x - band.box.x, box.width, round(above - (head_rows if under else 0), 3), under, tuple(over)
    )  # fmt: skip


def _at_foot(page: MeasuredPage, band: Band, picture: PictureBox, place: SamplePlace) -> SamplePlace:
    """*place* of a *picture*, with what is below it where copy stands over it. The sample's columns are not level, as
    they are without copy: one that is shorter than others will end where they do.
    """
    box = picture.box
    frames = (frame.box for frame in page.frames if frame.band == band.id and _is_running(frame))
    if not any(each.above_or_below(box) and each.y < box.y - _NEAR for each in frames):
        return place
    pictures = [each.box for each in _pictures(page, band)]
    under = [n for n, each in enumerate(pictures) if each.above_or_below(box) and each.y > box.y + _NEAR]
    column = next((each for each in page.columns if each.id == picture.column), None)
    foot = band.box.bottom if column is None else column.box.bottom + column.below
    below = (foot - box.bottom - sum(pictures[n].height for n in under)) / page.row
    return replace(place, below=round(below, 3), under=tuple(under))


def _column(
    page: MeasuredPage,
    band: Band,
    own: tuple[Column, BandColumn],
    headed: tuple[Frame | None, int],
    numbers: Mapping[str, int],
) -> SampleColumn:
    (part, stack), (head, head_rows) = own, headed
    frame = _running(stack)
    box = part.box if frame is None else frame.box
    under = head is not None and (head.column == part.id or (head.column is None and _stands_under(page, head, box)))
    alone = head_rows if head is not None and stack.frame is head else 0  # then nothing else takes its rows
    return SampleColumn(
        box.x - band.box.x,
        box.width,
        round(stack.fixed + alone - (head_rows if under else 0), 3),
        under,
        tuple(numbers[each.id] for each in stack.elastics if each.id in numbers),
        frame is not None,
    )
