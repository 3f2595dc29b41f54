"""TrueType programs: outlines in glyf, characters in cmap."""

from __future__ import annotations

import struct
import sys
from array import array
from collections.abc import Collection, Mapping
from types import MappingProxyType

import uharfbuzz as hb
from fontTools.ttLib import TTFont

from layout.preflight.font_program import GLYPH, SLACK, FontProgram, Measured
from layout.preflight.outlines import GlyphOutline, OutlinePen

REQUIRED = ("head", "hhea", "maxp", "hmtx", "loca", "glyf")
"""Tables without which a TrueType program draws nothing (ISO 32000-1, 9.9)."""

MAX_CHARACTERS = 200_000
"""Characters of one cmap table that are read; there are 150,000."""

UNICODE_TABLES = ((3, 10), (3, 1), (0, 6), (0, 4), (0, 3), (0, 2), (0, 1), (0, 0))
SYMBOL_PAGES = (0xF000, 0xF100, 0xF200, 0)
"""Where a symbol font's table may have its codes (ISO 32000-1, 9.6.6.4)."""


NO_TABLE: Mapping[int, int] = MappingProxyType({})


class TrueTypeProgram(FontProgram):
    """Outlines in glyf."""

    def __init__(self, font: TTFont, size: int) -> None:
        super().__init__()
        tables = font.reader.tables
        self._font = font
        self._cmaps: dict[tuple[int, int], Mapping[int, int] | None] = {}
        self._characters: Mapping[int, frozenset[str]] | None = None
        self._names: Mapping[str, int] | None = None
        self._unicode: Mapping[int, int] | None = None
        self._shaper: hb.Font | None = None
        if any(each not in tables for each in REQUIRED):
            self.fault = "incomplete"
            return
        if any(tables[each].offset + tables[each].length > size + SLACK for each in REQUIRED):
            self.fault = "truncated"
            return
        head, hhea, maxp = (font.reader[each] for each in ("head", "hhea", "maxp"))
        # Three numbers of fixed place: fontTools would take the tables apart, and tell the world of odd dates in them.
        (self._em,) = struct.unpack_from(">H", head, 18)
        (self._long,) = struct.unpack_from(">H", hhea, 34)
        (self.glyphs,) = struct.unpack_from(">H", maxp, 4)
        font.setGlyphOrder(range(self.glyphs))  # numbers for names: nobody has to invent thirty thousand
        self._metrics, self._outlines = self._table("hmtx"), self._table("glyf")
        self._places, self._step = glyph_places(font.reader["loca"], head)
        if self._em == 0 or self._step * max(self._places, default=0) > len(self._outlines) + SLACK:
            self.fault = "truncated"

    def _table(self, tag: str) -> memoryview:
        """A table where it lies in the program: copies of the largest would double what an open program takes. Raises
        what fontTools raises for one that is cut short.
        """
        reader = self._font.reader
        length, start = len(reader[tag]), reader.tables[tag].offset
        return memoryview(reader.file.getvalue())[start : start + length]

    def measured(self, glyph: GLYPH) -> Measured | None:
        """The glyph's measures."""
        if not isinstance(glyph, int) or not 0 <= glyph < self.glyphs or glyph + 1 >= len(self._places):
            return None
        start, end = (self._step * place for place in self._places[glyph : glyph + 2])
        contours, extent = 0, None
        if end >= start + 10:
            contours, left, foot, right, head = struct.unpack_from(">5h", self._outlines, start)
            extent = (right - left) * 1000 / self._em, (head - foot) * 1000 / self._em
        at = 4 * min(glyph, self._long - 1)
        known = self._long > 0 and at + 2 <= len(self._metrics)
        advance = struct.unpack_from(">H", self._metrics, at)[0] * 1000 / self._em if known else None
        return Measured(advance, contours != 0, extent)

    def data(self, glyph: GLYPH) -> bytes:
        """The glyph as glyf has it."""
        if not isinstance(glyph, int) or not 0 <= glyph < len(self._places) - 1:
            return b""
        start, end = (self._step * place for place in self._places[glyph : glyph + 2])
        return bytes(self._outlines[start:end])

    def measures(self, glyph: int) -> tuple[bytes, bytes]:
        """The glyph's advance and bearing, as hmtx has them."""
        advance = 4 * min(glyph, self._long - 1)
        bearing = advance + 2 if glyph < self._long else 4 * self._long + 2 * (glyph - self._long)
        return bytes(self._metrics[advance : advance + 2]), bytes(self._metrics[bearing : bearing + 2])

    def tables(self, without: Collection[str]) -> dict[str, bytes]:
        """Its tables as they are, but for some."""
        return {name: self._font.reader[name] for name in self._font.reader.tables if name not in without}

    def outline(self, glyph: GLYPH) -> GlyphOutline:
        """What the glyph draws, its components in their places."""
        if not isinstance(glyph, int) or self.fault:
            return ()
        if self._shaper is None:
            self._shaper = hb.Font(hb.Face(hb.Blob(self._font.reader.file.getvalue())))
        pen = OutlinePen(self._em)
        self._shaper.draw_glyph_with_pen(glyph, pen)
        return pen.outline()

    def numbered(self, cid: int) -> GLYPH | None:
        """The glyph for a CID."""
        return cid if 0 < cid < self.glyphs else None

    def named(self, glyph: str) -> GLYPH | None:
        """The glyph of that name."""
        if self._names is None:
            self._names = self._post()
        return self._names.get(glyph)

    def cmap(self, platform: int, encoding: int) -> Mapping[int, int] | None:
        """A table of characters to glyphs, or ``None`` when there is none such that can be read."""
        wanted = (platform, encoding)
        if wanted not in self._cmaps:
            self._cmaps[wanted] = _cmap(self._font, wanted) if "cmap" in self._font.reader.tables else None
        return self._cmaps[wanted]

    def unicode(self) -> Mapping[int, int] | None:
        """Its table of Unicode characters to glyphs."""
        if self._unicode is None:
            found = (self.cmap(*each) for each in UNICODE_TABLES)
            self._unicode = next((each for each in found if each is not None), NO_TABLE)
        return None if self._unicode is NO_TABLE else self._unicode

    def characters(self, glyph: int) -> frozenset[str]:
        """The characters that its Unicode table leads to the glyph."""
        if self._characters is None:
            found: dict[int, set[str]] = {}
            for code, number in (self.unicode() or {}).items():
                found.setdefault(number, set()).add(chr(code))
            self._characters = {number: frozenset(chars) for number, chars in found.items()}
        return self._characters.get(glyph, frozenset())

    @property
    def built_in(self) -> Mapping[int, str]:  # type: ignore[override]
        """The names of the glyphs that its symbol or Macintosh table leads one-byte codes to."""
        names = {number: glyph for glyph, number in self._post().items()}
        found: dict[int, str] = {}
        for at, glyph in [*(self.cmap(1, 0) or {}).items(), *(self.cmap(3, 0) or {}).items()]:
            if glyph in names and (at < 256 or at & 0xFF00 in SYMBOL_PAGES):
                found[at & 0xFF] = names[glyph]
        return found

    def _post(self) -> Mapping[str, int]:
        """The glyphs by name, where the font names them."""
        if "post" not in self._font.reader.tables:
            return {}
        try:
            plain = TTFont(self._font.reader.file, lazy=True)
            if plain["post"].formatType not in {1.0, 2.0}:
                return {}
            return {glyph: number for number, glyph in enumerate(plain.getGlyphOrder())}
        except Exception:  # (fontTools raises whatever the damaged table brings about)
            return {}


