"""Makes a page's look (``page_look``) of a picture of it: the one that a build draws, or, of a file that was saved
again, one that is drawn to be held against it.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PIL import Image, ImageChops
from pypdfium2 import raw

from layout.preflight.page_look import MIN_TILE, PageLook, tile_pixels
from layout.preflight.pdfium import drawn, open_pdf, page_of

if TYPE_CHECKING:  # what draws pages need not load what follows their content
    from layout.preflight.events import Bounds

MAX_PIXELS = 60_000_000
"""Pixels of a drawing that is made to be compared: a broadsheet page at 350 ppi."""


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
    tones = picture.reduce(tile, place).convert("RGB")
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
