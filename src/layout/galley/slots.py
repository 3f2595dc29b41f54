"""Slots: the places down a chain of frames where a line can stand, and the width of each beside obstacles."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from math import ceil, floor

from layout.galley.css_to_setting import share
from layout.galley.measures import inset_of, measure_of, whole_characters
from layout.geometry import IDENTITY, Box
from layout.page.contours import Stretch
from layout.page.frames import Frame, FrameType, MeasuredPage
from layout.page.obstacles import Obstacle

_EPS = 0.05
LEAST_MEASURE = 5.0
"""Characters that a line beside a shape must hold, where the design does not say (``--least-measure``).

With fewer a line that may not end after one character, and not begin with the mark behind the next, has no other end
left: its one or two gaps would have to open by half an em and more.
"""


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
    below: float = 0.0
    """Of the last row of a frame that is not copyfit's to heighten: what the frame has left below it. No line finds
    room there, but the foot of a table does, whose rows are not as high as lines."""


@dataclass(frozen=True, slots=True)
class LineSlots:
    """The slots a paragraph's lines take: one after the other from the first, but for holes."""

    first: int
    holes: frozenset[int]

    def __getitem__(self, line: int) -> int:
        slot = self.first
        for hole in sorted(self.holes):
            if hole <= slot + line:
                slot += 1
        return slot + line


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
    if frame.turn != IDENTITY:
        return top
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
    shapes = in_the_way(page, frame)
    least = share(frame.type, "least-measure", LEAST_MEASURE) * size
    if frame.type.vertical:
        for column in range(count):
            x = frame.box.right - column * leading - (leading + size) / 2
            slot = Slot(number, x, frame.box.y, frame.box.height)
            yield from [slot] if not shapes else _above_or_below(slot, frame, shapes, least)
        return
    top = head(page, frame)
    for row in range(count):
        below = _below(frame, top + count * leading) if row == count - 1 and not shapes else 0.0
        slot = Slot(number, frame.box.x, top + row * leading, frame.box.width, below)
        yield from [slot] if not shapes else _beside(slot, frame, shapes, least)


def _below(frame: Frame, foot: float) -> float:
    """What *frame* has left below its last row, which ends at *foot*."""
    left = frame.box.bottom - foot
    return left if frame.height_by != "rest" and left > _EPS else 0.0


def in_the_way(page: MeasuredPage, frame: Frame) -> tuple[Obstacle, ...]:
    """The shapes that may take room from the lines of *frame*."""
    return tuple(shape for shape in page.shapes if frame.turn == IDENTITY and _in_the_way(shape, frame))


def _in_the_way(shape: Obstacle, frame: Frame) -> bool:
    """A shape is not in the way of what stands in it: in its element where it has a contour, else in its box; nor of
    the caption and the credit of its own picture, which stand as near to it, and to each other, as the design puts
    them.
    """
    box = frame.box
    inside = shape.box.x <= box.x + _EPS and box.right <= shape.box.right + _EPS
    inside = inside and shape.box.y <= box.y + _EPS and box.bottom <= shape.box.bottom + _EPS
    pictures = (*shape.pictures, *shape.captioned)
    own = frame.id in shape.holds or all(flow.picture in pictures for flow in frame.chain.flows)
    if own or (inside and shape.contour is None):
        return False
    return shape.extent.beside(box) and shape.extent.above_or_below(box)


def _beside(slot: Slot, frame: Frame, shapes: Sequence[Obstacle], least: float) -> Iterator[Slot]:
    """Where a line stands beside the shapes on one row, in whole characters; nowhere where it would hold too few.

    What a shape takes of the row is what its contour reaches on the height of the row's ink.
    """
    edge = (frame.type.leading - frame.type.size) / 2
    glyphs = Box(slot.x, slot.top + edge, slot.length, frame.type.size)
    near = [(shape, _across(shape, glyphs)) for shape in shapes]
    for left, length in _places(near, (slot.x, slot.length), frame.type, least):
        yield Slot(slot.frame, left, slot.top, length)


def _above_or_below(slot: Slot, frame: Frame, shapes: Sequence[Obstacle], least: float) -> Iterator[Slot]:
    """The same for a vertical line: stretches above and below the shapes."""
    em = frame.type.size
    glyphs = Box(slot.x, slot.top, em, slot.length)
    near = [(shape, _down(shape, glyphs)) for shape in shapes]
    for head_, length in _places(near, (slot.top, slot.length), frame.type, least):
        yield Slot(slot.frame, slot.x, head_, length)


def _across(shape: Obstacle, glyphs: Box) -> Stretch | None:
    """What *shape* takes of the row of *glyphs*; None where it leaves them alone."""
    box, contour = shape.box, shape.contour
    if contour is None:
        return (box.x, box.right) if box.beside(glyphs) and box.above_or_below(glyphs) else None
    found = contour.on_row(glyphs.y, glyphs.bottom)
    return found if found and found[0] < glyphs.right - _EPS and found[1] > glyphs.x + _EPS else None


def _down(shape: Obstacle, glyphs: Box) -> Stretch | None:
    """What it takes of a vertical line."""
    box, contour = shape.box, shape.contour
    if contour is None:
        return (box.y, box.bottom) if box.beside(glyphs) and box.above_or_below(glyphs) else None
    found = contour.on_column(glyphs.x, glyphs.right)
    return found if found and found[0] < glyphs.bottom - _EPS and found[1] > glyphs.y + _EPS else None


def _places(
    near: Sequence[tuple[Obstacle, Stretch | None]], row: tuple[float, float], type_: FrameType, least: float
) -> Iterator[tuple[float, float]]:
    """Begin and length of the lines that stand on a row, given by its begin and length, beside what the shapes take.

    The longest free stretch; every one where all shapes let text stand on both sides. None shorter than *least*. What
    begins at the row's begin stays there, all others end where their stretch does. The column's measure is cut from the
    row first, so that the lines beside a shape keep the edges of those above and below it.
    """
    start, length = row
    there = [(shape, stretch) for shape, stretch in near if stretch is not None]
    if not there:
        yield start, length
        return
    first = start + inset_of(type_, length)
    whole = (first, first + measure_of(type_, length) * type_.size)
    free = list(_free([_taken(shape, stretch, whole) for shape, stretch in there], *whole))
    if not all(shape.sides == "both" for shape, _ in there):
        free = [max(free, key=lambda part: (part[1] - part[0], -part[0]))] if free else []
    for begin, end in free:
        held = min(whole_characters(type_, end - begin) * type_.size, end - begin)
        if held + _EPS >= least:
            yield (begin if begin <= whole[0] + 1e-6 else end - held), held


def _taken(shape: Obstacle, stretch: Stretch, whole: Stretch) -> Stretch:
    """What a shape takes of a row, with the side that it keeps text from."""
    start, end = stretch
    if shape.sides in ("end", "clear"):
        start = whole[0]
    if shape.sides in ("start", "clear"):
        end = whole[1]
    return start, end


def _free(taken: Sequence[tuple[float, float]], start: float, end: float) -> Iterator[tuple[float, float]]:
    """What the stretches *taken* leave free between *start* and *end*."""
    for first, last in sorted(taken):
        if first > start:
            yield start, min(first, end)
        start = max(start, last)
    if start < end:
        yield start, end