def glyph_places(loca: bytes, head: bytes) -> tuple[array[int], int]:
    """Where each glyph's outline begins in glyf, one place more than there are glyphs; and how many bytes a step has.

    *loca* and *head* are those tables of the program.
    """
    (long,) = struct.unpack_from(">h", head, 50)
    size = 4 if long else 2
    places = array("I" if long else "H", loca[: len(loca) // size * size])
    if sys.byteorder == "little":
        places.byteswap()
    return places, 1 if long else 2


def _cmap(font: TTFont, wanted: tuple[int, int]) -> Mapping[int, int] | None:
    """The cmap table for that platform and encoding, if all are of a bearable size and it can be read."""
    try:
        if _characters(font.reader["cmap"]) > MAX_CHARACTERS:
            return None
        for table in font["cmap"].tables:
            if (table.platformID, table.platEncID) == wanted:
                found: Mapping[int, int] = table.cmap
                return found
    except Exception:
        return None
    return None


def _characters(content: bytes) -> int:
    """How many characters the tables say they have, before they are read: a few bytes may claim any number."""
    (tables,) = struct.unpack_from(">H", content, 2)
    places = {struct.unpack_from(">I", content, 8 + 8 * index)[0] for index in range(tables)}
    return sum(_span(content, place) for place in places)


def _span(content: bytes, at: int) -> int:
    (kind,) = struct.unpack_from(">H", content, at)
    if kind == 4:
        (twice,) = struct.unpack_from(">H", content, at + 6)
        ends = struct.unpack_from(f">{twice // 2}H", content, at + 14)
        starts = struct.unpack_from(f">{twice // 2}H", content, at + 16 + twice)
        return sum(max(0, end - start) for start, end in zip(starts, ends, strict=True))
    if kind in {12, 13}:
        (groups,) = struct.unpack_from(">I", content, at + 12)
        spans = struct.iter_unpack(">III", content[at + 16 : at + 16 + 12 * groups])
        return sum(max(0, end - start) for start, end, _ in spans)
    return 0
