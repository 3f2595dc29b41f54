"""Draws the contact sheet: every page of an issue small on one sheet, with its number and name."""

from __future__ import annotations

import io
from collections.abc import Sequence
from math import ceil
from pathlib import Path

from layout.prepress.drawing import Canvas, ImageReader
from layout.proof.arrangement_json import MadeUpJson
from layout.proof.arrangement_sheet import draw_arrangements
from layout.proof.lettering import cut, label_font
from layout.proof.raster import jpeg, page_count, page_size, small_image

SHEET = (842.0, 595.0)
"""A4, lying."""

MARGIN, GAP, HEAD, LABEL = 28.0, 12.0, 24.0, 14.0
PER_SHEET = 12
PIXELS_PER_POINT = 2


def contact_sheet(
    pdf: bytes | Path,
    title: str,
    labels: Sequence[str] | None = None,
    made_up: Sequence[tuple[str, MadeUpJson]] = (),
) -> bytes:
    """A PDF with up to twelve pages of *pdf* on a sheet, named by *labels* (“第1版 要闻”), else numbered; then a sheet
    for each page that was *made_up*, by its label: its arrangement and those that lost.

    The same input gives the same bytes. Raises ``PrintError`` when *pdf* cannot be drawn.
    """
    count = page_count(pdf)
    names = list(labels) if labels is not None else [f"第{number}版" for number in range(1, count + 1)]
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=SHEET, invariant=1, pageCompression=1)
    canvas.setTitle(title)
    for first in range(0, max(count, 1), PER_SHEET):
        indices = range(first, min(first + PER_SHEET, count))
        canvas.setFont(label_font(), 12)
        canvas.drawString(MARGIN, SHEET[1] - MARGIN - 12, cut(title, 12, SHEET[0] - 2 * MARGIN))
        for index, (x, y, width, height) in zip(indices, _cells(len(indices)), strict=True):
            _cell(canvas, pdf, index, names[index] if index < len(names) else "", (x, y, width, height))
        canvas.showPage()
    draw_arrangements(canvas, made_up)
    canvas.save()
    return out.getvalue()


def _cells(count: int) -> list[tuple[float, float, float, float]]:
    """Left, bottom, width and height of *count* cells, as large as upright pages allow."""
    if not count:
        return []
    rows = 1 if count <= 4 else 2 if count <= 10 else 3
    columns = ceil(count / rows)
    width = (SHEET[0] - 2 * MARGIN - (columns - 1) * GAP) / columns
    height = (SHEET[1] - 2 * MARGIN - HEAD - (rows - 1) * GAP) / rows
    top = SHEET[1] - MARGIN - HEAD
    return [
        (MARGIN + (index % columns) * (width + GAP), top - (index // columns) * (height + GAP) - height, width, height)
        for index in range(count)
    ]


def _cell(canvas: Canvas, pdf: bytes | Path, index: int, name: str, cell: tuple[float, float, float, float]) -> None:
    """One page, as large as fits, hung from the cell's upper left corner, its name beneath."""
    x, y, width, height = cell
    wide, high = page_size(pdf, index)
    factor = min(width / wide, (height - LABEL) / high)
    small = (wide * factor, high * factor)
    picture = jpeg(small_image(pdf, index, round(PIXELS_PER_POINT * max(small))), 72 * PIXELS_PER_POINT, 80)
    bottom = y + height - small[1]
    canvas.drawImage(ImageReader(io.BytesIO(picture)), x, bottom, *small)
    canvas.setLineWidth(0.4)
    canvas.rect(x, bottom, *small)
    canvas.setFont(label_font(), 8)
    canvas.drawString(x, bottom - LABEL + 4, cut(name, 8, width))
