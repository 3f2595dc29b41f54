"""PostScript programs: CFF and Type 1."""

from __future__ import annotations

import io
import re
import struct
from typing import Any

from fontTools.cffLib import CFFFontSet
from fontTools.encodings.StandardEncoding import StandardEncoding
from fontTools.misc import eexec
from fontTools.misc.psCharStrings import T1CharString, T2OutlineExtractor

from layout.preflight.font_program import GLYPH, FontProgram, Measured
from layout.preflight.outlines import GlyphOutline, OutlinePen, extent_of

MAX_SUBROUTINES = 5_000
"""Subroutines that one glyph may call, each time counted. Glyphs in use call some dozens."""

STANDARD = {code: glyph for code, glyph in enumerate(StandardEncoding) if glyph != ".notdef"}
OUTLINES = frozenset({"rlineto", "hlineto", "vlineto", "rrcurveto", "vhcurveto", "hvcurveto", "callsubr", "seac"})
"""Operators of a Type 1 glyph that draw, or may."""


class _FollowedProgram(FontProgram):
    """A program whose glyphs are charstrings: each is followed once, when it is asked for."""

    def __init__(self) -> None:
        super().__init__()
        self._measured: dict[GLYPH, Measured | None] = {}

    def measured(self, glyph: GLYPH) -> Measured | None:
        """The glyph's measures."""
        if glyph not in self._measured:
            self._measured[glyph] = self._follow(glyph)
        return self._measured[glyph]

    def _follow(self, glyph: GLYPH) -> Measured | None:
        raise NotImplementedError


class CffProgram(_FollowedProgram):
    """Outlines in CFF, by itself or within an OpenType program."""

    def __init__(self, fonts: CFFFontSet) -> None:
        super().__init__()
        top = fonts[0]
        self._strings, self._charset = top.CharStrings, top.charset
        self._known = frozenset(self._charset)
        self.cid_keyed = hasattr(top, "ROS")
        matrix = getattr(top, "FontMatrix", (0.001,))
        # A CID-keyed program may scale in its parts; such widths are left alone.
        self._scale = 1000 * matrix[0] if not self.cid_keyed or matrix[0] == 0.001 else None
        encoding = getattr(top, "Encoding", "StandardEncoding") if not self.cid_keyed else "StandardEncoding"
        if encoding == "StandardEncoding":
            self.built_in = STANDARD
        elif not isinstance(encoding, str):
            self.built_in = {code: glyph for code, glyph in enumerate(encoding) if glyph != ".notdef"}
            # fontTools leaves code 0 out, which TeX's symbol fonts give to the minus.
            rest = set(self._charset) - {".notdef", *self.built_in.values()}
            if len(rest) == 1:
                self.built_in[0] = rest.pop()

    def named(self, glyph: str) -> GLYPH | None:
        """The glyph of that name."""
        return glyph if glyph in self._known and not self.cid_keyed else None

    def numbered(self, cid: int) -> GLYPH | None:
        """The glyph for a CID."""
        if self.cid_keyed:
            glyph = f"cid{cid:05d}"
            return glyph if glyph in self._known else None
        return self._charset[cid] if 0 < cid < len(self._charset) else None

    def outline(self, glyph: GLYPH) -> GlyphOutline:
        """What the glyph draws."""
        drawn = self._drawn(glyph)
        return () if drawn is None or drawn[1].composed or self._scale is None else drawn[1].outline()

    def _follow(self, glyph: GLYPH) -> Measured | None:
        drawn = self._drawn(glyph)
        if drawn is None:
            return None
        width, pen = drawn
        outline = pen.outline()
        extent = extent_of(outline) if self._scale is not None and not pen.composed else None
        return Measured(None if self._scale is None else width * self._scale, bool(outline) or pen.composed, extent)

    def _drawn(self, glyph: GLYPH) -> tuple[float, OutlinePen] | None:
        """The glyph's width in the program's units, and the pen that drew it."""
        pen = OutlinePen(1000 / (self._scale or 1.0))
        try:
            string = self._strings[glyph]
            drawing = _Outline(string, pen)
            drawing.execute(string)
        except Exception:  # (fontTools raises whatever the damaged glyph brings about)
            return None
        return drawing.width, pen


