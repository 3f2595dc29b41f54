"""The pinned HarfBuzz called without Python's lock, so that a face is subset while Python paints the page.

uharfbuzz holds the lock for as long as HarfBuzz works; its library lends its functions to ctypes as well, which lets
go of it. Where they cannot be had there is no such object, and nothing is lost but time.
"""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from contextlib import ExitStack
from ctypes import POINTER, byref, c_char_p, c_int, c_uint, c_void_p
from pathlib import Path
from typing import Any, Self

from uharfbuzz import _harfbuzz

_FUNCTIONS: dict[str, tuple[Any, tuple[Any, ...]]] = {
    "hb_blob_create_from_file_or_fail": (c_void_p, (c_char_p,)),
    "hb_blob_destroy": (None, (c_void_p,)),
    "hb_blob_get_data": (c_void_p, (c_void_p, POINTER(c_uint))),
    "hb_face_create": (c_void_p, (c_void_p, c_uint)),
    "hb_face_destroy": (None, (c_void_p,)),
    "hb_face_reference_blob": (c_void_p, (c_void_p,)),
    "hb_set_add": (None, (c_void_p, c_uint)),
    "hb_set_add_range": (None, (c_void_p, c_uint, c_uint)),
    "hb_subset_input_create_or_fail": (c_void_p, ()),
    "hb_subset_input_destroy": (None, (c_void_p,)),
    "hb_subset_input_glyph_set": (c_void_p, (c_void_p,)),
    "hb_subset_input_set": (c_void_p, (c_void_p, c_int)),
    "hb_subset_input_set_flags": (None, (c_void_p, c_uint)),
    "hb_subset_or_fail": (c_void_p, (c_void_p, c_void_p)),
}
_DROP_TABLES = 3
"""``HB_SUBSET_SETS_DROP_TABLE_TAG``."""


class FreeHarfbuzz:
    """Subsets font files in the thread that asks, beside all others."""

    def __init__(self, library: ctypes.CDLL):
        for name, (gives, takes) in _FUNCTIONS.items():
            function = getattr(library, name)
            function.restype, function.argtypes = gives, takes
        self._hb: Any = library

    @classmethod
    def found(cls) -> Self | None:
        """uharfbuzz's own library, if it lends its functions."""
        try:
            return cls(ctypes.CDLL(_harfbuzz.__file__))
        except (OSError, AttributeError):
            return None

    def subset(self, path: Path, glyphs: Sequence[int], flags: tuple[int, int], unused: Sequence[int]) -> bytes | None:
        """The first face of *path* cut down to *glyphs* by the first flags, then to all up to the last by the second.

        *glyphs* are in order, none twice; *unused* are the tags of tables to leave out. None if HarfBuzz cannot.
        """
        with ExitStack() as after:
            blob = self._hb.hb_blob_create_from_file_or_fail(str(path).encode())
            if not blob:
                return None
            after.callback(self._hb.hb_blob_destroy, blob)
            whole = self._hb.hb_face_create(blob, 0)
            after.callback(self._hb.hb_face_destroy, whole)
            sparse = self._cut(whole, [(glyph, glyph) for glyph in glyphs], flags[0], unused, after)
            small = sparse and self._cut(sparse, [(0, glyphs[-1])], flags[1], unused, after)
            return self._bytes(small, after) if small else None

    def _cut(
        self, face: int, ranges: Sequence[tuple[int, int]], flags: int, unused: Sequence[int], after: ExitStack
    ) -> int | None:
        plan = self._hb.hb_subset_input_create_or_fail()
        if not plan:
            return None
        after.callback(self._hb.hb_subset_input_destroy, plan)
        self._hb.hb_subset_input_set_flags(plan, flags)
        kept, dropped = self._hb.hb_subset_input_glyph_set(plan), self._hb.hb_subset_input_set(plan, _DROP_TABLES)
        for first, last in ranges:
            self._hb.hb_set_add_range(kept, first, last)
        for tag in unused:
            self._hb.hb_set_add(dropped, tag)
        came: int | None = self._hb.hb_subset_or_fail(face, plan)
        if came:
            after.callback(self._hb.hb_face_destroy, came)
        return came

    def _bytes(self, face: int, after: ExitStack) -> bytes | None:
        blob = self._hb.hb_face_reference_blob(face)
        after.callback(self._hb.hb_blob_destroy, blob)
        length = c_uint()
        data = self._hb.hb_blob_get_data(blob, byref(length))
        return ctypes.string_at(data, length.value) if data else None
