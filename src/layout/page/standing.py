"""The boxes of a page as the CSS lays them out: what stands in what, and what is painted over what."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from layout.geometry import Box
from layout.page.frames import MeasuredPage

BoxKind = Literal["text", "picture", "ground", "plain"]
"""A text frame, a picture, a box with a tint or a border all round, any other."""

PaintOrder = tuple[tuple[int, int, int], ...]
"""For each box around it that CSS paints apart, and for itself: its layer, its ``z-index`` and its place in the
document. What compares higher is painted later.
"""


@dataclass(frozen=True, slots=True)
class StandingBox:
    """One box of the page. Lengths in points from the trimmed page's top left corner."""

    key: str
    """Of a marked element: ``data-key``; else nothing."""
    kind: BoxKind
    name: str
    """The element as a selector would call it."""
    words: tuple[str, ...]
    """What the design may write where it says this element, the likeliest first."""
    box: Box
    """Up to the border."""
    outer: Box
    """With its margins."""
    parent: int | None
    """The box that it stands in: its place in the page's list."""
    order: PaintOrder
    in_flow: bool
    moved_out: bool
    """Whether its style moves it out of its box on purpose: a negative offset or margin, a transform."""
    around: bool = False
    """Whether text runs round it (``data-around``)."""
    free: bool = False
    """Whether white in it is meant (``--hole: free``)."""
    headline: bool = False
    """Whether it is a headline's frame, or furniture: its white belongs to it."""


@dataclass(frozen=True, slots=True)
class StandingBoxes:
    """All boxes of a page, in document order: a box comes after the one that it stands in."""

    boxes: tuple[StandingBox, ...] = ()

    def within(self, inner: int, outer: int) -> bool:
        """Whether one stands in the other, directly or not."""
        parent: int | None = inner
        while parent is not None:
            if parent == outer:
                return True
            parent = self.boxes[parent].parent
        return False

    def moved_out(self, inner: int, outer: int) -> bool:
        """Whether the style of one, or of a box between the two, moves it out of the other on purpose."""
        each: int | None = inner
        while each is not None and each != outer:
            if self.boxes[each].moved_out:
                return True
            each = self.boxes[each].parent
        return False


def basic_column(page: MeasuredPage) -> float:
    """The width of the page's basic column in points: the narrowest in which running text flows from column to column.

    Of a page without such columns the narrowest column there is; without any a quarter of the type area.
    """
    quarter = page.type_area.width / 4
    running = [frame.box.width for frame in page.frames if frame.height_by == "rest"]
    columns = running or [column.box.width for column in page.columns]
    return min([width for width in columns if width > 0], default=quarter)
