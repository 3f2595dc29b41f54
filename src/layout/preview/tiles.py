"""Tiles of finished pages, drawn by PDFium at any scale: the page itself, its plates, the soft proof, its ink.

A tile is a square of the picture that PDFium would draw of the whole page at that scale, pixel for pixel. So a page is
sharp at any zoom, and no more of it is drawn than is looked at.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import Literal, get_args

import pypdfium2
from PIL import Image, ImageChops

from layout.errors import LayoutError
from layout.preflight.pdfium import PDFIUM, PdfiumDocument, PdfiumPage
from layout.prepress.plates import INKS
from layout.press import PressProfile
from layout.preview.page_files import PageFiles
from layout.proof.plates import plate_files, soft_picture
from layout.proof.raster import png
from layout.proof.redrawing import DrawnContent, LastDrawing, drawn_again

SIDE = 512
"""Pixels of a tile's side: a screen of two million pixels has twelve."""

SCALES = (0.02, 64.0)
"""Pixels to the point, least and most: a thumbnail's, and 1,600 % on a screen with three pixels to CSS's one."""

View = Literal["page", "soft", "ink", "C", "M", "Y", "K"]
VIEWS: tuple[View, ...] = get_args(View)

_OPEN = 12
"""Files that are kept open: two pages with their plates."""
_DRAWN = 400
"""Tiles that are kept: some hundred kilobytes each."""
_WHOLE = 4_000_000
"""Pixels of a sheet that is drawn in one piece, not tile by tile: PDFium goes through all of a page for each tile. It
takes less than a tile of a page that it has not drawn before."""
_SHEETS = 4
"""Sheets drawn in one piece of which the picture is kept, to draw again what has changed: up to 16 MB each."""
_LOOKS = 2
"""Views and scales that are drawn ahead of a page that was made anew: of the page itself, and its thumbnail."""
_AROUND = 96
"""Pixels that are drawn to the left of a tile and above it, and cut away: where a small glyph begins beyond the edge of
what is drawn, PDFium rounds its place otherwise, and the character would be cut at the seam. Larger ones are paths."""
_WHITE = (255, 255, 255, 255)


@dataclass(frozen=True, slots=True)
class SheetSize:
    """The sheet of a finished page, in points: its size, and where the trimmed page lies on it."""

    width: float
    height: float
    left: float
    top: float
    trim_width: float
    trim_height: float


class _OpenPage:
    """A page of a file that PDFium has open. To be used by whoever holds ``PDFIUM``."""

    def __init__(self, pdf: Path | bytes):
        self._document: PdfiumDocument = pypdfium2.PdfDocument(pdf)
        self.page: PdfiumPage = self._document[0]
        self.size = self.page.get_size()

    def close(self) -> None:
        """Closes the page and the file."""
        self.page.close()
        self._document.close()

    def draw(self, scale: float, left: int, top: int, width: int, height: int) -> Image.Image:
        """So many pixels of the page's picture at *scale*, from that pixel on; white beside the page."""
        beyond, above = min(left, _AROUND), min(top, _AROUND)
        size, whole = (width + beyond, height + above), [ceil(side * scale) for side in self.size]
        bitmap = pypdfium2.PdfBitmap.new_native(*size, pypdfium2.raw.FPDFBitmap_BGRx)
        bitmap.fill_rect(_WHITE, 0, 0, *size)
        pypdfium2.raw.FPDF_RenderPageBitmap(bitmap, self.page, beyond - left, above - top, *whole, 0, 0)
        image: Image.Image = bitmap.to_pil().convert("RGB")
        bitmap.close()
        return image.crop((beyond, above, *size))


