"""A page with new heights, reckoned without laying it out: what stands lower because what is above it has grown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from layout.galley.columns import elastics
from layout.galley.page_tree import TreePart, height_of, inner_stacks, keys_of, parts_of, tree_of
from layout.geometry import Box
from layout.page.frames import Frame, MeasuredPage
from layout.page.row_tree import RowTree, Stack


def reckoned(page: MeasuredPage, heights: Mapping[str, float]) -> MeasuredPage:
    """*page* with *heights* in points by key; its text frames stand as high or low as they will then.

    Frames in bands move with the band, and with the pictures and gaps above them in it; frames between bands move with
    the bands above. Frames that a design puts at a place of their own move too if they stand below a band: nothing that
    is reckoned with is read off those.
    """
    growth = _Growth(parts_of(page), heights)
    tree = tree_of(page)
    return replace(page, frames=tuple(_moved(page, frame, tree, growth) for frame in page.frames))


def _moved(page: MeasuredPage, frame: Frame, tree: Stack, growth: _Growth) -> Frame:
    heights = growth.heights
    height = heights.get(frame.id, frame.box.height)
    above = growth.above(tree, frame)
    inside = [e for e in elastics(page) if frame.band and e.band == frame.band and e.box.above_or_below(frame.box)]
    above += sum(heights.get(e.id, e.box.height) - e.box.height for e in inside if e.box.y < frame.box.y)
    box = frame.box
    return replace(frame, box=Box(box.x, box.y + above, box.width, height))


@dataclass(frozen=True, slots=True)
class _Growth:
    """How much higher than now the parts of a page are with new heights."""

    natural: Mapping[str, TreePart]
    heights: Mapping[str, float]

    def above(self, stack: Stack, frame: Frame) -> float:
        """How much higher everything in *stack* is that stands above the frame."""
        band = None if frame.band is None else self.natural.get(frame.band)
        top = frame.box.y if band is None else band.box.y
        total = 0.0
        for part in stack.parts:
            inner = next((each for each in inner_stacks(part) if _holds(each, frame)), None)
            if inner is not None:
                total += self.above(inner, frame)
            elif self._head(part) < top - 0.01:
                total += self._of(part)
        return total

    def _head(self, tree: RowTree) -> float:
        """Where the lowest of its parts begins."""
        return max(self.natural[key].box.y for key in keys_of(tree))

    def _of(self, tree: RowTree) -> float:
        return height_of(tree, self.heights, self.natural) - height_of(tree, {}, self.natural)


def _holds(stack: Stack, frame: Frame) -> bool:
    """Whether the frame stands in *stack*: in one of its bands, or between them."""
    if frame.band is not None:
        return frame.band in keys_of(stack)
    return stack.box.y - 0.01 <= frame.box.y < stack.box.bottom - 0.01 and stack.box.above_or_below(frame.box)
