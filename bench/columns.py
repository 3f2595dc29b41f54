"""The same copy in one narrow column, by us, by Typst and by WeasyPrint; and what PDFium says of the three PDFs.

All three set Song 400 at 10 pt on 15 pt, justified, first lines indented 2 em, and otherwise as their makers mean them.
"""

from __future__ import annotations

import ctypes
import html
import json
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import pvariance

import pypdfium2
import typst
from pypdfium2 import raw
from weasyprint import CSS, HTML

from layout.composer import Setting, Span, compose
from layout.composer.classes import CharClass, kind_of, marks, prohibited
from layout.engine.engine import Engine, PageContent, write_pdf
from layout.fontbook import Fontbook
from layout.page.canvas import Decision
from layout.page.frames import FrameType, Ink, RoleType, SetLine

SIZE, LEADING = 10, 15
FACES = ("song-400",)
PAGE = 13000
"""Height of the page in points: all of the copy in one column. PDF allows 14,400."""
HOUSE = Setting(fit="total", indent=2)
NEWLINE = 0.5
"""How far back, in columns, the pen must jump to have begun a line."""


@dataclass(frozen=True)
class Glyph:
    """One character as PDFium finds it: its pen and advance in em."""

    text: str
    x: float
    y: float


def ours(paragraphs: Sequence[str], measure: int, fontbook: Fontbook, setting: Setting = HOUSE) -> bytes:
    """Our column."""
    engine = Engine(fontbook)
    css = f"@page {{ size: {measure * SIZE}pt {PAGE}pt; margin: 0 }} [data-fill] {{ height: 10pt; line-height: 10pt }}"
    canvas = engine.canvas(f"<style>{css}</style><div data-fill></div>", template=Path("none.html"))
    type_ = FrameType({"plain": RoleType(FACES, SIZE, Ink(0, 0, 0, 1))}, LEADING, 20, "justify", False, {})
    lines: list[SetLine] = []
    for paragraph in paragraphs:
        for line in compose([Span(paragraph, FACES)], setting, measure, fontbook).lines:
            lines.append(SetLine(line, type_, "k", "f", 0, 0, 20 + LEADING * len(lines)))
    return write_pdf(
        engine, [PageContent(canvas.laid_out(Decision(), {}).document, lines)], title="-", identifier=b"0"
    )[0]


def by_weasyprint(paragraphs: Sequence[str], measure: int, fontbook: Fontbook) -> bytes:
    """WeasyPrint's column."""
    body = "".join(f"<p>{html.escape(paragraph)}</p>" for paragraph in paragraphs)
    css = f"""@page {{ size: {measure * SIZE}pt {PAGE}pt; margin: 0 }} body {{ margin: 0; font: {SIZE}pt/{LEADING}pt
        "Song 400"; text-align: justify }} p {{ margin: 0; text-indent: 2em }}"""
    del fontbook  # it reads the same folder through fontconfig
    document: bytes = HTML(string=f'<html lang="zh">{body}</html>').write_pdf(stylesheets=[CSS(string=css)])
    return document


def by_typst(paragraphs: Sequence[str], measure: int, fontbook: Fontbook) -> bytes:
    """Typst's column."""
    source = f"""#set page(width: {measure * SIZE}pt, height: {PAGE}pt, margin: 0pt)
#set text(font: "Song 400", size: {SIZE}pt, lang: "zh", region: "cn")
#set par(justify: true, leading: {LEADING - SIZE}pt, first-line-indent: (amount: 2em, all: true))
""" + "\n".join(f"#par({json.dumps(paragraph, ensure_ascii=False)})" for paragraph in paragraphs)
    pdf = typst.compile(source.encode(), font_paths=[str(fontbook.folder)], ignore_system_fonts=True)
    assert isinstance(pdf, bytes)
    return pdf


def read(pdf: bytes) -> list[Glyph]:
    """The characters of the first page in the order in which they stand, white space left out."""
    page = pypdfium2.PdfDocument(pdf)[0]
    text = page.get_textpage()
    found = []
    for index in range(raw.FPDFText_CountChars(text)):
        x, y = ctypes.c_double(), ctypes.c_double()
        raw.FPDFText_GetCharOrigin(text, index, x, y)
        character = "-" if raw.FPDFText_IsHyphen(text, index) == 1 else chr(raw.FPDFText_GetUnicode(text, index))
        if not character.isspace() and raw.FPDFText_IsGenerated(text, index) != 1:
            found.append(Glyph(character, x.value / SIZE, y.value / SIZE))
    return found


