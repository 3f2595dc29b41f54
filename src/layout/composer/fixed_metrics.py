"""Metrics without fonts: a Han character is one em wide, a letter half. For tests, case files and ``layout set``."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from layout.composer.classes import CharClass, kind_of, marks
from layout.fontbook.clusters import Cluster, Glyph, InkExtent
from layout.fontbook.western_quotes import western_quotes

WORD_SPACE = 1 / 3
"""CLREQ's usual word space, in em."""


@lru_cache(maxsize=8192)
def fixed_cluster(character: str) -> Cluster:
    """One character at its fixed width: 1 em full-width and ℃, 1/2 em Western and · – /, 0 for what is invisible."""
    advance = _advance(character)
    return Cluster(character, "fixed", advance, (Glyph(ord(character), 0.0, 0.0, advance),))


def _advance(character: str) -> float:
    kind = kind_of(character)
    if kind in (CharClass.SPACE, CharClass.NBSP):
        return WORD_SPACE
    if kind in (CharClass.CHANCE, CharClass.ATTACHED):
        return 0.0
    if kind is CharClass.LATIN or character in marks().half_em or character in "-‐‑":
        return 0.5
    if kind in (CharClass.INTERPUNCT, CharClass.WIDE) and unicodedata.east_asian_width(character) in ("H", "Na"):
        return 0.5
    return 2.0 if character == "⸺" else 1.0


class FixedMetrics:
    """Every character is a cluster of its own; no font is read."""

    def clusters(self, faces: Sequence[str], text: str, *, vertical: bool = False) -> Sequence[Cluster]:  # noqa: ARG002
        """The characters of *text* at their fixed widths."""
        western = western_quotes(text)
        return [
            replace(fixed_cluster(character), advance=0.5) if offset in western else fixed_cluster(character)
            for offset, character in enumerate(text)
        ]

    def ink(self, cluster: Cluster) -> InkExtent | None:
        """A square with a twentieth of the advance free on either side; none of what is invisible."""
        wide = cluster.advance
        return InkExtent(wide / 20, -0.07, wide * 19 / 20, 0.83) if wide and cluster.text.strip() else None
