"""A font that another page has another subset of is the same for a code of which nothing is said otherwise."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from pikepdf import Array, Pdf

from layout.preflight.face_likeness import font_hash, unlike
from layout.preflight.faces import PdfFace, face_of
from layout.preflight.truetype_program import TrueTypeProgram
from preflight.support import clean_pdf

CODES = range(1, 9)
CHANGED = 3
Change = Callable[[Pdf, Any], None]


def _program(pdf: Pdf, font: Any, change: Callable[[TTFont], None]) -> None:
    descriptor = font.DescendantFonts[0].FontDescriptor
    program = TTFont(io.BytesIO(descriptor.FontFile2.read_bytes()), recalcBBoxes=False, recalcTimestamp=False)
    change(program)
    out = io.BytesIO()
    program.save(out)
    descriptor.FontFile2 = pdf.make_stream(out.getvalue())


def written_again(pdf: Pdf, font: Any) -> None:
    """With a date that its writer does not mend: nothing of it is another when it is written once more."""

    def change(program: TTFont) -> None:
        program["head"].created = 3_000_000_000

    _program(pdf, font, change)


def outline(pdf: Pdf, font: Any) -> None:
    def change(program: TTFont) -> None:
        program["glyf"][f"g{CHANGED}"] = TTGlyphPen(None).glyph()

    _program(pdf, font, change)


def bearing(pdf: Pdf, font: Any) -> None:
    def change(program: TTFont) -> None:
        program["hmtx"][f"g{CHANGED}"] = (1000, 90)

    _program(pdf, font, change)


def component(pdf: Pdf, font: Any) -> None:
    """Made of another glyph, whose outline is what changes."""

    def change(program: TTFont) -> None:
        pen = TTGlyphPen(program.getGlyphSet())
        pen.addComponent("g4", (1, 0, 0, 1, 0, 0))
        glyph = pen.glyph()
        glyph.xMin, glyph.yMin, glyph.xMax, glyph.yMax = 100, 0, 900, 800
        program["glyf"][f"g{CHANGED}"] = glyph

    _program(pdf, font, change)


def width(_: Pdf, font: Any) -> None:
    font.DescendantFonts[0].W = Array([CHANGED, Array([900])])


def character(pdf: Pdf, font: Any) -> None:
    content = font.ToUnicode.read_bytes()
    font.ToUnicode = pdf.make_stream(content.replace(b"<0003> <", b"<0003> <6c34"))


def line_height(pdf: Pdf, font: Any) -> None:
    def change(program: TTFont) -> None:
        program["hhea"].ascent = 900

    _program(pdf, font, change)


def glyph_numbers(pdf: Pdf, font: Any) -> None:
    font.DescendantFonts[0].CIDToGIDMap = pdf.make_stream(bytes(20))


def weight(_: Pdf, font: Any) -> None:
    font.DescendantFonts[0].FontDescriptor.StemV = 90


def fonts(*changes: Change) -> tuple[PdfFace, object, object]:
    """The face of the clean page's font after *changes*, and its hashes: whole, and of all but single codes."""
    with pikepdf.open(io.BytesIO(clean_pdf())) as pdf:
        font = pdf.pages[0].Resources.Font.F1
        for change in (written_again, *changes):
            change(pdf, font)
        found, hashed = face_of(font), font_hash(font)
        assert isinstance(found.opened, TrueTypeProgram)
        return found, hashed.whole, hashed.frame


def test_the_same_is_the_same_for_every_code() -> None:
    assert fonts() == fonts()
    assert unlike(fonts()[0], fonts()[0], CODES) == frozenset()


@pytest.mark.parametrize("change", [outline, bearing, width, character])
def test_what_is_said_of_one_code_makes_that_one_another(change: Change) -> None:
    (before, whole, frame), (face, other, same) = fonts(), fonts(change)
    assert (whole != other, frame == same) == (True, True)
    assert unlike(before, face, CODES) == frozenset({CHANGED})


def test_a_glyph_that_is_made_of_others_may_be_another() -> None:
    (before, *_), (face, *_) = fonts(component), fonts(component)
    assert unlike(before, face, CODES) == frozenset({CHANGED})


@pytest.mark.parametrize("change", [line_height, glyph_numbers])
def test_what_is_said_of_all_codes_makes_all_others(change: Change) -> None:
    assert unlike(fonts()[0], fonts(change)[0], CODES) is None
    assert unlike(fonts(change)[0], fonts()[0], CODES) is None


@pytest.mark.parametrize("change", [glyph_numbers, weight])
def test_what_the_dictionaries_say_of_all_codes_is_in_the_hash_of_the_rest(change: Change) -> None:
    assert fonts()[2] != fonts(change)[2]
