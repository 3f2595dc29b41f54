"""Draws the contact sheet of a design that was tried: every case's pages at a fourth of their size or more, what gave
way on them, and where they went wrong, by numbers.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from layout.errors import Lang
from layout.geometry import Box
from layout.prepress.drawing import Canvas, ImageReader
from layout.proof.lettering import cut, label_font, wrapped
from layout.proof.raster import jpeg, page_image, page_size, png, small_image
from layout.units import MM

CELL = 100 * MM
"""Width of a cell: a tabloid page is then a third of its size."""
LEAST, MOST = 0.25, 0.4
"""Of a page's size: below a fourth nobody sees a headline's face, above four tenths a sheet has few of them."""
ACROSS = 4
"""Pages side by side."""
MARGIN, GAP = 14 * MM, 8 * MM
HEAD, TITLE = 30.0, 18.0
"""Points: of the sheet's own head, of the strip above a page."""
SIZE, LEADING = 7.0, 9.4
MOST_ROWS = 8
"""Findings below a page; the report has all."""
WORDS_LINES = 2
PIXELS_PER_POINT = 2.5
"""Of the page's pictures."""
SHEET_PIXELS = 1.7
"""Pixels to the point of the sheet as a PNG: some 2,200 across."""

_INKS = {
    "error": (0.80, 0.10, 0.10),
    "warning": (0.80, 0.50, 0.0),
    "note": (0.35, 0.35, 0.35),
    "clean": (0.10, 0.50, 0.25),
}
_PLACE_INK = (0.25, 0.35, 0.6)
_BADGE = 9.0


