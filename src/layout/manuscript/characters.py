"""Distinguishes Chinese characters and marks from others, for reading a manuscript."""

from __future__ import annotations

import unicodedata

AMBIGUOUS_MARKS = frozenset("“”‘’—…·‥")
"""Marks that Chinese and Latin share; beside a wide character they are Chinese."""


def is_wide(char: str) -> bool:
    """Whether *char* is Han, kana, hangul, or a full-width mark (Unicode East Asian Width W or F)."""
    return unicodedata.east_asian_width(char) in "WF"


def is_chinese(char: str) -> bool:
    """Whether *char* is wide or one of the marks that Chinese shares with Latin."""
    return char in AMBIGUOUS_MARKS or is_wide(char)


def joint(before: str, after: str) -> str:
    """What stands between two lines of one paragraph: a space between Latin words, else nothing.

    A quotation mark, dash or ellipsis at the seam counts as what stands on its other side.
    """
    left = next((char for char in reversed(before) if char not in AMBIGUOUS_MARKS), "")
    right = next((char for char in after if char not in AMBIGUOUS_MARKS), "")
    return " " if left and right and not is_wide(left) and not is_wide(right) else ""
