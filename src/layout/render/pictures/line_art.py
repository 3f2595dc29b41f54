"""Line art: one bit a pixel from the file to the plate.

WeasyPrint would make eight-bit RGB of it. So the page gets a stand-in, an ordinary JPEG in black ink, and the bits
travel inside it, in application segments that every decoder skips; the finishing puts them in its place as a stencil.
"""

from __future__ import annotations

import struct
import zlib
from typing import Final

from PIL import Image

TAG: Final = b"LayoutLineArt\0"
"""Begins each segment; ``prepress.stencils`` knows it by the same name."""
_SEGMENT = 65_000
_APP9 = b"\xff\xe9"
_HALF = 128


def one_bit(image: Image.Image) -> Image.Image:
    """A gray picture as black and white, cut at the middle."""
    return image.point(lambda value: 255 * (value >= _HALF)).convert("1", dither=Image.Dither.NONE)


def with_bits(jpeg: bytes, art: Image.Image) -> bytes:
    """*jpeg* with the bits of *art* (mode 1) behind its first marker."""
    packed = struct.pack(">II", *art.size) + zlib.compress(art.tobytes(), 9)
    parts = [packed[start : start + _SEGMENT] for start in range(0, len(packed), _SEGMENT)]
    segments = b"".join(_APP9 + struct.pack(">H", 2 + len(TAG) + len(part)) + TAG + part for part in parts)
    return jpeg[:2] + segments + jpeg[2:]
