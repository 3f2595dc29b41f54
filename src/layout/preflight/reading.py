"""The characters of a finished page, read back by PDFium in the order in which the page shows them.

PDFium knows nothing of the program that wrote the file. Three of its habits are undone here, all seen in a run:
it sorts what stands on one baseline from left to right (so the content order is taken from the page's objects), it
hands characters beyond U+FFFF out in two halves, and it replaces a hyphen at a line's end by U+0002.
"""

from __future__ import annotations

import ctypes
import re
import sys
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import groupby, pairwise
from pathlib import Path
from unicodedata import normalize

from pypdfium2 import raw

from layout.preflight.pdfium import PDFIUM, PdfiumDocument, PdfiumObject, PdfiumPage, PdfiumTextPage, open_pdf, page_of

MAX_DEPTH = 16
"""Forms within forms that are followed; a press page has one or two."""

HYPHENS = {0x02: "-", 0xFFFE: "-"}
"""What PDFium puts for a hyphen at a line's end."""

MAYBE_HYPHEN = frozenset({0, 0x02, 0x2D, 0xAD, 0x2010, 0xFFFE})
"""Codes that may come from such a hyphen; PDFium is then asked."""


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


def read_text(pdf: bytes | Path, page_index: int, document: PdfiumDocument | None = None) -> list[PageChar]:
    """Every character that page *page_index* (from 0) shows, in content order, without white space. *document* is the
    file where PDFium has it open.

    Raises ``PrintError`` when the file cannot be opened or has no such page. Text drawn twice on one spot is read once
    (PDFium's habit); ``layout.preflight.walk`` counts it.
    """
    source = open_pdf(pdf) if document is None else nullcontext(document)
    with source as opened, _text_page(opened, page_index) as (page, text_page):
        found = _read(page, text_page)
    if isinstance(pdf, bytes):
        _known(pdf)[page_index] = "".join(char.text for char in found)
    return found


def read_characters(
    pdf: bytes | Path, page_index: int, document: PdfiumDocument | None = None, page: PdfiumPage | None = None
) -> str:
    """The characters of ``read_text`` in no order that counts, without their places: a third of the time. *document* is
    the file, where it is open already, and *page* the page.

    None, where the same page of the same bytes has just been read.
    """
    if isinstance(pdf, bytes) and page_index in _known(pdf):
        return _known(pdf)[page_index]
    source = open_pdf(pdf) if document is None else nullcontext(document)
    with source as opened, _text_page(opened, page_index, page) as (_, text_page):
        count = raw.FPDFText_CountChars(text_page)
        buffer = (ctypes.c_ushort * (count + 1))()
        raw.FPDFText_GetText(text_page, 0, count, buffer)
        read = bytes(buffer)[:-2].decode("utf-16-le", "replace").rstrip("\0")
    found = "".join(read.translate(HYPHENS).split())
    if isinstance(pdf, bytes):
        _known(pdf)[page_index] = found
    return found


@lru_cache(maxsize=1)
def _known(pdf: bytes) -> dict[int, str]:
    """The pages of the file read last, by their index: a build counts its characters, and judges it just after."""
    del pdf
    return {}


@contextmanager
def _text_page(
    document: PdfiumDocument, page_index: int, opened: PdfiumPage | None = None
) -> Iterator[tuple[PdfiumPage, PdfiumTextPage]]:
    """A page and PDFium's reading of it; the page may be *opened* already, and then stays open."""
    with PDFIUM:
        page = page_of(document, page_index) if opened is None else opened
        text_page = page.get_textpage()
        try:
            yield page, text_page
        finally:
            text_page.close()
            if opened is None:
                page.close()


def _read(page: PdfiumPage, text_page: PdfiumTextPage) -> list[PageChar]:
    """Characters sorted by the object that shows them, each object's own order kept."""
    ranks = {address: rank for rank, address in enumerate(_objects(page))}
    pen = _Pen(text_page)
    found: list[tuple[int, PageChar]] = []
    rank, half = -1, 0
    for index in range(raw.FPDFText_CountChars(text_page)):
        code = raw.FPDFText_GetUnicode(text_page, index)
        if 0xD800 <= code < 0xDC00:
            half = code
            continue
        if half and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((half - 0xD800) << 10) + (code - 0xDC00)
        half = 0
        hyphen = code in MAYBE_HYPHEN and raw.FPDFText_IsHyphen(text_page, index) == 1
        text = "-" if hyphen else character_of(code)
        # What PDFium adds of itself is white space too.
        if text.isspace():
            continue
        shown = raw.FPDFText_GetTextObject(text_page, index)
        # A character without an object of its own belongs to the one before it.
        address = _address(shown) if shown else 0
        rank = ranks.get(address, rank)
        found.append((rank, pen.char(index, text, shown, address, hyphen=hyphen)))
    found.sort(key=lambda item: item[0])
    return [char for _, char in found]


