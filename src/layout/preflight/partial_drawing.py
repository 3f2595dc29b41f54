"""Draws those parts of a page again in which it differs from one that was drawn before: each pixel is as it is drawn on
the whole page.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Collection, Iterator, Sequence
from math import ceil, floor

from PIL import Image
from pypdfium2 import raw

from layout.geometry import Box
from layout.preflight.pdfium import Memory, PdfiumObject, PdfiumPage, Pixels, drawn

AROUND = 4.0
"""Points around what is drawn again within which an object may reach into it: half of the heaviest rule and a mitre."""

LARGEST = 0.5
"""Share of the page above which it is drawn whole."""


def objects_on(opened: PdfiumPage) -> Iterator[tuple[PdfiumObject, Box | None]]:
    """The objects of a page, forms as one, with their boxes from the sheet's upper left corner; ``None`` where PDFium
    knows none.
    """
    x, _, _, y = opened.get_cropbox()
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    for index in range(raw.FPDFPage_CountObjects(opened)):
        pointer = raw.FPDFPage_GetObject(opened, index)
        known = raw.FPDFPageObj_GetBounds(pointer, left, bottom, right, top)
        box = Box(left.value - x, y - top.value, right.value - left.value, top.value - bottom.value)
        yield pointer, box if known else None


def address_of(pointer: PdfiumObject) -> int:
    """By which an object is known while its page is open."""
    return ctypes.addressof(pointer.contents)


def near(box: Box, changed: Collection[Box]) -> bool:
    """Whether what lies in *box* may reach into one of the *changed* boxes."""
    return any(
        box.x - AROUND < other.right and other.x < box.right + AROUND
        and box.y - AROUND < other.bottom and other.y < box.bottom + AROUND
        for other in changed
    )  # fmt: skip


def enclosing(boxes: Sequence[Box]) -> Box:
    """The box around *boxes*."""
    left, top = min(each.x for each in boxes), min(each.y for each in boxes)
    return Box(left, top, max(each.right for each in boxes) - left, max(each.bottom for each in boxes) - top)


def drawn_near(
    opened: PdfiumPage,
    scale: float,
    changed: Sequence[Box],
    places: Sequence[Pixels],
    *,
    among: Callable[[int], bool] = lambda _: True,
    memory: Memory | None = None,
) -> Image.Image:
    """As much of the page as may be seen in the *changed* boxes, of the objects *among* those that are asked for, by
    their addresses. Outside the *places*, which are the boxes in pixels, the picture is anything.
    """
    objects = list(objects_on(opened))
    whole = [enclosing(changed)]
    for pointer, box in objects:
        if box is not None:
            shown = near(box, whole) and near(box, changed) and among(address_of(pointer))
            raw.FPDFPageObj_SetIsActive(pointer, shown)
    image = drawn(opened, scale, memory, places)
    for pointer, box in objects:  # who has the page open may draw more of it
        if box is not None:
            raw.FPDFPageObj_SetIsActive(pointer, True)
    return image


def places_of(changed: Sequence[Box], scale: float, size: tuple[int, int]) -> list[Pixels]:
    """The pixels of a picture of some size that each box touches, of those that touch any."""
    return [found for box in changed if (found := pixels_of(box, scale, size)) is not None]


def pixels_of(box: Box, scale: float, size: tuple[int, int]) -> Pixels | None:
    """The pixels that a box touches, of a picture of some size; ``None`` where it touches none."""
    left, top = max(0, floor(box.x * scale)), max(0, floor(box.y * scale))
    right, bottom = min(size[0], ceil(box.right * scale)), min(size[1], ceil(box.bottom * scale))
    return (left, top, right, bottom) if left < right and top < bottom else None


def is_small(changed: Sequence[Box], size: tuple[int, int], scale: float) -> bool:
    """Whether drawing the *changed* boxes of a picture again is less than drawing it whole."""
    return sum(box.area for box in changed) <= LARGEST * size[0] * size[1] / scale**2
