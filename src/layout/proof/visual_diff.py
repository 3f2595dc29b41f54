"""The look of a page against that of its earlier self: the rectangles in which the two pictures differ."""

from __future__ import annotations

from collections.abc import Iterable

from PIL import Image, ImageChops, ImageFilter

from layout.geometry import Box
from layout.proof.raster import page_image, page_size

PPI = 60
"""A 9 pt character is 7 pixels high: one that changed is seen, and a broadsheet page takes a tenth of a second."""

THRESHOLD = 40
"""Of 255: less is the rounding of edges that moved by a hair, or a photograph saved anew."""

CELL = 4
"""Pixels: pictures are compared in squares of this size (4.8 pt)."""


def changed_regions(old: bytes, new: bytes, page_index: int) -> tuple[Box, ...]:
    """Where page *page_index* (from 0) looks otherwise, from top to bottom; the whole page when its size is another.

    In points from the sheet's top left corner.
    """
    one, other = page_size(old, page_index), page_size(new, page_index)
    if any(abs(a - b) > 0.5 for a, b in zip(one, other, strict=True)):
        return (Box(0, 0, *other),)
    pictures = [page_image(pdf, page_index, PPI) for pdf in (old, new)]
    bands = ImageChops.difference(*pictures).split()
    strongest = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    grid = strongest.point(lambda value: 255 if value > THRESHOLD else 0).reduce(CELL).point(lambda v: 255 if v else 0)
    return tuple(_region(box, other) for box in sorted(_merged(_blobs(grid)), key=lambda box: (box[1], box[0])))


Cells = tuple[int, int, int, int]
"""First column and row, last column and row."""


def _blobs(grid: Image.Image) -> list[Cells]:
    """The bounds of what hangs together in *grid*, gaps of one cell not counted."""
    wide = grid.width
    marked = {i for i, value in enumerate(grid.tobytes()) if value}
    near = {i for i, value in enumerate(grid.filter(ImageFilter.MaxFilter(3)).tobytes()) if value}
    found = []
    while near:
        # The topmost first, so that the order is the same every time.
        start = min(near)
        near.discard(start)
        front, cells = [start], [start]
        while front:
            at = front.pop()
            around = {at + dy * wide + dx for dy in (-1, 0, 1) for dx in (-1, 0, 1) if 0 <= at % wide + dx < wide}
            reached = around & near
            near -= reached
            front += reached
            cells += reached
        here = [cell for cell in cells if cell in marked]
        columns, rows = [cell % wide for cell in here], [cell // wide for cell in here]
        found.append((min(columns), min(rows), max(columns), max(rows)))
    return found


def _merged(boxes: Iterable[Cells]) -> list[Cells]:
    """Boxes that overlap or touch as one."""
    kept: list[Cells] = []
    for each in boxes:
        box = each
        while meeting := [other for other in kept if _meet(box, other)]:
            for other in meeting:
                kept.remove(other)
            together = [box, *meeting]
            box = (
                min(part[0] for part in together), min(part[1] for part in together),
                max(part[2] for part in together), max(part[3] for part in together),
            )  # fmt: skip
        kept.append(box)
    return kept


def _meet(one: Cells, other: Cells) -> bool:
    return all(one[i] <= other[i + 2] + 1 and other[i] <= one[i + 2] + 1 for i in (0, 1))


def _region(box: Cells, size: tuple[float, float]) -> Box:
    left, top, right, bottom = (cells * CELL * 72 / PPI for cells in (box[0], box[1], box[2] + 1, box[3] + 1))
    return Box(left, top, min(right, size[0]) - left, min(bottom, size[1]) - top)
