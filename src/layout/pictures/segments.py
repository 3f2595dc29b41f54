"""What WeasyPrint would lose travels inside the JPEG that the page gets, in segments that every decoder skips.

It would make eight-bit RGB of line art, and has no CMYK with transparency. So line art gets a stand-in, an ordinary
JPEG in black ink, and its bits ride along; a picture with clear parts brings its mask. The finishing
(``prepress.line_art_masks``) makes a stencil of the one and a soft mask of the other.
"""

from __future__ import annotations

import struct
import zlib
from typing import Final

from PIL import Image

BITS: Final = b"LayoutLineArt\0"
MASK: Final = b"LayoutMask\0"
"""Begin each segment; ``prepress.line_art_masks`` knows them by the same names."""
_SEGMENT = 65_000
_APP9 = b"\xff\xe9"
_HALF = 128


def one_bit(image: Image.Image) -> Image.Image:
    """A gray picture as black and white, cut at the middle."""
    return image.point(lambda value: 255 * (value >= _HALF)).convert("1", dither=Image.Dither.NONE)


def with_bits(jpeg: bytes, art: Image.Image) -> bytes:
    """*jpeg* with the bits of *art* (mode 1) behind its first marker."""
    return _with(jpeg, BITS, art)


def with_mask(jpeg: bytes, mask: Image.Image) -> bytes:
    """*jpeg* with *mask* (mode L, 255 where the picture is solid) behind its first marker."""
    return _with(jpeg, MASK, mask)


def _with(jpeg: bytes, tag: bytes, image: Image.Image) -> bytes:
    packed = struct.pack(">II", *image.size) + zlib.compress(image.tobytes(), 9)
    parts = [packed[start : start + _SEGMENT] for start in range(0, len(packed), _SEGMENT)]
    segments = b"".join(_APP9 + struct.pack(">H", 2 + len(tag) + len(part)) + tag + part for part in parts)
    return jpeg[:2] + segments + jpeg[2:]
