"""The measure of a line in its slot: of running text a whole number of characters, of other type all there is.

A Chinese column is so many characters wide (CLREQ: a line is a whole multiple of the type's size). Where the slot is
none, the rest goes to the gutter, as in a page maker's text block: lines stand at the slot's head, solid, and are not
pulled out one and all to fill it. Type that is not justified has no rest to pull out, and display type is set to its
box.
"""

from __future__ import annotations

from math import floor
from typing import Literal

from layout.galley.css_to_setting import word
from layout.galley.display_breaks import DISPLAY
from layout.page.frames import FrameType

MeasureBy = Literal["whole", "box"]

_EPS = 1e-3
"""Characters that a slot may lack of a whole number: points come from the CSS with rounding."""


def measure_of(type_: FrameType, length: float) -> float:
    """The measure, in em, of a line in a slot of *length* points. Raises ``TemplateError`` for another ``--measure``.

    ``--measure: whole`` gives the most characters that the slot holds, ``box`` all of it; where the design says
    neither, justified type below display sizes has whole characters.
    """
    em = length / type_.size
    if word(type_, "measure", MeasureBy, "whole" if is_running(type_) else "box") == "box":
        return em
    return whole_characters(type_, length) or em


def whole_characters(type_: FrameType, length: float) -> float:
    """The length, in em, of the most characters that stand in *length* points, tracked as the type is; 0 for none."""
    tracking = float(type_.options.get("tracking", "0"))
    characters = floor((length / type_.size + tracking) / (1 + tracking) + _EPS)
    return characters * (1 + tracking) - tracking if characters > 0 else 0.0


def inset_of(type_: FrameType, length: float) -> float:
    """How far from the head of a slot of *length* points its line begins, in points: the rest goes where the type's
    alignment leaves room."""
    rest = max(0.0, length - measure_of(type_, length) * type_.size)
    return {"end": rest, "center": rest / 2}.get(type_.align, 0.0)


def is_running(type_: FrameType) -> bool:
    """Whether it is justified running text: neither broken by sense nor of a size for display."""
    return type_.align == "justify" and type_.options.get("break") != "sense" and type_.size < DISPLAY
