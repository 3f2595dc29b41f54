"""What finishing must do to single objects of a painted PDF, which the PDF itself cannot say.

WeasyPrint paints no one-bit picture, no CMYK picture with transparency and no page of another PDF. The page is painted
with a plain CMYK JPEG in their place; ``pictures`` makes the part that is missing, ``engine`` says which object of the
PDF it belongs to, and ``prepress`` puts it there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from layout.geometry import Matrix


@dataclass(frozen=True, slots=True)
class Stencil:
    """Line art at the resolution of the plate. It takes the place of its JPEG."""

    width: int
    height: int
    deflated: bytes
    """Rows from the top, eight pixels a byte, each row filled up to whole bytes; 0 prints. Packed with zlib."""

    @property
    def identity(self) -> bytes:
        """All that it is."""
        return self.deflated


@dataclass(frozen=True, slots=True)
class SoftMask:
    """How solid a picture with transparency is. It is added to its JPEG."""

    width: int
    height: int
    deflated: bytes
    """Rows from the top, one pixel a byte, 255 where the picture is solid. Packed with zlib."""

    @property
    def identity(self) -> bytes:
        """All that it is."""
        return self.deflated


@dataclass(frozen=True, slots=True)
class PlacedForm:
    """A page of somebody's PDF, printed as it is. It takes the place of its JPEG, as a form."""

    path: Path
    sha256: str
    """Of the PDF."""
    page_no: int
    """From 1."""
    box: tuple[float, float, float, float]
    """What of it shows, in its own coordinates: left, bottom, right, top."""
    matrix: Matrix
    """From its coordinates to the unit square that the JPEG fills."""
    source: str
    """The file as messages name it, with the page where it is not the first."""

    @property
    def identity(self) -> bytes:
        """All that what is placed follows from."""
        return repr((self.sha256, self.page_no, self.box, self.matrix, self.source)).encode()


@dataclass(frozen=True, slots=True)
class PaintedObjects:
    """Objects of one painted PDF that finishing must change, by their numbers in that PDF."""

    pictures: Mapping[int, Stencil | SoftMask | PlacedForm] = field(default_factory=dict)
    """What the JPEGs of pictures lack, or only stand in for. Two pictures may share every byte of their JPEGs and
    differ in this alone.
    """
    single_tiles: frozenset[int] = frozenset()
    """Tiling patterns that are painted once: each covers all that is painted with it."""
    ground: str = ""
    """A hash of all that is painted below the lines of type, pictures by their names; nothing where it is not known."""


@dataclass(frozen=True, slots=True)
class BuildFace:
    """A face that a page may be set in, by value: for those who meet it again in the PDF, and for other processes."""

    registered: str
    """The name under which Pango knows it, and with it the painted PDF."""
    family: str
    """The name that people read."""
    postscript_name: str
    """What the finished PDF calls it, after the subset's tag."""
    file: Path
    """The face itself: one static TrueType or CFF font, whose glyph numbers are those of the page."""
    sha256: str = ""
    """Of the font file as it came, whole: the program's, the design's or the issue's."""

    @property
    def is_own(self) -> bool:
        """Whether the design or the issue brings it: the program's own faces go by the names that people read."""
        return self.registered != self.family
