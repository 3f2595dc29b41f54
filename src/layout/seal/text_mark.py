"""One mark in text that reads otherwise than it was sealed: a value; ``text_marks`` finds them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from layout.errors import Place
from layout.flows import Flow
from layout.geometry import Box

MarkKind = Literal["wrong", "missing", "too much", "exchanged", "all missing", "other text", "set twice", "other page"]


@dataclass(frozen=True, slots=True)
class TextMark:
    """One mark on one page."""

    kind: MarkKind
    flow: Flow | None
    """The text that it is in; None of text that belongs to no story."""
    was: str
    """As sealed."""
    now: str
    """As it stands there now."""
    boxes: tuple[Box, ...]
    """Around what stands there now, line by line; of what is missing where it belongs, without width. In points from
    the trimmed page's top left corner."""
    place: Place | None = None
    """Where the paragraph is written, as the build knew it; None of text that belongs to none."""
    before: str = ""
    """The characters before it, of a slip within a text; and those after it."""
    after: str = ""
