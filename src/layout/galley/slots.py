"""Slots: the places down a chain of frames where a line can stand, and the width of each beside obstacles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor

from layout.galley.css_to_setting import share
from layout.geometry import Box
from layout.page.frames import Frame, MeasuredPage, Obstacle

_EPS = 0.05
LEAST_MEASURE = 5.0
"""Characters that a line beside a shape must hold, where the design does not say (``--least-measure``)."""


@dataclass(frozen=True, slots=True)
class Slot:
    """Room for one line, in points: its left edge, the head of its row, its length.

    In a vertical frame: the column's left edge, its head, its length downwards.
    """

    frame: int
    """Which frame of the chain."""
    x: float
    top: float
    length: float


def slots_of(page: MeasuredPage, frames: Sequence[Frame]) -> tuple[Slot, ...]:
    """Every slot of a chain, in reading order."""
    return tuple(slot for number, frame in enumerate(frames) for slot in _slots(page, number, frame))


def capacity(page: MeasuredPage, frame: Frame) -> int:
    """How many lines the frame holds where nothing is in their way."""
    if frame.type.vertical:
        return max(0, floor((frame.box.width + _EPS) / frame.type.leading))
    return max(0, floor((frame.box.bottom - head(page, frame) + _EPS) / frame.type.leading))


def head(page: MeasuredPage, frame: Frame) -> float:
    """Where the first row begins: on the grid when the frame is set in the grid's leading.

    A frame of a single line off the grid (a caption's, a credit's) is where its design puts it: on the grid there would
    be no room in it for that line. Items of one row begin together, however many lines each has.
    """
    top, leading = frame.box.y, frame.type.leading
    if frame.type.options.get("valign", "top") == "top" and abs(leading - page.row) < 1e-3:
        line = page.type_area.y + ceil((top - page.type_area.y) / page.row - 0.02) * page.row
        holds = frame.box.height + _EPS >= leading
        return top if not frame.is_item and holds and frame.box.bottom - line + _EPS < leading else line
    return top


def height_of(page: MeasuredPage, frame: Frame, lines: int) -> float:
    """How tall the frame must be to hold *lines* lines from where it stands, its rows on the grid."""
    tall = replace(frame, box=replace(frame.box, height=(lines + 1) * frame.type.leading))
    on_grid = lines > 1 or (lines == 1 and frame.is_item)
    return head(page, tall) - frame.box.y + lines * frame.type.leading if on_grid else lines * frame.type.leading


def _slots(page: MeasuredPage, number: int, frame: Frame) -> Iterator[Slot]:
    count, leading, size = capacity(page, frame), frame.type.leading, frame.type.size
    shapes = [shape for shape in page.shapes if _in_the_way(shape, frame.box)]
    least = share(frame.type, "least-measure", LEAST_MEASURE) * size
    if frame.type.vertical:
        for column in range(count):
            x = frame.box.right - column * leading - (leading + size) / 2
            slot = Slot(number, x, frame.box.y, frame.box.height)
            yield from [slot] if not shapes else _above_or_below(slot, frame, shapes, least)
        return
    top = head(page, frame)
    for row in range(count):
        slot = Slot(number, frame.box.x, top + row * leading, frame.box.width)
        yield from [slot] if not shapes else _beside(slot, frame, shapes, least)


def _in_the_way(shape: Obstacle, box: Box) -> bool:
    """A shape does not stand in the way of what stands in it."""
    inside = shape.box.x <= box.x + _EPS and box.right <= shape.box.right + _EPS
    inside = inside and shape.box.y <= box.y + _EPS and box.bottom <= shape.box.bottom + _EPS
    return not inside and shape.box.beside(box) and shape.box.above_or_below(box)


def _beside(slot: Slot, frame: Frame, shapes: Sequence[Obstacle], least: float) -> Iterator[Slot]:
    """The wider side beside the shapes on one row, in whole characters; nothing where it holds too few."""
    edge = (frame.type.leading - frame.type.size) / 2
    glyphs = Box(slot.x, slot.top + edge, slot.length, frame.type.size)
    near = [shape.box for shape in shapes if shape.box.beside(glyphs) and shape.box.above_or_below(glyphs)]
    if not near:
        yield slot
        return
    free = _free([(box.x, box.right) for box in near], slot.x, slot.x + slot.length)
    left, right = max(free, key=lambda part: (part[1] - part[0], -part[0]), default=(0.0, 0.0))
    em = frame.type.size
    length = floor((right - left + 1e-3) / em) * em
    if length + _EPS >= least:
        yield Slot(slot.frame, left if left <= slot.x + 1e-6 else right - length, slot.top, length)


def _above_or_below(slot: Slot, frame: Frame, shapes: Sequence[Obstacle], least: float) -> Iterator[Slot]:
    """The same for a vertical line: the longer stretch above or below the shapes."""
    em = frame.type.size
    glyphs = Box(slot.x, slot.top, em, slot.length)
    near = [shape.box for shape in shapes if shape.box.beside(glyphs) and shape.box.above_or_below(glyphs)]
    if not near:
        yield slot
        return
    free = _free([(box.y, box.bottom) for box in near], slot.top, slot.top + slot.length)
    head_, foot = max(free, key=lambda part: (part[1] - part[0], -part[0]), default=(0.0, 0.0))
    length = floor((foot - head_ + 1e-3) / em) * em
    if length + _EPS >= least:
        yield Slot(slot.frame, slot.x, head_ if head_ <= slot.top + 1e-6 else foot - length, length)


def _free(taken: Sequence[tuple[float, float]], start: float, end: float) -> Iterator[tuple[float, float]]:
    """What the stretches *taken* leave free between *start* and *end*."""
    for first, last in sorted(taken):
        if first > start:
            yield start, min(first, end)
        start = max(start, last)
    if start < end:
        yield start, end
