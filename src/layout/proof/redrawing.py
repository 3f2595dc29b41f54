"""Draws a page again where it differs from the page that was drawn before: an editor has changed a word.

What is told of a page is all that it is painted with: its ground, and its lines with their places. Where the ground is
the same, only what touches a line that is gone or new is drawn, as it is drawn on the whole page: each pixel is the
same. For pictures that people look at; the checks look at drawings of their own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PIL import Image

from layout.geometry import Box
from layout.preflight.partial_drawing import drawn_near, is_small, places_of
from layout.preflight.pdfium import PdfiumPage, drawn

if TYPE_CHECKING:
    from layout.page.frames import SetLine

MARGIN = 1.0
"""Ems around a line's cells in which its ink may lie: marks that hang, emphasis, turned glyphs."""


@dataclass(frozen=True, slots=True)
class DrawnContent:
    """All that a page is painted with."""

    ground: str
    """A hash of what lies below the lines, and of whatever else decides how the page is finished."""
    lines: Sequence[SetLine]


@dataclass
class LastDrawing:
    """The page that was drawn last."""

    page: DrawnContent | None = None
    corner: tuple[float, float] = (0.0, 0.0)
    scale: float = 0.0
    image: Image.Image | None = None
    stripes: dict[bytes, bytes] = field(default_factory=dict)
    """Of the picture's file, what each stretch of rows was packed to, by its hash."""


def drawn_again(
    last: LastDrawing, opened: PdfiumPage, page: DrawnContent, corner: tuple[float, float], scale: float
) -> Image.Image:
    """The page *opened*, RGBX, at *scale* pixels to the point; *page* is what it is painted with, *corner* where it
    begins on the sheet, in points. It becomes the last.
    """
    same = last.image is not None and (last.corner, last.scale) == (corner, scale)
    changed = _changed(last.page, page, corner) if same and last.page is not None else None
    if changed is not None and last.image is not None:
        changed = changed if is_small(changed, last.image.size, scale) else None
    if changed is None or last.image is None:
        image = drawn(opened, scale)
    elif changed:
        image = _patched(last.image, opened, changed, scale)
    else:
        image = last.image
    last.page, last.corner, last.scale, last.image = page, corner, scale, image
    return image


def _changed(before: DrawnContent, page: DrawnContent, corner: tuple[float, float]) -> list[Box] | None:
    """Boxes, from the sheet's upper left corner, in which two pages differ; ``None`` where that is not known."""
    if not page.ground or before.ground != page.ground:
        return None
    old, new = _by_place(before.lines), _by_place(page.lines)
    if old is None or new is None:
        return None
    still = [place for place, line in new.items() if old.get(place) == line]
    if still != [place for place, line in old.items() if new.get(place) == line]:
        return None  # what lies upon what may have changed
    gone = [line for place, line in old.items() if new.get(place) != line]
    come = [line for place, line in new.items() if old.get(place) != line]
    return [_reach(line).moved(*corner) for line in (*gone, *come)]


_Place = tuple[str, float, float]


def _by_place(lines: Sequence[SetLine]) -> Mapping[_Place, SetLine] | None:
    """Lines by where they stand; ``None`` where two stand in one place."""
    found = {(line.frame, line.x, line.baseline): line for line in lines}
    return found if len(found) == len(lines) else None


def _reach(line: SetLine) -> Box:
    """Where a line's ink may lie, from the trimmed page's corner."""
    em, long = line.type.size, line.line.width * line.type.size
    wide, high, top = (em, long, line.baseline) if line.vertical else (long, em, line.baseline - 0.88 * em)
    room = MARGIN * max([em, *(placed.scale * em for placed in line.line.placed)])
    return Box(line.x - room, top - room, wide + 2 * room, high + 2 * room).turned(line.turn)


def _patched(image: Image.Image, opened: PdfiumPage, changed: Sequence[Box], scale: float) -> Image.Image:
    """*image* with what lies in *changed* boxes drawn again."""
    places, whole = places_of(changed, scale, image.size), image.copy()
    again = drawn_near(opened, scale, changed, places)
    for place in places:
        whole.paste(again.crop(place), place[:2])
    return whole
