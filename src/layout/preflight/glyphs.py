"""The glyph that a font's code shows, in the embedded program."""

from __future__ import annotations

from fontTools.encodings.MacRoman import MacRoman

from layout.preflight.faces import PdfFace
from layout.preflight.font_program import GLYPH, FontProgram
from layout.preflight.simple_encodings import NOTDEF, character
from layout.preflight.truetype_program import SYMBOL_PAGES, TrueTypeProgram

MAC_CODES = {glyph: code for code, glyph in enumerate(MacRoman) if glyph != NOTDEF}


def glyph_of(face: PdfFace, code: int) -> GLYPH | None:
    """The glyph of *face*'s program that *code* shows: ``NOTDEF`` for none, ``None`` where nobody can say."""
    program = face.opened
    if program is None or program.fault:
        # Without a program a map still says that it leads to glyph 0.
        return NOTDEF if _without_program(face, code) else None
    if type(program) is FontProgram:
        return None  # FreeType reads it, and nobody knows more
    if face.composite:
        return _of_composite(face, program, code)
    if isinstance(program, TrueTypeProgram):
        return _of_true_type(face, program, code)
    if program.cid_keyed:
        return None
    glyph = face.names.get(code)
    return None if glyph is None and not face.names else (program.named(glyph) if glyph else None) or NOTDEF


def _without_program(face: PdfFace, code: int) -> bool:
    if not face.composite or not face.encoding.startswith("Identity"):
        return False
    return code == 0 if face.cid_to_gid != "stream" else not any(face.glyphs[2 * code : 2 * code + 2])


def _of_composite(face: PdfFace, program: FontProgram, code: int) -> GLYPH | None:
    if not face.encoding.startswith("Identity"):
        return None
    if face.cid_to_gid == "stream":
        number = int.from_bytes(face.glyphs[2 * code : 2 * code + 2], "big")
        if number and not isinstance(program, TrueTypeProgram):
            return None  # a map of numbers into a program that goes by names
        return program.numbered(number) or NOTDEF
    return program.numbered(code) or NOTDEF


def _of_true_type(face: PdfFace, program: TrueTypeProgram, code: int) -> GLYPH | None:
    """By the names of the encoding, then by the symbol table, then by the Macintosh one: as a renderer looks."""
    symbols, mac, letters = program.cmap(3, 0), program.cmap(1, 0), program.unicode()
    if symbols is None and mac is None and letters is None:
        return None  # every renderer has a way of its own with a font that has no table
    glyph = face.names.get(code)
    if glyph and not (face.symbolic and not face.encoding and symbols is not None):
        text = character(glyph)
        for table, at in ((letters, ord(text) if len(text) == 1 else -1), (mac, MAC_CODES.get(glyph, -1))):
            if table is not None and (found := table.get(at)):
                return found
        if (by_name := program.named(glyph)) is not None:
            return by_name
    for page in SYMBOL_PAGES:
        if symbols is not None and (found := symbols.get(page + code)):
            return found
    for table in (mac, letters):
        if table is not None and (found := table.get(code)):
            return found
    return NOTDEF
