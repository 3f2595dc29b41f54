"""Mends fonts for the press: legal CID dictionaries, and the PostScript names of the faces."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pikepdf import Array, Dictionary, Name, Object, Pdf


def mend_fonts(pdf: Pdf, postscript_names: Mapping[str, str]) -> None:
    """Mend every Type 0 font of *pdf*.

    ``/CIDToGIDMap`` belongs to CIDFontType2 only (ISO 32000-1 table 117): deleted elsewhere, identity where it is
    missing. ``postscript_names`` maps the family as CSS names it to the face's PostScript name; the subset's tag of six
    letters stays.
    """
    for obj in pdf.objects:
        if isinstance(obj, Dictionary) and obj.get(Name.Type) == Name.Font and obj.get(Name.Subtype) == Name.Type0:
            for descendant in _descendants(obj):
                _mend_map(descendant)
                _rename(obj, descendant, postscript_names)


def _descendants(font: Object) -> Iterator[Object]:
    yield from font.get(Name.DescendantFonts, Array())


def _mend_map(font: Object) -> None:
    if font.get(Name.Subtype) == Name.CIDFontType2:
        if Name.CIDToGIDMap not in font:
            font.CIDToGIDMap = Name.Identity
    elif Name.CIDToGIDMap in font:
        del font.CIDToGIDMap


def _rename(font: Object, descendant: Object, postscript_names: Mapping[str, str]) -> None:
    descriptor = descendant.get(Name.FontDescriptor)
    if descriptor is None:
        return
    name = postscript_names.get(str(descriptor.get(Name.FontFamily, "")))
    if name is None:
        return
    tag, plus, _ = str(font.BaseFont).removeprefix("/").partition("+")
    full = Name(f"/{tag}+{name}" if plus else f"/{name}")
    font.BaseFont = descendant.BaseFont = descriptor.FontName = full
