"""Converts every pixel format to RGB, L (gray), CMYK or LAB, with eight bits a channel."""

from __future__ import annotations

from PIL import Image, ImageChops

from layout.pictures.colour import description, sixteen_curve
from layout.pictures.opening import WHITE_IS_ZERO

SIXTEEN_BITS = 65535
TWELVE_BITS = 4095
_CLEAR = ("RGBA", "LA", "PA", "RGBa", "La")


class UnsupportedModeError(ValueError):
    """Pixels that no newspaper picture has: 32-bit integers beyond sixteen bits, floating point."""


def plain(image: Image.Image, notes: list[str], icc: bytes | None = None) -> Image.Image:
    """*image* in mode RGB, L, CMYK or LAB; in RGBA when parts of it are clear. What was done is added to *notes*.

    A gray picture of sixteen bits goes through *icc* on the way, and is in sRGB's grays afterwards.
    """
    if image.mode.startswith("I"):
        return _sixteen_to_eight(image, notes, icc)
    if image.mode == "CMYK":
        return _adobe_or_not(image)
    if image.mode in _CLEAR or ("transparency" in image.info and image.mode != "1"):
        return _with_clear_parts(image, notes)
    if image.mode in ("RGB", "L", "LAB"):
        return image
    if image.mode in ("1", "P", "YCbCr", "HSV", "RGBX"):
        return image.convert("L" if image.mode == "1" else "RGB")
    raise UnsupportedModeError(image.mode)


def is_gray(image: Image.Image) -> bool:
    """Whether a picture is black and white, also as RGB: its channels never differ by more than JPEG's own noise."""
    if image.mode != "RGB":
        return image.mode == "L"
    red, green, blue = image.split()
    pairs = ((red, green), (green, blue))
    return all(ImageChops.difference(one, other).getextrema()[1] <= 3 for one, other in pairs)  # type: ignore[operator]


def _adobe_or_not(image: Image.Image) -> Image.Image:
    """CMYK JPEG: Pillow takes every one for Adobe's inverted kind; without Adobe's marker the values are straight."""
    if image.format in ("JPEG", "MPO") and "adobe" not in image.info:
        return ImageChops.invert(image)
    return image


def _with_clear_parts(image: Image.Image, notes: list[str]) -> Image.Image:
    gray = image.mode in ("L", "LA", "La")  # gray stays gray: its profile is a gray one
    image = image.convert("RGBA")
    if image.getchannel("A").getextrema() == (255, 255):
        return image.convert("L" if gray else "RGB")
    notes.append("transparent")
    return image


def _sixteen_to_eight(image: Image.Image, notes: list[str], icc: bytes | None) -> Image.Image:
    wide = image if image.mode == "I" else image.convert("I")
    low, high = wide.getextrema()
    if low < 0 or high > SIXTEEN_BITS:  # type: ignore[operator]
        raise UnsupportedModeError(image.mode)
    top = SIXTEEN_BITS
    if 255 < high <= TWELVE_BITS:  # type: ignore[operator]
        # Cameras and scanners write twelve bits unscaled into sixteen: read as sixteen, the picture would be all black.
        notes.append("twelve-bits")
        top = TWELVE_BITS
    curve = sixteen_curve(icc if icc and description(icc, "L") else None, top)
    if image.info.get(WHITE_IS_ZERO):
        curve = [curve[max(0, top - value)] for value in range(len(curve))]
    return wide.point(curve, "L")
