"""Measures the ink on the paper: Ghostscript draws the four plates, overprint included."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil, floor
from pathlib import Path

from PIL import Image, ImageMath

from layout.preflight.events import Bounds
from layout.preflight.outside.tools import found, run

PROGRAM = "gs"
PPI = 100.0
"""A pixel is then a quarter of a millimetre, and 15 of them are the side of the Ghent Workgroup's square."""

MAX_PIXELS = 30_000_000
"""A larger page is drawn at fewer pixels per inch."""

HEADER = re.compile(rb"P7\n(?:.*\n)*?ENDHDR\n")
INKS = "CMYK"


@dataclass(frozen=True, slots=True)
class Plates:
    """The four plates of one page, as a CMYK picture: 255 is full ink."""

    picture: Image.Image
    ppi: float
    media: Bounds

    def within(self, box: Bounds) -> Plates:
        """The part in *box*, in points of the page."""
        left, bottom, right, top = box
        edge, scale = self.media, self.ppi / 72
        pixels = (left - edge[0], edge[3] - top, right - edge[0], edge[3] - bottom)
        x, y, r, b = (round(length * scale) for length in pixels)
        cut = (max(x, 0), max(y, 0), min(r, self.picture.width), min(b, self.picture.height))
        if cut[0] >= cut[2] or cut[1] >= cut[3]:
            return self
        media = (
            edge[0] + cut[0] / scale, edge[3] - cut[3] / scale, edge[0] + cut[2] / scale, edge[3] - cut[1] / scale,
        )  # fmt: skip
        return Plates(self.picture.crop(cut), self.ppi, media)

    def without(self, boxes: Iterable[Bounds]) -> Plates:
        """The plates with nothing in *boxes*, in points of the page."""
        scale, picture = self.ppi / 72, self.picture.copy()
        for left, bottom, right, top in boxes:
            place = (left - self.media[0], self.media[3] - top, right - self.media[0], self.media[3] - bottom)
            x, y, r, b = (length * scale for length in place)
            picture.paste((0, 0, 0, 0), (floor(x), floor(y), ceil(r), ceil(b)))
        return Plates(picture, self.ppi, self.media)

    def coverage(self) -> Mapping[str, float]:
        """The mean of each plate, in percent."""
        pixels = self.picture.width * self.picture.height
        return {
            ink: sum(value * count for value, count in enumerate(plate.histogram())) / 2.55 / pixels
            for ink, plate in zip(INKS, self.picture.split(), strict=True)
        }

    def total(self) -> Image.Image:
        """The sum of the four plates, one number (mode I, 255 to the ink) for a pixel."""
        cyan, magenta, yellow, black = self.picture.split()
        summed: Image.Image = ImageMath.lambda_eval(
            lambda plate: plate["c"] + plate["m"] + plate["y"] + plate["k"], c=cyan, m=magenta, y=yellow, k=black
        )
        return summed.convert("I")

    def box(self, pixels: tuple[int, int, int, int]) -> Bounds:
        """A rectangle of pixels in points of the page."""
        left, upper, right, lower = (72 * edge / self.ppi for edge in pixels)
        return self.media[0] + left, self.media[3] - lower, self.media[0] + right, self.media[3] - upper


def drawn(pdf: Path, page_no: int, media: Bounds) -> Plates | None:
    """The plates of page *page_no* (from 1), or ``None`` when Ghostscript is missing or did not draw it.

    *pdf* is a file in a folder that may be written to.
    """
    program = found(PROGRAM)
    width, height = media[2] - media[0], media[3] - media[1]
    if program is None or width <= 0 or height <= 0:
        return None
    ppi = min(PPI, 72 * (MAX_PIXELS / (width * height)) ** 0.5)
    out = pdf.with_name(f"plates-{page_no}.pam")
    command = [
        program, "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-sDEVICE=pamcmyk32", f"-r{ppi:.4f}",
        f"-dFirstPage={page_no}", f"-dLastPage={page_no}", "-sstdout=%stderr", "-o", out.name, pdf.name,
    ]  # fmt: skip
    ran = run(command, pdf.parent)
    if ran.failed or not out.is_file():
        return None
    content = out.read_bytes()
    out.unlink()
    picture = pam(content)
    return None if picture is None else Plates(picture, ppi, media)


