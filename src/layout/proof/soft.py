"""Draws a page as its print will look: the separations through the press's own profile to the screen's sRGB.

The profile knows the paper, the inks and how dots grow (tone value increase): it was made from printed patches. In
absolute colorimetry the paper's own white shows, gray and yellowish on newsprint; in relative colorimetry the paper is
the screen's white, and only the colours are the press's.
"""

from __future__ import annotations

from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms
from PIL.ImageCms import Flags, ImageCmsProfile, ImageCmsTransform, Intent

from layout.press import PressProfile
from layout.proof.plates import separations
from layout.proof.raster import png

PPI = 100.0


def soft_image(
    pdf: bytes | Path, page_index: int, profile: PressProfile, *, ppi: float = PPI, paper: bool = True
) -> Image.Image:
    """Page *page_index* (from 0) of a finished file as printed for *profile*, in sRGB; on the paper, or on white.

    Raises ``PrintError`` when the file cannot be read or drawn.
    """
    shown = ImageCms.applyTransform(separations(pdf, page_index, ppi), _transform(profile.icc_bytes(), paper))
    assert shown is not None
    return shown


def soft_png(
    pdf: bytes | Path, page_index: int, profile: PressProfile, *, ppi: float = PPI, paper: bool = True
) -> bytes:
    """The soft proof as PNG. The same file gives the same bytes."""
    return png(soft_image(pdf, page_index, profile, ppi=ppi, paper=paper), ppi)


@lru_cache(maxsize=4)
def _transform(icc: bytes, paper: bool) -> ImageCmsTransform:
    intent = Intent.ABSOLUTE_COLORIMETRIC if paper else Intent.RELATIVE_COLORIMETRIC
    press, screen = ImageCmsProfile(BytesIO(icc)), ImageCms.createProfile("sRGB")
    return ImageCms.buildTransform(press, screen, "CMYK", "RGB", intent, Flags.NONE)
