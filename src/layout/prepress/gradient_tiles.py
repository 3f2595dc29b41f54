"""Turns tiles that hold nothing but a gradient into shading patterns.

WeasyPrint paints a gradient of a drawing as a tile that holds a group that holds the shading. Poppler draws such a tile
as one pixel, and a stroke that reaches beyond the shape repeats it. A shading pattern (ISO 32000-1 §8.7.4) says the
same in one step, and every renderer draws it alike.
"""

from __future__ import annotations

from collections.abc import Collection

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

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