class Type1Program(_FollowedProgram):
    """A PostScript Type 1 program."""

    def __init__(self, clear: bytes, private: bytes) -> None:
        super().__init__()
        self._left_out = int(found[1]) if (found := re.search(rb"/lenIV\s+(-?\d+)", private)) else 4
        self._strings: dict[str, bytes] = {}
        at = private.find(b"/CharStrings")
        while found := re.compile(rb"/(\S+)\s+(\d+)\s+(?:RD|-\||\S+) ").search(private, max(at, 0)):
            start = found.end()
            if found[1] != b"CharStrings":
                self._strings[found[1].decode("latin-1")] = private[start : start + int(found[2])]
                start += int(found[2])
            at = start
        # The dictionary is made for so many, and may have room to spare; then its end is there.
        room = int(found[1]) if (found := re.search(rb"/CharStrings\s+(\d+)\s+dict", private)) else 0
        if not self._strings or (at > len(private)) or (len(self._strings) < room and b"closefile" not in private):
            self.fault = "truncated"
        named = re.findall(rb"dup\s+(\d+)\s*/(\S+)\s+put", clear)
        self.built_in = {int(code): glyph.decode("latin-1") for code, glyph in named} or STANDARD
        matrix = re.search(rb"/FontMatrix\s*\[\s*([\d.eE+-]+)", clear)
        self._scale = 1000 * float(matrix[1]) if matrix else 1.0

    def named(self, glyph: str) -> GLYPH | None:
        """The glyph of that name."""
        return glyph if glyph in self._strings else None

    def _follow(self, glyph: GLYPH) -> Measured | None:
        try:
            plain = self._strings[str(glyph)]
            if self._left_out >= 0:  # -1 says that glyphs are not enciphered
                plain = eexec.decrypt(plain, 4330)[0][self._left_out :]
            string = T1CharString(plain)
            string.decompile()
        except Exception:  # (fontTools raises whatever the damaged glyph brings about)
            return None
        program = string.program
        # sidebearing, width, hsbw; a width made by division is left alone
        plainly = len(program) > 2 and program[2] == "hsbw" and not isinstance(program[1], str)
        advance = program[1] * self._scale if plainly else None
        return Measured(advance, any(each in OUTLINES for each in program if isinstance(each, str)))


class _Outline(T2OutlineExtractor):  # type: ignore[misc]
    """Follows one glyph, within bounds."""

    def __init__(self, string: Any, pen: OutlinePen) -> None:
        private = string.private
        super().__init__(
            pen, getattr(private, "Subrs", []), string.globalSubrs,
            getattr(private, "nominalWidthX", 0), getattr(private, "defaultWidthX", 0), private,
        )  # fmt: skip
        self.left = MAX_SUBROUTINES

    def execute(self, string: Any) -> None:
        self.left -= 1
        if self.left < 0:
            raise RecursionError
        super().execute(string)


def open_cff(content: bytes) -> CffProgram:
    """The first font of a CFF program."""
    fonts = CFFFontSet()
    fonts.decompile(io.BytesIO(content), None, isCFF2=False)
    top = fonts[0]
    if "charset" not in top.rawDict:
        top.rawDict["charset"] = 0  # the usual one, which fontTools asks to be told
    return CffProgram(fonts)


def open_type1(content: bytes) -> FontProgram:
    """The clear part, and the one that eexec enciphers: as bytes, or as their digits."""
    plain = b"".join(content[6 + at : 6 + at + size] for at, size in _segments(content))
    clear, mark, private = plain.partition(b"eexec")
    if not mark:
        return FontProgram("truncated")
    private = private.lstrip(b" \t\r\n")
    if re.match(rb"[0-9A-Fa-f\s]{8}", private):
        private = bytes.fromhex(_digits(private))
    opened, _ = eexec.decrypt(private, 55665)
    return Type1Program(clear, opened)


def _digits(text: bytes) -> str:
    digits = b"".join(re.findall(rb"[0-9A-Fa-f]+", text)).decode("ascii")
    return digits[: len(digits) // 2 * 2]


def _segments(content: bytes) -> list[tuple[int, int]]:
    """Where the parts of a program lie that is cut in segments, as on a PC's disk; else all of it is one."""
    if content[:1] != b"\x80":
        return [(-6, len(content))]
    found, at = [], 0
    while content[at : at + 1] == b"\x80" and content[at + 1 : at + 2] in {b"\1", b"\2"}:
        (size,) = struct.unpack_from("<I", content, at + 2)
        found.append((at, size))
        at += 6 + size
    return found
