"""Two pages with folios, in their order and exchanged."""

from __future__ import annotations

import io
from types import MappingProxyType

from fontTools.ttLib import TTFont
from pikepdf import Array, Dictionary, Pdf

from preflight import support
from preflight.support import Fault

READ = b"<0001> <7b2c>\n<0002> <4e8c>\n<0003> <7248>\n<0004> <4e09>"
"""第, 二, 版 and 三: what the first four glyphs are called in the folio's font."""


def _with_folios(pdf: Pdf, *codes: str) -> None:
    """A page for each of *codes*, the glyph of its number."""
    head, _, rest = support.to_unicode().partition(b"beginbfchar\n")
    tail = rest[rest.index(b"\nendbfchar") :]
    page = pdf.pages[0]
    font = Dictionary(page.Resources.Font["/F1"])
    program = TTFont(io.BytesIO(support.font_program()), recalcTimestamp=False)
    for table in program["cmap"].tables:
        table.cmap.clear()  # read at last, and written anew
        table.cmap |= {ord(char): f"g{glyph}" for glyph, char in enumerate("第二版三", start=1)}
    out = io.BytesIO()
    program.save(out)
    inner = Dictionary(font.DescendantFonts[0])
    inner.FontDescriptor = Dictionary(inner.FontDescriptor)
    inner.FontDescriptor.FontFile2 = pdf.make_stream(out.getvalue())
    font.DescendantFonts = Array([pdf.make_indirect(inner)])
    font.ToUnicode = pdf.make_stream(head.replace(b"8 ", b"4 ") + b"beginbfchar\n" + READ + tail)
    page.Resources.Font["/F3"] = pdf.make_indirect(font)
    page.contents_coalesce()
    content = page.Contents.read_bytes()
    for number, code in enumerate(codes):
        if number:
            pdf.pages.append(page)
        folio = f"q /K gs BT /F3 9 Tf 0 0 0 1 k 1 0 0 1 200 288 Tm <0001{code}0003> Tj ET Q".encode()
        pdf.pages[number].Contents = pdf.make_stream(content + b"\n" + folio)


def pages_exchanged(pdf: Pdf) -> None:
    _with_folios(pdf, "0004", "0002")


def pages_as_their_folios_count(pdf: Pdf) -> None:
    _with_folios(pdf, "0002", "0004")


ORDER_FAULTS: MappingProxyType[Fault, str] = MappingProxyType({pages_exchanged: "page.order"})

ORDER_NEARLY: MappingProxyType[Fault, str] = MappingProxyType({pages_as_their_folios_count: "page.order"})
