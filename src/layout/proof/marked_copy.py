"""Draws what is different from the seal on the pages, as a sub-editor marks a proof: the signs of GB/T 14706, in red.

A wrong character is ringed, one too many struck through, one missing shown by a caret, two transposed by the sign that
runs above one and below the other; what each should be stands in the margin, led to by a line.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from layout.checks import Severity
from layout.errors import Lang, PrintError
from layout.geometry import Box
from layout.preflight.paper import Paper
from layout.prepress.drawing import Canvas, DrawingCanvas, ImageReader
from layout.proof.lettering import label_font, wrapped
from layout.proof.raster import page_jpeg
from layout.proof.text_sheets import TextLine, draw_lines
from layout.seal.comparison import SealComparison
from layout.seal.differences import SealDifference, differences

PPI = 110.0
MAX_PIXELS = 25_000_000
"""A larger page is drawn at fewer pixels per inch."""

MAX_PAGES = 40
"""Pages that are drawn; the list of differences is always whole."""

MARGIN = 230.0
"""Points of the margin for notes, to the right of the page: forty Chinese characters in three lines."""

SIZE, LEADING, GAP = 11.0, 14.0, 5.0
"""Of the notes, in points: they are read where a broadsheet page is printed on A3."""

MOST_LINES = 4
"""Of a note; what is longer is told in full on the list."""

RED = (0.85, 0.0, 0.0)
LED = 0.45
"""Opacity of the lines that lead to the notes: they run over copy, and must not look like strokes through it."""

AROUND = 2.0
"""Points by which a ring stands off what it rings."""

LEAST = 6.0
"""Smallest side of a frame, in points: a hairline's own box could not be seen."""


@dataclass(frozen=True, slots=True)
class _Note:
    """A difference with its places on the sheet and its lines in the margin."""

    difference: SealDifference
    boxes: tuple[Box, ...]
    """From the page picture's upper left corner."""
    lines: Sequence[str]

    @property
    def height(self) -> float:
        return len(self.lines) * LEADING + GAP


def marked_copy(pdf: Path, found: SealComparison, lang: Lang = "zh") -> bytes:
    """A PDF for people: every page that is different as a picture, marked, with notes in its margin; then the list.

    Not for print. The same file and comparison give the same bytes.
    """
    out = io.BytesIO()
    canvas = Canvas(out, invariant=1, pageCompression=1)
    canvas.setTitle(found.name)
    every = list(differences(found))
    for page_no in found.changed_pages[:MAX_PAGES]:
        paper = found.papers[page_no]
        notes = [_note(each, paper, lang) for each in every if each.page_no == page_no]
        _page(canvas, _picture(pdf, page_no, paper), paper, notes)
    draw_lines(canvas, list(_list(found, every, lang)))
    canvas.save()
    return out.getvalue()


def _page(canvas: DrawingCanvas, picture: bytes | None, paper: Paper, notes: Sequence[_Note]) -> None:
    wide, high = max(paper.width, 1.0), max(paper.height, 1.0)
    tall = max(high, sum(note.height for note in notes) + 2 * GAP)
    canvas.setPageSize((wide + MARGIN, tall))
    if picture is not None:
        canvas.drawImage(ImageReader(io.BytesIO(picture)), 0, tall - high, wide, high)  # type: ignore[attr-defined]
    for note, y in _stacked(notes, tall):
        for box in note.boxes:
            _sign(canvas, note.difference, box, tall)
        _write(canvas, note, wide, tall, y)
    canvas.showPage()


def _note(difference: SealDifference, paper: Paper, lang: Lang) -> _Note:
    where = f"{difference.where}　" if difference.where and difference.mark is None else ""
    lines = wrapped(where + difference.message.text(lang), SIZE, MARGIN - 24, MOST_LINES)
    boxes = tuple(box.moved(paper.trim_x, paper.trim_y) for box in difference.boxes) if paper.upright else ()
    return _Note(difference, boxes, lines)


def _picture(pdf: Path, page_no: int, paper: Paper) -> bytes | None:
    """The page as a JPEG; None where it cannot be drawn."""
    if not paper.followed or paper.width <= 0 or paper.height <= 0:
        return None
    fitting = 72 * (MAX_PIXELS / (paper.width * paper.height)) ** 0.5
    try:
        return page_jpeg(pdf, page_no - 1, min(PPI, fitting))
    except (PrintError, ValueError, MemoryError):
        return None


