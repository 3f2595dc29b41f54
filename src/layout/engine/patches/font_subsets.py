"""Subsets of faces: the same on every machine, and remembered from one build to the next.

WeasyPrint subsets with the system's HarfBuzz, whose versions write different bytes (seen between Debian 12 and 13).
Here the pinned uharfbuzz does it, in the same two steps: keep the glyph numbers, then cut the empty glyphs after the
last one. It begins as soon as the lines are known, beside the painting of the page: ``Subsets.begin``.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable, Mapping
from pathlib import Path
from threading import Thread
from typing import Any

import uharfbuzz as hb
from weasyprint.pdf import fonts
from weasyprint.text.ffi import ffi, harfbuzz

from layout.engine.patches.harfbuzz_nogil import FreeHarfbuzz
from layout.fontbook import Face
from layout.page.frames import SetLine

MOST = 64
"""Subsets remembered, about 100 KB each."""
_FLAGS = hb.SubsetFlags.PASSTHROUGH_UNRECOGNIZED | hb.SubsetFlags.DESUBROUTINIZE | hb.SubsetFlags.NO_LAYOUT_CLOSURE
_UNUSED = tuple(
    int.from_bytes(tag.encode(), "big")
    for tag in ("BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "SVG ")
)
"""Tables that a PDF reader has no use for."""

_Key = tuple[str, tuple[int, ...], bool]
"""What decides a subset: the face's family, its glyphs in order, an outline for .notdef or none."""


class Subsets:
    """Every subset made lately."""

    def __init__(self) -> None:
        self._kept = OrderedDict[_Key, bytes]()
        self._begun: dict[_Key, tuple[Thread, list[bytes | None]]] = {}
        self._free = FreeHarfbuzz.found()

    def begin(self, faces: Mapping[str, Face], lines: Iterable[SetLine]) -> None:
        """Begins the subsets that *lines* will need in a thread, where HarfBuzz can be had without Python's lock."""
        glyphs: dict[str, set[int]] = {}
        for line in lines:
            for placed in line.line.placed:
                glyphs.setdefault(placed.cluster.face, set()).update(each.number for each in placed.cluster.glyphs)
        wanted: dict[_Key, Path] = {}
        for name, numbers in glyphs.items():
            if not numbers:  # the end of a line has no face
                continue
            key: _Key = faces[name].family, tuple(sorted(numbers)), False
            if key not in self._kept:
                wanted[key] = faces[name].path
        self._begun = {}
        if wanted and self._free is not None:
            came: dict[_Key, list[bytes | None]] = {key: [] for key in wanted}
            thread = Thread(target=self._make, args=(self._free, wanted, came), daemon=True)
            self._begun = {key: (thread, room) for key, room in came.items()}
            thread.start()

    @staticmethod
    def _make(free: FreeHarfbuzz, wanted: Mapping[_Key, Path], came: Mapping[_Key, list[bytes | None]]) -> None:
        flags = int(_FLAGS | hb.SubsetFlags.RETAIN_GIDS), int(_FLAGS | hb.SubsetFlags.NO_HINTING)
        for key, path in wanted.items():
            came[key].append(free.subset(path, key[1], flags, _UNUSED))

    def get(self, font: Any, glyphs: Iterable[int]) -> bytes:
        """The subset of one of WeasyPrint's fonts."""
        key: _Key = font.family, tuple(sorted(glyphs)), bool(font.missing)
        if key not in self._kept:
            self._kept[key] = self._waited_for(key) or subset_of(bytes(font.file_content), key[1], notdef=key[2])
        self._kept.move_to_end(key)
        while len(self._kept) > MOST:
            self._kept.popitem(last=False)
        return self._kept[key]

    def _waited_for(self, key: _Key) -> bytes | None:
        thread, came = self._begun.pop(key, (None, []))
        if thread is not None:
            thread.join()
        return came[0] if came else None


def install() -> Subsets:
    """Makes WeasyPrint subset so, and read no more of a font file than is asked for."""
    made = Subsets()

    def subset(font: Any, to_unicode: Any, hinting: bool) -> None:
        # Paper needs no hints, and of a collection the fontbook reads nothing: neither is ever asked for.
        assert not hinting, "hints are not kept"
        assert font.index == 0, "a face of a collection"
        # Without glyphs the whole face is embedded.
        font.file_content = made.get(font, to_unicode) if to_unicode else bytes(font.file_content)

    fonts.Font.subset = subset
    fonts.get_hb_object_data = _view
    return made


def _view(face: Any) -> memoryview:
    """The file of HarfBuzz's *face* where it lies: mapped, not read."""
    blob, length = harfbuzz.hb_face_reference_blob(face), ffi.new("unsigned int *")
    data = ffi.gc(harfbuzz.hb_blob_get_data(blob, length), lambda _: harfbuzz.hb_blob_destroy(blob))
    return memoryview(ffi.buffer(data, int(length[0])))


def subset_of(content: bytes, glyphs: Iterable[int], *, notdef: bool) -> bytes:
    """The font file *content* with these *glyphs* under their own numbers, without hints, and nothing after the last of
    them. *notdef*: with the outline of the glyph that stands for what the face has not."""
    wanted = sorted(glyphs)
    flags = _FLAGS | (hb.SubsetFlags.NOTDEF_OUTLINE if notdef else hb.SubsetFlags.DEFAULT)
    sparse = _subset(hb.Face(hb.Blob(content)), wanted, flags | hb.SubsetFlags.RETAIN_GIDS)
    return bytes(_subset(sparse, range(wanted[-1] + 1), flags | hb.SubsetFlags.NO_HINTING).blob.data)


def _subset(face: Any, glyphs: Iterable[int], flags: Any) -> Any:
    plan = hb.SubsetInput()
    plan.flags = flags
    plan.glyph_set.update(glyphs)
    plan.drop_table_tag_set.update(_UNUSED)
    return plan.subset(face)
