"""Draws the four plates of a page as pictures, by PDFium alone, measures their ink, and makes the soft proof of them.

A soft proof is the separations through the press's own profile to the screen's sRGB. The profile knows the paper, the
inks and how dots grow (tone value increase): it was made from printed patches. In absolute colorimetry the paper's own
white shows, gray and yellowish on newsprint; in relative colorimetry the paper is the screen's white, and only the
colours are the press's.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageChops, ImageCms, ImageMath, ImageStat
from PIL.ImageCms import Flags, ImageCmsProfile, ImageCmsTransform, Intent

from layout.errors import Message, PrintError
from layout.prepress.plates import INKS, Bands
from layout.prepress.plates import plates as split
from layout.press import PressProfile
from layout.proof.raster import page_image, png

PPI = 72.0
"""Enough to see every plate whole: a broadsheet has a thousand pixels across."""


@dataclass(frozen=True, slots=True)
class InkUse:
    """How much ink a page takes, in percent."""

    coverage: Mapping[str, float]
    """Of the page, by plate."""
    most: float
    """C+M+Y+K of the pixel that has most."""


def plate_images(pdf: bytes | Path, page_index: int, ppi: float = PPI) -> dict[str, Image.Image]:
    """``C``, ``M``, ``Y``, ``K`` of page *page_index* (from 0) of a finished file, gray pictures with 255 a full dot.

    Raises ``PrintError`` when the file cannot be read or drawn.
    """
    files = plate_files(pdf if isinstance(pdf, bytes) else pdf.read_bytes())
    return {ink: ImageChops.invert(page_image(files[ink], page_index, ppi).getchannel(0)) for ink in INKS}


def plate_pngs(pdf: bytes | Path, page_index: int, ppi: float = PPI) -> dict[str, bytes]:
    """The plates as PNG, black where they print: what a film would show. The same file gives the same bytes."""
    return films(plate_images(pdf, page_index, ppi), ppi)


def films(images: Mapping[str, Image.Image], ppi: float = PPI) -> dict[str, bytes]:
    """Plates drawn at *ppi* as gray PNGs, black where they print."""
    return {ink: png(ImageChops.invert(image), ppi) for ink, image in images.items()}


def separations(pdf: bytes | Path, page_index: int, ppi: float = PPI) -> Image.Image:
    """The page as one CMYK picture, the inks as the press gets them."""
    images = plate_images(pdf, page_index, ppi)
    return Image.merge("CMYK", [images[ink] for ink in INKS])


def ink_use(pdf: bytes | Path, page_index: int, ppi: float = PPI, margin: tuple[float, float] = (0.0, 0.0)) -> InkUse:
    """How much of the page each plate covers, and the most ink of any pixel; see ``use_of``."""
    return use_of(plate_images(pdf, page_index, ppi), ppi, margin)


def use_of(images: Mapping[str, Image.Image], ppi: float, margin: tuple[float, float] = (0.0, 0.0)) -> InkUse:
    """The ink on plates drawn at *ppi*. *margin* (points at either side, at top and bottom) is left out."""
    across, down = (round(points / 72 * ppi) for points in margin)
    inner = {
        ink: image.crop((across, down, image.width - across, image.height - down)) for ink, image in images.items()
    }
    coverage = {ink: ImageStat.Stat(image).mean[0] / 2.55 for ink, image in inner.items()}
    total = ImageMath.lambda_eval(lambda of: of["C"] + of["M"] + of["Y"] + of["K"], **inner)
    return InkUse(coverage, float(total.getextrema()[1]) / 2.55)


@lru_cache(maxsize=2)
def plate_files(pdf: bytes) -> Mapping[str, bytes]:
    """The plates of a finished file as PDFs of grays, by ink. Raises ``PrintError`` where it cannot be taken apart."""
    try:
        return split(pdf, _decoded)
    except (ValueError, RuntimeError) as error:
        raise PrintError(Message("这个 PDF 分不出四色版。", "This PDF cannot be taken apart into plates.")) from error


def _decoded(data: bytes, inverted: bool) -> Bands:
    with Image.open(io.BytesIO(data), formats=("JPEG",)) as image:
        image.load()
    # Pillow turns every CMYK JPEG round, as Adobe writes it; the PDF says itself whether the values are inverted.
    picture = image if inverted else ImageChops.invert(image)
    c, m, y, k = (band.tobytes() for band in picture.split())
    return Bands(picture.width, picture.height, (c, m, y, k))


SOFT_PPI = 100.0


def soft_image(
    pdf: bytes | Path, page_index: int, profile: PressProfile, *, ppi: float = SOFT_PPI, paper: bool = True
) -> Image.Image:
    """Page *page_index* (from 0) of a finished file as printed for *profile*, in sRGB; on the paper, or on white.

    Raises ``PrintError`` when the file cannot be read or drawn.
    """
    return soft_picture(separations(pdf, page_index, ppi), profile, paper=paper)


def soft_picture(inks: Image.Image, profile: PressProfile, *, paper: bool = True) -> Image.Image:
    """*inks*, a CMYK picture as the press gets it, as printed for *profile*, in sRGB; on the paper, or on white."""
    shown = ImageCms.applyTransform(inks, _transform(profile.icc_bytes(), paper))
    assert shown is not None
    return shown


def soft_png(
    pdf: bytes | Path, page_index: int, profile: PressProfile, *, ppi: float = SOFT_PPI, paper: bool = True
) -> bytes:
    """The soft proof as PNG. The same file gives the same bytes."""
    return png(soft_image(pdf, page_index, profile, ppi=ppi, paper=paper), ppi)


@lru_cache(maxsize=4)
def _transform(icc: bytes, paper: bool) -> ImageCmsTransform:
    intent = Intent.ABSOLUTE_COLORIMETRIC if paper else Intent.RELATIVE_COLORIMETRIC
    press, screen = ImageCmsProfile(BytesIO(icc)), ImageCms.createProfile("sRGB")
    return ImageCms.buildTransform(press, screen, "CMYK", "RGB", intent, Flags.NONE)