def _stacked(notes: Sequence[_Note], tall: float) -> Iterator[tuple[_Note, float]]:
    """The notes with the heights of their heads, from the sheet's upper edge: beside its mark, none upon another."""
    ordered = sorted(notes, key=lambda note: note.boxes[0].y if note.boxes else 0.0)
    left, y = sum(note.height for note in ordered), GAP
    for note in ordered:
        wanted = note.boxes[0].y if note.boxes else y
        y = max(y, min(wanted, tall - GAP - left))
        yield note, y
        y += note.height
        left -= note.height


def _write(canvas: DrawingCanvas, note: _Note, wide: float, tall: float, y: float) -> None:
    """The note in the margin, and the line that leads to it from the first place."""
    canvas.saveState()
    canvas.setStrokeColorRGB(*RED, alpha=LED)
    canvas.setFillColorRGB(*RED)
    canvas.setLineWidth(0.5)
    if note.boxes:
        box = note.boxes[0]
        middle = tall - box.y - box.height / 2
        canvas.line(box.right + AROUND, middle, wide + 4, tall - y - SIZE / 2)
    canvas.setFont(label_font(), SIZE)
    for row, line in enumerate(note.lines):
        canvas.drawString(wide + 8, tall - y - SIZE - row * LEADING, line)
    canvas.restoreState()


def _sign(canvas: DrawingCanvas, difference: SealDifference, box: Box, tall: float) -> None:
    """The sign of one difference upon the page."""
    canvas.saveState()
    canvas.setStrokeColorRGB(*RED)
    canvas.setLineWidth(1.1)
    left, right, top, bottom = box.x - AROUND, box.right + AROUND, tall - box.y + AROUND, tall - box.bottom - AROUND
    match difference.mark.kind if difference.mark is not None else "framed":
        case "missing":
            _caret(canvas, box.x, bottom)
        case "too much" | "set twice":
            _struck(canvas, left, right, (top + bottom) / 2, box.height)
        case "exchanged":
            _transposed(canvas, left, right, top, bottom)
        case "wrong":
            _ring(canvas, left, right, top, bottom)
        case _:
            _frame(canvas, box, tall)
    canvas.restoreState()


def _caret(canvas: DrawingCanvas, x: float, y: float) -> None:
    """∧ below the line, where something is missing."""
    canvas.line(x - 4, y - 5, x, y + 3)
    canvas.line(x, y + 3, x + 4, y - 5)


def _struck(canvas: DrawingCanvas, left: float, right: float, y: float, height: float) -> None:
    """A stroke through what is too much, ending in a loop."""
    canvas.line(left, y, right + 3, y)
    canvas.circle(right + 3 + height / 4, y, height / 4, 1, 0)


def _ring(canvas: DrawingCanvas, left: float, right: float, top: float, bottom: float) -> None:
    """An oval around what is wrong."""
    path = canvas.beginPath()
    bow = min((right - left) / 2, (top - bottom) / 2)
    path.moveTo(left + bow, top)
    path.lineTo(right - bow, top)
    path.curveTo(right + bow / 3, top, right + bow / 3, bottom, right - bow, bottom)
    path.lineTo(left + bow, bottom)
    path.curveTo(left - bow / 3, bottom, left - bow / 3, top, left + bow, top)
    path.close()
    canvas.drawPath(path, 1, 0, 0)


def _transposed(canvas: DrawingCanvas, left: float, right: float, top: float, bottom: float) -> None:
    """The sign that runs above the first half and below the second."""
    middle = (left + right) / 2
    path = canvas.beginPath()
    path.moveTo(left, bottom)
    path.lineTo(left, top)
    path.lineTo(middle, top)
    path.lineTo(middle, bottom)
    path.lineTo(right, bottom)
    path.lineTo(right, top)
    canvas.drawPath(path, 1, 0, 0)


def _frame(canvas: DrawingCanvas, box: Box, tall: float) -> None:
    """A frame around what is no single character, tinted."""
    canvas.setFillColorRGB(*RED, alpha=0.1)
    wide, high = max(box.width, LEAST), max(box.height, LEAST)
    canvas.rect(box.x - (wide - box.width) / 2, tall - box.bottom - (high - box.height) / 2, wide, high, 1, 1)


def _list(found: SealComparison, every: Sequence[SealDifference], lang: Lang) -> Iterator[TextLine]:
    """The differences in plain lines, page by page."""
    zh = lang == "zh"
    count = len(every)
    yield (f"{found.name}　{f'与封印不同：{count} 处' if zh else f'different from its seal: {count}'}"), None
    yield from ((each.text(lang), None) for each in (*found.remarks, *found.doubts))
    for number, own in groupby(every, key=lambda each: each.number):
        yield "", None
        if number is not None:
            yield (f"第 {number} 版" if zh else f"Page {number}"), None
        for each in own:
            yield f"{f'{each.where}　' if each.where else ''}{each.listed.text(lang)}", Severity.ERROR
