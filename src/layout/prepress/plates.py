"""Separates a finished file into its four plates: one PDF of grays for each ink, as any program can draw it.

No Ghostscript is needed. In a finished file every colour is CMYK (or Separation All, on the marks) and every blend is
plain opacity, which acts on each ink by itself: so a page with one ink's numbers for its grays *is* that ink's plate.
Black of 100 % that overprints leaves the other three plates alone (overprint mode 1): there it is not painted at all.
"""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from layout.prepress.content import Instruction, instructions, numbers, tokens
from layout.prepress.inks import OVERPRINT_OFF, OVERPRINT_ON

INKS = ("C", "M", "Y", "K")
_BLACK = 3
_TEXT = (b"Tj", b"TJ", b"'", b'"')
_PATHS = (b"f", b"F", b"f*", b"S", b"s", b"B", b"B*", b"b", b"b*")


class Bands(NamedTuple):
    """A CMYK picture decoded: its size and four bands, 255 a full dot."""

    width: int
    height: int
    bands: tuple[bytes, bytes, bytes, bytes]


Decode = Callable[[bytes, bool], Bands]
"""Decodes a CMYK JPEG; the flag says that its values are inverted (``/Decode [1 0 …]``)."""


def plates(pdf: bytes, decode: Decode) -> Mapping[str, bytes]:
    """``C``, ``M``, ``Y`` and ``K`` of a finished file, each a PDF in DeviceGray: black where the plate prints full.

    Meant for files made by ``finish``: other colours than CMYK are drawn as they stand. The same file gives the same
    bytes. Raises ``pikepdf.PdfError`` for what is no PDF.
    """
    pictures: dict[tuple[int, int], Bands] = {}
    return {ink: _plate(pdf, index, decode, pictures) for index, ink in enumerate(INKS)}


def _plate(pdf: bytes, ink: int, decode: Decode, pictures: dict[tuple[int, int], Bands]) -> bytes:
    with Pdf.open(io.BytesIO(pdf)) as document:
        masks = set(_mask_groups(document))
        for page in document.pages:
            data = b"\n".join(part.read_bytes() for part in _contents(page.obj))
            page.obj.Contents = document.make_stream(_rewritten(data, page.obj.Resources, ink))
            page.obj.Group.CS = Name.DeviceGray
        for obj in list(document.objects):
            if isinstance(obj, Stream) and obj.objgen not in masks:
                _mend(document, obj, ink, decode, pictures)
            elif isinstance(obj, Dictionary) and obj.get(Name.PatternType) == 2:
                _mend_shading(obj.Shading, ink)
            elif isinstance(obj, Dictionary) and Name.ShadingType in obj:
                _mend_shading(obj, ink)
        del document.Root.OutputIntents
        out = io.BytesIO()
        document.save(out, static_id=True)
        return out.getvalue()


def _mask_groups(document: Pdf) -> Iterator[tuple[int, int]]:
    """The groups behind soft masks: what they hold is not ink."""
    for obj in document.objects:
        for state in _entries(obj, Name.ExtGState):
            mask = state.get(Name.SMask)
            if isinstance(mask, Dictionary):
                yield mask.G.objgen


def _entries(obj: Object, kind: Name) -> Iterator[Object]:
    if isinstance(obj, Dictionary | Stream):
        for holder in (obj, obj.get(Name.Resources)):
            entries = holder.get(kind) if isinstance(holder, Dictionary | Stream) else None
            if isinstance(entries, Dictionary):
                yield from (entry for _, entry in entries.items() if isinstance(entry, Dictionary))


def _contents(page: Object) -> list[Object]:
    return list(page.Contents) if isinstance(page.Contents, Array) else [page.Contents]


def _mend(document: Pdf, obj: Stream, ink: int, decode: Decode, pictures: dict[tuple[int, int], Bands]) -> None:
    if obj.get(Name.Subtype) == Name.Image:
        if obj.get(Name.ColorSpace) == Name.DeviceCMYK:
            _mend_picture(obj, ink, decode, pictures)
    elif obj.get(Name.Subtype) == Name.Form or obj.get(Name.PatternType) == 1:
        if Name.Group in obj and Name.CS in obj.Group:
            obj.Group.CS = Name.DeviceGray
        obj.write(_rewritten(obj.read_bytes(), obj.get(Name.Resources, Dictionary()), ink))
    del document


