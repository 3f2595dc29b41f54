"""Pictures of any shape for trying a design: stretches of photographs, and a portrait that is cut out of its ground."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageCms, ImageDraw, ImageFilter

_PORTRAIT = (1300, 2000)
_MADE = (24, 36)
"""Where a profile has the moment at which it was made (ICC.1:2022, 7.2.10)."""
_SMALL = 4
"""The portrait is drawn at a fourth of its size, its edge then smoothed."""


@lru_cache(maxsize=32)
def stretch_of(path: Path, ratio: float, width: int) -> bytes:
    """The middle of the photograph at *path*, *ratio* times as wide as high, *width* pixels wide, as a JPEG in sRGB.

    It may be larger than life: it is there for its shape.
    """
    with Image.open(path) as photograph:
        whole = photograph.convert("RGB")
    wide, high = whole.size
    across, down = (wide, round(wide / ratio)) if wide / high < ratio else (round(high * ratio), high)
    left, top = (wide - across) // 2, (high - down) // 2
    box = (left, top, left + across, top + down)
    part = whole.resize((width, round(width / ratio)), Image.Resampling.BICUBIC, box, reducing_gap=2.0)
    return _saved(part, "JPEG", quality=80, icc_profile=_srgb())


@lru_cache(maxsize=1)
def cut_out_portrait() -> bytes:
    """A head and shoulders in one tone on nothing, as a PNG with transparency."""
    wide, high = (side // _SMALL for side in _PORTRAIT)
    mask = Image.new("L", (wide, high), 0)
    draw, middle = ImageDraw.Draw(mask), wide // 2
    draw.ellipse((middle - 68, 24, middle + 68, 200), fill=255)
    draw.rectangle((middle - 34, 170, middle + 34, 250), fill=255)
    draw.ellipse((12, 222, wide - 12, 2 * high - 60), fill=255)
    edge = mask.resize(_PORTRAIT, Image.Resampling.BICUBIC).filter(ImageFilter.GaussianBlur(2))
    tone = Image.linear_gradient("L").resize(_PORTRAIT).point(lambda level: 70 + level // 3)
    return _saved(Image.merge("RGBA", (tone, tone, tone, edge)), "PNG", icc_profile=_srgb())


@lru_cache(maxsize=1)
def _srgb() -> bytes:
    """The profile of sRGB, without the moment at which it was made."""
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    return profile[: _MADE[0]] + bytes(_MADE[1] - _MADE[0]) + profile[_MADE[1] :]


def _saved(image: Image.Image, kind: str, **how: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()