@dataclass(frozen=True, slots=True)
class SheetRow:
    """A line below a page: what was found, how grave it is, where in the design it comes from."""

    severity: str
    words: str
    place: str
    boxes: tuple[Box, ...] = ()
    """Where it is on the page, in points from the trimmed page's corner."""


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A page of a case."""

    title: str
    gravity: str
    """``error``, ``warning``, ``note`` or ``clean``."""
    facts: str
    gave_way: str
    rows: tuple[SheetRow, ...]
    pdf: Path | None
    """Nothing where it could not be made."""
    page: int
    """Of the file, from 0."""
    size: tuple[float, float]
    """Of the trimmed page in points."""


def stress_sheet(title: str, sections: Sequence[tuple[str, Sequence[SheetCell]]], lang: Lang) -> bytes:
    """A PDF with a sheet for each of *sections*, which are kinds of page: its name and its cells.

    The same input gives the same bytes. Raises ``PrintError`` where a page cannot be drawn.
    """
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=1)
    canvas.setTitle(title)
    for name, cells in sections:
        _sheet(canvas, f"{title}　{name}" if name else title, cells, lang)
    canvas.save()
    return out.getvalue()


def sheet_pictures(pdf: bytes, count: int) -> list[bytes]:
    """The sheets of ``stress_sheet`` as PNGs."""
    ppi = 72 * SHEET_PIXELS
    return [png(page_image(pdf, number, ppi), ppi) for number in range(count)]


def _sheet(canvas: Canvas, title: str, cells: Sequence[SheetCell], lang: Lang) -> None:
    scale = _scale(cells)
    width = max(CELL, max(cell.size[0] for cell in cells) * scale)
    across = max(1, min(len(cells), round(ACROSS * CELL / width)))
    rows = [cells[first : first + across] for first in range(0, len(cells), across)]
    heights = [max(_height(cell, scale, width, lang) for cell in row) for row in rows]
    wide = 2 * MARGIN + across * width + (across - 1) * GAP
    high = 2 * MARGIN + HEAD + sum(heights) + GAP * (len(rows) - 1)
    canvas.setPageSize((wide, high))
    canvas.setFillColorRGB(0, 0, 0)
    canvas.setFont(label_font(), 16)
    canvas.drawString(MARGIN, high - MARGIN - 14, cut(title, 16, wide - 2 * MARGIN))
    top = high - MARGIN - HEAD
    for row, tall in zip(rows, heights, strict=True):
        for number, cell in enumerate(row):
            _cell(canvas, cell, (MARGIN + number * (width + GAP), top), (width, scale), lang)
        top -= tall + GAP
    canvas.showPage()


def _scale(cells: Sequence[SheetCell]) -> float:
    """One scale for all pages of a sheet, so that their type can be compared."""
    return max(LEAST, min(MOST, CELL / max(cell.size[0] for cell in cells)))


class _Line(NamedTuple):
    """A line below a page."""

    words: str
    ink: str
    number: int = 0
    """Of the finding that it begins."""
    indented: bool = False


def _lines(cell: SheetCell, width: float, lang: Lang) -> list[_Line]:
    lines = [_Line(words, "note") for words in wrapped(cell.facts, SIZE, width, 1)]
    if cell.gave_way:
        lines += [_Line(words, "note") for words in wrapped(cell.gave_way, SIZE, width, 3)]
    room = width - _BADGE - 4
    for number, row in enumerate(cell.rows[:MOST_ROWS], 1):
        first, *others = wrapped(row.words, SIZE, room, WORDS_LINES)
        lines += [_Line(first, row.severity, number, True), *(_Line(words, row.severity, 0, True) for words in others)]
        lines += [_Line(cut(row.place, SIZE, room), "place", 0, True)] if row.place else []
    if (more := len(cell.rows) - MOST_ROWS) > 0:
        lines.append(_Line(f"还有 {more} 条" if lang == "zh" else f"and {more} more", "note", 0, True))
    return lines


def _height(cell: SheetCell, scale: float, width: float, lang: Lang) -> float:
    return TITLE + cell.size[1] * scale + 6 + LEADING * len(_lines(cell, width, lang)) + 6


def _cell(
    canvas: Canvas, cell: SheetCell, corner: tuple[float, float], measures: tuple[float, float], lang: Lang
) -> None:
    """*cell*, hung from its upper left *corner*; *measures* are its width and the scale of its page."""
    (x, top), (width, scale) = corner, measures
    ink = _INKS[cell.gravity]
    canvas.setFillColorRGB(*ink)
    canvas.rect(x, top - TITLE + 4, 4, TITLE - 5, stroke=0, fill=1)
    canvas.setFont(label_font(), 10)
    canvas.drawString(x + 9, top - 11, cut(cell.title, 10, width - 9))
    small = (cell.size[0] * scale, cell.size[1] * scale)
    bottom = top - TITLE - small[1]
    if cell.pdf is None:
        canvas.setFillColorRGB(0.93, 0.93, 0.93)
        canvas.rect(x, bottom, *small, stroke=0, fill=1)
        canvas.setFillColorRGB(*ink)
        canvas.setFont(label_font(), 14)
        canvas.drawCentredString(x + small[0] / 2, bottom + small[1] / 2, "排不成" if lang == "zh" else "cannot be set")
    else:
        _page(canvas, cell, cell.pdf, (x, bottom, *small))
        _marks(canvas, cell, (x, bottom + small[1]), scale)
    canvas.setStrokeColorRGB(0.4, 0.4, 0.4)
    canvas.setLineWidth(0.3)
    canvas.rect(x, bottom, *small)
    _words(canvas, cell, (x, bottom - 6), width, lang)


def _page(canvas: Canvas, cell: SheetCell, pdf: Path, place: tuple[float, float, float, float]) -> None:
    """The trimmed page of *pdf*, which lies in the middle of its sheet."""
    sheet = page_size(pdf, cell.page)
    scale = place[2] / cell.size[0]
    image = small_image(pdf, cell.page, round(PIXELS_PER_POINT * scale * max(sheet)))
    per = image.width / sheet[0]
    left, above = ((whole - own) / 2 * per for whole, own in zip(sheet, cell.size, strict=True))
    trimmed = image.crop((round(left), round(above), round(image.width - left), round(image.height - above)))
    canvas.drawImage(ImageReader(io.BytesIO(jpeg(trimmed, 72 * PIXELS_PER_POINT, 82))), *place)


def _marks(canvas: Canvas, cell: SheetCell, corner: tuple[float, float], scale: float) -> None:
    """The places of the findings, with their numbers; the gravest last, so that it lies on top."""
    x, top = corner
    for number, row in reversed(list(enumerate(cell.rows[:MOST_ROWS], 1))):
        if row.severity == "note":
            continue
        canvas.setStrokeColorRGB(*_INKS[row.severity])
        canvas.setFillColorRGB(*_INKS[row.severity], alpha=0.14)
        canvas.setLineWidth(0.8)
        for box in row.boxes:
            canvas.rect(
                x + box.x * scale, top - box.bottom * scale, box.width * scale, box.height * scale, stroke=1, fill=1
            )
        canvas.setFillColorRGB(*_INKS[row.severity], alpha=1)
        for box in row.boxes[:1]:
            _badge(canvas, number, (x + max(0.0, box.x * scale - 2), top - max(0.0, box.y * scale - 2)))


def _badge(canvas: Canvas, number: int, corner: tuple[float, float]) -> None:
    """A white number on the ink that is set, in a disc that hangs from *corner*."""
    x, y = corner[0] + _BADGE / 2, corner[1] - _BADGE / 2
    canvas.circle(x, y, _BADGE / 2, stroke=0, fill=1)
    canvas.saveState()
    canvas.setFillColorRGB(1, 1, 1)
    canvas.setFont(label_font(), 6.5)
    canvas.drawCentredString(x, y - 2.3, str(number))
    canvas.restoreState()


def _words(canvas: Canvas, cell: SheetCell, corner: tuple[float, float], width: float, lang: Lang) -> None:
    x, y = corner
    for line in _lines(cell, width, lang):
        y -= LEADING
        canvas.setFillColorRGB(*_INKS.get(line.ink, _PLACE_INK))
        if line.number:
            _badge(canvas, line.number, (x, y + 7.2))
        canvas.setFont(label_font(), SIZE)
        canvas.drawString(x + (_BADGE + 4 if line.indented else 0), y, line.words)
