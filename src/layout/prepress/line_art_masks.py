"""Restores in pictures what their JPEGs could not hold: the bits of line art, the mask of a transparent picture.

Line art becomes a stencil (``/ImageMask``): it prints where it is black and lets all else show; on a tint it needs no
ground of its own. A picture with transparency gets a soft mask: the page shows through, whatever lies there.
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping

from pikepdf import Array, Name, Pdf, Stream

from layout.painted import SoftMask, Stencil


def restore_pictures(pdf: Pdf, pictures: Mapping[int, Stencil | SoftMask]) -> None:
    """Turn pictures of *pdf* into stencils or give them masks, by their object numbers. No other picture is touched.

    Raises ``ValueError`` when an object is no picture: the numbers are those of another PDF.
    """
    for number, restored in sorted(pictures.items()):
        picture = pdf.get_object((number, 0))
        if not isinstance(picture, Stream) or picture.get(Name.Subtype) != Name.Image:
            raise ValueError(f"object {number} of the painted PDF is no picture")
        if isinstance(restored, Stencil):
            _make_stencil(picture, restored)
        else:
            _give_mask(pdf, picture, restored)


def _make_stencil(picture: Stream, stencil: Stencil) -> None:
    for key in (Name.ColorSpace, Name.Filter, Name.DecodeParms, Name.SMask):
        if key in picture:
            del picture[key]
    picture.write(zlib.decompress(stencil.deflated))
    picture.Width, picture.Height = stencil.width, stencil.height
    picture.ImageMask, picture.BitsPerComponent, picture.Decode = True, 1, Array([0, 1])


def _give_mask(pdf: Pdf, picture: Stream, mask: SoftMask) -> None:
    picture.SMask = pdf.make_stream(
        zlib.decompress(mask.deflated), Type=Name.XObject, Subtype=Name.Image, Width=mask.width, Height=mask.height,
        ColorSpace=Name.DeviceGray, BitsPerComponent=8, Interpolate=False,
    )  # fmt: skip
