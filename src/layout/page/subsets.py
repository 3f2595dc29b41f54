"""Subsets of faces: the same on every machine, and remembered from one build to the next.

WeasyPrint subsets with the system's HarfBuzz, whose versions write different bytes (seen between Debian 12 and 13).
Here the pinned uharfbuzz does it, in the same two steps: keep the glyph numbers, then cut the empty glyphs after the
last one.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from typing import Any

import uharfbuzz as hb
from weasyprint.pdf.fonts import Font

MOST = 64
"""Subsets remembered, about 100 KB each."""
_FLAGS = hb.SubsetFlags.PASSTHROUGH_UNRECOGNIZED | hb.SubsetFlags.DESUBROUTINIZE | hb.SubsetFlags.NO_LAYOUT_CLOSURE
_UNUSED = ("BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "SVG ")
"""Tables that a PDF reader has no use for."""


def install() -> None:
    """Makes WeasyPrint subset so. What a subset is made of decides it: face, glyphs, hints or none."""
    kept = OrderedDict[Any, bytes]()

    def subset(font: Any, to_unicode: Any, hinting: bool) -> None:
        if not to_unicode:
            return
        key = (font.hash, font.index, len(font.file_content), tuple(sorted(to_unicode)), hinting, bool(font.missing))
        if key not in kept:
            kept[key] = subset_of(font.file_content, font.index, to_unicode, hinting=hinting, notdef=bool(font.missing))
        font.file_content = kept[key]
        kept.move_to_end(key)
        while len(kept) > MOST:
            kept.popitem(last=False)

    Font.subset = subset


def subset_of(content: bytes, index: int, glyphs: Iterable[int], *, hinting: bool, notdef: bool) -> bytes:
    """The font file *content* with these *glyphs* under their own numbers, and nothing after the last of them."""
    wanted = sorted(glyphs)
    flags = _FLAGS | (hb.SubsetFlags.NOTDEF_OUTLINE if notdef else hb.SubsetFlags.DEFAULT)
    sparse = _subset(hb.Face(hb.Blob(content), index), wanted, flags | hb.SubsetFlags.RETAIN_GIDS)
    last = flags if hinting else flags | hb.SubsetFlags.NO_HINTING
    return bytes(_subset(sparse, range(wanted[-1] + 1), last).blob.data)


def _subset(face: Any, glyphs: Iterable[int], flags: Any) -> Any:
    plan = hb.SubsetInput()
    plan.flags = flags
    plan.glyph_set.update(glyphs)
    plan.drop_table_tag_set.update(int.from_bytes(tag.encode(), "big") for tag in _UNUSED)
    return plan.subset(face)
