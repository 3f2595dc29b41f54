"""The tree of rows and stacks of a page, and how high its parts are."""

from __future__ import annotations

from collections.abc import Mapping

from layout.geometry import Box
from layout.page.frames import Band, Gap, MeasuredPage
from layout.page.row_tree import Leaf, Row, RowTree, Stack, leaves

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


def keys_of(tree: RowTree) -> set[str]:
    """The keys of its bands and gaps."""
    return {leaf.id for leaf in leaves(tree)}
