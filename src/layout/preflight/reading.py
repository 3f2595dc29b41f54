"""The characters of a finished page, read back by PDFium in the order in which the page shows them.

PDFium knows nothing of the program that wrote the file. Three of its habits are undone here, all seen in a run:
it sorts what stands on one baseline from left to right (so the content order is taken from the page's objects), it
hands characters beyond U+FFFF out in two halves, and it replaces a hyphen at a line's end by U+0002.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from layout.errors import PrintError, Said

MAX_DEPTH = 16
"""Forms within forms that are followed; a press page has one or two."""


@dataclass(frozen=True, slots=True)
class PageChar:
    """One character on the page. Lengths in points, from the page's lower left corner, y upwards."""

    text: str
    x: float
    """Its origin: the pen position."""
    y: float
    box: tuple[float, float, float, float]
    """Left, bottom, right, top of its ink."""
    font: str
    """BaseFont of its font, subset tag included."""
    size: float
    """Its font size, before the text matrix."""
    hyphen: bool = False
    """A hyphen at a line's end, which may be the typesetter's and not the manuscript's."""


def read_text(pdf: bytes | Path, page_index: int) -> list[PageChar]:
    """Every character that page *page_index* (from 0) shows, in content order, without white space.

    Raises ``PrintError`` when the file cannot be opened or has no such page. Text drawn twice on one spot is read once
    (PDFium's habit); ``layout.preflight.walk`` counts it.
    """
    with open_pdf(pdf) as document:
        if not 0 <= page_index < len(document):
            raise PrintError(
                Said(f"PDF 里没有第 {page_index + 1} 页。", f"The PDF has no page {page_index + 1}."),
            )
        page = document[page_index]
        text_page = page.get_textpage()
        try:
            return _read(page, text_page)
        finally:
            text_page.close()
            page.close()


@contextmanager
def open_pdf(pdf: bytes | Path) -> Iterator[Any]:
    """The file opened by PDFium. Raises ``PrintError`` when PDFium refuses it."""
    try:
        document = pdfium.PdfDocument(pdf)
    except (pdfium.PdfiumError, OSError) as error:
        raise PrintError(
            Said(f"PDF 打不开：{error}", f"The PDF does not open: {error}"),
            hint=Said("文件可能不完整或有密码。", "The file may be cut short or protected."),
        ) from error
    try:
        yield document
    finally:
        document.close()


def _read(page: Any, text_page: Any) -> list[PageChar]:
    """Characters sorted by the object that shows them, each object's own order kept."""
    ranks = {address: rank for rank, address in enumerate(_objects(page))}
    fonts: dict[int, str] = {}
    found: list[tuple[int, PageChar]] = []
    rank, half = -1, 0
    for index in range(raw.FPDFText_CountChars(text_page)):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if raw.FPDFText_IsGenerated(text_page, index) == 1:
            continue
        hyphen = raw.FPDFText_IsHyphen(text_page, index) == 1
        if 0xD800 <= code < 0xDC00:
            half = code
            continue
        if half and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((half - 0xD800) << 10) + (code - 0xDC00)
        half = 0
        text = "-" if hyphen else chr(code)
        if text.isspace():
            continue
        shown = raw.FPDFText_GetTextObject(text_page, index)
        # A character without an object of its own belongs to the one before it.
        rank = ranks.get(_address(shown), rank) if shown else rank
        found.append((rank, _char(text_page, index, text, _font(shown, fonts), hyphen)))
    found.sort(key=lambda item: item[0])
    return [char for _, char in found]


def _objects(page: Any) -> Iterator[int]:
    """The addresses of the page's objects in content order, those inside forms included."""
    top = [raw.FPDFPage_GetObject(page, index) for index in range(raw.FPDFPage_CountObjects(page))]
    stack = [(shown, 0) for shown in reversed(top)]
    while stack:
        shown, depth = stack.pop()
        if not shown:
            continue
        yield _address(shown)
        if depth < MAX_DEPTH and raw.FPDFPageObj_GetType(shown) == raw.FPDF_PAGEOBJ_FORM:
            count = raw.FPDFFormObj_CountObjects(shown)
            inner = [raw.FPDFFormObj_GetObject(shown, index) for index in range(count)]
            stack += [(part, depth + 1) for part in reversed(inner)]


def _address(pointer: Any) -> int:
    return ctypes.addressof(pointer.contents)


def _font(shown: Any, known: dict[int, str]) -> str:
    """BaseFont of a text object's font."""
    font = raw.FPDFTextObj_GetFont(shown) if shown else None
    if not font:
        return ""
    address = _address(font)
    if address not in known:
        length = raw.FPDFFont_GetBaseFontName(font, None, 0)
        buffer = ctypes.create_string_buffer(max(length, 1))
        raw.FPDFFont_GetBaseFontName(font, buffer, length)
        known[address] = buffer.value.decode("utf-8", "replace")
    return known[address]


def _char(text_page: Any, index: int, text: str, font: str, hyphen: bool) -> PageChar:
    """What PDFium says of one character."""
    x, y = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(text_page, index, x, y)
    edges = [ctypes.c_double() for _ in range(4)]
    left, right, bottom, top = edges
    raw.FPDFText_GetCharBox(text_page, index, left, right, bottom, top)
    return PageChar(
        text=text,
        x=x.value,
        y=y.value,
        box=(left.value, bottom.value, right.value, top.value),
        font=font,
        size=float(raw.FPDFText_GetFontSize(text_page, index)),
        hyphen=hyphen,
    )
