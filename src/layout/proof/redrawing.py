"""Draws a page again where it differs from the page that was drawn before: an editor has changed a word.

What is told of a page is all that it is painted with: its ground, and its lines with their places. Where the ground is
the same, only what touches a line that is gone or new is drawn, as it is drawn on the whole page: each pixel is the
same. For pictures that people look at; the checks look at drawings of their own.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor
from typing import TYPE_CHECKING

from PIL import Image
from pypdfium2 import raw

from layout.geometry import Box
from layout.preflight.pdfium import PdfiumObject, PdfiumPage, drawn

if TYPE_CHECKING:
    from layout.page.frames import SetLine

MARGIN = 1.0
"""Ems around a line's cells in which its ink may lie: marks that hang, emphasis, turned glyphs."""

AROUND = 4.0
"""Points around what is drawn again within which an object may reach into it: half of the heaviest rule and a mitre."""

LARGEST = 0.5
"""Share of the page above which it is drawn whole."""


@dataclass(frozen=True, slots=True)
class DrawnContent:
    """All that a page is painted with."""

    ground: str
    """A hash of what lies below the lines, and of whatever else decides how the page is finished."""
    lines: Sequence[SetLine]


@dataclass
class LastDrawing:
    """The page that was drawn last."""

    page: DrawnContent | None = None
    corner: tuple[float, float] = (0.0, 0.0)
    scale: float = 0.0
    image: Image.Image | None = None
    stripes: dict[bytes, bytes] = field(default_factory=dict)
    """Of the picture's file, what each stretch of rows was packed to, by its hash."""


def drawn_again(
    last: LastDrawing, opened: PdfiumPage, page: DrawnContent, corner: tuple[float, float], scale: float
) -> Image.Image:
    """The page *opened*, RGBX, at *scale* pixels to the point; *page* is what it is painted with, *corner* where it
    begins on the sheet, in points. It becomes the last.
    """
    same = last.image is not None and (last.corner, last.scale) == (corner, scale)
    changed = _changed(last.page, page, corner) if same and last.page is not None else None
    if changed is not None and last.image is not None:
        width, height = (side / scale for side in last.image.size)
        changed = changed if sum(box.area for box in changed) <= LARGEST * width * height else None
    if changed is None or last.image is None:
        image = drawn(opened, scale)
    elif changed:
        image = _patched(last.image, opened, changed, scale)
    else:
        image = last.image
    last.page, last.corner, last.scale, last.image = page, corner, scale, image
    return image


def _changed(before: DrawnContent, page: DrawnContent, corner: tuple[float, float]) -> list[Box] | None:
    """Boxes, from the sheet's upper left corner, in which two pages differ; ``None`` where that is not known."""
    if not page.ground or before.ground != page.ground:
        return None
    old, new = _by_place(before.lines), _by_place(page.lines)
    if old is None or new is None:
        return None
    still = [place for place, line in new.items() if old.get(place) == line]
    if still != [place for place, line in old.items() if new.get(place) == line]:
        return None  # what lies upon what may have changed
    gone = [line for place, line in old.items() if new.get(place) != line]
    come = [line for place, line in new.items() if old.get(place) != line]
    return [_reach(line).moved(*corner) for line in (*gone, *come)]


_Place = tuple[str, float, float]


def _by_place(lines: Sequence[SetLine]) -> Mapping[_Place, SetLine] | None:
    """Lines by where they stand; ``None`` where two stand in one place."""
    found = {(line.frame, line.x, line.baseline): line for line in lines}
    return found if len(found) == len(lines) else None


def _reach(line: SetLine) -> Box:
    """Where a line's ink may lie, from the trimmed page's corner."""
    em, long = line.type.size, line.line.width * line.type.size
    wide, high, top = (em, long, line.baseline) if line.vertical else (long, em, line.baseline - 0.88 * em)
    room = MARGIN * max([em, *(placed.scale * em for placed in line.line.placed)])
    return Box(line.x - room, top - room, wide + 2 * room, high + 2 * room).turned(line.turn)


def _patched(image: Image.Image, opened: PdfiumPage, changed: Sequence[Box], scale: float) -> Image.Image:
    """*image* with what lies in *changed* boxes drawn again."""
    for pointer, box in _objects(opened):
        raw.FPDFPageObj_SetIsActive(pointer, any(_near(box, other) for other in changed))
    again, whole = drawn(opened, scale), image.copy()
    for pointer, _ in _objects(opened):  # who has the page open may draw more of it
        raw.FPDFPageObj_SetIsActive(pointer, True)
    for box in changed:
        pixels = _pixels(box, scale, image.size)
        if pixels[0] < pixels[2] and pixels[1] < pixels[3]:
            whole.paste(again.crop(pixels), pixels[:2])
    return whole


def _objects(opened: PdfiumPage) -> Iterator[tuple[PdfiumObject, Box]]:
    """The objects of a page whose boxes PDFium knows, forms as one, with these, from the sheet's upper left corner."""
    x, _, _, y = opened.get_cropbox()
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for index in range(raw.FPDFPage_CountObjects(opened)):
        pointer = raw.FPDFPage_GetObject(opened, index)
        if raw.FPDFPageObj_GetBounds(pointer, left, bottom, right, top):
            yield pointer, Box(left.value - x, y - top.value, right.value - left.value, top.value - bottom.value)


def _near(one: Box, other: Box) -> bool:
    return (
        one.x - AROUND < other.right and other.x < one.right + AROUND
        and one.y - AROUND < other.bottom and other.y < one.bottom + AROUND
    )  # fmt: skip


def _pixels(box: Box, scale: float, size: tuple[int, int]) -> tuple[int, int, int, int]:
    left, top = floor(box.x * scale), floor(box.y * scale)
    right, bottom = ceil(box.right * scale), ceil(box.bottom * scale)
    return max(0, left), max(0, top), min(size[0], right), min(size[1], bottom)
