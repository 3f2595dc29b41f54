"""Prints pages on A3: reduced to one sheet each, or at their size on as many as it takes."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Literal

from layout.geometry import Box
from layout.prepress.drawing import Canvas, DrawingCanvas
from layout.prepress.office_sheets import SheetPart, pages_on_sheets
from layout.proof.lettering import cut, label_font
from layout.proof.raster import page_count, page_origin, page_size
from layout.units import MM

A3Kind = Literal["reduced", "tiled"]

A3 = (297 * MM, 420 * MM)
"""ISO 216."""

MARGIN = 5 * MM
"""Office printers leave out 4.2 mm at the edges of a sheet."""

STRIP = 5 * MM
"""Height of the line that says what a sheet is."""

OVERLAP = 10 * MM
"""What two tiles have in common: enough to lay one on the other by its lines of type."""

SIZE = 8.0
TICK = 5 * MM


@dataclass(frozen=True, slots=True)
class _Grid:
    """A page in tiles on sheets that stand or lie."""

    sheet: tuple[float, float]
    columns: int
    rows: int

    @property
    def room(self) -> tuple[float, float]:
        return self.sheet[0] - 2 * MARGIN, self.sheet[1] - 2 * MARGIN - STRIP


def a3_pdf(pdf: bytes, names: Sequence[str], trim_offset: tuple[float, float], kind: A3Kind) -> bytes:
    """The trimmed pages of *pdf* on A3, with a strip on each sheet that has the page's *name* and which part it is.

    Tiles overlap by 10 mm; dashes show where the next one begins. The same input gives the same bytes.
    """
    placed: list[SheetPart] = []
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=1)
    for index in range(page_count(pdf)):
        page = _trimmed(pdf, index, trim_offset)
        for each in (
            _reduced(canvas, page, index, names[index])
            if kind == "reduced"
            else _tiled(canvas, page, index, names[index])
        ):
            placed.append(each)
    canvas.save()
    return pages_on_sheets(pdf, out.getvalue(), placed)


def _trimmed(pdf: bytes, index: int, offset: tuple[float, float]) -> Box:
    """The trimmed page in its own coordinates, from the lower left corner; ``y`` is its foot."""
    (left, bottom), (width, height) = page_origin(pdf, index), page_size(pdf, index)
    return Box(left + offset[0], bottom + offset[1], width - 2 * offset[0], height - 2 * offset[1])


def _reduced(canvas: DrawingCanvas, page: Box, index: int, name: str) -> Iterator[SheetPart]:
    sheet = A3 if page.height >= page.width else (A3[1], A3[0])
    grid = _Grid(sheet, 1, 1)
    scale = min(1.0, grid.room[0] / page.width, grid.room[1] / page.height)
    x = (sheet[0] - page.width * scale) / 2
    y = sheet[1] - MARGIN - page.height * scale
    canvas.setPageSize(sheet)
    canvas.setLineWidth(0.3)
    canvas.rect(x, y, page.width * scale, page.height * scale, stroke=1, fill=0)
    _strip(canvas, sheet, f"{name}　{scale:.0%}")
    canvas.showPage()
    yield SheetPart(index, page, x, y, scale)


def _grid(page: Box) -> _Grid:
    """The fewest sheets, standing or lying."""
    found = []
    for sheet in (A3, (A3[1], A3[0])):
        room = _Grid(sheet, 1, 1).room
        found.append(
            _Grid(sheet, *(_tiles(long, wide) for long, wide in zip((page.width, page.height), room, strict=True)))
        )
    return min(found, key=lambda grid: grid.columns * grid.rows)


def _tiles(long: float, room: float) -> int:
    return 1 if long <= room else 1 + ceil((long - room) / (room - OVERLAP))


def _tiled(canvas: DrawingCanvas, page: Box, index: int, name: str) -> Iterator[SheetPart]:
    grid = _grid(page)
    width, height = grid.room
    total = grid.columns * grid.rows
    for row in range(grid.rows):
        for column in range(grid.columns):
            left, top = column * (width - OVERLAP), row * (height - OVERLAP)
            part = Box(
                page.x + left, max(page.bottom - top - height, page.y),
                min(width, page.width - left), min(height, page.height - top),
            )  # fmt: skip
            x, head = MARGIN, grid.sheet[1] - MARGIN
            number = row * grid.columns + column + 1
            canvas.setPageSize(grid.sheet)
            _joins(canvas, Box(x, head - part.height, part.width, part.height), grid, column, row)
            _strip(canvas, grid.sheet, f"{name}　{number}/{total}　100 %")
            canvas.showPage()
            yield SheetPart(index, part, x, head - part.height, 1.0)


def _joins(canvas: DrawingCanvas, shown: Box, grid: _Grid, column: int, row: int) -> None:
    """Ticks in the margin where the neighbouring sheets begin. *shown* has its foot in ``y``."""
    canvas.setLineWidth(0.5)
    for x, there in ((shown.x + OVERLAP, column > 0), (shown.right - OVERLAP, column < grid.columns - 1)):
        if there:
            canvas.line(x, shown.bottom, x, shown.bottom + TICK)
            canvas.line(x, shown.y - TICK, x, shown.y)
    for y, there in ((shown.bottom - OVERLAP, row > 0), (shown.y + OVERLAP, row < grid.rows - 1)):
        if there:
            canvas.line(shown.x - TICK, y, shown.x, y)
            canvas.line(shown.right, y, shown.right + TICK, y)


def _strip(canvas: DrawingCanvas, sheet: tuple[float, float], words: str) -> None:
    canvas.setFont(label_font(), SIZE)
    canvas.drawString(MARGIN, MARGIN, cut(words, SIZE, sheet[0] - 2 * MARGIN))
