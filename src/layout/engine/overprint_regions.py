"""Where black overprints a picture: small black type and thin black rules that stand on its box.

What overprints (``prepress.inks``) adds its 100 % to the picture's own inks: the picture must leave room for it there,
or paper takes more ink than it holds (``press`` profiles, ``ink_limit``). Tints laid over a picture need no room: an
opaque one cuts the picture out, a translucent one averages with it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from layout.design import data_attributes as attribute
from layout.engine.box_traits import border_box, boxes
from layout.engine.weasyprint_types import ComputedStyle, LayoutBox
from layout.geometry import Box
from layout.page.frames import Ink, MeasuredPage, PictureBox, SetLine
from layout.pictures.crop import ShareBox
from layout.press.model import Overprint
from layout.units import CSS_PX

if TYPE_CHECKING:
    from tinycss2.color4 import Color
    from weasyprint.document import Document

_SIDES = ("top", "right", "bottom", "left")
_ABOVE, _BELOW = 1.0, 0.35
"""What type takes of its size above its baseline and, marks under it included, below."""


def black_over(
    page: MeasuredPage, lines: Sequence[SetLine], document: Document, limits: Overprint
) -> Mapping[str, tuple[ShareBox, ...]]:
    """By key of the picture's box, the parts of it on which black overprints; nothing for pictures that are free.

    *document* is WeasyPrint's layout of the page. Only what is painted after a picture lies on it: composed lines
    always do, a box does when it comes later in the document.
    """
    if not page.pictures:
        return {}
    over = [(-1, box) for box in _type(lines, limits.k_text_below_pt)]
    order: dict[str, int] = {}
    for number, box in enumerate(boxes(document.pages[0]._page_box)):
        key = box.element.get(attribute.KEY) if getattr(box, "element", None) is not None else None
        if key is not None:
            order.setdefault(key, number)
        over += [(number, rule) for rule in _rules(box, limits.k_line_below_pt)]
    found = {}
    for picture in page.pictures:
        after = [box for number, box in over if number < 0 or number > order.get(picture.id, -1)]
        if parts := tuple(part for box in after if (part := _part(box, picture)) is not None):
            found[picture.id] = tuple(dict.fromkeys(parts))
    return found


def _type(lines: Sequence[SetLine], below: float) -> Iterator[Box]:
    """The boxes of lines that hold black type small enough to overprint."""
    for line in lines:
        em = line.type.size
        kinds = {(placed.role, placed.scale * em) for placed in line.line.placed}
        inks = [(line.type.roles.get(role, line.type.roles["plain"]).ink, size) for role, size in kinds]
        if not any(_black(ink) and size < below for ink, size in inks):
            continue
        size = max(size for _, size in kinds)
        if line.vertical:
            box = Box(line.x + em / 2 - size, line.baseline, 2 * size, line.line.width * em)
        else:
            box = Box(line.x, line.baseline - _ABOVE * size, line.line.width * em, (_ABOVE + _BELOW) * size)
        yield box.turned(line.turn)


def _black(ink: Ink) -> bool:
    return (ink.c, ink.m, ink.y, ink.k, ink.opacity) == (0, 0, 0, 1, 1)


def _rules(box: LayoutBox, below: float) -> Iterator[Box]:
    """Thin black borders of a box, and the box itself where it is a thin black stripe."""
    style = getattr(box, "style", None)
    if style is None or not hasattr(box, "border_top_width"):
        return
    own = border_box(box).rounded(3)
    x, y, width, height = own.x, own.y, own.width, own.height
    if min(width, height) < below and _is_black(style["background_color"]):
        yield own
    for side in _SIDES:
        thick = getattr(box, f"border_{side}_width") * CSS_PX
        if not 0 < thick < below or not _is_black(_border_colour(style, side)):
            continue
        if side in ("top", "bottom"):
            yield Box(x, y if side == "top" else y + height - thick, width, thick)
        else:
            yield Box(x if side == "left" else x + width - thick, y, thick, height)


def _border_colour(style: ComputedStyle, side: str) -> Color:
    colour: Color = style[f"border_{side}_color"]
    return style["color"] if colour == "currentcolor" else colour


def _is_black(colour: Color) -> bool:
    """Whether a computed colour is printed as 100 % K: written so, or as plain black."""
    if getattr(colour, "alpha", 0) != 1:
        return False
    plain = tuple(round(value, 4) for value in colour.coordinates)
    return plain == ((0, 0, 0, 1) if colour.space == "device-cmyk" else (0, 0, 0))


def _part(box: Box, picture: PictureBox) -> ShareBox | None:
    """The part of the picture's box that *box* covers, in shares; None when it covers none."""
    frame = picture.box
    left, right = max(box.x, frame.x), min(box.right, frame.right)
    top, bottom = max(box.y, frame.y), min(box.bottom, frame.bottom)
    if left >= right or top >= bottom:
        return None
    across, down = ((left - frame.x, right - frame.x), (top - frame.y, bottom - frame.y))
    return (
        round(across[0] / frame.width, 4), round(down[0] / frame.height, 4),
        round(across[1] / frame.width, 4), round(down[1] / frame.height, 4),
    )  # fmt: skip
