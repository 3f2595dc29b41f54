"""Draws arrangements small, side by side: the one that is taken and those that lost, with what each costs and why."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from math import ceil

from layout.errors import Lang, Message
from layout.makeup.arrangement_report import rule_words
from layout.prepress.drawing import Canvas, DrawingCanvas
from layout.proof.arrangement_json import ArrangementJson, MadeUpJson, PieceJson
from layout.proof.lettering import cut, label_font, wrapped
from layout.proof.raster import page_png

SHEET = (842.0, 595.0)
"""A4, lying."""
MARGIN, GAP, HEAD = 28.0, 16.0, 24.0
ACROSS = 4
"""Small pages beside each other: as wide as their words need."""
PER_SHEET = 8
WORDS, LINES = 7.0, 6
"""Size in points and most lines of what stands below a small page."""
PPI = 144
HEADLINE_ROWS = 3.0
"""Rows that a headline's bar takes in the picture, whatever it really takes."""


def arrangement_sheets(title: str, pages: Sequence[tuple[str, MadeUpJson]], lang: Lang = "zh") -> bytes:
    """A PDF of the arrangements of *pages*, each with its label. The same input gives the same bytes."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=SHEET, invariant=1, pageCompression=1)
    canvas.setTitle(title)
    draw_arrangements(canvas, pages, lang)
    canvas.save()
    return out.getvalue()


def arrangement_picture(label: str, made: MadeUpJson, lang: Lang = "zh") -> bytes:
    """The first sheet of the arrangements of one page, as a PNG."""
    return page_png(arrangement_sheets(label, [(label, made)], lang), 0, PPI)


def draw_arrangements(canvas: DrawingCanvas, pages: Sequence[tuple[str, MadeUpJson]], lang: Lang = "zh") -> None:
    """Draws them, on sheets of their own for each page."""
    for label, made in pages:
        own = [made["chosen"], *made["others"]]
        for first in range(0, len(own), PER_SHEET):
            canvas.setPageSize(SHEET)
            canvas.setFillColorRGB(0, 0, 0)
            canvas.setFont(label_font(), 12)
            canvas.drawString(MARGIN, SHEET[1] - MARGIN - 12, cut(label, 12, SHEET[0] - 2 * MARGIN))
            part = own[first : first + PER_SHEET]
            for number, (arrangement, cell) in enumerate(zip(part, _cells(len(part)), strict=True), first + 1):
                _cell(canvas, made, (number, arrangement), cell, lang)
            canvas.showPage()


def _cells(count: int) -> Iterator[tuple[float, float, float, float]]:
    """Left, bottom, width and height of *count* cells."""
    rows = ceil(count / ACROSS)
    columns = ceil(count / rows)
    width = (SHEET[0] - 2 * MARGIN - (columns - 1) * GAP) / columns
    height = (SHEET[1] - 2 * MARGIN - HEAD - (rows - 1) * GAP) / rows
    top = SHEET[1] - MARGIN - HEAD
    for index in range(count):
        down = (index // columns) * (height + GAP)
        yield MARGIN + (index % columns) * (width + GAP), top - down - height, width, height


def _cell(
    canvas: DrawingCanvas,
    made: MadeUpJson,
    numbered: tuple[int, ArrangementJson],
    cell: tuple[float, float, float, float],
    lang: Lang,
) -> None:
    """One arrangement, as large as fits over its words."""
    number, arrangement = numbered
    x, y, width, height = cell
    words = 1.35 * WORDS * LINES
    high = min(height - words - 6, width / made["proportion"])
    wide = high * made["proportion"]
    top = y + height
    rows = max(made["rows"], made["height"])
    scale = (wide / made["columns"], high / rows)
    canvas.setLineWidth(0.8)
    canvas.setStrokeColorRGB(0.2, 0.2, 0.2)
    canvas.rect(x, top - scale[1] * made["rows"], wide, scale[1] * made["rows"], stroke=1, fill=0)
    for piece in arrangement["pieces"]:
        _piece(canvas, piece, (x, top), scale)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.setFont(label_font(), WORDS)
    for line, text in enumerate(_words(number, arrangement, max(wide, width), lang)):
        canvas.drawString(x, top - high - 3 - 1.35 * WORDS * (line + 1), text)


def _words(number: int, arrangement: ArrangementJson, width: float, lang: Lang) -> list[str]:
    cost = Message(f"{number}　代价 {arrangement['cost']:g}", f"{number}　cost {arrangement['cost']:g}").text(lang)
    rules = "，".join(f"{rule_words(rule, lang)} {price:g}" for rule, price in arrangement["rules"].items())
    lines = [cost, *wrapped(arrangement["why"] or rules, WORDS, width, LINES - 1)]
    return lines[:LINES]


def _piece(canvas: DrawingCanvas, piece: PieceJson, corner: tuple[float, float], scale: tuple[float, float]) -> None:
    """A piece: its box, a bar for its headline, a tint for its pictures, lines for its text, its name."""
    x = corner[0] + (piece["column"] - 1) * scale[0] + 1
    top = corner[1] - (piece["row"] - 1) * scale[1] - 0.5
    width, height = piece["columns"] * scale[0] - 2, piece["rows"] * scale[1] - 1
    head = 0.0 if piece["shape"] in ("photograph", "reserve") else min(HEADLINE_ROWS * scale[1], height)
    canvas.setFillColorRGB(0.97, 0.97, 0.97)
    canvas.rect(x, top - height, width, height, stroke=0, fill=1)
    pictures = min(piece["picture_rows"] * scale[1], height - head)
    if pictures > 0:
        canvas.setFillColorRGB(0.75, 0.82, 0.9)
        beside = 0.0 if height - head - pictures < scale[1] else width / piece["columns"] * (piece["columns"] > 1)
        canvas.rect(x + beside, top - head - pictures, width - beside, pictures, stroke=0, fill=1)
    if head:
        canvas.setFillColorRGB(0.25, 0.25, 0.25)
        canvas.rect(x, top - head + 1, width * 0.8, head - 1, stroke=0, fill=1)
    canvas.setLineWidth(0.4)
    canvas.setStrokeColorRGB(0.5, 0.5, 0.5)
    canvas.rect(x, top - height, width, height, stroke=1, fill=0)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.setFont(label_font(), WORDS)
    below = top - head - WORDS - 1
    canvas.drawString(x + 2, max(below, top - height + 1.5), cut(piece["id"], WORDS, width - 4))
    if height - head > 2.6 * WORDS:
        canvas.setFillColorRGB(0.4, 0.4, 0.4)
        canvas.setFont(label_font(), WORDS - 2)
        canvas.drawString(x + 2, below - WORDS, cut(piece["shape"], WORDS - 2, width - 4))
