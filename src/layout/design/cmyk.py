"""Four inks as CSS writes them."""

from __future__ import annotations

from math import dist

Cmyk = tuple[float, float, float, float]
"""Four inks, 0 to 1."""


def written(inks: tuple[float, ...]) -> str:
    """``device-cmyk(0 1 0.95 0.04)``."""
    return f"device-cmyk({' '.join(f'{round(value, 4):g}' for value in inks)})"


def same_inks(one: Cmyk, other: Cmyk) -> bool:
    """Equal to a tenth of a per cent."""
    return all(abs(a - b) < 0.001 for a, b in zip(one, other, strict=True))


def shown(inks: Cmyk) -> tuple[float, float, float]:
    """About how inks look, as red, green and blue; good enough to say which of a dozen is nearest."""
    c, m, y, k = inks
    return (1 - c) * (1 - k), (1 - m) * (1 - k), (1 - y) * (1 - k)


def difference(one: Cmyk, other: Cmyk) -> float:
    """About how different two colours look: ΔE of CIE 1976, by ``shown`` as sRGB."""
    return dist(_lab(shown(one)), _lab(shown(other)))


def _lab(rgb: tuple[float, float, float]) -> tuple[float, float, float]:
    """CIE L*a*b* of sRGB, D65 (IEC 61966-2-1; CIE 15)."""
    red, green, blue = (((v + 0.055) / 1.055) ** 2.4 if v > 0.04045 else v / 12.92 for v in rgb)
    x = (0.4124 * red + 0.3576 * green + 0.1805 * blue) / 0.9505
    y = 0.2126 * red + 0.7152 * green + 0.0722 * blue
    z = (0.0193 * red + 0.1192 * green + 0.9505 * blue) / 1.089
    fx, fy, fz = (v ** (1 / 3) if v > 0.008856 else 7.787 * v + 16 / 116 for v in (x, y, z))
    return 116 * fy - 16, 500 * (fx - fy), 200 * (fy - fz)
