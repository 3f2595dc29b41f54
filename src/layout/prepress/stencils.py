"""Line art gets its bits back: the stand-in that the page was laid out with becomes a stencil of one bit a pixel.

A stencil (``/ImageMask``) prints where it is black, in whatever ink is current, and lets all else show: on a tint it
needs no ground of its own. How the bits travel: ``render.pictures.line_art``.
"""

from __future__ import annotations

import struct
import zlib

from pikepdf import Array, Name, Pdf, Stream

TAG = b"LayoutLineArt\0"
_APP9 = 0xE9
_START_OF_SCAN = 0xDA


def restore_line_art(pdf: Pdf) -> None:
    """Turn every stand-in of *pdf* into its stencil. Other pictures are not touched."""
    for obj in pdf.objects:
        if isinstance(obj, Stream) and obj.get(Name.Filter) == Name.DCTDecode:
            packed = _bits(obj.read_raw_bytes())
            if packed:
                _restore(obj, packed)


def _restore(picture: Stream, packed: bytes) -> None:
    width, height = struct.unpack(">II", packed[:8])
    for key in (Name.ColorSpace, Name.Filter, Name.DecodeParms, Name.SMask):
        if key in picture:
            del picture[key]
    picture.write(zlib.decompress(packed[8:]))
    picture.Width, picture.Height = width, height
    picture.ImageMask, picture.BitsPerComponent, picture.Decode = True, 1, Array([0, 1])


def _bits(jpeg: bytes) -> bytes:
    """What the segments of a stand-in hold; nothing for any other JPEG."""
    found, position = [], 2
    while position + 4 <= len(jpeg) and jpeg[position] == 0xFF and jpeg[position + 1] != _START_OF_SCAN:
        length = int.from_bytes(jpeg[position + 2 : position + 4], "big")
        content = jpeg[position + 4 : position + 2 + length]
        if jpeg[position + 1] == _APP9 and content.startswith(TAG):
            found.append(content[len(TAG) :])
        position += 2 + length
    return b"".join(found)
