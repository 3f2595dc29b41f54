"""Subsets of faces by the pinned uharfbuzz: the same glyphs of the same file give the same bytes in every process."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

import uharfbuzz as hb

_FLAGS = hb.SubsetFlags.PASSTHROUGH_UNRECOGNIZED | hb.SubsetFlags.DESUBROUTINIZE | hb.SubsetFlags.NO_LAYOUT_CLOSURE
_UNUSED = tuple(
    int.from_bytes(tag.encode(), "big")
    for tag in ("BASE", "DSIG", "EBDT", "EBLC", "EBSC", "GPOS", "GSUB", "JSTF", "LTSH", "PCLT", "SVG ")
)
"""Tables that a PDF reader has no use for."""


class SubsetOrder(NamedTuple):
    """A subset that is wanted."""

    family: str
    """The name by which Pango knows the face."""
    path: Path
    """Its file."""
    glyphs: tuple[int, ...]
    """The numbers of its glyphs, sorted."""


def subset_files(orders: Sequence[SubsetOrder]) -> list[bytes]:
    """The subsets that are wanted, one after the other."""
    return [subset_of(hb.Face(hb.Blob.from_file_path(str(each.path))), each.glyphs, notdef=False) for each in orders]


def subset_of(face: hb.Face, glyphs: Iterable[int], *, notdef: bool) -> bytes:
    """HarfBuzz's *face* with these *glyphs* under their own numbers, without hints, and nothing after the last of
    them. *notdef*: with the outline of the glyph that stands for what the face has not."""
    wanted = sorted(glyphs)
    flags = _FLAGS | (hb.SubsetFlags.NOTDEF_OUTLINE if notdef else hb.SubsetFlags.DEFAULT)
    sparse = _subset(face, wanted, flags | hb.SubsetFlags.RETAIN_GIDS)
    return bytes(_subset(sparse, range(wanted[-1] + 1), flags | hb.SubsetFlags.NO_HINTING).blob.data)


def _subset(face: hb.Face, glyphs: Iterable[int], flags: hb.SubsetFlags) -> hb.Face:
    plan = hb.SubsetInput()
    plan.flags = flags
    plan.glyph_set.update(glyphs)
    plan.drop_table_tag_set.update(_UNUSED)
    return plan.subset(face)
