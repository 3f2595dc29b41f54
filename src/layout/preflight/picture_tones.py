"""What a picture's samples come to as the file has them turned into colour: one flat colour, nothing, a negative.

Read at an eighth of its size where it is a JPEG. What cannot be read so (JPEG 2000, fax, 16 bits) is not known.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PIL import Image, ImageChops

from layout.preflight.colours import CMYK, PdfColour, Space
from layout.preflight.objects import BAD_OBJECT, PdfValue, array, data, get, numbers

LEVELS = 3
"""Of 255: by how much the samples of a flat picture may differ, for what JPEG makes of it."""

FULL = 255.0

NEGATIVE_MOST = 350.0
"""Percent of ink that a negative reaches: its positive has less than 50 there. No separation for any paper has more
than 340, which ISO 12647-2 gives for coated."""

NEGATIVE_LEAST = 60.0
"""Percent of ink that a negative has at its lightest: its positive has 340 or less there. A photograph of the night has
a lamp in it."""

FLAT_INK = 20.0
"""Percent of ink in which a picture that is no flat patch differs."""

LOOK = 8
"""Squares along each side by which a picture is known again."""

GRID = 32
"""Squares along each side in which a picture and its soft mask are laid on one another."""

BLANK_INK, DRAWN_INK = 0.02, 0.1
"""Mean darkness, 1 for black: of what a mask shows where that is blank paper, and of what it hides where that is the
picture itself."""

FEW_SQUARES = 8
"""Of LOOK times LOOK: as many may change when a picture is packed anew. Two photographs differ in some thirty."""

MODES = {1: "L", 3: "RGB", 4: "CMYK"}

FOOT = 0.15
"""Share of a picture's height from which a flat foot is one: a caption's strip or a frame is lower."""

FOOT_EDGE = 16
"""Of 255: by how much the row above a flat foot differs from it, in most of its columns."""

FOOT_WIDE = 0.8
"""Share of the columns in which it does: a ground shows beside what stands on it, and a shadow fades."""

TEXTURED = {"L": 64, "RGB": 256, "CMYK": 256}
"""By mode, the colours of which a photograph has more. A drawing has a few dozen."""

EDGES = 12
"""Of 255: by how much neighbouring pixels of a quarter of a picture's size must differ where it is sharpest: without
edges nothing tells a soft picture from one that was enlarged.
"""

BLURRED = 0.25
"""Of that difference, what a quarter of the size may lose: enlarged four times and more a picture loses 0.08 to 0.25,
enlarged twice 0.5, and a photograph as it was taken 0.8 and more (measured on the pictures of the sample issues).
"""

SHARPEST = 0.999
"""The share of pixels that are less sharp than where a picture counts as sharpest: single specks do not count."""

MIN_HALF = 64
"""Pixels of the shorter side of half a picture, under which it is not asked whether it was enlarged."""

Extremes = tuple[tuple[int, int], ...]


class Samples(NamedTuple):
    """The samples of a picture summed up, whatever Decode makes of them."""

    extremes: Extremes
    """The least and the most of each component, 0 to 255."""
    negative: tuple[bool, bool] = (False, False)
    """Of a CMYK picture: whether it looks like a negative, as it is and turned round."""
    look: int = 0
    """Of LOOK by LOOK squares, row by row, a bit for each that is lighter than all are in the mean."""
    foot: float = 0.0
    """How much of its height, from its last row upwards, is one flat tone beneath a picture that goes from edge to
    edge; 0 where there is no such foot.
    """
    tones: bytes = b""
    """Of GRID by GRID squares, row by row, how light each is, 0 to 255."""


def samples_of(picture: Image.Image) -> Samples:
    """The samples of a picture of eight bits."""
    extremes = tuple(map(_extremes, picture.split()))
    light = picture.convert("L")
    squares = light.resize((LOOK, LOOK), Image.Resampling.BOX).tobytes()
    mean = sum(squares) / len(squares)
    look = sum(1 << at for at, square in enumerate(squares) if square > mean)
    tones = light.resize((GRID, GRID), Image.Resampling.BOX).tobytes()
    if picture.mode != "CMYK":
        return Samples(extremes, look=look, foot=flat_foot(picture), tones=tones)
    negative = is_negative(picture), is_negative(ImageChops.invert(picture))
    return Samples(extremes, negative, look, flat_foot(picture), tones)


def flat_foot(picture: Image.Image) -> float:
    """How much of a picture's height is a flat foot, as ``Samples.foot`` has it.

    A decoder fills with one tone what of a photograph never came. The picture above it ends in a level line across all
    columns, and has no border of the same tone at its head or its sides: that would be a frame.
    """
    width, height = picture.size
    last = picture.crop((0, height - 1, width, height))
    if any(low != high for low, high in map(_extremes, last.split())):
        return 0.0
    apart = ImageChops.difference(picture, last.resize(picture.size))
    bounds = apart.getbbox(alpha_only=False)
    if bounds is None or bounds[3] < 2 or height - bounds[3] < FOOT * height:
        return 0.0
    left, top, right, end = bounds
    whole = (left, top, right) == (0, 0, width) and picture.crop((0, 0, width, end)).getcolors(
        TEXTURED[picture.mode]
    ) is None  # fmt: skip
    # Of a JPEG the row next to the foot may hold a bit of both.
    edge = max(_differing(apart.crop((0, row, width, row + 1))) for row in (end - 1, end - 2))
    return (height - end) / height if whole and edge >= FOOT_WIDE else 0.0


def _differing(row: Image.Image) -> float:
    """The share of a row's pixels that are more than nothing in one of their bands."""
    bands = row.split()
    most = bands[0]
    for band in bands[1:]:
        most = ImageChops.lighter(most, band)
    return sum(most.histogram()[FOOT_EDGE:]) / row.width


