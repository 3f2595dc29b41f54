"""Faces are subset by the pinned uharfbuzz, out of our font files where they lie on the disk.

Changes ``weasyprint.pdf.fonts``. ``Font.subset``: WeasyPrint calls the system's HarfBuzz, whose versions write
different bytes (seen between Debian 12 and 13); here the pinned one takes the same two steps: keep the glyph numbers,
then cut the empty glyphs after the last one. ``get_hb_object_data``: WeasyPrint copies every font file that a page
uses; here it gets a view of it. Needed for bytes; the view, the mapped files and the subsets remembered from one build
to the next save time: see ``docs/engine-patches.md``.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from functools import cache

import uharfbuzz as hb
from weasyprint.pdf import fonts
from weasyprint.text.ffi import ffi, harfbuzz

from layout import assets
from layout.engine.weasyprint_types import EmbeddedFont
from layout.fontbook import Fontbook
from layout.fontbook.subsets import SubsetOrder, subset_of

MOST = 64
"""Subsets remembered, about 100 KB each."""
_Key = tuple[str, tuple[int, ...], bool]
"""What decides a subset: the face's family, its glyphs in order, an outline for .notdef or none."""

Made = Iterable[tuple[SubsetOrder, bytes]]
"""Subsets with what was wanted."""


class Subsets:
    """A cache of the last subsets."""

    def __init__(self) -> None:
        self._made = OrderedDict[_Key, bytes]()
        self._others: Callable[[], Made] = tuple

    def look_to(self, others: Callable[[], Made]) -> None:
        """From now on asks *others* for what is made elsewhere, as ``subset_of`` makes it, before it makes a subset."""
        self._others = others

    def get(self, font: EmbeddedFont, glyphs: Iterable[int]) -> bytes:
        """The subset of one of WeasyPrint's fonts."""
        key: _Key = font.family, tuple(sorted(glyphs)), bool(font.missing)
        if key not in self._made:
            self._made |= {(order.family, order.glyphs, False): content for order, content in self._others()}
        if key not in self._made:
            self._made[key] = subset_of(_face(font), key[1], notdef=key[2])
        self._made.move_to_end(key)
        while len(self._made) > MOST:
            self._made.popitem(last=False)
        return self._made[key]


@cache
def subsets() -> Subsets:
    """Those of this process."""
    return Subsets()


def install() -> None:
    """Makes WeasyPrint subset by uharfbuzz, and read no more of a font file than is used."""
    if fonts.get_hb_object_data is not _view:
        fonts.get_hb_object_data = _view
        fonts.Font.subset = _subset_by(subsets())


def _subset_by(made: Subsets) -> Callable[[EmbeddedFont, dict[int, str], bool], None]:
    def subset(font: EmbeddedFont, to_unicode: dict[int, str], hinting: bool) -> None:
        # Paper needs no hints, and of a collection the fontbook reads nothing: neither is ever asked for.
        assert not hinting, "hints are not kept"
        assert font.index == 0, "a face of a collection"
        # Without glyphs the whole face is embedded.
        font.file_content = made.get(font, to_unicode) if to_unicode else bytes(font.file_content)

    return subset


def _view(face: ffi.CData) -> memoryview:
    """The file of HarfBuzz's *face* where it lies: mapped, not read."""
    blob, length = harfbuzz.hb_face_reference_blob(face), ffi.new("unsigned int *")
    data = ffi.gc(harfbuzz.hb_blob_get_data(blob, length), lambda _: harfbuzz.hb_blob_destroy(blob))
    return memoryview(ffi.buffer(data, int(length[0])))


def _face(font: EmbeddedFont) -> hb.Face:
    """The face of WeasyPrint's *font* as uharfbuzz has it: our own file, mapped, or else a copy of what was read."""
    ours = _our_files().get(font.family)
    if ours is not None and len(ours) == len(font.file_content):
        return hb.Face(ours)
    return hb.Face(hb.Blob(bytes(font.file_content)))


@cache
def _our_files() -> dict[str, hb.Blob]:
    """The fontbook's files, mapped, by family."""
    faces = Fontbook(assets.fonts_dir()).faces.values()
    return {face.family: hb.Blob.from_file_path(str(face.path)) for face in faces}
