"""Subsets of faces, remembered: most of a page's faces show the same characters after an edit as before it."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from weasyprint.pdf.fonts import Font

MOST = 64
"""Subsets remembered, about 100 KB each."""


def install() -> None:
    """Makes WeasyPrint remember. What a subset is made of decides it: face, glyphs, hints or none."""
    plain, kept = Font.subset, OrderedDict[Any, bytes]()

    def subset(font: Any, to_unicode: Any, hinting: bool) -> None:
        key = (font.hash, font.index, len(font.file_content), tuple(sorted(to_unicode)), hinting, bool(font.missing))
        if key in kept:
            font.file_content = kept[key]
            kept.move_to_end(key)
            return
        plain(font, to_unicode, hinting)
        kept[key] = font.file_content
        while len(kept) > MOST:
            kept.popitem(last=False)

    Font.subset = subset
