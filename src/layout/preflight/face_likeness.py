"""Which codes of a font paint in one file what they paint in another: a subset has a character more, the rest is as it
was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import pikepdf

from layout.preflight.faces import PdfFace
from layout.preflight.objects import PdfValue, items, raw
from layout.preflight.truetype_program import TrueTypeProgram

BY_CODE = frozenset({"W", "ToUnicode", "FontFile2"})
"""Keys, below a font's dictionary, of what says something of each of its codes by itself."""

PARTS_OF_GLYPHS = frozenset({"glyf", "loca", "hmtx", "vmtx", "cmap", "GDEF", "head"})
"""Tables of which a glyph's own part is looked at, and those by which nothing is painted: fonts are addressed by the
numbers of their glyphs, nobody sets type with them, and ``head`` has the checksum of the whole."""

CHECKSUM = slice(8, 12)
"""Where that stands."""

MAX_DEPTH = 8
"""Objects below a font's dictionary: its descendant, its descriptor, its program."""


@dataclass(frozen=True, slots=True)
class FontHash:
    """A font of a file, by hashes of its objects as they lie there."""

    whole: str
    frame: str
    """Of all but what is said of single codes."""


def font_hash(font: PdfValue) -> FontHash:
    """The hashes of a font's dictionary and of all below it."""
    whole, frame = hashlib.sha256(), hashlib.sha256()
    _take_in(font, whole, frame, MAX_DEPTH)
    return FontHash(whole.hexdigest(), frame.hexdigest())


def _take_in(value: PdfValue, whole: hashlib._Hash, frame: hashlib._Hash | None, left: int) -> None:
    written = b""
    if isinstance(value, pikepdf.Array) and not any(isinstance(each, pikepdf.Dictionary) for each in _first(value)):
        written = value.unparse(resolved=True)
    elif isinstance(value, pikepdf.Array):
        for each in _first(value):
            _take_in(each, whole, frame, left - 1)
    elif isinstance(value, (pikepdf.Dictionary, pikepdf.Stream)) and left:
        for name, each in sorted(items(value)):
            own = None if name in BY_CODE else frame
            _update(f"/{name} ".encode("utf-8", "surrogatepass"), whole, own)
            _take_in(each, whole, own, left - 1)
        written = raw(value)
    else:
        written = repr(value).encode("utf-8", "surrogatepass")
    _update(b"%d " % len(written) + written, whole, frame)


def _first(value: pikepdf.Array) -> list[PdfValue]:
    """The items of a short array, such as that of the descendants; of a long one, of widths, none."""
    return [value[at] for at in range(len(value))] if len(value) <= MAX_DEPTH else []


def _update(data: bytes, whole: hashlib._Hash, frame: hashlib._Hash | None) -> None:
    whole.update(data)
    if frame is not None:
        frame.update(data)


def unlike(before: PdfFace, face: PdfFace, codes: Iterable[int]) -> frozenset[int] | None:
    """Those of *codes* that may paint something else in *face* than in *before*; ``None`` where all may.

    All but what is said of single codes is the same in the dictionaries of both.
    """
    old, new = before.opened, face.opened
    if not isinstance(old, TrueTypeProgram) or not isinstance(new, TrueTypeProgram) or old.fault or new.fault:
        return None
    plain = face.composite and face.encoding.startswith("Identity") and face.cid_to_gid == "Identity"
    if not plain or before.cid_to_gid != "Identity" or _frame_of(old) != _frame_of(new):
        return None
    return frozenset(code for code in codes if not _is_same(before, face, old, new, code))


def _is_same(before: PdfFace, face: PdfFace, old: TrueTypeProgram, new: TrueTypeProgram, code: int) -> bool:
    data = old.data(code)
    if data[:1] >= b"\x80":  # made of other glyphs
        return False
    said = before.width(code) == face.width(code) and before.unicode.get(code) == face.unicode.get(code)
    return said and data == new.data(code) and old.measures(code) == new.measures(code)


def _frame_of(program: TrueTypeProgram) -> tuple[object, ...]:
    tables = program.tables(without=PARTS_OF_GLYPHS - {"head"})
    head = bytearray(tables.pop("head", b""))
    head[CHECKSUM] = bytes(4)
    return bytes(head), tuple(sorted(tables.items()))
