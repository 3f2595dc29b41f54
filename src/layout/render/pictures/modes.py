"""Every pixel format becomes one of three: RGB, L (gray) or CMYK, eight bits an ink."""

from __future__ import annotations

from PIL import Image, ImageChops, ImageMath

SIXTEEN_BITS = 65535


class UnsupportedModeError(ValueError):
    """Pixels that no newspaper picture has: 32-bit integers beyond sixteen bits, floating point."""


def plain(image: Image.Image, notes: list[str]) -> Image.Image:
    """*image* in mode RGB, L, CMYK or LAB. What was done is added to *notes*."""
    if image.mode in ("RGB", "L", "CMYK", "LAB"):
        if "transparency" in image.info and image.mode != "CMYK":
            return _on_white(image, notes)
        return _adobe_or_not(image) if image.mode == "CMYK" else image
    if image.mode == "1":
        return image.convert("L")
    if image.mode in ("RGBA", "LA", "PA", "RGBa", "La") or (image.mode == "P" and "transparency" in image.info):
        return _on_white(image, notes)
    if image.mode.startswith("I"):
        return _sixteen_to_eight(image)
    if image.mode in ("P", "YCbCr", "HSV", "RGBX"):
        return image.convert("RGB")
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


def _on_white(image: Image.Image, notes: list[str]) -> Image.Image:
    mode = "L" if image.mode in ("L", "LA", "La") else "RGB"  # gray stays gray: its profile is a gray one
    image = image.convert("RGBA")
    if image.getchannel("A").getextrema() != (255, 255):
        notes.append("transparent")
    paper = Image.new("RGBA", image.size, (255, 255, 255, 255))
    return Image.alpha_composite(paper, image).convert(mode)


def _sixteen_to_eight(image: Image.Image) -> Image.Image:
    wide = image if image.mode == "I" else image.convert("I")
    low, high = wide.getextrema()
    if low < 0 or high > SIXTEEN_BITS:  # type: ignore[operator]
        raise UnsupportedModeError(image.mode)
    eight: Image.Image = ImageMath.lambda_eval(lambda args: (args["wide"] + 128) / 257, wide=wide)
    return eight.convert("L")