def _mend_picture(obj: Stream, ink: int, decode: Decode, pictures: dict[tuple[int, int], Bands]) -> None:
    key = obj.objgen
    if key not in pictures:
        inverted = Name.Decode in obj and float(obj.Decode[0]) > float(obj.Decode[1])
        pictures[key] = decode(obj.read_raw_bytes(), inverted)
    picture = pictures[key]
    obj.Width, obj.Height, obj.ColorSpace = picture.width, picture.height, Name.DeviceGray
    obj.Decode = Array([1, 0])  # a full dot is black
    obj.write(picture.bands[ink])


def _mend_shading(shading: Object, ink: int) -> None:
    if shading.ColorSpace != Name.DeviceCMYK:
        return
    shading.ColorSpace = Name.DeviceGray
    for part in shading.Function.get(Name.Functions, [shading.Function]):
        part.C0, part.C1 = (Array([round(1 - float(stop[ink]), 6)]) for stop in (part.C0, part.C1))


def _rewritten(data: bytes, resources: Object, ink: int) -> bytes:
    return _PlateWalk(data, resources, ink).rewritten()


class _PlateWalk:
    """One content stream in one ink's grays."""

    def __init__(self, data: bytes, resources: Object, ink: int):
        self._data = data
        self._stencils = _stencils(resources)
        self._ink = ink
        self._overprint = False
        self._rendering = b"0"
        self._stack: list[tuple[bool, bytes]] = []

    def rewritten(self) -> bytes:
        """The stream's bytes."""
        pieces: list[bytes] = []
        position = 0
        for found in instructions(self._data):
            by = self._instead(found)
            if by is not None:
                pieces += (self._data[position : found.start], by)
                position = found.end
        return b"".join((*pieces, self._data[position:]))

    def _instead(self, found: Instruction) -> bytes | None:
        """What to write for an instruction; None for itself."""
        operator = found.operator
        if operator == b"q":
            self._stack.append((self._overprint, self._rendering))
        elif operator == b"Q":
            if self._stack:
                self._overprint, self._rendering = self._stack.pop()
        elif operator == b"gs":
            name = found.operands.strip()[1:].decode("latin-1")
            if name in (OVERPRINT_ON, OVERPRINT_OFF):
                self._overprint = name == OVERPRINT_ON
        elif operator == b"Tr":
            self._rendering = found.operands.strip()
        else:
            return self._colour(found) or self._paint(found)
        return None

    def _colour(self, found: Instruction) -> bytes | None:
        operator = found.operator
        if operator in (b"k", b"K"):
            return b"%g %b" % (1 - numbers(found.operands)[self._ink], b"g" if operator == b"k" else b"G")
        if operator in (b"cs", b"CS") and found.operands.strip() in (b"/DeviceCMYK", b"/All"):
            return b"/DeviceGray " + operator
        if operator in (b"sc", b"SC", b"scn", b"SCN"):
            parts = tokens(found.operands)
            if len(parts) == 4:
                return b"%g %b" % (1 - float(parts[self._ink]), operator)
            if len(parts) == 1 and not parts[0].startswith(b"/"):  # Separation All: the same on every plate
                return b"%g %b" % (1 - float(parts[0]), operator)
        return None

    def _paint(self, found: Instruction) -> bytes | None:
        """Overprinting black leaves the other plates alone."""
        if not self._overprint or self._ink == _BLACK:
            return None
        if found.operator in _TEXT:
            written = self._data[found.start : found.end]
            return b"3 Tr " + written + b" " + self._rendering + b" Tr"
        if found.operator in _PATHS:
            return b"n"
        if found.operator == b"Do" and found.operands.strip() in self._stencils:
            return b""
        return None


def _stencils(resources: Object) -> set[bytes]:
    """The names of pictures that are stencils: one bit a pixel, painted in the present colour."""
    objects = resources.get(Name.XObject) if isinstance(resources, Dictionary) else None
    if objects is None:
        return set()
    return {name.encode("latin-1") for name, entry in objects.items() if bool(entry.get(Name.ImageMask, False))}