def lines_of(glyphs: Sequence[Glyph], paragraphs: Sequence[str]) -> Iterator[tuple[list[Glyph], bool]]:
    """Each line, and whether it is the last of its paragraph. The characters must be the copy's, in order."""
    wanted = ["".join(paragraph.split()) for paragraph in paragraphs]
    assert "".join(glyph.text for glyph in glyphs) == "".join(wanted), "the copy is not on the page"
    position = 0
    for text in wanted:
        own = glyphs[position : position + len(text)]
        position += len(text)
        line = [own[0]]
        for before, glyph in pairwise(own):
            if abs(glyph.y - before.y) > NEWLINE:
                yield line, False
                line = []
            line.append(glyph)
        yield line, True


@dataclass(frozen=True)
class Quality:
    """A column's faults and its evenness. Lengths in em."""

    lines: int
    loosest: float
    """The widest space between two Han characters, or the hole at the end of a justified line."""
    squared: float
    """The mean square, in 1/1000 em², of the spaces between Han and of the holes."""
    kinsoku: int
    """Line edges that GB/T 15834 forbids, and numbers torn apart."""
    runts: int
    """Paragraphs that end in a line of one Han character."""
    ragged: float
    """How far, at most, a justified line ends from the measure."""
    torn: int
    """Numbers parted from their Han unit (332|个): no rule forbids it, but editors mind."""
    variance: float
    """Of all gaps of justified lines, in 1/1000 em²: between Han, and between Han and Latin."""


def judge(pdf: bytes, paragraphs: Sequence[str], measure: int) -> Quality:
    """What a sub-editor would mark in a column of *measure* em."""
    lines = list(lines_of(read(pdf), paragraphs))
    holes = [abs(measure - _right(line)) for line, last in lines if not last]
    gaps = [gap for line, _ in lines for gap in _gaps(line)]
    spaces = [max(0.0, space) for space in (*gaps, *holes)]
    return Quality(
        lines=len(lines),
        loosest=max(spaces),
        squared=1000 * sum(space * space for space in spaces) / len(spaces),
        kinsoku=sum(_faults(one, other) for (one, last), (other, _) in pairwise(lines) if not last),
        runts=sum(_is_runt(line) for line, last in lines if last),
        ragged=max(holes),
        torn=sum(_parts_unit(one, other) for (one, last), (other, _) in pairwise(lines) if not last),
        variance=1000 * pvariance(gap for line, last in lines if not last for gap in (*_gaps(line), *_joints(line))),
    )


def _gaps(line: Sequence[Glyph]) -> Iterator[float]:
    for one, other in pairwise(line):
        if kind_of(one.text) is CharClass.HAN and kind_of(other.text) is CharClass.HAN:
            yield other.x - one.x - 1


def _joints(line: Sequence[Glyph]) -> Iterator[float]:
    """The gaps between Han and Latin letters or figures, either side."""
    for one, other in pairwise(line):
        kinds = kind_of(one.text), kind_of(other.text)
        if set(kinds) == {CharClass.HAN, CharClass.LATIN} and one.text.isalnum() and other.text.isalnum():
            yield other.x - one.x - (1.0 if kinds[0] is CharClass.HAN else ADVANCES.get(one.text, 0.5))


def _right(line: Sequence[Glyph]) -> float:
    """Where the line ends to the eye: a mark whose right half is empty ends in its middle."""
    last = line[-1]
    kind = kind_of(last.text)
    if kind in (CharClass.CLOSE, CharClass.COMMA, CharClass.STOP):
        return last.x + 0.5
    wide = unicodedata.east_asian_width(last.text) in "WFA"
    return last.x + (1.0 if wide and last.text != "·" else ADVANCES.get(last.text, 0.5))


ADVANCES: dict[str, float] = {}
"""Advances of Western characters in the face, in em; filled by the caller from the fontbook."""


def _faults(line: Sequence[Glyph], following: Sequence[Glyph]) -> bool:
    not_start, not_end = prohibited("gb")
    last, first = line[-1].text, following[0].text
    torn = (last.isdigit() or last in ".,") and (first.isdigit() or first in ".%‰")
    split = last == first and last in "—…"
    return first in not_start - {"—"} or last in not_end or torn or split


def _parts_unit(line: Sequence[Glyph], following: Sequence[Glyph]) -> bool:
    text, at = "".join(glyph.text for glyph in (*line, *following)), len(line)
    return any(match.start() <= at < match.end() for match in marks().unit.finditer(text))


def _is_runt(line: Sequence[Glyph]) -> bool:
    return sum(kind_of(glyph.text) not in (CharClass.CLOSE, CharClass.COMMA, CharClass.STOP) for glyph in line) < 2