def was_enlarged(half: Image.Image) -> bool:
    """Whether a picture has no more detail than a quarter of its pixels across and down would hold.

    *half* is the picture at half its size. It is halved once more and enlarged again: where a picture has edges, those
    of one that was enlarged come out as they were.
    """
    if min(half.size) < MIN_HALF:
        return False
    light = _lightness(half)
    small = light.reduce(2)
    wide, high = small.size
    beside = ImageChops.difference(small.crop((0, 0, wide - 1, high)), small.crop((1, 0, wide, high)))
    beneath = ImageChops.difference(small.crop((0, 0, wide, high - 1)), small.crop((0, 1, wide, high)))
    edges = max(_sharpest(beside), _sharpest(beneath))
    if edges < EDGES:
        return False
    # Shifted by a pixel too: an edge between two of the smaller picture's pixels would come through nearly whole.
    shifted = light.crop((1, 1, light.width, light.height))
    return all(_sharpest(_lost(each)) <= BLURRED * edges for each in (light, shifted))


def _lost(light: Image.Image) -> Image.Image:
    """What a picture loses when it is halved and enlarged again."""
    place = (0, 0, light.width / 2, light.height / 2)
    again = light.reduce(2).resize(light.size, Image.Resampling.BICUBIC, box=place)
    return ImageChops.difference(light, again)


def _lightness(picture: Image.Image) -> Image.Image:
    """One band in which edges show: of a CMYK picture the mean of its inks, as stored."""
    if picture.mode != "CMYK":
        return picture.convert("L")
    cyan, magenta, yellow, black = picture.split()
    return Image.blend(Image.blend(cyan, magenta, 0.5), Image.blend(yellow, black, 0.5), 0.5)


def _sharpest(differences: Image.Image) -> int:
    """The difference than which all but the sharpest pixels have less."""
    left = SHARPEST * differences.width * differences.height
    for level, count in enumerate(differences.histogram()):
        left -= count
        if left <= 0:
            return level
    return 255


def _extremes(band: Image.Image) -> tuple[int, int]:
    """The least and the most of one band."""
    low, high = band.getextrema()
    return int(low), int(high)  # type: ignore[arg-type]  # of one band they are numbers


def look_of(samples: Samples, stream: PdfValue) -> str:
    """What a picture looks like, in sixteen digits: the same after it was packed anew, made smaller or lighter."""
    look = ~samples.look if inverted(decode_of(stream)) else samples.look
    return f"{look & ((1 << LOOK * LOOK) - 1):016x}"


def unlike(one: str, other: str) -> bool:
    """Whether two looks are of two pictures. One and its negative are the same one."""
    apart = (int(one, 16) ^ int(other, 16)).bit_count()
    return FEW_SQUARES < apart < LOOK * LOOK - FEW_SQUARES


def is_negative(picture: Image.Image) -> bool:
    """Whether a CMYK picture has light and dark changed about: ink everywhere, and more of it than is ever meant."""
    cyan, magenta, yellow, black = picture.split()
    # A quarter of the sum of all inks: what a byte holds.
    quarter = Image.blend(Image.blend(cyan, magenta, 0.5), Image.blend(yellow, black, 0.5), 0.5)
    low, high = _extremes(quarter)
    least, most = 4 * 100 / FULL * low, 4 * 100 / FULL * high
    return least >= NEGATIVE_LEAST and most >= NEGATIVE_MOST and most - least > FLAT_INK


def samples_of_bytes(content: bytes, size: tuple[int, int], components: int, bits: int) -> Samples | None:
    """The samples of data that is not compressed; ``None`` where it is too little, or of other bits than 1 and 8."""
    width, height = size
    if bits == 1 and components == 1:
        stride = (width + 7) // 8
        spare = (1 << (stride * 8 - width)) - 1
        rows = content[: stride * height]
        # Bits behind the end of a row may be anything.
        blank = not any(rows) or (not spare and rows == b"\xff" * len(rows)) or all(
            rows[at : at + stride - 1] == b"\xff" * (stride - 1) and rows[at + stride - 1] | spare == 255
            for at in range(0, len(rows), stride)
        )  # fmt: skip
        value = 0 if not any(rows) else 255
        return Samples(((value, value),)) if blank else Samples(((0, 255),))
    if bits != 8 or components not in MODES or len(content) < width * height * components:
        return None
    return samples_of(Image.frombytes(MODES[components], size, content[: width * height * components]))


