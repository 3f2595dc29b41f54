"""What a page looks like, as a build's report has it: the mean colour of its tiles, and how much detail is in each.

A value that every process of a build can hold; ``look_drawing`` makes it of a picture of the page.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypedDict

from layout.geometry import Box
from layout.json_values import JsonObject

TILE_MM = 4.0
"""Side of a tile: five lines of small type. A broadsheet page then has 13,000 tiles, 40 kB in its report."""

MIN_TILE = 4
"""Pixels along a tile, under which its detail is that of the drawing: pages drawn at less than 25 ppi have no look."""

MAX_TILES = 200_000
"""Tiles of a look that is read: a page of two metres by one and a half."""

PACKED = 6
"""zlib's level: the highest is eight times as slow, for half a per cent."""

BANDS = 4
"""Bytes of a tile: red, green, blue, and its detail."""


@dataclass(frozen=True, slots=True)
class PageLook:
    """The look of one trimmed page, from its top left corner."""

    ppi: float
    """Of the drawing that it was made of."""
    columns: int
    rows: int
    tones: bytes
    """Red, green and blue of each tile, row by row."""
    detail: bytes
    """Of each tile, by how much neighbouring pixels differ in lightness in the mean, across and down together."""

    @property
    def side(self) -> float:
        """The side of a tile in points."""
        return tile_pixels(self.ppi) * 72 / self.ppi

    def box(self, at: int) -> Box:
        """Where tile *at* lies, in points from the trimmed page's top left corner."""
        row, column = divmod(at, self.columns)
        return Box(column * self.side, row * self.side, self.side, self.side)

    def tone(self, at: int) -> tuple[int, int, int]:
        """The mean colour of tile *at*."""
        red, green, blue = self.tones[3 * at : 3 * at + 3]
        return red, green, blue

    def within(self, box: Box) -> Iterator[int]:
        """The tiles that lie wholly within *box*; where that is narrower than three tiles, those whose middles do."""
        slack = 0.0 if min(box.width, box.height) >= 3 * self.side else self.side / 2
        left, top = (max(0, -int(-(each - slack) // self.side)) for each in (box.x, box.y))
        right, bottom = (int((each + slack) // self.side) for each in (box.right, box.bottom))
        for row in range(top, min(bottom, self.rows)):
            for column in range(left, min(right, self.columns)):
                yield row * self.columns + column

    def as_json(self) -> JsonObject:
        """As ``report.json`` holds it: the tiles' bytes, red, green, blue and detail one after the other, packed."""
        bands = b"".join(self.tones[band::3] for band in range(3)) + self.detail
        return {
            "ppi": self.ppi,
            "columns": self.columns,
            "rows": self.rows,
            "tiles": base64.b64encode(zlib.compress(bands, PACKED)).decode("ascii"),
        }


class LookJson(TypedDict):
    """A page's look as a report holds it."""

    ppi: float
    columns: int
    rows: int
    tiles: str


def read_look(look: LookJson | None) -> PageLook | None:
    """The look of a page from a report that was read from disk; ``None`` where there is none.

    Raises ``KeyError``, ``TypeError`` or ``ValueError`` for what no build has written.
    """
    if look is None:
        return None
    ppi, columns, rows = float(look["ppi"]), int(look["columns"]), int(look["rows"])
    count = columns * rows
    if not (columns > 0 < rows and count <= MAX_TILES and tile_pixels(ppi) >= MIN_TILE):
        raise ValueError(look)
    unpacking = zlib.decompressobj()
    try:
        bands = unpacking.decompress(base64.b64decode(look["tiles"], validate=True), BANDS * count + 1)
    except zlib.error as error:
        raise ValueError(str(error)) from error
    if len(bands) != BANDS * count:
        raise ValueError(len(bands))
    tones = bytearray(3 * count)
    for band in range(3):
        tones[band::3] = bands[band * count : (band + 1) * count]
    return PageLook(ppi, columns, rows, bytes(tones), bands[3 * count :])


def tile_pixels(ppi: float) -> int:
    """Pixels along a tile of a drawing of *ppi* pixels to the inch."""
    return round(TILE_MM / 25.4 * ppi)
