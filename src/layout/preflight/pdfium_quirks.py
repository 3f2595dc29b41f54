"""What PDFium makes of characters when it reads a page: told once, for whoever compares its reading with something.

All of them were seen in a run over every code point. Nothing Chinese is among them.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise
from unicodedata import normalize

from layout.preflight.reading import PageChar

TAKEN_APART = (("\ufb00", "\ufdfc"), ("\ufe70", "\ufefc"))
"""Ligatures and Arabic forms (first and last), which PDFium reads as their letters, all on one spot."""

HYPHENS = str.maketrans(dict.fromkeys("\u00ad\u2010", "-"))
"""What it may read as a plain hyphen."""

SOFT = "\u00ad"


def letters(char: str) -> str:
    """*char* as PDFium gives it: itself, or the letters of a ligature."""
    return normalize("NFKC", char) if any(low <= char <= high for low, high in TAKEN_APART) else char


def as_read(text: str) -> str:
    """*text* as PDFium gives it, hyphens made alike."""
    return "".join(map(letters, text.translate(HYPHENS)))


def restored(chars: Sequence[PageChar], wanted: Collection[str]) -> list[PageChar]:
    """*chars* with the letters of a ligature made one character again, where they are one of those *wanted*.

    They are known by their spot: two letters of their own never share a pen position. Of an F on top of an I nothing
    is hidden by that: where the copy has no such ligature, letters stay letters.
    """
    ligatures = {letters(char): char for char in wanted if letters(char) != char}
    if not ligatures:
        return list(chars)
    found: list[PageChar] = []
    for _, group in groupby(chars, key=lambda char: (char.x, char.y, char.font)):
        parts = list(group)
        whole = ligatures.get("".join(part.text for part in parts)) if len(parts) > 1 else None
        found += [replace(parts[0], text=whole)] if whole else parts
    return found


def hyphens_at(chars: Sequence[PageChar]) -> Iterator[int]:
    """Which of *chars* are hyphens at a line's end that need be nobody's copy.

    Those PDFium calls so; and one after a soft hyphen, which it does not look behind, if the next line begins there.
    """
    for index, char in enumerate(chars):
        if char.hyphen or (char.text == "-" and index and chars[index - 1].text == SOFT and _ends(chars, index)):
            yield index


def _ends(chars: Sequence[PageChar], index: int) -> bool:
    """Whether the line ends with character *index*: the next pen lies behind it, or above it in a vertical line."""
    if index + 1 == len(chars):
        return True
    [(here, following)] = pairwise(chars[index : index + 2])
    down = abs(here.y - chars[index - 1].y) > abs(here.x - chars[index - 1].x)
    return following.y > here.y if down else following.x < here.x
