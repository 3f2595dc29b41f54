"""One clean page made by hand with pikepdf, and the press it is clean for."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import pikepdf
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from pikepdf import Array, Dictionary, Name, Pdf, String

from layout import assets
from layout.geometry import Box
from layout.preflight.expected import Expected, PageSpace
from layout.preflight.page_geometry import HoleRule, PictureSpot
from layout.press.model import (
    ImagePpi,
    LineArtPpi,
    MinLine,
    MinType,
    Overprint,
    PressProfile,
    Sharpen,
    Title,
)

TEXT = "屯留区两会特刊𠀀"
WIDTH, HEIGHT, BLEED = 400.0, 300.0, 9.0
EXPECTED = Expected(
    pages=1,
    trim=(WIDTH, HEIGHT),
    title="两会特刊",
    faces=frozenset({"Test Song", "Test Song 900", "Courier Song", "Song 400"}),
    plates=(frozenset("CMYK"),) * 2,
    spaces=(PageSpace(Box(10, 10, 380, 280), 10.0, HoleRule(80.0, grave=False, filled=())),) * 2,
)
Fault = Callable[[Pdf], None]

PICTURE = PictureSpot("p0", "meadow", None, Box(21, 195, 72, 54), "00000000ffffffff")
"""The place of the clean page's picture, and what that looks like: light at its head."""

CONTENT = """
q /DeviceCMYK cs 0.5 0.2 0 0 scn 0 0 418 318 re f Q
q /K gs BT /F1 9 Tf 0 0 0 1 k 1 0 0 1 30 250 Tm [<00010002> -50 <000300040005>] TJ 0 -14 Td <000600070008> Tj ET Q
q BT /F1 30 Tf 0 0 0 0 k 1 0 0 1 30 180 Tm <0001> Tj ET Q
q 0 0 0 1 K 1 w /K gs 30 150 m 300 150 l S Q
q 72 0 0 54 30 60 cm /Im1 Do Q
q 1 0 0 1 200 60 cm /Fm1 Do Q
q 120 60 60 60 re W n /Sh1 sh Q
q /Pattern cs /P1 scn 310 60 40 40 re f Q
"""


def icc(space: bytes = b"CMYK", kind: bytes = b"prtr") -> bytes:
    """A profile that is nothing but its header."""
    head = bytearray(132)
    head[0:4] = struct.pack(">I", 132)
    head[8:10] = b"\x02\x40"
    head[12:16], head[16:20], head[20:24], head[36:40] = kind, space, b"Lab ", b"acsp"
    return bytes(head)


@cache
def condition() -> bytes:
    """A real profile for the clean page: renderers complain of one that is nothing but a header."""
    return (assets.press_dir() / "TR002news.icc").read_bytes()


def press(folder: Path) -> PressProfile:
    """A press for the clean page; its ICC file is written into *folder*."""
    (folder / "press.icc").write_bytes(condition())
    return PressProfile(
        name="test", title=Title("试验", "Test"), process="coldset", paper="newsprint", icc=folder / "press.icc",
        output_condition_identifier="TEST", output_condition="Test", registry_name="http://example.org", info="Test",
        ink_limit=240.0, rendering_intent="perceptual", black_point_compensation=True, min_tone=3.0, max_tone=90.0,
        screen_lpi=100.0, max_spot_colours=0, spot_colours=(), transparency=True,
        bleed_mm=3.0, marks=False, safe_mm=3.0, pages_multiple=1,
        image_ppi=ImagePpi(target=200.0, warn=150.0, error=100.0, max=450.0),
        line_art_ppi=LineArtPpi(target=1200.0, warn=800.0, error=550.0),
        min_type=MinType(solid=6.0, tinted=8.0, two_inks=10.0, multi_ink=10.0, reversed=10.0, reversed_thin=12.0),
        min_line=MinLine(single=0.25, multi_ink=1.0, reversed=1.0),
        overprint=Overprint(k_text_below_pt=12.0, k_line_below_pt=2.0),
        sharpen=Sharpen(radius=1.0, percent=80, threshold=2),
    )  # fmt: skip