def pam(content: bytes) -> Image.Image | None:
    """The CMYK picture of a PAM file, or ``None`` when it is none or cut short."""
    head = HEADER.match(content)
    size = re.search(rb"WIDTH (\d+)\nHEIGHT (\d+)\nDEPTH 4\n", head[0]) if head else None
    if head is None or size is None:
        return None
    wide, high = int(size[1]), int(size[2])
    pixels = content[head.end() : head.end() + 4 * wide * high]
    return Image.frombytes("CMYK", (wide, high), pixels) if len(pixels) == 4 * wide * high else None


@dataclass(frozen=True, slots=True)
class Heaviest:
    """The places with the most ink. Percentages of one ink."""

    most: float
    """In any one pixel."""
    area_mm2: float
    """Of all pixels over the limit."""
    mean: float
    """Of the inkiest square."""
    squares: tuple[Bounds, ...]
    """Squares whose mean is over the limit, the inkiest first."""
    spots: tuple[Bounds, ...]
    """Where single pixels are over the limit."""


def heaviest(plates: Plates, limit: float, square_mm2: float) -> Heaviest:
    """Measure total ink against *limit* (percent), by pixels and as the mean of squares of *square_mm2*.

    The squares lie edge to edge, and once more shifted by half a square each way.
    """
    total = plates.total()
    most = _most(total) / 2.55
    most_allowed = int(limit * 2.55)
    mask = ImageMath.lambda_eval(lambda bands: (bands["total"] > most_allowed) * 255, total=total).convert("L")
    pixels = mask.histogram()[255]
    side = max(1, round((square_mm2**0.5) / 25.4 * plates.ppi))
    means = sorted(_squares(total, side), reverse=True)
    limit_squares = tuple(plates.box(at) for mean, at in means if mean > limit)
    spots = tuple(plates.box(at) for at in _spots(mask, side)) if pixels else ()
    area = pixels * (25.4 / plates.ppi) ** 2
    return Heaviest(most, area, means[0][0] if means else 0.0, limit_squares, spots)


def _squares(total: Image.Image, side: int) -> list[tuple[float, tuple[int, int, int, int]]]:
    """The mean ink (percent) of every square of *side* pixels, and where it is."""
    found_squares = []
    exact = total.convert("F")
    for shift_x in (0, side // 2):
        for shift_y in (0, side // 2):
            across, down = (total.width - shift_x) // side, (total.height - shift_y) // side
            if not across or not down:
                continue
            part = exact.crop((shift_x, shift_y, shift_x + across * side, shift_y + down * side))
            means = part.reduce(side).tobytes()
            values = memoryview(means).cast("f")
            for index, value in enumerate(values):
                x, y = shift_x + index % across * side, shift_y + index // across * side
                found_squares.append((value / 2.55, (x, y, x + side, y + side)))
    return found_squares


def _spots(mask: Image.Image, side: int) -> list[tuple[int, int, int, int]]:
    """Squares of *side* pixels that hold a pixel of the mask, the first few."""
    spots = []
    for y in range(0, mask.height, side):
        row = mask.crop((0, y, mask.width, min(y + side, mask.height)))
        if row.getbbox() is None:
            continue
        for x in range(0, mask.width, side):
            if row.crop((x, 0, min(x + side, mask.width), row.height)).getbbox() is not None:
                spots.append((x, y, x + side, y + side))
    return spots


def bare(plates: Plates, ink: str) -> bool:
    """Whether a plate has nothing on it at all."""
    return _most(plates.picture.getchannel(INKS.index(ink))) == 0


def _most(band: Image.Image) -> float:
    """The highest value of a picture of one band."""
    _, most = band.getextrema()
    assert not isinstance(most, tuple)
    return most
