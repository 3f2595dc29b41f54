"""The orientation of each piece of a vertical line (CLREQ mixed_text_composition_in_vertical_writing_mode)."""

from __future__ import annotations

import re
from collections.abc import Iterator

_ATTACHED = "\u00ad\u0300-\u036f\u200b-\u200f\u2060\u20d0-\u20ff\ufe00-\ufe0f\U000e0100-\U000e01ef"
_LETTERS = rf"(?:[!-~\u00c0-\u024f][{_ATTACHED}]*)+"
_TURNED = re.compile(rf"{_LETTERS}(?: +{_LETTERS})*|[—―…⋯⸺～〜–]+")
"""Western runs; and dashes and ellipses, which lie along the line in either direction."""
_DIGITS = re.compile(r"\d{2,3}", re.ASCII)
_UPRIGHT = re.compile(r"[A-Z0-9]|[A-Z]{2,}", re.ASCII)


def stances(text: str) -> Iterator[tuple[str, str]]:
    """*text* in pieces, each with its stance: "" for what is upright by nature, else "upright", "combined" or
    "rotated".

    Two or three digits stand combined in one em; a single letter or digit and an acronym stand upright, letter by
    letter; words and longer numbers are turned.
    """
    position = 0
    for match in _TURNED.finditer(text):
        if match.start() > position:
            yield text[position : match.start()], ""
        word = match.group()
        bare = re.sub(f"[{_ATTACHED}]", "", word)
        yield word, "combined" if _DIGITS.fullmatch(word) else "upright" if _UPRIGHT.fullmatch(bare) else "rotated"
        position = match.end()
    if position < len(text):
        yield text[position:], ""
