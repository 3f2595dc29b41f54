"""Whether a font's tables agree with one another, before anything written in C reads them.

HarfBuzz and FreeType stand a damaged font, each in its own way: one leaves the glyph out, the other draws half of it.
Here it is told. All work is bounded by the numbers of glyphs and of components, which are counted first.
"""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from fontTools.ttLib import TTFont

from layout.errors import FontError, Message
from layout.fontbook.font_file import broken

COMPONENTS = 2_000
"""Outlines that one composite glyph may come to; the most in any face at hand is 29 (BabelStone Han)."""
_NEEDED = ("cmap", "head", "hhea", "hmtx", "maxp")
_ARGUMENTS_ARE_WORDS, _SCALE, _MORE, _TWO_SCALES, _MATRIX = 0x0001, 0x0008, 0x0020, 0x0040, 0x0080
"""Flags of a component (OpenType, glyf table)."""


class _Glyphs(NamedTuple):
    outlines: bytes
    starts: Sequence[int]


def check_soundness(font: TTFont, name: str) -> None:
    """Raises ``FontError`` where the tables of *font*, which people know as *name*, do not agree.

    Whatever fontTools raises besides is the caller's to catch (``font_file.font_faults``).
    """
    lacking = [tag for tag in _NEEDED if tag not in font]
    if lacking:
        raise broken(name, Message(f"没有 {'、'.join(lacking)} 表", f"it has no table {', '.join(lacking)}"))
    count, head = int(font["maxp"].numGlyphs), font["head"]
    if not 16 <= head.unitsPerEm <= 16384 or head.magicNumber != 0x5F0F3CF5:
        raise broken(name, Message("head 表不对", "its table head is wrong"))
    if not count or not font.getBestCmap():
        raise _no_characters(font, name)
    advances = int(font["hhea"].numberOfHMetrics)
    if not 0 < advances <= count or len(font.reader["hmtx"]) < 2 * advances + 2 * count:
        raise broken(name, Message("字宽表 hmtx 缺一截", "its table of widths, hmtx, is cut off"))
    if "glyf" in font and "loca" in font:
        _check_glyphs(_glyphs(font, count, name), name)
    elif "CFF " in font:
        _check_charstrings(font, count, name)
    elif "CFF2" not in font:
        raise _no_outlines(font, name)


def _no_characters(font: TTFont, name: str) -> FontError:
    if any(table.platEncID == 0 and table.platformID == 3 for table in font["cmap"].tables):
        why = Message("是符号字体，没有统一码的字表", "it is a symbol font: no character has a Unicode number")
        return broken(name, why)
    return broken(name, Message("一个字也没有", "it has no characters"))


def _no_outlines(font: TTFont, name: str) -> FontError:
    colour = any(tag in font for tag in ("CBDT", "sbix", "SVG ", "COLR"))
    kind = Message("彩色", "colour") if colour else Message("点阵", "bitmap")
    return broken(name, Message(f"是{kind.zh}字体，没有轮廓", f"it is a {kind.en} font without outlines"))


def _glyphs(font: TTFont, count: int, name: str) -> _Glyphs:
    located, outlines = font.reader["loca"], font.reader["glyf"]
    long = bool(font["head"].indexToLocFormat)
    if len(located) < (count + 1) * (4 if long else 2):
        raise broken(name, Message("轮廓的目录 loca 缺一截", "its list of outlines, loca, is cut off"))
    if not outlines.strip(b"\0"):  # a font of bitmaps may have the table, empty
        raise _no_outlines(font, name)
    pattern = f">{count + 1}{'L' if long else 'H'}"
    starts = struct.unpack(pattern, located[: struct.calcsize(pattern)])
    starts = starts if long else tuple(2 * start for start in starts)
    if starts[-1] > len(outlines) or any(later < start for start, later in pairwise(starts)):
        raise broken(name, Message("轮廓的目录 loca 不对", "its list of outlines, loca, is wrong"))
    return _Glyphs(outlines, starts)


def _check_glyphs(glyphs: _Glyphs, name: str) -> None:
    """No composite glyph stands in itself, names a glyph that is not there, or comes to too many outlines."""
    parts: dict[int, tuple[int, ...]] = {}
    for number, (start, end) in enumerate(pairwise(glyphs.starts)):
        if end == start:
            continue
        if end - start < 10:
            raise broken(name, Message(f"第 {number} 号字形缺一截", f"its glyph {number} is cut off"))
        if glyphs.outlines[start] & 0x80:  # a negative number of contours: a composite
            parts[number] = _components(glyphs.outlines[start:end])
    sizes: dict[int, int] = {}
    for number in parts:
        _count_components(number, parts, sizes, len(glyphs.starts) - 1, name)


def _components(glyph: bytes) -> tuple[int, ...]:
    found, at, flags = [], 10, _MORE
    while flags & _MORE:
        flags, number = struct.unpack_from(">2H", glyph, at)
        found.append(number)
        at += 4 + (4 if flags & _ARGUMENTS_ARE_WORDS else 2)
        at += 2 if flags & _SCALE else 4 if flags & _TWO_SCALES else 8 if flags & _MATRIX else 0
    return tuple(found)


def _count_components(
    first: int, parts: Mapping[int, Sequence[int]], sizes: dict[int, int], count: int, name: str
) -> None:
    """Fills in how many outlines *first* comes to, and all that it stands on."""
    stack, open_ = [first], {first}
    while stack:
        number = stack[-1]
        waiting = [each for each in parts[number] if each in parts and each not in sizes]
        if waiting:
            if waiting[0] in open_:
                raise broken(name, Message(f"第 {number} 号字形套着自己", f"its glyph {number} stands in itself"))
            open_.add(waiting[0])
            stack.append(waiting[0])
            continue
        stack.pop()
        open_.discard(number)
        sizes[number] = sum(sizes.get(each, 1) for each in parts[number])
        if sizes[number] > COMPONENTS:
            raise broken(name, Message(f"第 {number} 号字形由太多部件拼成", f"its glyph {number} has too many parts"))
        if any(each >= count for each in parts[number]):
            why = Message(f"第 {number} 号字形缺部件", f"its glyph {number} lacks one of its parts")
            raise broken(name, why)


def _check_charstrings(font: TTFont, count: int, name: str) -> None:
    top = font["CFF "].cff.topDictIndex[0]
    if len(top.CharStrings.charStrings) != count:
        raise broken(name, Message("轮廓比字形少", "it has fewer outlines than glyphs"))
