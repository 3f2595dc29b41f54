"""The ink limit, held for every pixel, also after JPEG has had its way.

Pillow's own arithmetic is enough (whole images, 32-bit integers, in C): no numpy.
"""

from __future__ import annotations

from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageMath

LEVELS_PER_PERCENT = 255 / 100

QUALITY = 85
"""Under a 100- to 175-line screen no eye tells it from the original; 92 makes the page a third larger."""
_BEST_QUALITY = 100
_FIRST_MARGIN = 6
"""Levels (of 255) kept free at the first try: what JPEG adds to a smooth shadow."""
_DECODER_MARGIN = 3
"""Decoders may round each of four inks differently: under one level each."""
_TRIES = 4


class LimitedJpeg(NamedTuple):
    """A CMYK JPEG and the most ink of any of its pixels, in percent, measured by decoding it."""

    data: bytes
    max_ink: float


def limited_jpeg(image: Image.Image, limit: float) -> LimitedJpeg:
    """The CMYK *image* as JPEG of which no pixel has more than *limit* percent of ink.

    Where it has more, cyan, magenta and yellow are reduced in proportion and black is kept. JPEG overshoots at hard
    edges, so the result is decoded and measured, and the limit lowered until it holds. Baseline, no subsampling,
    no metadata.
    """
    ceiling = int(limit * LEVELS_PER_PERCENT) - _DECODER_MARGIN
    margin, quality = 0 if _most(image) <= ceiling - _FIRST_MARGIN else _FIRST_MARGIN, QUALITY
    for attempt in range(_TRIES * 8):
        if attempt == _TRIES:  # noise all over, and no photograph: finer steps, then more margin
            margin, quality = _FIRST_MARGIN, _BEST_QUALITY
        data = _jpeg(reduced(image, ceiling - margin), quality)
        most = _most(Image.open(BytesIO(data)))
        if most <= ceiling:
            return LimitedJpeg(data, most / LEVELS_PER_PERCENT)
        margin += most - ceiling + 2
    raise ValueError("the ink limit cannot be held")  # needs a margin above 100 %: no JPEG is that bad


def reduced(image: Image.Image, levels: int) -> Image.Image:
    """*image* with C+M+Y+K of at most *levels* (of 255 each) in every pixel; the same image when it holds already."""
    if _most(image) <= levels:
        return image
    *colours, black = image.split()
    total = ImageMath.lambda_eval(lambda of: of["c"] + of["m"] + of["y"], **dict(zip("cmy", colours, strict=True)))
    # Where the colours exceed the room: × room ÷ total, rounded down; elsewhere × total ÷ total leaves them alone.
    part = ImageMath.lambda_eval(
        lambda of: of["min"](of["max"](levels - of["black"], 0), of["total"]), black=black, total=total
    )
    inks = [
        ImageMath.lambda_eval(lambda of: of["ink"] * of["part"] / of["total"], ink=ink, part=part, total=total).convert(
            "L"
        )
        for ink in colours
    ]
    return Image.merge("CMYK", (*inks, black))


def _most(image: Image.Image) -> int:
    """The most C+M+Y+K of any pixel, in levels."""
    total = ImageMath.lambda_eval(
        lambda of: of["c"] + of["m"] + of["y"] + of["k"], **dict(zip("cmyk", image.split(), strict=True))
    )
    return int(total.getextrema()[1])


def _jpeg(image: Image.Image, quality: int) -> bytes:
    image.info.clear()
    output = BytesIO()
    image.save(output, "JPEG", quality=quality, subsampling=0, optimize=True, progressive=False)
    return output.getvalue()
