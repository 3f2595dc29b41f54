"""Fonts with faults, and such as nearly have one: put into the clean page's only font, or added beside it."""

from __future__ import annotations

import io
from types import MappingProxyType
from typing import Any

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.t2CharStringPen import T2CharStringPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Name, Pdf

from preflight import support
from preflight.support import Fault, drawn

LATIN = "ABC"
WIDE = 600


def composite(pdf: Pdf) -> Any:
    return pdf.pages[0].Resources.Font["/F1"]


def _descriptor(pdf: Pdf) -> Any:
    return composite(pdf).DescendantFonts[0].FontDescriptor


def _changed(pdf: Pdf, change: Any) -> None:
    """The font program after *change* was done to it."""
    font = TTFont(io.BytesIO(support.font_program()), recalcTimestamp=False)
    change(font)
    out = io.BytesIO()
    font.save(out)
    _descriptor(pdf).FontFile2 = pdf.make_stream(out.getvalue())


def garbage_for_a_font(pdf: Pdf) -> None:
    _descriptor(pdf).FontFile2 = pdf.make_stream(b"garbage")


def font_cut_short(pdf: Pdf) -> None:
    program = support.font_program()
    _descriptor(pdf).FontFile2 = pdf.make_stream(program[: len(program) * 6 // 10])


def font_without_outlines_table(pdf: Pdf) -> None:
    def change(font: TTFont) -> None:
        del font["glyf"], font["loca"]

    _changed(pdf, change)


def font_without_its_padding(pdf: Pdf) -> None:
    """The last table ends where its text ends: harmless."""
    program = support.font_program().rstrip(b"\0")
    _descriptor(pdf).FontFile2 = pdf.make_stream(program)


def glyph_emptied(pdf: Pdf) -> None:
    def change(font: TTFont) -> None:
        font["glyf"]["g3"] = TTGlyphPen(None).glyph()

    _changed(pdf, change)


def space_is_empty(pdf: Pdf) -> None:
    """A glyph without outline that nobody misses: the ideographic space."""
    glyph_emptied(pdf)
    cmap = support.to_unicode().replace(b"<0003> <533a>", b"<0003> <3000>")
    assert cmap != support.to_unicode()
    composite(pdf).ToUnicode = pdf.make_stream(cmap)


def widths_not_the_fonts(pdf: Pdf) -> None:
    composite(pdf).DescendantFonts[0].W = Array([1, Array([1250])])


def widths_halved(pdf: Pdf) -> None:
    """Where a character stands is then not known by its widths: nothing is said of what can be seen."""
    composite(pdf).DescendantFonts[0].W = Array([1, Array([500] * len(support.TEXT))])


def no_widths(pdf: Pdf) -> None:
    """The default width stands for every glyph, and is not the font's."""
    composite(pdf).DescendantFonts[0].DW = 500


def widths_rounded(pdf: Pdf) -> None:
    composite(pdf).DescendantFonts[0].W = Array([1, Array([1001, 999])])


def to_unicode_lies(pdf: Pdf) -> None:
    """The first two characters are read for one another."""
    cmap = support.to_unicode()
    first, second = (char.encode("utf-16-be").hex().encode() for char in support.TEXT[:2])
    cmap = cmap.replace(first, b"????").replace(second, first).replace(b"????", second)
    composite(pdf).ToUnicode = pdf.make_stream(cmap)


def _latin(*, cff: bool = False, empty: str = "") -> bytes:
    """A font of three capitals and a space, as TrueType or as OpenType with CFF."""
    order = [".notdef", "space", *LATIN]
    builder = FontBuilder(1000, isTTF=not cff)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({ord(" "): "space", **{ord(char): char for char in LATIN}})
    glyphs = {}
    for glyph in order:
        pen: Any = T2CharStringPen(WIDE, None) if cff else TTGlyphPen(None)
        if glyph not in {"space", empty}:
            for x, y in ((100, 0), (100, 700), (500, 700), (500, 0)):
                (pen.moveTo if (x, y) == (100, 0) else pen.lineTo)((x, y))
            pen.closePath()
        glyphs[glyph] = pen.getCharString() if cff else pen.glyph()
    if cff:
        builder.setupCFF("Test-Song", {"FullName": "Test Song"}, glyphs, {})
    else:
        builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics(dict.fromkeys(order, (WIDE, 100)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Test Song", "styleName": "Regular"}, mac=False)
    builder.setupOS2()
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = 0
    out = io.BytesIO()
    builder.font.save(out)
    return out.getvalue()


def _cff(program: bytes) -> bytes:
    return bytes(TTFont(io.BytesIO(program)).reader["CFF "])


def add_latin(
    pdf: Pdf, shown: str, program: bytes, *, key: str = "FontFile2", kind: str = "TrueType", encoding: Any = None
) -> None:
    """A simple font without ToUnicode, and *shown* set in it."""
    file = pdf.make_stream(program)
    if key == "FontFile3":
        file.Subtype = Name.Type1C
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name("/ABCDEF+Test-Song"), Flags=32, FontBBox=[0, -120, 1000, 880],
        ItalicAngle=0, Ascent=880, Descent=-120, CapHeight=700, StemV=80, **{key: file},
    )  # fmt: skip
    pdf.pages[0].Resources.Font.F2 = Dictionary(
        Type=Name.Font, Subtype=Name(f"/{kind}"), BaseFont=Name("/ABCDEF+Test-Song"), FirstChar=32, LastChar=90,
        Widths=Array([WIDE] * 59), FontDescriptor=pdf.make_indirect(descriptor),
        Encoding=Name.WinAnsiEncoding if encoding is None else encoding,
    )  # fmt: skip
    drawn(pdf, f"q /K gs BT /F2 9 Tf 0 0 0 1 k 100 180 Td ({shown}) Tj ET Q")


def simple_font_lacks_a_letter(pdf: Pdf) -> None:
    add_latin(pdf, "AZ", _latin())


def simple_font_by_its_encoding(pdf: Pdf) -> None:
    """WinAnsiEncoding: it reads back without ToUnicode."""
    add_latin(pdf, "CAB", _latin())


def simple_font_by_differences(pdf: Pdf) -> None:
    """Codes of its own, each with the name of its glyph."""
    add_latin(pdf, "XYX", _latin(), encoding=Dictionary(Type=Name.Encoding, Differences=[88, Name.A, Name.B]))


def simple_font_of_nameless_glyphs(pdf: Pdf) -> None:
    """The names stand for no character."""
    encoding = Dictionary(Type=Name.Encoding, Differences=[65, Name.g1, Name.g2])
    add_latin(pdf, "AB", _latin(), encoding=encoding)


def space_without_glyph(pdf: Pdf) -> None:
    """Subsets often lack the space: nothing is to be seen of it either way."""
    program = TTFont(io.BytesIO(_latin()), recalcTimestamp=False)
    for table in program["cmap"].tables:
        table.cmap.pop(32, None)
    out = io.BytesIO()
    program.save(out)
    add_latin(pdf, "A B", out.getvalue())


def cff_font(pdf: Pdf) -> None:
    add_latin(pdf, "ABC", _cff(_latin(cff=True)), key="FontFile3", kind="Type1")


def cff_glyph_emptied(pdf: Pdf) -> None:
    add_latin(pdf, "ABC", _cff(_latin(cff=True, empty="B")), key="FontFile3", kind="Type1")


def glyph_emptied_beyond_the_bleed(pdf: Pdf) -> None:
    """In the line beside the page that says whose it is: nobody asks whether that can be seen."""
    page = pdf.pages[0]
    page.MediaBox, page.BleedBox = Array([-40, -40, 458, 358]), Array([0, 0, 418, 318])
    add_latin(pdf, "", _cff(_latin(cff=True, empty="B")), key="FontFile3", kind="Type1")
    drawn(pdf, "q /K gs BT /F2 9 Tf 0 0 0 1 k 100 -30 Td (ABC) Tj ET Q")


def cff_font_cut_short(pdf: Pdf) -> None:
    program = _cff(_latin(cff=True))
    add_latin(pdf, "ABC", program[: len(program) // 3], key="FontFile3", kind="Type1")


def cff_font_lacks_a_letter(pdf: Pdf) -> None:
    add_latin(pdf, "AZ", _cff(_latin(cff=True)), key="FontFile3", kind="Type1")


def _unused(pdf: Pdf, name: str, **more: Any) -> None:
    """A font of which nothing is asked, for nothing is set in it."""
    pdf.pages[0].Resources.Font.F9 = Dictionary(
        Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{name}"), Encoding=Name.WinAnsiEncoding, **more
    )


def font_that_nobody_uses(pdf: Pdf) -> None:
    _unused(pdf, "Helvetica")


def courier_that_nobody_uses(pdf: Pdf) -> None:
    _unused(pdf, "Courier")


def whole_font_that_nobody_uses(pdf: Pdf) -> None:
    _unused(pdf, "Test-Song", FontDescriptor=Dictionary(FontFile2=pdf.make_stream(_latin())))


def type3_bitmap(pdf: Pdf) -> None:
    """Its glyph is a picture of eight by eight dots, which the glyph's own matrix turns about: that is no fault."""
    glyph = (
        b"1000 0 0 0 1000 1000 d1 1000 0 0 -1000 0 1000 cm BI /W 40 /H 40 /IM true /BPC 1 ID " + b"\x55" * 200 + b" EI"
    )
    pdf.pages[0].Resources.Font.F3 = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, Name=Name("/Test-Song"),
        FontBBox=[0, 0, 1000, 1000], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
        CharProcs=Dictionary(a=pdf.make_stream(glyph)), Encoding=Dictionary(Differences=[97, Name.a]),
        FirstChar=97, LastChar=97, Widths=[1000], ToUnicode=pdf.make_stream(b"1 beginbfchar <61> <0061> endbfchar"),
    )  # fmt: skip
    drawn(pdf, "q /K gs BT /F3 9 Tf 0 0 0 1 k 100 180 Td (a) Tj ET Q")


def type3_that_nobody_uses(pdf: Pdf) -> None:
    pdf.pages[0].Resources.Font.F8 = Dictionary(Type=Name.Font, Subtype=Name.Type3, CharProcs=Dictionary())


def map_that_is_the_identity(pdf: Pdf) -> None:
    inner: pikepdf.Object = composite(pdf).DescendantFonts[0]
    inner.CIDToGIDMap = pdf.make_stream(b"".join(glyph.to_bytes(2, "big") for glyph in range(9)))


def font_named_without_its_hyphen(pdf: Pdf) -> None:
    composite(pdf).BaseFont = Name("/ABCDEF+TestSong")


FONT_FAULTS: MappingProxyType[Fault, str] = MappingProxyType(
    {
        type3_bitmap: "font.type3",
        garbage_for_a_font: "font.program text.invisible", font_cut_short: "font.program text.invisible",
        font_without_outlines_table: "font.program text.invisible", cff_font_cut_short: "font.program",
        glyph_emptied: "font.outlines text.invisible", cff_glyph_emptied: "font.outlines text.invisible",
        glyph_emptied_beyond_the_bleed: "font.outlines",
        widths_not_the_fonts: "font.widths", no_widths: "font.widths", widths_halved: "font.widths",
        to_unicode_lies: "font.unicode",
        simple_font_lacks_a_letter: "font.notdef", cff_font_lacks_a_letter: "font.notdef",
        simple_font_of_nameless_glyphs: "font.unicode",
    }
)  # fmt: skip

FONTS_NEARLY: MappingProxyType[Fault, str] = MappingProxyType(
    {
        font_without_its_padding: "font.program", space_is_empty: "font.outlines", widths_rounded: "font.widths",
        simple_font_by_its_encoding: "font.unicode", simple_font_by_differences: "font.unicode",
        space_without_glyph: "font.notdef", cff_font: "font.program", map_that_is_the_identity: "font.map",
        font_named_without_its_hyphen: "font.foreign", font_that_nobody_uses: "font.embedded",
        courier_that_nobody_uses: "font.courier", whole_font_that_nobody_uses: "font.subset",
        type3_that_nobody_uses: "font.type3",
    }
)  # fmt: skip
"""Clean files, and the rule that each nearly breaks."""
