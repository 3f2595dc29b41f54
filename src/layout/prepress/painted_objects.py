"""Finishes single objects of a painted PDF: tiles of a gradient become shading patterns, pictures get bits and masks.

WeasyPrint paints a gradient of a drawing as a tile that holds a group that holds the shading. Poppler draws such a tile
as one pixel, and a stroke that reaches beyond the shape repeats it. A shading pattern (ISO 32000-1 §8.7.4) says the
same in one step, and every renderer draws it alike.

Pictures get what their JPEGs could not hold. Line art becomes a stencil (``/ImageMask``): it prints where it is black
and lets all else show; on a tint it needs no ground of its own. A picture with transparency gets a soft mask: the page
shows through, whatever lies there.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Mapping

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from layout.painted import PlacedForm, SoftMask, Stencil
from layout.prepress.content import instructions, numbers

_IDLE = (b"k", b"K", b"g", b"G", b"cm")


def unpack_gradients(pdf: Pdf, single_tiles: Collection[int] = ()) -> None:
    """Replace every pattern of *pdf* that tiles nothing but one shading by the shading itself.

    *single_tiles* are the numbers of patterns painted once: backgrounds of boxes, whose content WeasyPrint writes with
    more around the shading. A pattern with a soft mask (stops that let through) stays a tile.
    """
    unpacked: dict[tuple[int, int], Object | None] = {}
    for obj in list(pdf.objects):
        patterns = _resources(obj).get(Name.Pattern)
        if patterns is None:
            continue
        for name, pattern in list(patterns.items()):
            if pattern.objgen not in unpacked:
                shading = _only_shading(pattern, pattern.objgen[0] in single_tiles)
                unpacked[pattern.objgen] = None if shading is None else pdf.make_indirect(_pattern(pattern, shading))
            if (instead := unpacked[pattern.objgen]) is not None:
                patterns[name] = instead


def _pattern(tile: Object, shading: Object) -> Dictionary:
    matrix = tile.get(Name.Matrix, Array([1, 0, 0, 1, 0, 0]))
    return Dictionary(Type=Name.Pattern, PatternType=2, Matrix=matrix, Shading=shading)


def _only_shading(pattern: Object, single: bool) -> Object | None:
    """The shading that is all a tile shows; None when it shows anything else."""
    if not isinstance(pattern, Stream):
        return None
    idle = _IDLE if single else ()
    group = _only(pattern, b"Do", Name.XObject, idle=idle)
    if not isinstance(group, Stream) or group.get(Name.Subtype) != Name.Form or Name.Matrix in group:
        return None
    return _only(group, b"sh", Name.Shading, idle=idle)


def _only(stream: Stream, operator: bytes, kind: Name, idle: Collection[bytes] = ()) -> Object | None:
    """What *stream* paints with its only painting instruction, when that is *operator*; no state but full opacity.

    Instructions of *idle* have no effect on a shading; a ``cm`` among them must be the identity.
    """
    found = None
    for instruction in instructions(stream.read_bytes()):
        name = instruction.operands.strip().decode("latin-1")
        if instruction.operator == b"gs":
            state = _resources(stream).get(Name.ExtGState, Dictionary()).get(name, Dictionary())
            if set(state.keys()) - {"/ca", "/CA"} or any(float(value) < 1 for value in state.values()):
                return None
        elif instruction.operator in idle:
            if instruction.operator == b"cm" and numbers(instruction.operands) != [1, 0, 0, 1, 0, 0]:
                return None
        elif instruction.operator == operator and found is None:
            found = _resources(stream).get(kind, Dictionary()).get(name)
        else:
            return None
    return found


def _resources(obj: Object) -> Object:
    if isinstance(obj, Dictionary | Stream):
        # A page's resources, a form's, or the dictionary itself where it is an object of its own.
        inner = obj.get(Name.Resources)
        return inner if isinstance(inner, Dictionary) else obj
    return Dictionary()


def restore_pictures(pdf: Pdf, pictures: Mapping[int, Stencil | SoftMask | PlacedForm]) -> None:
    """Turn pictures of *pdf* into stencils or give them masks, by their object numbers. No other picture is touched;
    what stands in for a page of another PDF stays (see ``placed_forms``).

    Raises ``ValueError`` when an object is no picture: the numbers are those of another PDF.
    """
    for number, restored in sorted(pictures.items()):
        picture = pdf.get_object((number, 0))
        if not isinstance(picture, Stream) or picture.get(Name.Subtype) != Name.Image:
            raise ValueError(f"object {number} of the painted PDF is no picture")
        if isinstance(restored, PlacedForm):
            continue
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
