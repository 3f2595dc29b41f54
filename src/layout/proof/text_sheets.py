"""Sheets of plain lines at the end of a PDF, or all of it: wrapped, in the colour of how grave they are."""

from __future__ import annotations

from collections.abc import Sequence

from layout.checks import Severity
from layout.prepress.drawing import DrawingCanvas, pdfmetrics
from layout.proof.lettering import label_font

COLOURS = {Severity.ERROR: (0.85, 0.0, 0.0), Severity.WARNING: (0.9, 0.5, 0.0), Severity.NOTE: (0.0, 0.35, 0.8)}

SHEET = (595.0, 842.0)
"""A4, in points."""
MARGIN, LINE, SIZE = 48.0, 13.0, 9.0

TextLine = tuple[str, Severity | None]


def draw_lines(canvas: DrawingCanvas, lines: Sequence[TextLine]) -> None:
    """Draw *lines* on as many sheets as they need."""
    wrapped = [(part, severity) for words, severity in lines for part in _wrapped(words)]
    rows = int((SHEET[1] - 2 * MARGIN) / LINE)
    for first in range(0, len(wrapped), rows):
        canvas.setPageSize(SHEET)
        for row, (words, severity) in enumerate(wrapped[first : first + rows]):
            canvas.setFillColorRGB(*(COLOURS[severity] if severity is not None else (0, 0, 0)))
            canvas.setFont(label_font(), SIZE)
            canvas.drawString(MARGIN, SHEET[1] - MARGIN - row * LINE, words)
        canvas.showPage()


def _wrapped(words: str) -> list[str]:
    """The words in lines that fit the sheet, those after the first set in."""
    rows, row, indent = [], "", "　　"
    for char in words:
        if row.strip() and pdfmetrics.stringWidth(row + char, label_font(), SIZE) > SHEET[0] - 2 * MARGIN:
            rows.append(row)
            row = indent
        row += char
    return [*rows, row]
