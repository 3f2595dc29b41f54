"""The measures of a page as viewers show it: a value that any process can hold. ``examined_page`` takes them."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Paper:
    """One page as viewers show it, for drawing findings on its picture. Points."""

    width: float
    height: float
    trim_x: float
    """From the picture's left edge to the trimmed page's."""
    trim_y: float
    """From the picture's upper edge to the trimmed page's."""
    upright: bool
    """Whether it is shown as it is written; places on a page that is turned cannot be drawn."""
    followed: bool = True
    """Whether its content came to an end: if not, no picture of it is drawn."""
