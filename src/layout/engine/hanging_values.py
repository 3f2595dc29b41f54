"""The values of ``hanging-punctuation`` (CSS Text 4, 8.2): which marks hang outside the measure."""

from __future__ import annotations

from collections.abc import Sequence

from tinycss2.ast import Node

WORDS = ("first", "force-end", "allow-end", "last")


def hanging(tokens: Sequence[Node]) -> tuple[str, ...] | None:
    """The words of a value, in a fixed order; nothing for ``none``; None for what is no value."""
    words = [token.lower_value for token in tokens if token.type == "ident"]
    if words == ["none"] and len(tokens) == 1:
        return ()
    known = set(words) <= set(WORDS) and len(set(words)) == len(words) == len(tokens)
    if not words or not known or {"force-end", "allow-end"} <= set(words):
        return None
    return tuple(word for word in WORDS if word in words)
