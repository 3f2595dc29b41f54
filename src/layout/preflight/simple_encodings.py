"""Encodings that are not the font's own ToUnicode: glyph names of simple fonts, and the character sets of old CMaps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from importlib import import_module

from fontTools.encodings.MacRoman import MacRoman
from fontTools.encodings.StandardEncoding import StandardEncoding

from layout.preflight.objects import PdfValue, array, get, name, whole

NOTDEF = ".notdef"

WIN_ANSI_OWN = {0x7F: "bullet", 0xA0: "space", 0xAD: "hyphen"}
"""Where WinAnsiEncoding is not Windows' own code page 1252 (ISO 32000-1, annex D.2)."""

CHARACTER_SETS = (
    ("UTF16", "utf-16-be"), ("UCS2", "utf-16-be"), ("GBK2K", "gb18030"), ("GBK", "gbk"), ("GB-EUC", "gb2312"),
    ("GBpc-EUC", "gb2312"), ("RKSJ", "cp932"), ("HKscs", "big5hkscs"), ("B5", "cp950"), ("UHC", "cp949"),
    ("KSC", "euc_kr"),
)  # fmt: skip
"""By a part of a predefined CMap's name, the character set that its codes are in (ISO 32000-1, table 118)."""


JIS = {"H": "iso2022_jp", "V": "iso2022_jp", "EUC-H": "euc_jp", "EUC-V": "euc_jp"}
"""The oldest Japanese CMaps, which are called nothing else."""

ESCAPE = b"\x1b$B"
"""What switches ISO 2022 to two-byte characters."""


def character_set(cmap: str) -> str:
    """The codec of a predefined CMap's codes; ``""`` where the codes are glyph numbers, or it is not known."""
    if cmap in JIS:
        return JIS[cmap]
    return next((codec for part, codec in CHARACTER_SETS if part in cmap), "")


def split(shown: bytes, codec: str) -> Iterator[int]:
    """The codes of a string in a character set whose characters have one, two or four bytes."""
    at = 0
    while at < len(shown):
        size = _length(shown, at, codec)
        yield int.from_bytes(shown[at : at + size], "big")
        at += size


def _length(shown: bytes, at: int, codec: str) -> int:
    lead, following = shown[at], shown[at + 1] if at + 1 < len(shown) else 0
    if codec in {"utf-16-be", "iso2022_jp"}:
        return 4 if codec == "utf-16-be" and 0xD8 <= lead < 0xDC else 2
    if lead < 0x80 or (codec == "cp932" and 0xA0 <= lead < 0xE0):
        return 1
    return 4 if codec == "gb18030" and 0x30 <= following < 0x3A else 2


def decoded(code: int, codec: str) -> str:
    """The character of a code; U+FFFD where the set has none."""
    wide = codec in {"utf-16-be", "iso2022_jp"}
    content = code.to_bytes(max(2 if wide else 1, (code.bit_length() + 7) // 8), "big")
    return (ESCAPE + content if codec == "iso2022_jp" else content).decode(codec, "replace")


def _adobe_names() -> Mapping[int, str]:
    """Characters to the names of their glyphs: the Adobe Glyph List, which is not loaded for our own pages."""
    names: Mapping[int, str] = import_module("fontTools.agl").UV2AGL
    return names


@cache
def _base(encoding: str) -> Mapping[int, str]:
    """The glyph names of one of the three encodings that PDF names."""
    if encoding == "WinAnsiEncoding":
        characters = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x20, 0x100)}
        named = {code: _adobe_names().get(ord(char), "") for code, char in characters.items() if char}
        # Codes that code page 1252 leaves free show a bullet.
        free = dict.fromkeys((code for code, char in characters.items() if not char), "bullet")
        return {**named, **free, **WIN_ANSI_OWN}
    table = {"MacRomanEncoding": MacRoman, "StandardEncoding": StandardEncoding}.get(encoding, ())
    return {code: glyph for code, glyph in enumerate(table) if glyph != NOTDEF}


def glyph_names(font: PdfValue, built_in: Mapping[int, str], *, symbolic: bool) -> dict[int, str]:
    """The glyph name of each code of a simple font: its base encoding with its Differences.

    Where the font names no base, that is the program's own (*built_in*); of one that is not symbolic and has none,
    StandardEncoding.
    """
    encoding = get(font, "Encoding")
    base = name(encoding) or name(get(encoding, "BaseEncoding"))
    names = dict(_base(base) or built_in or ({} if symbolic else _base("StandardEncoding")))
    code = 0
    for item in array(get(encoding, "Differences")):
        if (number := whole(item)) is not None:
            code = number
        elif glyph := name(item):
            names[code] = glyph
            code += 1
    return names


def characters(names: Mapping[int, str], *, dingbats: bool = False) -> dict[int, str]:
    """Codes to text by their glyphs' names, for those names that the Adobe Glyph List explains, or the list of Zapf's
    *dingbats*.
    """
    return {code: text for code, glyph in names.items() if (text := character(glyph, dingbats=dingbats))}


@cache
def character(glyph: str, *, dingbats: bool = False) -> str:
    """The text that a glyph's name stands for, or ``""``."""
    if not glyph:
        return ""
    text: str = import_module("fontTools.agl").toUnicode(glyph, isZapfDingbats=dingbats)
    return text
