"""How much of a paragraph stands together where a column ends."""

from __future__ import annotations

from layout.fontbook import NoGlyphError
from layout.galley.css_to_setting import whole
from layout.galley.paragraph_setter import Setter
from layout.manuscript.model import Paragraph
from layout.page.frames import FrameType


def beginning(paragraph: Paragraph, type_: FrameType, measure: float, setter: Setter, wanted: int) -> int:
    """How many lines of *paragraph* must stand below its heading, *wanted* or more, so that it begins there."""
    try:
        lines = len(setter.set(paragraph, type_, measure).lines)
    except NoGlyphError:  # it is told where the paragraph itself is set
        return wanted
    return least_part(lines, type_, wanted)


def least_part(lines: int, type_: FrameType, wanted: int) -> int:
    """The fewest of a paragraph's *lines*, *wanted* or more, that may stand before the rest in another column.

    Where none may, for the sake of ``--orphans`` and ``--widows``, it is all of them: so few lines are not parted.
    """
    orphans, widows = whole(type_, "orphans", 1), whole(type_, "widows", 1)
    parts = (part for part in range(max(wanted, orphans), lines) if lines - part >= widows)
    return wanted if lines < wanted else next(parts, lines)
