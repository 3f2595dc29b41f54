"""Pictures get back what they could not bring through the layout: line art its bits, a picture its clear parts.

Line art becomes a stencil (``/ImageMask``): it prints where it is black and lets all else show; on a tint it needs no
ground of its own. A picture with clear parts gets a soft mask: the page shows through, whatever lies there. How both
travel: ``render.pictures.segments``.
"""

from __future__ import annotations

import struct
import zlib

from pikepdf import Array, Name, Pdf, Stream

BITS = b"LayoutLineArt\0"
MASK = b"LayoutMask\0"
_APP9 = 0xE9
_START_OF_SCAN = 0xDA


def restore_pictures(pdf: Pdf) -> None:
    """Turn every stand-in of *pdf* into its stencil, and give masks back. Other pictures are not touched."""
    for obj in list(pdf.objects):
        if isinstance(obj, Stream) and obj.get(Name.Filter) == Name.DCTDecode:
            jpeg = obj.read_raw_bytes()
            if bits := _carried(jpeg, BITS):
                _make_stencil(obj, bits)
            elif mask := _carried(jpeg, MASK):
                _give_mask(pdf, obj, mask)


def _make_stencil(picture: Stream, packed: bytes) -> None:
    width, height = struct.unpack(">II", packed[:8])
    for key in (Name.ColorSpace, Name.Filter, Name.DecodeParms, Name.SMask):
        if key in picture:
            del picture[key]
    picture.write(zlib.decompress(packed[8:]))
    picture.Width, picture.Height = width, height
    picture.ImageMask, picture.BitsPerComponent, picture.Decode = True, 1, Array([0, 1])


def _give_mask(pdf: Pdf, picture: Stream, packed: bytes) -> None:
    width, height = struct.unpack(">II", packed[:8])
    picture.SMask = pdf.make_stream(
        zlib.decompress(packed[8:]), Type=Name.XObject, Subtype=Name.Image, Width=width, Height=height,
        ColorSpace=Name.DeviceGray, BitsPerComponent=8, Interpolate=False,
    )  # fmt: skip


def _carried(jpeg: bytes, tag: bytes) -> bytes:
    """What the segments of that name hold; nothing where there are none."""
    found, position = [], 2
    while position + 4 <= len(jpeg) and jpeg[position] == 0xFF and jpeg[position + 1] != _START_OF_SCAN:
        length = int.from_bytes(jpeg[position + 2 : position + 4], "big")
        content = jpeg[position + 4 : position + 2 + length]
        if jpeg[position + 1] == _APP9 and content.startswith(tag):
            found.append(content[len(tag) :])
        position += 2 + length
    return b"".join(found)