@cache
def font_program() -> bytes:
    """A TrueType font with a box, one em wide, for every character of TEXT."""
    order = [".notdef", *(f"g{index}" for index in range(1, len(TEXT) + 1))]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(order)
    builder.setupCharacterMap({ord(char): f"g{index}" for index, char in enumerate(TEXT, 1)})
    pen = TTGlyphPen(None)
    for x, y in ((100, 0), (100, 800), (900, 800), (900, 0)):
        (pen.moveTo if (x, y) == (100, 0) else pen.lineTo)((x, y))
    pen.closePath()
    glyph = pen.glyph()
    builder.setupGlyf(dict.fromkeys(order, glyph))
    builder.setupHorizontalMetrics(dict.fromkeys(order, (1000, 100)))
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": "Test Song", "styleName": "Regular"}, mac=False)
    builder.setupOS2()
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = 0
    out = io.BytesIO()
    builder.font.save(out)
    return out.getvalue()


def to_unicode() -> bytes:
    """The ToUnicode CMap of the font."""
    pairs = "\n".join(f"<{index:04x}> <{char.encode('utf-16-be').hex()}>" for index, char in enumerate(TEXT, 1))
    return (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapType 2 def /CMapName /T def\n"
        f"1 begincodespacerange <0000> <ffff> endcodespacerange\n{len(TEXT)} beginbfchar\n{pairs}\nendbfchar\n"
        "endcmap CMapName currentdict /CMap defineresource pop end end"
    ).encode()


def _font(pdf: Pdf) -> Any:
    descriptor = Dictionary(
        Type=Name.FontDescriptor, FontName=Name("/ABCDEF+Test-Song"), Flags=4, FontBBox=[0, -120, 1000, 880],
        ItalicAngle=0, Ascent=880, Descent=-120, CapHeight=880, StemV=80, FontFile2=pdf.make_stream(font_program()),
    )  # fmt: skip
    inner = Dictionary(
        Type=Name.Font, Subtype=Name.CIDFontType2, BaseFont=Name("/ABCDEF+Test-Song"), CIDToGIDMap=Name.Identity,
        CIDSystemInfo=Dictionary(Registry=String("Adobe"), Ordering=String("Identity"), Supplement=0), DW=1000,
        FontDescriptor=pdf.make_indirect(descriptor),
    )  # fmt: skip
    return pdf.make_indirect(
        Dictionary(
            Type=Name.Font, Subtype=Name.Type0, BaseFont=Name("/ABCDEF+Test-Song"), Encoding=Name("/Identity-H"),
            DescendantFonts=[pdf.make_indirect(inner)], ToUnicode=pdf.make_stream(to_unicode()),
        )
    )  # fmt: skip


def image(pdf: Pdf, width: int = 200, height: int = 150, space: str = "DeviceCMYK") -> Any:
    """A picture, darker towards its foot."""
    components = {"DeviceCMYK": 4, "DeviceRGB": 3, "DeviceGray": 1}[space]
    rows = (bytes([20 + 40 * row // height]) * width * components for row in range(height))
    stream = pdf.make_stream(b"".join(rows))
    stream.update(
        {"/Type": Name.XObject, "/Subtype": Name.Image, "/Width": width, "/Height": height, "/BitsPerComponent": 8}
    )
    stream.ColorSpace = Name(f"/{space}")
    return stream


def _shading() -> Any:
    return Dictionary(
        ShadingType=2, ColorSpace=Name.DeviceCMYK, Coords=[120, 60, 180, 60],
        Function=Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0.5, 0.2, 0, 0], N=1),
    )  # fmt: skip


def _form(pdf: Pdf) -> Any:
    form = pdf.make_stream(b"0 0.4 0.4 0 k 0 0 60 60 re f")
    form.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 60, 60])})
    form.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)
    form.Resources = Dictionary()
    return form


def _pattern(pdf: Pdf) -> Any:
    cell = pdf.make_stream(b"0 0 0 0.3 k 0 0 4 4 re f")
    cell.update({"/PatternType": 1, "/PaintType": 1, "/TilingType": 1, "/XStep": 8, "/YStep": 8})
    cell.BBox, cell.Resources = Array([0, 0, 8, 8]), Dictionary()
    return cell


