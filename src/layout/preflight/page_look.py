"""What a page looks like, as a build's report has it: the mean colour of its tiles, and how much detail is in each.

Made of the picture that a build draws of the page; a file that was saved again is drawn anew and held against it.
"""

from __future__ import annotations

import base64
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypedDict

from PIL import Image, ImageChops
from pypdfium2 import raw

from layout.geometry import Box
from layout.json_values import JsonObject
from layout.preflight.events import Bounds
from layout.preflight.pdfium import drawn, open_pdf, page_of

TILE_MM = 4.0
"""Side of a tile: five lines of small type. A broadsheet page then has 13,000 tiles, 40 kB in its report."""

MIN_TILE = 4
"""Pixels along a tile, under which its detail is that of the drawing: pages drawn at less than 25 ppi have no look."""

MAX_TILES = 200_000
"""Tiles of a look that is read: a page of two metres by one and a half."""

MAX_PIXELS = 60_000_000
"""Pixels of a drawing that is made to be compared: a broadsheet page at 350 ppi."""

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


def look_of_page(
    picture: Image.Image, ppi: float, left: float, top: float, trim: tuple[float, float]
) -> PageLook | None:
    """The look of a page in its *picture* of *ppi* pixels to the inch.

    *left* and *top* are the trim's distances from the picture's edges, *trim* its width and height, all in points.
    ``None`` where the picture is too coarse, or too small for the trim to lie on it.
    """
    tile, scale = tile_pixels(ppi), ppi / 72
    x, y, width, height = (round(each * scale) for each in (left, top, *trim))
    if tile < MIN_TILE or min(x, y) < 0 or x + width > picture.width + 1 or y + height > picture.height + 1:
        return None
    place = (x, y, min(x + width, picture.width), min(y + height, picture.height))
    tones = picture.reduce(tile, place)
    light = picture.convert("L").crop(place)
    across = ImageChops.difference(light, ImageChops.offset(light, 1, 0))
    down = ImageChops.difference(light, ImageChops.offset(light, 0, 1))
    across.paste(0, (0, 0, 1, light.height))  # where the far edge came round
    down.paste(0, (0, 0, light.width, 1))
    detail = ImageChops.add(across, down).reduce(tile)
    columns, rows = tones.size
    return PageLook(ppi, columns, rows, tones.tobytes(), detail.tobytes())


def look_drawn(pdf: bytes | Path, page_index: int, media: Bounds, trim: Bounds, ppi: float) -> PageLook | None:
    """The look of page *page_index* (from 0) of *pdf*, drawn now, whatever of it viewers show: see ``look_of_page``.

    Raises ``PrintError`` where PDFium has no such page.
    """
    width, height = media[2] - media[0], media[3] - media[1]
    if width <= 0 or height <= 0 or width * height * (ppi / 72) ** 2 > MAX_PIXELS:
        return None
    with open_pdf(pdf) as document:
        page = page_of(document, page_index)
        raw.FPDFPage_SetRotation(page, 0)
        raw.FPDFPage_SetMediaBox(page, *media)
        raw.FPDFPage_SetCropBox(page, *media)
        picture = drawn(page, ppi / 72).convert("RGB")
        page.close()
    size = trim[2] - trim[0], trim[3] - trim[1]
    return look_of_page(picture, ppi, trim[0] - media[0], media[3] - trim[3], size)
