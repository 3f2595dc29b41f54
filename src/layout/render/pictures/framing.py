"""Which part of a picture is shown, and with how many pixels."""

from __future__ import annotations

from layout.render.pictures.model import Crop


def crop_to(size: tuple[int, int], aspect: float, focus: tuple[float, float]) -> Crop:
    """The largest part of a picture of *size* with that width ÷ height, as near to *focus* (0 to 1) as edges allow."""
    width, height = size
    crop_width, crop_height = (
        (height * aspect, float(height)) if width > height * aspect else (float(width), width / aspect)
    )
    left = _clamped(focus[0] * width - crop_width / 2, width - crop_width)
    top = _clamped(focus[1] * height - crop_height / 2, height - crop_height)
    return left, top, left + crop_width, top + crop_height


def pixels_for(crop: Crop, inches: tuple[float, float], target_ppi: float) -> tuple[tuple[int, int], Crop]:
    """The pixel size at *target_ppi*, and the crop to take it from.

    Never more pixels than the crop has: below the target the crop is snapped to whole pixels, nothing is resampled.
    """
    width, height = crop[2] - crop[0], crop[3] - crop[1]
    if width / inches[0] > target_ppi:
        return (max(1, round(inches[0] * target_ppi)), max(1, round(inches[1] * target_ppi))), crop
    pixels = max(1, round(width)), max(1, round(height))
    left, top = round(crop[0]), round(crop[1])
    return pixels, (left, top, left + pixels[0], top + pixels[1])


def _clamped(value: float, most: float) -> float:
    return min(max(value, 0.0), max(most, 0.0))
