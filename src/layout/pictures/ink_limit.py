"""Keeps every pixel of a JPEG within the ink limit, as the JPEG decodes.

JPEG overshoots beside hard edges, by up to a third of an ink. So the JPEG is decoded and measured, the limit is lowered
in those of its blocks that broke it, until none does. Blocks of eight by eight pixels are coded each by itself (no ink
is subsampled), so that a few sharp twigs do not cost the shadows of the whole picture their depth.

Pillow's own arithmetic is enough (whole images, 32-bit integers, in C): no numpy.
"""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import NamedTuple

from PIL import Image, ImageChops, ImageMath

from layout.pictures.blocks import BLOCK, Packing, set_blocks

LEVELS_PER_PERCENT = 255 / 100

QUALITY = 85
"""Under a 100- to 175-line screen no eye tells it from the original; 92 makes the page a third larger."""
_FIRST_MARGIN = 3
"""Levels (of 255) kept free at the first try: what JPEG adds to a smooth shadow."""
_DECODER_MARGIN = 3
"""Decoders may round each of four inks differently: under one level each."""
_FEW = 4
"""Where fewer than one block in so many broke the limit, these alone are tried again: the rest would come out alike."""
_TRIES = 40


Black = int | Image.Image
"""Levels of black that will be printed over a picture: the same everywhere, or a gray picture of them."""


class LimitedJpeg(NamedTuple):
    """A CMYK JPEG and the most ink of any of its pixels, in percent, measured by decoding it."""

    data: bytes
    max_ink: float


def _as_it_is(ink: Image.Image) -> Image.Image:
    return ink


def limited_jpeg(image: Image.Image, limit: float, *, least_black: Black = 0) -> LimitedJpeg:
    """The CMYK *image* as JPEG of which no pixel has more than *limit* percent of ink (110 at least).

    Where it has more, cyan, magenta and yellow are reduced in proportion and black is kept. *least_black*, in levels
    of 255, is what will be printed over it: so much black is reckoned with, everywhere or, given as a gray picture of
    the same size, pixel by pixel. Baseline, no subsampling, no metadata; the same image gives the same bytes.
    """
    ceiling = int(limit * LEVELS_PER_PERCENT) - _DECODER_MARGIN
    blocks = -(-image.width // BLOCK), -(-image.height // BLOCK)
    limits = Image.new("I", blocks, ceiling - _FIRST_MARGIN)
    limited, most = _tried(image, limits, least_black)
    for attempt in range(1, _TRIES):
        if (top := _most(most)) <= ceiling:
            return LimitedJpeg(_jpeg(limited, optimize=True), top / LEVELS_PER_PERCENT)
        excess = ImageMath.lambda_eval(lambda of: of["max"](of["most"] - ceiling, 0), most=most)
        limits = _lowered(limits, excess, attempt)
        broken = set_blocks(excess)
        if len(broken) * _FEW < blocks[0] * blocks[1]:
            packing = Packing(broken, image.size)
            over = least_black if isinstance(least_black, int) else packing.packed(least_black)
            mended, maxima = _tried(packing.packed(image), packing.packed_values(limits), over, packing.cleared)
            packing.unpack(mended, limited)
            packing.unpack_values(maxima, most)
        else:
            limited, most = _tried(image, limits, least_black)
    raise ValueError("the ink limit cannot be held")  # a block with no colour left has black alone: 100 % at most


def _tried(
    image: Image.Image, limits: Image.Image, least_black: Black, seen: Callable[[Image.Image], Image.Image] = _as_it_is
) -> tuple[Image.Image, Image.Image]:
    """*image* within *limits* (one of each block), and the most ink of each block of the decoded JPEG.

    *seen* removes what is no part of the picture from the measured ink.
    """
    limited = reduced(image, _spread(limits, image.size), least_black)
    # Without optimising: twice as fast, and the same pixels.
    total = seen(_total(Image.open(BytesIO(_jpeg(limited, optimize=False))), least_black))
    return limited, _block_maxima(total, limits.size)


def reduced(image: Image.Image, levels: int | Image.Image, least_black: Black = 0) -> Image.Image:
    """*image* with C+M+Y+K of at most *levels* (of 255 each) in every pixel. Levels may differ from pixel to pixel."""
    *colours, black = image.split()
    total = ImageMath.lambda_eval(lambda of: of["c"] + of["m"] + of["y"], **dict(zip("cmy", colours, strict=True)))
    # Where the colours exceed the room: × room ÷ total, rounded down; elsewhere × total ÷ total leaves them alone.
    part = ImageMath.lambda_eval(
        lambda of: of["min"](of["max"](of["levels"] - of["max"](of["black"], of["over"]), 0), of["total"]),
        levels=levels,
        black=black,
        over=least_black,
        total=total,
    )
    inks = [
        ImageMath.lambda_eval(lambda of: of["ink"] * of["part"] / of["total"], ink=ink, part=part, total=total).convert(
            "L"
        )
        for ink in colours
    ]
    return Image.merge("CMYK", (*inks, black))


def _total(image: Image.Image, least_black: Black) -> Image.Image:
    """C+M+Y+K of each pixel, in levels; no black counts for less than *least_black*."""
    inks = dict(zip("cmyk", image.split(), strict=True))
    total: Image.Image = ImageMath.lambda_eval(
        lambda of: of["c"] + of["m"] + of["y"] + of["max"](of["k"], of["over"]), over=least_black, **inks
    )
    return total


def _most(total: Image.Image) -> int:
    return int(total.getextrema()[1])  # type: ignore[arg-type]  # one band: two numbers


def _spread(limits: Image.Image, size: tuple[int, int]) -> Image.Image:
    """The limit of each pixel from that of its block."""
    whole = limits.resize((limits.width * BLOCK, limits.height * BLOCK), Image.Resampling.NEAREST)
    return whole.crop((0, 0, *size))


def _block_maxima(ink: Image.Image, blocks: tuple[int, int]) -> Image.Image:
    """The largest value in each block: three times, the larger of every two neighbours, in both directions."""
    image = ink.crop((0, 0, blocks[0] * BLOCK, blocks[1] * BLOCK))  # beyond the edge: nothing
    for across, down in ((2, 1), (1, 2)) * 3:
        half = image.width // across, image.height // down
        # Nearest neighbour takes the second of each two; moved by one pixel it takes the first.
        pair = (image, ImageChops.offset(image, across - 1, down - 1))
        second, first = (each.resize(half, Image.Resampling.NEAREST) for each in pair)
        image = ImageMath.lambda_eval(lambda of: of["max"](of["one"], of["other"]), one=first, other=second)
    return image


def _lowered(limits: Image.Image, excess: Image.Image, attempt: int) -> Image.Image:
    """The limits, lower in the blocks that broke theirs: by half as much again, and by more at every further try."""
    lowered: Image.Image = ImageMath.lambda_eval(
        lambda of: of["limits"] - of["excess"] * (attempt + 2) / 2 - of["min"](of["excess"], 1) * 6 * attempt,
        limits=limits,
        excess=excess,
    )
    return lowered


def _jpeg(image: Image.Image, *, optimize: bool) -> bytes:
    image.info.clear()
    output = BytesIO()
    image.save(output, "JPEG", quality=QUALITY, subsampling=0, optimize=optimize, progressive=False)
    return output.getvalue()
