"""What an embedded ICC profile does with ink, and which printing condition it says that it is of."""

from __future__ import annotations

import math
import re
from functools import lru_cache
from io import BytesIO

from PIL import Image, ImageCms
from PIL.ImageCms import ImageCmsProfile, Intent

from layout.press.icc_trial import converts

PATCHES = (
    (0, 0, 0, 0), (255, 0, 0, 0), (0, 255, 0, 0), (0, 0, 255, 0), (0, 0, 0, 255), (0, 255, 255, 0), (255, 0, 255, 0),
    (255, 255, 0, 0), (128, 0, 0, 0), (0, 128, 0, 0), (0, 0, 128, 0), (0, 0, 0, 128), (128, 102, 102, 0),
)  # fmt: skip
"""Ink of the patches that are compared, 255 for all of it: paper, the solids, two of them together, tints, a gray."""

REGISTERED = re.compile(r"(?<![a-z])(fogra|tr)[ _-]*0*(\d+)", re.IGNORECASE)
"""Sets of measurements as FOGRA and CGATS number them, in the identifier of an intent and in the name of a profile.
Other names (GRACoL, SWOP, Japan Color) are of more than one set, or one set has several."""


def usable(icc: bytes, intent: str) -> bool:
    """Whether *icc* is as long as it says, and colours can be converted with it by *intent*."""
    return int.from_bytes(icc[:4], "big") <= len(icc) and converts(icc, intent)


@lru_cache(maxsize=32)
def description(icc: bytes) -> str:
    """What the profile calls itself; nothing where it does not say."""
    try:
        return (ImageCmsProfile(BytesIO(icc)).profile.profile_description or "").strip()
    except (OSError, ImageCms.PyCMSError, ValueError):
        return ""


def conditions(words: str) -> frozenset[str]:
    """The registered printing conditions that *words* name."""
    return frozenset(f"{kind.lower()}{number}" for kind, number in REGISTERED.findall(words))


def apart(one: bytes, other: bytes) -> float | None:
    """How far two profiles are apart in what they make of the same ink: the mean ΔE*ab of the patches, absolute.

    ``None`` where one of them cannot be used.
    """
    colours = [_colours(each) for each in (one, other)]
    if None in colours:
        return None
    pairs = zip(*(each or () for each in colours), strict=True)
    return sum(math.dist(*pair) for pair in pairs) / len(PATCHES)


def _colours(icc: bytes) -> list[tuple[float, float, float]] | None:
    """L*, a* and b* of each patch."""
    ink = Image.new("CMYK", (len(PATCHES), 1))
    ink.putdata(PATCHES)
    try:
        press, eye = ImageCmsProfile(BytesIO(icc)), ImageCms.createProfile("LAB")
        seen = ImageCms.applyTransform(
            ink, ImageCms.buildTransform(press, eye, "CMYK", "LAB", Intent.ABSOLUTE_COLORIMETRIC)
        )
    except (OSError, ImageCms.PyCMSError, ValueError):
        return None
    lightness, *hues = ([*band.tobytes()] for band in seen.split()) if seen is not None else ([], [], [])
    a, b = ([value - 128 for value in band] for band in hues)
    return list(zip((100 * value / 255 for value in lightness), a, b, strict=True))
