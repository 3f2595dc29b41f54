"""Ideographic description sequences, ⿰王奭: how a character that has no number is written with parts that have one.

The Unicode Standard, 18.2. A face may put one glyph in the place of a sequence (OpenType ``ccmp``); the text stays the
sequence.
"""

from __future__ import annotations

from collections.abc import Iterator

_PARTS = {
    **dict.fromkeys("⿾⿿", 1),
    **dict.fromkeys("⿰⿱⿴⿵⿶⿷⿸⿹⿺⿻⿼⿽㇯", 2),
    **dict.fromkeys("⿲⿳", 3),
}
"""Each operator with how many parts follow it."""
_OPERATORS = frozenset(_PARTS)
_LONGEST = 32
"""Characters: what the longest sequences of the Unicode database have is 29."""


def pieces_and_sequences(text: str) -> Iterator[tuple[str, bool]]:
    """*text* in pieces, in order, each with whether it is one whole sequence."""
    if _OPERATORS.isdisjoint(text):  # nearly always, and every paragraph comes by here
        yield from [(text, False)] if text else []
        return
    start = at = 0
    while at < len(text):
        end = _end(text, at) if text[at] in _PARTS else None
        if end is None:
            at += 1
            continue
        if at > start:
            yield text[start:at], False
        yield text[at:end], True
        start = at = end
    if start < len(text):
        yield text[start:], False


def _end(text: str, start: int) -> int | None:
    """Where the sequence that begins at *start* ends; None where it is none that is whole."""
    wanted = 1
    for at in range(start, min(len(text), start + _LONGEST)):
        if text[at].isspace():
            return None
        wanted += _PARTS.get(text[at], 0) - 1
        if not wanted:
            return at + 1
    return None
