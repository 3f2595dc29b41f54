"""Pictures of any shape for trying a design: stretches of photographs, and a portrait that is cut out of its ground."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFilter

LONGEST = 2600
"""Pixels of a stretch's longer side: 200 to the inch over 330 mm, the widest place on a broadsheet."""
_PORTRAIT = (1300, 2000)
_SMALL = 4
"""The portrait is drawn at a fourth of its size, its edge then smoothed."""


@lru_cache(maxsize=32)
def stretch_of(path: Path, ratio: float) -> bytes:
    """The middle of the photograph at *path*, *ratio* times as wide as high, as a JPEG."""
    with Image.open(path) as photograph:
        photograph.draft("RGB", (LONGEST, LONGEST))
        whole = photograph.convert("RGB")
    wide, high = whole.size
    width, height = (wide, round(wide / ratio)) if wide / high < ratio else (round(high * ratio), high)
    left, top = (wide - width) // 2, (high - height) // 2
    part = whole.crop((left, top, left + width, top + height))
    part.thumbnail((LONGEST, LONGEST), Image.Resampling.BICUBIC)
    return _saved(part, "JPEG", quality=85)


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
    return _saved(Image.merge("RGBA", (tone, tone, tone, edge)), "PNG")


def _saved(image: Image.Image, kind: str, **how: int) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, **how)
    return out.getvalue()
