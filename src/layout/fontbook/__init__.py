"""The faces the program owns, and the fence that keeps all others out."""

from layout.fontbook.book import Face, Fontbook, NoGlyphError
from layout.fontbook.clusters import Cluster, Glyph

__all__ = ["Cluster", "Face", "Fontbook", "Glyph", "NoGlyphError"]
