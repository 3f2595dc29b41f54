"""The program's own faces. No other font is used."""

from layout.fontbook.book import Fontbook, NoGlyphError
from layout.fontbook.clusters import Cluster, Glyph
from layout.fontbook.face import Face

__all__ = ["Cluster", "Face", "Fontbook", "Glyph", "NoGlyphError"]
