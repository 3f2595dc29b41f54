"""How different two colours look: lightness L* and CIEDE2000 of sRGB values, as PDFium draws them.

CIEDE2000 as in Sharma, Wu and Dalal, "The CIEDE2000 Color-Difference Formula" (2005), whose test pairs it gives.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import atan2, cos, degrees, exp, hypot, radians, sin, sqrt

Rgb = tuple[int, int, int]
"""0 to 255."""

Lab = tuple[float, float, float]

SURELY_APART = 80
"""Difference of luma (Pillow's mode L) from which two colours are ΔE₀₀ 10 apart at least: 65 is the most found in a
search over pairs that are less. It spares the formula for nearly all of a page."""

SURELY_READABLE = 150
"""Difference of luma from which two colours are ΔL* 30 apart at least: 138 is the most found among pairs less apart."""

_LINEAR = [v / 255 / 12.92 if v / 255 <= 0.04045 else ((v / 255 + 0.055) / 1.055) ** 2.4 for v in range(256)]
_WHITE = (0.95047, 1.0, 1.08883)
"""D65, the white of sRGB."""
_TO_XYZ = ((0.4124564, 0.3575761, 0.1804375), (0.2126729, 0.7151522, 0.0721750), (0.0193339, 0.1191920, 0.9503041))
_25_TO_7 = 25.0**7


@lru_cache(maxsize=65_536)
def lab(colour: Rgb) -> Lab:
    """CIELAB of an sRGB colour."""
    linear = [_LINEAR[value] for value in colour]
    x, y, z = (
        _root(sum(part * value for part, value in zip(row, linear, strict=True)) / white)
        for row, white in zip(_TO_XYZ, _WHITE, strict=True)
    )
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def _root(value: float) -> float:
    return float(value ** (1 / 3)) if value > 216 / 24389 else (24389 / 27 * value + 16) / 116


def lightness(colour: Sequence[float]) -> float:
    """L* of an sRGB colour, whose values may be fractions and are held to 0 … 255."""
    red, green, blue = (min(255, max(0, round(value))) for value in colour)
    return lab((red, green, blue))[0]


def delta_e(one: Rgb, other: Rgb) -> float:
    """CIEDE2000 between two sRGB colours."""
    return ciede2000(lab(one), lab(other))


def ciede2000(one: Lab, other: Lab) -> float:
    """CIEDE2000 between two colours in CIELAB, all weights 1."""
    mean_chroma = (hypot(one[1], one[2]) + hypot(other[1], other[2])) / 2
    grow = 1 + (1 - sqrt(mean_chroma**7 / (mean_chroma**7 + _25_TO_7))) / 2
    (c1, h1), (c2, h2) = (_polar(grow * each[1], each[2]) for each in (one, other))
    turn, mean_hue = 0.0, h1 + h2
    if c1 * c2:
        turn = (h2 - h1 + 180) % 360 - 180
        mean_hue = (h1 + turn / 2) % 360
    lightness_, chroma = (one[0] + other[0]) / 2, (c1 + c2) / 2
    t = (
        1 - 0.17 * cos(radians(mean_hue - 30)) + 0.24 * cos(radians(2 * mean_hue))
        + 0.32 * cos(radians(3 * mean_hue + 6)) - 0.20 * cos(radians(4 * mean_hue - 63))
    )  # fmt: skip
    by_lightness = (other[0] - one[0]) / (1 + 0.015 * (lightness_ - 50) ** 2 / sqrt(20 + (lightness_ - 50) ** 2))
    by_chroma = (c2 - c1) / (1 + 0.045 * chroma)
    by_hue = 2 * sqrt(c1 * c2) * sin(radians(turn / 2)) / (1 + 0.015 * chroma * t)
    rotation = -2 * sqrt(chroma**7 / (chroma**7 + _25_TO_7)) * sin(radians(60 * exp(-(((mean_hue - 275) / 25) ** 2))))
    return sqrt(max(0.0, by_lightness**2 + by_chroma**2 + by_hue**2 + rotation * by_chroma * by_hue))


def _polar(a: float, b: float) -> tuple[float, float]:
    """Chroma, and hue in degrees."""
    return hypot(a, b), degrees(atan2(b, a)) % 360 if a or b else 0.0
