"""The program's own faces. No other font is used."""

from layout.fontbook.book import Face, Fontbook, NoGlyphError
from layout.fontbook.clusters import Cluster, Glyph

__all__ = ["Cluster", "Face", "Fontbook", "Glyph", "NoGlyphError"]