def samples_as_stored(jpeg: Image.Image) -> Samples | None:
    """The samples of a JPEG that Pillow has opened: it turns every one in CMYK round, as Adobe writes it."""
    if jpeg.mode not in MODES.values():
        return None
    return samples_of(ImageChops.invert(jpeg) if jpeg.mode == "CMYK" else jpeg)


def decode_of(stream: PdfValue) -> tuple[float, ...]:
    """The Decode array of a picture; empty for the usual one."""
    return numbers(get(stream, "Decode")) or numbers(get(stream, "D"))


def inverted(decode: Sequence[float]) -> bool:
    """Whether a Decode array turns the tones of every component round."""
    return len(decode) > 1 and all(low > high for low, high in zip(decode[::2], decode[1::2], strict=False))


def flat_colour(samples: Samples, space: Space, stream: PdfValue) -> PdfColour | None:
    """The one colour that all of a picture has; ``None`` where it has several."""
    if space.family == "Indexed":
        return _flat_index(samples, space, stream)
    decode = decode_of(stream) or (0.0, 1.0) * len(samples.extremes)
    if len(decode) != 2 * len(samples.extremes):
        return None
    values = []
    for (low, high), start, end in zip(samples.extremes, decode[::2], decode[1::2], strict=True):
        if abs(end - start) * (high - low) > LEVELS:
            return None
        values.append(start + (end - start) * (low + high) / 2 / FULL)
    return PdfColour(space, tuple(values))


def _flat_index(samples: Samples, space: Space, stream: PdfValue) -> PdfColour | None:
    """Of a picture whose samples are numbers of a palette: one number, or a palette of one colour."""
    base = space.root
    parts = array(get(stream, "ColorSpace"))
    if len(parts) < 4 or not base.components or not samples.extremes:
        return None
    table = data(parts[3])
    if table is None:
        try:
            table = bytes(parts[3])  # type: ignore[arg-type]  # a string's; what is none raises TypeError
        except BAD_OBJECT:
            return None
    colours = {table[at : at + base.components] for at in range(0, len(table), base.components)}
    low, high = samples.extremes[0]
    one = next(iter(colours)) if len(colours) == 1 else table[low * base.components : (low + 1) * base.components]
    if (len(colours) != 1 and low != high) or len(one) != base.components:
        return None
    return PdfColour(base, tuple(each / FULL for each in one))


def paints_nothing(samples: Samples, stencil: PdfValue) -> bool:
    """Whether a stencil (an ImageMask, or an explicit Mask) lets nothing through: it paints where a sample means 0."""
    if len(samples.extremes) != 1 or samples.extremes[0][0] != samples.extremes[0][1]:
        return False
    return bool(samples.extremes[0][0]) != inverted(decode_of(stencil))


def keyed_out(samples: Samples, stream: PdfValue) -> bool:
    """Whether all samples lie in the ranges that a picture's colour key leaves out."""
    key, extremes = numbers(get(stream, "Mask")), samples.extremes
    return bool(key) and len(key) == 2 * len(extremes) and all(
        low >= start and high <= end for (low, high), start, end in zip(extremes, key[::2], key[1::2], strict=True)
    )  # fmt: skip


def shows_blank(picture: Samples, stream: PdfValue, mask: Samples, soft_mask: PdfValue) -> bool:
    """Whether a soft mask shows what of a picture is blank, and hides what is drawn: it was turned round."""
    if not picture.tones or not mask.tones:
        return False
    ink = picture.tones if inverted(decode_of(stream)) else bytes(255 - light for light in picture.tones)
    shown = bytes(255 - tone for tone in mask.tones) if inverted(decode_of(soft_mask)) else mask.tones
    hidden = bytes(255 - tone for tone in shown)
    return _mean_under(ink, shown) <= BLANK_INK and _mean_under(ink, hidden) >= DRAWN_INK


def _mean_under(ink: bytes, weights: bytes) -> float:
    """The mean of *ink*, 1 for black, as far as *weights* let it through; 1 where they let nothing through."""
    whole = sum(weights)
    return sum(each * weight for each, weight in zip(ink, weights, strict=True)) / (255 * whole) if whole else 1.0


def is_white(colour: PdfColour) -> bool:
    """Whether a flat picture prints nothing: less ink than the least difference that a picture of eight bits knows."""
    least = LEVELS / FULL
    inks = colour.inks()
    if inks is not None:
        return all(amount <= least for amount in inks.values())
    components = colour.space.components
    if colour.space.family == "ICCBased" and components == CMYK.components:
        return all(value <= least for value in colour.values)
    light = colour.space.family in {"DeviceRGB", "CalRGB", "CalGray", "ICCBased"}
    return light and all(value >= 1 - least for value in colour.values)
