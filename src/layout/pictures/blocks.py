"""Packs some of a picture's blocks of eight by eight pixels into a small picture, and puts them back.

JPEG codes each block by itself where no ink is subsampled, so they come out of the small picture as they would out of
the large one. Blocks that reach beyond the picture are filled up as the encoder fills them: by its last column and row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PIL import Image

BLOCK = 8
_ACROSS = 32
"""Blocks in a row of the small picture."""

BlockSpot = tuple[int, int]
"""Column and row of a block."""


def set_blocks(values: Image.Image) -> list[BlockSpot]:
    """The blocks whose value (mode I, one for each block) is not 0."""
    numbers = memoryview(values.tobytes()).cast("i")
    return [(index % values.width, index // values.width) for index, value in enumerate(numbers) if value]


class Packing:
    """Where each of *spots* lies in the small picture of a picture of *size*."""

    def __init__(self, spots: Sequence[BlockSpot], size: tuple[int, int]):
        self._spots = spots
        self._size = size
        self._blocks = min(_ACROSS, len(spots)), -(-len(spots) // _ACROSS)

    def packed(self, image: Image.Image) -> Image.Image:
        """The blocks of *image*, packed into a small picture."""
        small = Image.new(image.mode, (self._blocks[0] * BLOCK, self._blocks[1] * BLOCK))
        for box, (x, y) in self._places():
            small.paste(_filled(image.crop(box)), (x * BLOCK, y * BLOCK))
        return small

    def unpack(self, small: Image.Image, image: Image.Image) -> None:
        """Put the blocks of *small* back into *image*."""
        for box, (x, y) in self._places():
            size = box[2] - box[0], box[3] - box[1]
            image.paste(small.crop((x * BLOCK, y * BLOCK, x * BLOCK + size[0], y * BLOCK + size[1])), box[:2])

    def cleared(self, small: Image.Image) -> Image.Image:
        """*small* with 0 where its blocks reach beyond the picture."""
        for box, (x, y) in self._places():
            width, height = box[2] - box[0], box[3] - box[1]
            left, top = x * BLOCK, y * BLOCK
            if width < BLOCK:
                small.paste(0, (left + width, top, left + BLOCK, top + BLOCK))
            if height < BLOCK:
                small.paste(0, (left, top + height, left + BLOCK, top + BLOCK))
        return small

    def packed_values(self, values: Image.Image) -> Image.Image:
        """The values of these blocks, from a picture with one value a block."""
        small = Image.new(values.mode, self._blocks)
        for index, spot in enumerate(self._spots):
            small.putpixel((index % _ACROSS, index // _ACROSS), values.getpixel(spot) or 0)
        return small

    def unpack_values(self, small: Image.Image, values: Image.Image) -> None:
        """Write the values of *small* back into *values*, which has one value a block."""
        for index, spot in enumerate(self._spots):
            values.putpixel(spot, small.getpixel((index % _ACROSS, index // _ACROSS)) or 0)

    def _places(self) -> Iterator[tuple[tuple[int, int, int, int], BlockSpot]]:
        """Each block's rectangle in the picture, as far as it lies in it, and its place in the small one."""
        for index, (x, y) in enumerate(self._spots):
            right, bottom = min((x + 1) * BLOCK, self._size[0]), min((y + 1) * BLOCK, self._size[1])
            yield (x * BLOCK, y * BLOCK, right, bottom), (index % _ACROSS, index // _ACROSS)


def _filled(part: Image.Image) -> Image.Image:
    """A block at the picture's edge, filled up to its whole size with its last column and row."""
    width, height = part.size
    if (width, height) == (BLOCK, BLOCK):
        return part
    whole = Image.new(part.mode, (BLOCK, BLOCK))
    whole.paste(part, (0, 0))
    for x in range(width, BLOCK):
        whole.paste(part.crop((width - 1, 0, width, height)), (x, 0))
    last = whole.crop((0, height - 1, BLOCK, height))
    for y in range(height, BLOCK):
        whole.paste(last, (0, y))
    return whole