class Tiles:
    """Draws tiles of the pages in *files* for *profile*. May be used by any thread."""

    def __init__(self, files: PageFiles, profile: Callable[[], PressProfile]):
        self._files = files
        self._profile = profile
        self._open: OrderedDict[object, _OpenPage] = OrderedDict()
        self._drawn: OrderedDict[object, bytes] = OrderedDict()
        self._asked: OrderedDict[str, dict[tuple[View, float], set[tuple[int, int]]]] = OrderedDict()
        """By page the views and scales at which it was last asked for, the latest last, and the tiles."""
        self._sheets: OrderedDict[tuple[str, float], LastDrawing] = OrderedDict()
        """By page and scale."""
        self._lock = threading.Lock()
        self._drawing = threading.Lock()
        self._separating = threading.Lock()
        self._plates: OrderedDict[Path, Mapping[str, bytes]] = OrderedDict()

    def size(self, key: str) -> SheetSize | None:
        """The sheet of the page; None where there is no such page."""
        path = self._files.path(key)
        if path is None:
            return None
        with PDFIUM:
            page = self._opened(path, path)
            (width, height), trim = page.size, page.page.get_trimbox()
        return SheetSize(width, height, trim[0], height - trim[3], trim[2] - trim[0], trim[3] - trim[1])

    def tile(self, key: str, view: View, scale: float, column: int, row: int) -> bytes | None:
        """The tile in that *column* and *row*, from 0, as a PNG; None where there is no such page or tile.

        Raises ``PrintError`` where the page cannot be taken apart into plates.
        """
        with self._lock:
            asked = self._asked.pop(key, {})
            spots = asked.pop((view, scale), set()) | {(column, row)}
            self._asked[key] = {**dict(list(asked.items())[1 - _LOOKS :]), (view, scale): spots}
            while len(self._asked) > _OPEN:
                self._asked.popitem(last=False)
        return self._tile(key, view, scale, (column, row))

    def draw_ahead(self, key: str, before: str) -> None:
        """Draws of the page *key* what was asked for last of *before*, the edition whose place it takes: browsers will
        ask for it as soon as they hear of the page.
        """
        with self._lock:
            asked = [(look, sorted(spots)) for look, spots in reversed(self._asked.get(before, {}).items())]
            for (view, scale), _ in asked:
                if view == "page" and (before, scale) in self._sheets:
                    self._sheets[key, scale] = self._sheets.pop((before, scale))
        for (view, scale), spots in asked:
            for spot in spots:
                # What is wrong is told to whoever asks for it; and of many pages this one may have gone meanwhile.
                with suppress(LayoutError, OSError, pypdfium2.PdfiumError):
                    self._tile(key, view, scale, spot)

    def _tile(self, key: str, view: View, scale: float, at: tuple[int, int]) -> bytes | None:
        path = self._files.path(key)
        if path is None or not SCALES[0] <= scale <= SCALES[1]:
            return None
        if (found := self._known(key, view, scale, at)) is None:
            with self._drawing:  # whoever asks for a tile of a sheet that is drawn in one piece waits for that
                found = self._known(key, view, scale, at)
                if found is None:
                    for spot, image in self._block(key, path, view, scale, at):
                        self._keep((key, view, scale, spot), png(image, 72 * scale))
                    found = self._known(key, view, scale, at)
        return found

    def _known(self, *tile: object) -> bytes | None:
        with self._lock:
            found = self._drawn.get(tile)
            if found is not None:
                self._drawn.move_to_end(tile)
            return found

    def _keep(self, tile: object, content: bytes) -> None:
        with self._lock:
            self._drawn[tile] = content
            while len(self._drawn) > _DRAWN:
                self._drawn.popitem(last=False)

    def _block(
        self, key: str, path: Path, view: View, scale: float, at: tuple[int, int]
    ) -> Iterator[tuple[tuple[int, int], Image.Image]]:
        """That tile; of a sheet that is small at that scale all tiles, which take no longer than one or two."""
        with PDFIUM:
            width, height = (ceil(side * scale) for side in self._opened(path, path).size)
        (column, row), columns, rows = at, ceil(width / SIDE), ceil(height / SIDE)
        if not (0 <= column < columns and 0 <= row < rows):
            return
        if width * height > _WHOLE:
            left, top = column * SIDE, row * SIDE
            yield at, self._view(path, view, scale, (left, top, min(SIDE, width - left), min(SIDE, height - top)))
            return
        if view == "page":
            sheet = self._sheet(key, path, scale)
        else:
            sheet = self._view(path, view, scale, (0, 0, width, height))
        for spot in ((across, down) for down in range(rows) for across in range(columns)):
            left, top = spot[0] * SIDE, spot[1] * SIDE
            yield spot, sheet.crop((left, top, min(left + SIDE, width), min(top + SIDE, height)))

    def _sheet(self, key: str, path: Path, scale: float) -> Image.Image:
        """All of the page. Where it takes the place of one that was drawn at that scale, what differs is drawn."""
        with self._lock:
            last = self._sheets.pop((key, scale), None) or LastDrawing()
            self._sheets[key, scale] = last
            while len(self._sheets) > _SHEETS:
                self._sheets.popitem(last=False)
        painted, size = self._files.painted(key) or DrawnContent("", ()), self.size(key)
        assert size is not None
        with PDFIUM:
            return drawn_again(last, self._opened(path, path).page, painted, (size.left, size.top), scale)

    def ink_at(self, key: str, x: float, y: float, scale: float = 4.0) -> Mapping[str, float] | None:
        """Percent of each ink at a point of the sheet, in points from its top left corner; None beside the sheet."""
        path, size = self._files.path(key), self.size(key)
        if path is None or size is None or not (0 <= x < size.width and 0 <= y < size.height):
            return None
        plates = self._plate_tiles(path, scale, (int(x * scale), int(y * scale), 1, 1))
        return {ink: round(_shade(plates[ink]) / 2.55, 1) for ink in INKS}

    def _view(self, path: Path, view: View, scale: float, spot: tuple[int, int, int, int]) -> Image.Image:
        if view == "page":
            with PDFIUM:
                return self._opened(path, path).draw(scale, *spot)
        plates = self._plate_tiles(path, scale, spot)
        if view == "soft":
            return soft_picture(Image.merge("CMYK", [plates[ink] for ink in INKS]), self._profile())
        if view == "ink":
            return ink_map(plates, self._profile().ink_limit)
        return ImageChops.invert(plates[view])

    def _plate_tiles(self, path: Path, scale: float, spot: tuple[int, int, int, int]) -> dict[str, Image.Image]:
        """The plates there, 255 a full dot."""
        files = self._separated(path)
        with PDFIUM:
            drawn = {ink: self._opened((path, ink), files[ink]).draw(scale, *spot) for ink in INKS}
        return {ink: ImageChops.invert(image.getchannel(0)) for ink, image in drawn.items()}

    def _separated(self, path: Path) -> Mapping[str, bytes]:
        """The four plates of a page as files: made when they are first asked for, which takes as long as a layout."""
        with self._separating:
            if path not in self._plates:
                self._plates[path] = plate_files(path.read_bytes())
                while len(self._plates) > 2:
                    self._plates.popitem(last=False)
            return self._plates[path]

    def _opened(self, key: object, pdf: Path | bytes) -> _OpenPage:
        """The open page; for whoever holds ``PDFIUM``."""
        found = self._open.pop(key, None) or _OpenPage(pdf)
        self._open[key] = found
        while len(self._open) > _OPEN:
            with suppress(pypdfium2.PdfiumError):
                self._open.popitem(last=False)[1].close()
        return found


def _shade(image: Image.Image) -> float:
    value = image.getpixel((0, 0))
    return float(value) if isinstance(value, int | float) else 0.0


_PARTS = 4
"""Plates: a sum of four is drawn as the mean of them, which a byte can hold."""


def ink_map(plates: Mapping[str, Image.Image], limit: float) -> Image.Image:
    """Total ink as a picture: white to dark gray up to *limit* percent, red beyond it."""
    mean = Image.new("L", next(iter(plates.values())).size, 0)
    for image in plates.values():
        mean = ImageChops.add(mean, image.point([round(value / _PARTS) for value in range(256)]))
    most = limit / 100 * 255 / _PARTS
    gray = [round(255 - 190 * min(1.0, value / most)) for value in range(256)]
    red = [217 if value > most + 1 else gray[value] for value in range(256)]
    other = [0 if value > most + 1 else gray[value] for value in range(256)]
    return Image.merge("RGB", (mean.point(red), mean.point(other), mean.point(other)))
