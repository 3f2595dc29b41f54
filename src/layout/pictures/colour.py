"""Converts a picture's colours into the press's inks, by ICC profiles."""

from __future__ import annotations

from bisect import bisect_left
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageCms
from PIL.ImageCms import Flags, ImageCmsProfile, ImageCmsTransform, Intent

from layout.press import PressProfile

_INTENTS = {"perceptual": Intent.PERCEPTUAL, "relative": Intent.RELATIVE_COLORIMETRIC}
_SPACES = {"RGB": "RGB", "L": "GRAY", "CMYK": "CMYK", "LAB": "Lab"}
_RAMP = 17
"""The black ink's lightness is read at so many steps: finer than that and eight-bit Lab shows its own steps."""


def description(icc: bytes, mode: str) -> str | None:
    """What an embedded profile calls itself; None when it cannot be used for pixels of that mode."""
    try:
        profile = ImageCmsProfile(BytesIO(icc))
        if profile.profile.xcolor_space.strip() != _SPACES[mode]:
            return None
        ImageCms.buildTransform(profile, ImageCms.createProfile("LAB"), mode, "LAB")  # a header alone proves nothing
        return profile.profile.profile_description or "?"
    except (OSError, ImageCms.PyCMSError):
        return None


def to_press(image: Image.Image, icc: bytes | None, press: PressProfile) -> Image.Image:
    """An RGB, LAB or CMYK picture in the press's CMYK. Without *icc* RGB is sRGB, and CMYK is the press's own."""
    if image.mode == "CMYK" and (icc is None or icc == press.icc_bytes()):
        return image
    return _applied(image, _press_transform(icc, image.mode, press.icc, press.rendering_intent,
                                            press.black_point_compensation))  # fmt: skip


def gray_to_black(image: Image.Image, icc: bytes | None, press: PressProfile, *, darkest: float) -> Image.Image:
    """A gray (L) or gray-valued RGB picture in black ink alone, its darkest tone *darkest* percent.

    Four inks would show a coloured seam wherever the register is off by a hair. The steps of lightness follow the press
    profile's black ink: paper white stays paper white, black becomes the darkest tone, luminances between are scaled
    linearly (black point compensation).
    """
    mode = "RGB" if image.mode == "RGB" else "L"
    band = image.getchannel("G") if mode == "RGB" else image
    curve = _black_curve(icc, mode, press.icc, darkest)
    nothing = Image.new("L", image.size, 0)
    return Image.merge("CMYK", (nothing, nothing, nothing, band.point(curve)))


def sixteen_curve(icc: bytes | None, top: int) -> list[int]:
    """For each of 65536 values of a gray picture with sixteen bits, the sRGB gray, 0 to 255; *top* is its white.

    Its own profile is applied here, before anything is rounded to eight bits: a linear scan would lose its shadows.
    """
    if icc is None:
        return [min(255, (value * 255 + top // 2) // top) for value in range(65536)]
    steps = [_srgb_value(luminance) for luminance in _luminances(icc, "L")]
    curve = []
    for value in range(65536):
        place = min(1.0, value / top) * 255
        step = min(254, int(place))
        curve.append(round(255 * (steps[step] + (place - step) * (steps[step + 1] - steps[step]))))
    return curve


def _applied(image: Image.Image, transform: ImageCmsTransform) -> Image.Image:
    result = ImageCms.applyTransform(image, transform)
    assert result is not None
    return result


@lru_cache(maxsize=16)
def _press_transform(icc: bytes | None, mode: str, press: Path, intent: str, compensate: bool) -> ImageCmsTransform:
    return ImageCms.buildTransform(
        _profile(icc, mode), ImageCmsProfile(str(press)), mode, "CMYK", _INTENTS[intent],
        Flags.BLACKPOINTCOMPENSATION if compensate else Flags.NONE,
    )  # fmt: skip


def _profile(icc: bytes | None, mode: str) -> ImageCmsProfile:
    if icc is not None:
        return ImageCmsProfile(BytesIO(icc))
    return ImageCmsProfile(ImageCms.createProfile("LAB" if mode == "LAB" else "sRGB"))


@lru_cache(maxsize=16)
def _black_curve(icc: bytes | None, mode: str, press: Path, darkest: float) -> list[int]:
    """For each of 256 gray values the black ink, 0 to 255."""
    grays = _luminances(icc, mode)
    ink = [darkest / 100 * 255 * step / (_RAMP - 1) for step in range(_RAMP)]
    prints = _ink_luminances(press, ink)
    floor = prints[-1]
    return [round(_inverse(prints, ink, floor + (1 - floor) * gray)) for gray in grays]


def _luminances(icc: bytes | None, mode: str) -> list[float]:
    """The relative luminance, 0 to 1, of the 256 grays of a source."""
    if icc is None:
        return [_srgb_luminance(value / 255) for value in range(256)]
    ramp = Image.new("L", (256, 1))
    ramp.putdata(range(256))
    ramp = Image.merge("RGB", (ramp, ramp, ramp)) if mode == "RGB" else ramp
    return _lab_luminances(ramp, ImageCmsProfile(BytesIO(icc)), mode)


def _ink_luminances(press: Path, ink: list[float]) -> list[float]:
    """The luminance, paper being 1, of black ink at each value, 0 to 255; strictly falling."""
    ramp = Image.new("L", (len(ink), 1))
    ramp.putdata([round(value) for value in ink])
    nothing = Image.new("L", ramp.size, 0)
    found = _lab_luminances(Image.merge("CMYK", (nothing, nothing, nothing, ramp)), ImageCmsProfile(str(press)), "CMYK")
    falling = [min([*found[:step], value]) - step * 1e-9 for step, value in enumerate(found)]
    return [1.0, *falling[1:]]


def _lab_luminances(ramp: Image.Image, profile: ImageCmsProfile, mode: str) -> list[float]:
    lab = ImageCms.createProfile("LAB")
    transform = ImageCms.buildTransform(profile, lab, mode, "LAB", Intent.RELATIVE_COLORIMETRIC)
    return [_lightness_luminance(value / 255 * 100) for value in _applied(ramp, transform).getchannel(0).tobytes()]


def _srgb_luminance(value: float) -> float:
    """An sRGB value as linear luminance, both 0 to 1 (IEC 61966-2-1)."""
    return value / 12.92 if value <= 0.04045 else float(((value + 0.055) / 1.055) ** 2.4)


def _srgb_value(luminance: float) -> float:
    """A linear luminance as an sRGB value, both 0 to 1 (IEC 61966-2-1)."""
    return luminance * 12.92 if luminance <= 0.0031308 else float(1.055 * luminance ** (1 / 2.4) - 0.055)


def _lightness_luminance(lightness: float) -> float:
    """CIE 1976 lightness L*, 0 to 100, as luminance Y, 0 to 1."""
    root = (lightness + 16) / 116
    return root**3 if lightness > 8 else lightness / 903.3


def _inverse(falling: list[float], values: list[float], wanted: float) -> float:
    """The value, interpolated linearly, at which the falling sequence reaches *wanted*."""
    position = bisect_left(falling, -wanted, key=lambda number: -number)
    if position == 0:
        return values[0]
    if position == len(falling):
        return values[-1]
    before, after = falling[position - 1], falling[position]
    part = (before - wanted) / (before - after)
    return values[position - 1] + part * (values[position] - values[position - 1])
