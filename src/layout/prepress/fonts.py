"""Mends fonts for the press: legal CID dictionaries, and the PostScript names of the faces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from pikepdf import Array, Dictionary, Name, Object, Pdf, String

from layout.painted import BuildFace


def mend_fonts(pdf: Pdf, faces: Sequence[BuildFace]) -> None:
    """Mend every Type 0 font of *pdf*.

    ``/CIDToGIDMap`` belongs to CIDFontType2 only (ISO 32000-1 table 117): deleted elsewhere, identity where it is
    missing. The *faces* get back the names that people know them by; the subset's tag of six letters stays.
    """
    known = {face.registered: face for face in faces}
    for obj in pdf.objects:
        if isinstance(obj, Dictionary) and obj.get(Name.Type) == Name.Font and obj.get(Name.Subtype) == Name.Type0:
            for descendant in _descendants(obj):
                _mend_map(descendant)
                _rename(obj, descendant, known)


def _descendants(font: Object) -> Iterator[Object]:
    yield from font.get(Name.DescendantFonts, Array())


def _mend_map(font: Object) -> None:
    if font.get(Name.Subtype) == Name.CIDFontType2:
        if Name.CIDToGIDMap not in font:
            font.CIDToGIDMap = Name.Identity
    elif Name.CIDToGIDMap in font:
        del font.CIDToGIDMap


def _rename(font: Object, descendant: Object, known: Mapping[str, BuildFace]) -> None:
    descriptor = descendant.get(Name.FontDescriptor)
    if descriptor is None:
        return
    face = known.get(str(descriptor.get(Name.FontFamily, "")))
    if face is None:
        return
    tag, plus, _ = str(font.BaseFont).removeprefix("/").partition("+")
    full = Name(f"/{tag}+{face.postscript_name}" if plus else f"/{face.postscript_name}")
    font.BaseFont = descendant.BaseFont = descriptor.FontName = full
    if face.family != face.registered:
        descriptor.FontFamily = String(face.family)