def _finish(pdf: Pdf) -> None:
    """Intent, metadata, group: what prepress does."""
    profile = pdf.make_stream(condition())
    profile.N = 4
    condition_keys = {
        "OutputConditionIdentifier": String("TEST"), "Info": String("Test"), "DestOutputProfile": profile,
    }  # fmt: skip
    pdf.Root.OutputIntents = Array(
        [Dictionary(Type=Name.OutputIntent, S=kind, **condition_keys) for kind in (Name.GTS_PDFX, Name.GTS_PDFA1)]
    )
    pdf.docinfo["/Title"] = String("两会特刊")
    pdf.docinfo["/Trapped"] = Name("/False")
    pdf.docinfo["/CreationDate"] = pdf.docinfo["/ModDate"] = String("D:20260201080000+08'00'")
    pdf.Root.Metadata = pdf.make_stream(XMP.encode())
    pdf.Root.Metadata.update({"/Type": Name.Metadata, "/Subtype": Name.XML})


XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xmp="http://ns.adobe.com/xap/1.0/"
 xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/" xmlns:pdfxid="http://www.npes.org/pdfx/ns/id/"
 xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#"
 xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">两会特刊</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>2026-02-01T08:00:00+08:00</xmp:CreateDate>
<xmp:ModifyDate>2026-02-01T08:00:00+08:00</xmp:ModifyDate>
<pdfaid:part>2</pdfaid:part><pdfaid:conformance>B</pdfaid:conformance>
<pdfxid:GTS_PDFXVersion>PDF/X-4</pdfxid:GTS_PDFXVersion>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>PDF/X identification</pdfaSchema:schema>
<pdfaSchema:namespaceURI>http://www.npes.org/pdfx/ns/id/</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>pdfxid</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">
<pdfaProperty:name>GTS_PDFXVersion</pdfaProperty:name><pdfaProperty:valueType>Text</pdfaProperty:valueType>
<pdfaProperty:category>internal</pdfaProperty:category><pdfaProperty:description>version</pdfaProperty:description>
</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""
"""Both PDF/X-4 and PDF/A-2b."""


@cache
def clean_pdf() -> bytes:
    """The clean page."""
    pdf = pikepdf.new()
    pdf.add_blank_page(page_size=(WIDTH + 2 * BLEED, HEIGHT + 2 * BLEED))
    page = pdf.pages[0]
    page.TrimBox = Array([BLEED, BLEED, BLEED + WIDTH, BLEED + HEIGHT])
    page.BleedBox = page.MediaBox
    page.Group = Dictionary(S=Name.Transparency, CS=Name.DeviceCMYK)
    page.Resources = Dictionary(
        Font=Dictionary(F1=_font(pdf)),
        ExtGState=Dictionary(K=Dictionary(OP=True, op=True, OPM=1)),
        XObject=Dictionary(Im1=image(pdf), Fm1=_form(pdf)),
        Shading=Dictionary(Sh1=_shading()),
        Pattern=Dictionary(P1=_pattern(pdf)),
    )
    page.Contents = pdf.make_stream(CONTENT.encode())
    _finish(pdf)
    return saved(pdf)


def saved(pdf: Pdf, **options: Any) -> bytes:
    """The file's bytes."""
    out = io.BytesIO()
    pdf.save(out, deterministic_id="encryption" not in options, force_version="1.6", **options)
    return out.getvalue()


def with_fault(fault: Fault) -> bytes:
    """The clean page after *fault* was done to it."""
    with pikepdf.open(io.BytesIO(clean_pdf())) as pdf:
        fault(pdf)
        return saved(pdf)


def drawn(pdf: Pdf, content: str) -> None:
    """Add *content* to the page."""
    pdf.pages[0].contents_add(content.encode())


def forms_that_multiply(pdf: Pdf) -> None:
    """Ten forms that each draw the next one ten times: ten thousand million operators."""
    form = None
    for _ in range(10):
        stream = pdf.make_stream(b"/F Do " * 10 if form is not None else b"0 0 0 1 k 0 0 9 9 re f")
        stream.update({"/Type": Name.XObject, "/Subtype": Name.Form, "/BBox": Array([0, 0, 9, 9])})
        stream.Resources = Dictionary(XObject=Dictionary(F=form)) if form is not None else Dictionary()
        form = pdf.make_indirect(stream)
    pdf.pages[0].Resources.XObject.Fm1 = form


def unpacked() -> bytes:
    """The clean page with nothing packed, so that damage falls on objects and operators."""
    with pikepdf.open(io.BytesIO(clean_pdf())) as pdf:
        return saved(
            pdf, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.generalized,
            object_stream_mode=pikepdf.ObjectStreamMode.disable,
        )  # fmt: skip
