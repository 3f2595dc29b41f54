"""Embedded font programs, opened: which glyphs there are, how wide each is, and whether anything is drawn for it.

fontTools reads them. Only what a page asks for is taken apart, and never more than a damaged or hostile program may
cost. fontTools raises whatever the damage brings about, so what asks it stands under ``except Exception``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from layout.preflight.outlines import GlyphOutline

SLACK = 3
"""Bytes that a last table may lack: it is padded to four, and some programs write it without."""

GLYPH = int | str
"""A glyph by its number, or in Type 1 and CFF by its name."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What the program says of one glyph."""

    advance: float | None
    """In 1/1000 em; ``None`` where that is not known."""
    drawn: bool
    """Whether it has an outline."""
    extent: tuple[float, float] | None = None
    """Width and height of the outline in 1/1000 em, by the points of its curves; ``None`` where that is not known."""


class FontProgram:
    """A program that could not be opened, and the kinds that could."""

    fault: str = ""
    """"unreadable", "truncated" or "incomplete"; "" for one that is whole."""
    built_in: Mapping[int, str] = {}
    """Its own encoding: codes to glyph names."""
    cid_keyed = False
    """Whether its glyphs have numbers of a character collection for names."""

    def __init__(self, fault: str = "") -> None:
        self.fault = fault

    def named(self, glyph: str) -> GLYPH | None:
        """The glyph of that name, or ``None``."""
        del glyph
        return None

    def numbered(self, cid: int) -> GLYPH | None:
        """The glyph that a CID stands for without a map, or ``None``."""
        del cid
        return None

    def measured(self, glyph: GLYPH) -> Measured | None:
        """The glyph's measures; ``None`` where they cannot be had."""
        del glyph
        return None

    def data(self, glyph: GLYPH) -> bytes:
        """The glyph as the program has it, byte for byte, where that can be compared; else nothing."""
        del glyph
        return b""

    def outline(self, glyph: GLYPH) -> GlyphOutline:
        """What the glyph draws; nothing where that cannot be had."""
        del glyph
        return ()
