"""The heights of a page's tree of rows and stacks, and where its frames stand under new heights, without a layout."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from layout.galley.columns import elastics
from layout.geometry import Box
from layout.page.frames import Band, Frame, Gap, MeasuredPage, PictureBox
from layout.page.obstacles import Obstacle
from layout.page.row_tree import Leaf, Row, RowTree, Stack, leaves, rows_of

TreePart = Band | Gap


def parts_of(page: MeasuredPage) -> dict[str, TreePart]:
    """The bands of *page* and the gaps between them, by key."""
    parts: list[TreePart] = [*page.bands, *(gap for gap in page.gaps if gap.band is None)]
    return {part.id: part for part in parts}


def tree_of(page: MeasuredPage) -> Stack:
    """The tree of *page*: the design's own, or a stack of tiers, where what stands side by side makes one row."""
    if page.tree is not None:
        return page.tree
    tiers: list[list[TreePart]] = []
    for part in sorted(parts_of(page).values(), key=lambda part: (part.box.y, part.box.x)):
        if tiers and any(part.box.beside(other.box) for other in tiers[-1]):
            tiers[-1].append(part)
        else:
            tiers.append([part])
    area = page.type_area
    box = Box(area.x, area.y, area.width, page.content_bottom - area.y)
    return Stack(tuple(_tier(tier) for tier in tiers), box)


def _tier(parts: list[TreePart]) -> RowTree:
    found = tuple(Leaf(part.id) for part in parts)
    return found[0] if len(found) == 1 else Row(found)


def height_of(tree: RowTree, heights: Mapping[str, float], natural: Mapping[str, TreePart]) -> float:
    """How high *tree* is in points when its leaves have these *heights*; those without one are as high as they are."""
    if isinstance(tree, Leaf):
        return heights.get(tree.id, natural[tree.id].box.height)
    if isinstance(tree, Row):
        return max(height_of(part, heights, natural) for part in tree.parts)
    return fixed_of(tree, natural) + sum(height_of(part, heights, natural) for part in tree.parts)


def fixed_of(stack: Stack, natural: Mapping[str, TreePart]) -> float:
    """What of *stack* never changes its height, in points: headlines, rules, fixed gaps, credits."""
    return stack.box.height - sum(height_of(part, {}, natural) for part in stack.parts)


def inner_stacks(tree: RowTree) -> list[Stack]:
    """The stacks that stand in the rows of *tree*, without those inside them."""
    if not isinstance(tree, Row):
        return []
    return [each for part in tree.parts for each in ([part] if isinstance(part, Stack) else inner_stacks(part))]


def level_with(tree: RowTree, key: str) -> tuple[str, ...]:
    """The keys of the bands and gaps that have their height in common with this one, itself among them."""
    for row in rows_of(tree):
        alone = [(each.parts[0] if isinstance(each, Stack) and len(each.parts) == 1 else each) for each in row.parts]
        found = tuple(part.id for part in alone if isinstance(part, Leaf))
        if key in found:
            return found
    return (key,)


def unlevel(page: MeasuredPage) -> Iterator[tuple[Stack, float]]:
    """The stacks that end above the foot of the row that they stand in, with the points that stay empty below each."""
    natural, tree = parts_of(page), tree_of(page)
    for row in rows_of(tree):
        highest = height_of(row, {}, natural)
        for part in row.parts:
            missing = highest - height_of(part, {}, natural)
            if isinstance(part, Stack) and missing > 0:
                yield part, missing


def keys_of(tree: RowTree) -> set[str]:
    """The keys of its bands and gaps."""
    return {leaf.id for leaf in leaves(tree)}


def reckoned(page: MeasuredPage, heights: Mapping[str, float]) -> MeasuredPage:
    """*page* with *heights* in points by key; its text frames, and what text runs around, stand as high or low as they
    will then.

    Frames in bands move with the band, and with the pictures and gaps above them in it; frames between bands move with
    the bands above. Frames that a design puts at a place of their own move too if they stand below a band: nothing that
    is reckoned with is read off those. So do shapes: where the design pins one elsewhere, only a layout knows.
    """
    growth = _Growth.of(page, heights)
    frames = tuple(_moved(each, growth.down(each), heights.get(each.id)) for each in page.frames)
    return replace(page, frames=frames, shapes=tuple(each.moved(growth.down(each)) for each in page.shapes))


def keeps_shapes(page: MeasuredPage, heights: Mapping[str, float]) -> bool:
    """Whether nothing that text runs around on *page* changes its form with *heights*: it does no more than move."""
    boxes: list[Frame | PictureBox] = [*page.frames, *page.pictures]
    changed = {each.id for each in boxes if abs(heights.get(each.id, each.box.height) - each.box.height) > _SAME}
    shown = {each.picture for each in page.pictures if each.id in changed}
    return not any(changed & {each.id, *each.holds} or shown & {*each.pictures} for each in page.shapes)


_SAME = 0.01
"""Points by which a height may differ that has not changed."""


def _moved(frame: Frame, down: float, height: float | None) -> Frame:
    """*frame* so much farther down, of this height; itself where nothing of it changes."""
    box = frame.box
    if down == 0 and height in (None, box.height):
        return frame
    return replace(frame, box=Box(box.x, box.y + down, box.width, box.height if height is None else height))


@dataclass(frozen=True, slots=True)
class _Growth:
    """How much higher than now the parts of a page are with new heights."""

    natural: Mapping[str, TreePart]
    heights: Mapping[str, float]
    tree: Stack
    grown: Mapping[str | None, Sequence[tuple[Box, float]]]
    """By band, its pictures and gaps with what each grows by."""
    above_bands: dict[str, float] = field(default_factory=dict)
    """What is above the bands that were asked for."""

    @classmethod
    def of(cls, page: MeasuredPage, heights: Mapping[str, float]) -> _Growth:
        grown: dict[str | None, list[tuple[Box, float]]] = {}
        for each in elastics(page):
            more = heights.get(each.id, each.box.height) - each.box.height
            grown.setdefault(each.band, []).append((each.box, more))
        return cls(parts_of(page), heights, tree_of(page), grown)

    def down(self, each: Frame | Obstacle) -> float:
        """How much lower than now a frame or a shape stands."""
        if each.band is None or each.band not in self.natural:
            return self.above(self.tree, each)
        if each.band not in self.above_bands:
            self.above_bands[each.band] = self.above(self.tree, each)
        over = (m for b, m in self.grown.get(each.band, ()) if b.above_or_below(each.box) and b.y < each.box.y)
        return self.above_bands[each.band] + sum(over)

    def above(self, stack: Stack, frame: Frame | Obstacle) -> float:
        """How much higher everything in *stack* is that stands above the frame or shape."""
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


def _holds(stack: Stack, frame: Frame | Obstacle) -> bool:
    """Whether the frame stands in *stack*: in one of its bands, or between them."""
    if frame.band is not None:
        return frame.band in keys_of(stack)
    return stack.box.y - 0.01 <= frame.box.y < stack.box.bottom - 0.01 and stack.box.above_or_below(frame.box)
