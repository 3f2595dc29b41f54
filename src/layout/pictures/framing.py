"""Reads what make-up must know of a picture from its header, and says how many pixels its crop is printed with."""

from __future__ import annotations

from pathlib import Path

from layout.errors import PictureError, Place
from layout.pictures.crop import Original, PixelBox, ShareBox
from layout.pictures.opening import opened, strictly, upright_size
from layout.press import PressProfile


def original(path: Path, focus: tuple[float, float], keep: ShareBox | None, profile: PressProfile) -> Original | None:
    """What make-up must know of a picture. None when it cannot be read: developing it will raise the fault."""
    try:
        data = path.read_bytes()
        with strictly(Place(path.name)):
            image = opened(data, Place(path.name))
            size, limits = upright_size(image), profile.line_art_ppi if image.mode == "1" else profile.image_ppi
    except (OSError, PictureError):
        return None
    return Original(size, focus, keep, limits.warn)


def pixels_for(crop: PixelBox, inches: tuple[float, float], target_ppi: float) -> tuple[tuple[int, int], PixelBox]:
    """The pixel size at *target_ppi*, and the crop to take it from.

    Never more pixels than the crop has: below the target the crop is snapped to whole pixels, nothing is resampled.
    """
    width, height = crop[2] - crop[0], crop[3] - crop[1]
    if width / inches[0] > target_ppi:
        return (max(1, round(inches[0] * target_ppi)), max(1, round(inches[1] * target_ppi))), crop
    pixels = max(1, round(width)), max(1, round(height))
    left, top = round(crop[0]), round(crop[1])
    return pixels, (left, top, left + pixels[0], top + pixels[1])
