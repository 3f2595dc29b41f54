"""Which of the quotation marks that Chinese and Western text share are Western: Xi’an, he said “yes” and left.

Between Western letters they take their proportional glyph (w3c/clreq#534; OpenType ``pwid``); anywhere else they are
Chinese marks of a whole em.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

QUOTES = "“”‘’"
_CLOSING = {"“": "”", "‘": "’"}


def western_quotes(text: str) -> frozenset[int]:
    """The offsets of the Western quotation marks in *text*.

    An apostrophe stands between two Western letters, or behind one and before a Western word (workers’ rights). A pair
    is Western where it holds Western words alone and where Western text stands beside it: on one side at least, with
    nothing else on the other.
    """
    return frozenset(_found(text)) if any(quote in text for quote in QUOTES) else frozenset()


def _found(text: str) -> Iterator[int]:
    open_: list[int] = []
    for offset, character in enumerate(text):
        if character in _CLOSING:
            open_.append(offset)
        elif character in QUOTES:
            if open_ and _CLOSING[text[open_[-1]]] == character:
                start = open_.pop()
                if _is_western_pair(text, start, offset):
                    yield from (start, offset)
            elif character == "’" and _is_apostrophe(text, offset):
                yield offset


def _is_apostrophe(text: str, offset: int) -> bool:
    if not (offset and _is_letter(text[offset - 1])):
        return False
    following = text[offset + 1 :].lstrip(" ")[:1]
    return bool(following) and _is_letter(following)


def _is_western_pair(text: str, start: int, end: int) -> bool:
    inner = text[start + 1 : end]
    if any(unicodedata.east_asian_width(character) in "WF" for character in inner):
        return False
    beside = " " + QUOTES
    before, after = text[:start].rstrip(beside)[-1:], text[end + 1 :].lstrip(beside)[:1]
    sides = [_is_western(side) for side in (before, after) if side]
    return bool(sides) and all(sides) and any(map(_is_letter, inner))


def _is_western(character: str) -> bool:
    return character.isascii() or _is_letter(character)


def _is_letter(character: str) -> bool:
    """A Western letter or digit."""
    return character.isalnum() and unicodedata.east_asian_width(character) not in "WF" and character < "\u2e80"