def character_of(code: int) -> str:
    """The character of a code; U+FFFD for a number that is none, which a ToUnicode may say all the same."""
    return chr(code) if 0 <= code <= sys.maxunicode else "\ufffd"


def _objects(page: PdfiumPage) -> Iterator[int]:
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


def _address(pointer: PdfiumObject) -> int:
    return ctypes.addressof(pointer.contents)


def _font(shown: PdfiumObject) -> str:
    """BaseFont of a text object's font."""
    font = raw.FPDFTextObj_GetFont(shown) if shown else None
    if not font:
        return ""
    length = raw.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = ctypes.create_string_buffer(max(length, 1))
    raw.FPDFFont_GetBaseFontName(font, buffer, length)
    return buffer.value.decode("utf-8", "replace")


class _Pen:
    """Reads from PDFium where a character stands; font and size once for each text object."""

    def __init__(self, text_page: PdfiumTextPage) -> None:
        self._page = text_page
        self._numbers = tuple(ctypes.c_double() for _ in range(6))
        self._type: dict[int, tuple[str, float]] = {}

    def char(self, index: int, text: str, shown: PdfiumObject, address: int, *, hyphen: bool) -> PageChar:
        """One character with its place, font and size."""
        x, y, left, right, bottom, top = self._numbers
        raw.FPDFText_GetCharOrigin(self._page, index, x, y)
        raw.FPDFText_GetCharBox(self._page, index, left, right, bottom, top)
        if address not in self._type:
            self._type[address] = _font(shown), float(raw.FPDFText_GetFontSize(self._page, index))
        font, size = self._type[address]
        box = (left.value, bottom.value, right.value, top.value)
        return PageChar(text, x.value, y.value, box, font, size, hyphen)


TAKEN_APART = re.compile("[\ufb00-\ufdfc\ufe70-\ufefc]")
"""Ligatures and Arabic forms, which PDFium reads as their letters, all on one spot."""

PLAIN_HYPHENS = str.maketrans(dict.fromkeys("\u00ad\u2010", "-"))
"""What it may read as a plain hyphen."""

SOFT = "\u00ad"


def letters(char: str) -> str:
    """*char* as PDFium gives it: itself, or the letters of a ligature."""
    return normalize("NFKC", char) if TAKEN_APART.match(char) else char


def as_read(text: str) -> str:
    """*text* as PDFium gives it, hyphens made alike."""
    return TAKEN_APART.sub(lambda found: normalize("NFKC", found[0]), text.translate(PLAIN_HYPHENS))


def restored(chars: Sequence[PageChar], wanted: Collection[str]) -> list[PageChar]:
    """*chars* with the letters of a ligature made one character again, where they are one of those *wanted*.

    They are known by their spot: two letters of their own never share a pen position. Of an F on top of an I nothing
    is hidden by that: where the copy has no such ligature, letters stay letters.
    """
    ligatures = {letters(char): char for char in wanted if letters(char) != char}
    if not ligatures:
        return list(chars)
    found: list[PageChar] = []
    for _, group in groupby(chars, key=lambda char: (char.x, char.y, char.font)):
        parts = list(group)
        whole = ligatures.get("".join(part.text for part in parts)) if len(parts) > 1 else None
        found += [replace(parts[0], text=whole)] if whole else parts
    return found


def mended(chars: Sequence[PageChar]) -> list[PageChar]:
    """*chars* with what Ghostscript garbles made good: of a glyph that stands for two characters (the dash of two ems,
    which is two of U+2014) its pdfwrite 10.00 writes the second's high byte as the first's low one (U+1414).

    They are known by their spot, as in ``restored``; what was meant has the first's high byte.
    """
    found = list(chars)
    for at, (one, other) in enumerate(pairwise(chars), start=1):
        if (one.x, one.y, one.font) == (other.x, other.y, other.font) and len(one.text) == len(other.text) == 1:
            first, second = ord(one.text), ord(other.text)
            if second >> 8 == first & 0xFF != first >> 8:
                found[at] = replace(other, text=chr((first & 0xFF00) | (second & 0xFF)))
    return found


def hyphens_at(chars: Sequence[PageChar]) -> Iterator[int]:
    """Which of *chars* are hyphens at a line's end that need be nobody's copy.

    Those PDFium calls so; and one after a soft hyphen, which it does not look behind, if the next line begins there.
    """
    for index, char in enumerate(chars):
        if char.hyphen or (char.text == "-" and index and chars[index - 1].text == SOFT and _ends(chars, index)):
            yield index


def _ends(chars: Sequence[PageChar], index: int) -> bool:
    """Whether the line ends with character *index*: the next pen lies behind it, or above it in a vertical line."""
    if index + 1 == len(chars):
        return True
    [(here, following)] = pairwise(chars[index : index + 2])
    down = abs(here.y - chars[index - 1].y) > abs(here.x - chars[index - 1].x)
    return following.y > here.y if down else following.x < here.x
