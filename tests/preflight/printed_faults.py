"""Files that print another character than is read, in a face of the program and in one that nobody knows; and such as
nearly do.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from functools import cache
from types import MappingProxyType
from typing import Any

import uharfbuzz as hb
from fontTools.ttLib import TTFont
from fontTools.ttLib.tables import _g_l_y_f as glyf
from pikepdf import Array, Dictionary, Name, Pdf, String

from layout import assets
from preflight.support import Fault, drawn

SHOWN = "水今个总长治两会特刊屯留区，。（"
"""Characters that the files show."""

KNOWN, UNKNOWN = "ABCDEF+Song-400", "ABCDEF+Test-Song"

Change = Callable[[TTFont, Sequence[int]], None]


@cache
def _face(file: str) -> hb.Face:
    return hb.Face(hb.Blob.from_file_path(str(assets.fonts_dir() / file)))


def glyphs_of(text: str, *, vertical: bool = False, file: str = "song-400.ttf") -> list[int]:
    """The glyphs for *text* as HarfBuzz sets it."""
    buffer = hb.Buffer()
    buffer.add_str(text)
    buffer.guess_segment_properties()
    buffer.direction = "ltr"
    hb.shape(hb.Font(_face(file)), buffer, {"vert": vertical, "liga": False})
    return [info.codepoint for info in buffer.glyph_infos]


@cache
def subset(glyphs: tuple[int, ...], file: str = "song-400.ttf") -> bytes:
    """The face with these glyphs alone, under their own numbers, with the characters that lead to them."""
    wanted = hb.SubsetInput()
    wanted.flags = hb.SubsetFlags.RETAIN_GIDS | hb.SubsetFlags.NO_HINTING
    wanted.glyph_set.update(glyphs)
    characters = {hb.Font(_face(file)).get_nominal_glyph(ord(char)): char for char in SHOWN}
    wanted.unicode_set.update(ord(characters[glyph]) for glyph in glyphs if glyph in characters)
    return bytes(wanted.subset(_face(file)).blob.data)


def to_unicode(codes: Sequence[int], text: str) -> bytes:
    pairs = "\n".join(
        f"<{code:04x}> <{char.encode('utf-16-be').hex()}>" for code, char in zip(codes, text, strict=True)
    )
    return (
        "begincmap 1 begincodespacerange <0000> <ffff> endcodespacerange\n"
        f"{len(text)} beginbfchar\n{pairs}\nendbfchar endcmap"
    ).encode()


def _add(pdf: Pdf, name: str, *, read: str = SHOWN, vertical: bool = False, change: Change | None = None) -> None:
    """A line of SHOWN in the face Song 400 under *name*, *read* as ToUnicode has it, after *change* to its program."""
    glyphs = glyphs_of(SHOWN, vertical=vertical)
    program = subset(tuple(sorted(glyphs)))
    if change is not None:
        font = TTFont(io.BytesIO(program), recalcTimestamp=False)
        change(font, glyphs)
        out = io.BytesIO()
        font.save(out)
        program = out.getvalue()
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name(f"/{name}"), Flags=4, FontBBox=[0, -120, 1000, 880], ItalicAngle=0,
        Ascent=880, Descent=-120, CapHeight=880, StemV=80, FontFile2=pdf.make_stream(program),
    )  # fmt: skip
    inner = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name(f"/{name}"), CIDToGIDMap=Name.Identity, DW=1000,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0),
        FontDescriptor=pdf.make_indirect(descriptor),
    )  # fmt: skip
    pdf.pages[0].Resources.Font.F2 = pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name(f"/{name}"), Encoding=Name("/Identity-H"),
            DescendantFonts=Array([pdf.make_indirect(inner)]), ToUnicode=pdf.make_stream(to_unicode(glyphs, read)),
        )
    )  # fmt: skip
    codes = "".join(f"{glyph:04x}" for glyph in glyphs)
    drawn(pdf, f"q /K gs BT /F2 9 Tf 0 0 0 1 k 100 200 Td <{codes}> Tj ET Q")


def exchanged(one: str, other: str) -> Change:
    """The outlines of two characters change places, as when a subset was put together from two."""

    def change(font: TTFont, glyphs: Sequence[int]) -> None:
        a, b = (font.getGlyphName(glyphs[SHOWN.index(char)]) for char in (one, other))
        table: Any = font["glyf"]
        table[a], table[b] = table[b], table[a]

    return change


def _read(one: str, other: str) -> str:
    return SHOWN.translate({ord(one): other, ord(other): one})


def outlines_exchanged(pdf: Pdf) -> None:
    _add(pdf, KNOWN, change=exchanged("水", "今"))


def outline_of_no_face(pdf: Pdf) -> None:
    """One character turned upside down by hand."""

    def change(font: TTFont, glyphs: Sequence[int]) -> None:
        table: Any = font["glyf"]
        turned: glyf.Glyph = table[font.getGlyphName(glyphs[0])]
        turned.coordinates = glyf.GlyphCoordinates([(x, 760 - y) for x, y in turned.coordinates])
        turned.recalcBounds(table)

    _add(pdf, KNOWN, change=change)


def comma_read_for_a_character(pdf: Pdf) -> None:
    """Only what is read is wrong: what is printed is the copy."""
    _add(pdf, KNOWN, read=_read("，", "个"))


def comma_exchanged_in_an_unknown_face(pdf: Pdf) -> None:
    """The table of the embedded font says what the mark is."""
    _add(pdf, UNKNOWN, read=_read("，", "。"))


def comma_as_large_as_a_character(pdf: Pdf) -> None:
    """ToUnicode and the font's own table agree, and the mark fills its em."""
    _add(pdf, UNKNOWN, change=exchanged("，", "个"))


def face_with_vertical_forms(pdf: Pdf) -> None:
    """Marks of vertical text have outlines of their own."""
    _add(pdf, KNOWN, vertical=True)


def face_of_another_make(pdf: Pdf) -> None:
    """It bears the name of one of ours and has not one outline of it: a plant's font may be called anything."""

    def change(font: TTFont, _: Sequence[int]) -> None:
        table: Any = font["glyf"]
        for name in font.getGlyphOrder():
            if table[name].numberOfContours > 0:
                table[name].coordinates.scale((0.9, 1.1))
                table[name].recalcBounds(table)

    _add(pdf, KNOWN, change=change)


def bearing_that_is_off(pdf: Pdf) -> None:
    """The outline is the face's, a little further to the right."""

    def change(font: TTFont, glyphs: Sequence[int]) -> None:
        metrics: Any = font["hmtx"]
        name = font.getGlyphName(glyphs[0])
        metrics[name] = (metrics[name][0], metrics[name][1] + 30)

    _add(pdf, KNOWN, change=change)


def comma_of_an_unknown_face(pdf: Pdf) -> None:
    _add(pdf, UNKNOWN)


PRINTED_FAULTS: MappingProxyType[Fault, str] = MappingProxyType(
    dict.fromkeys(
        (
            outlines_exchanged, outline_of_no_face, comma_read_for_a_character, comma_exchanged_in_an_unknown_face,
            comma_as_large_as_a_character,
        ),
        "font.unicode",
    )
)  # fmt: skip

PRINTED_NEARLY: MappingProxyType[Fault, str] = MappingProxyType(
    dict.fromkeys(
        (face_with_vertical_forms, face_of_another_make, bearing_that_is_off, comma_of_an_unknown_face), "font.unicode"
    )
)
"""Clean files that nearly break the rule."""
