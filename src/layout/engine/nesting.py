"""Reads the tree of rows and stacks off a laid-out page: what adds up and what ends level, by the nesting.

``data-stack`` and ``data-row`` say it, not where boxes stand: of boxes that have not come to their heights yet, some
stand side by side by chance. A page with neither has no tree of its own (``galley.page_tree``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple, cast

from layout.design import data_attributes as attribute
from layout.design.design_files import DesignFiles
from layout.engine.box_traits import boxes, element_name, pseudo_of
from layout.engine.weasyprint_types import LayoutBox
from layout.errors import Message, TemplateError
from layout.geometry import Box
from layout.page.row_tree import Leaf, Row, RowTree, Stack
from layout.units import CSS_PX

_NEAR = 1.0
"""Points that parts may overlap: hairlines and roundings of lengths."""
_EPS = 0.01


class _Part(NamedTuple):
    """A part of the tree."""

    tree: RowTree
    box: Box
    """With its margins, as high as its contents are."""
    element: LayoutBox


def tree_of_nesting(area: LayoutBox, foot: float, design: DesignFiles) -> Stack | None:
    """The tree of the type *area*, which is one stack down to *foot* (in points); None where no element in it is a
    stack or a row.

    Raises ``TemplateError`` where the parts of a stack stand side by side, or those of a row one over the other.
    """
    if not any(_has(box, attribute.STACK) or _has(box, attribute.ROW) for box in boxes(area)):
        return None
    tree = _Reader(design).stack(area, is_item=False)
    top = area.content_box_y() * CSS_PX
    return Stack(tree.parts, Box(tree.box.x, top, tree.box.width, foot - top))


class _Reader:
    """Reads the boxes of one page; *design* says where an element is written."""

    def __init__(self, design: DesignFiles):
        self._design = design

    def stack(self, box: LayoutBox, *, is_item: bool) -> Stack:
        """What stands in *box* one below the other. An item of a flex or grid container may be stretched: it is as
        high as its contents.
        """
        parts = tuple(self._parts(box))
        self._check(parts, Box.beside, Message(
            "在同一叠里并排站着，没有一上一下", "stand side by side in one stack, not one below the other"
        ), Message(
            "把并排的几份套进一个 data-row，叠里的各占一行", "put what stands side by side into a data-row"
        ))  # fmt: skip
        outer = _outer(box)
        feet = [float(child.position_y + child.margin_height()) for child in box.children if _stands(child)]
        if is_item and feet:
            edges = box.padding_bottom + box.border_bottom_width + box.margin_bottom
            outer = Box(outer.x, outer.y, outer.width, (max(feet) + edges) * CSS_PX - outer.y)
        return Stack(tuple(part.tree for part in parts), outer)

    def _parts(self, box: LayoutBox) -> Iterator[_Part]:
        """The parts in *box*, in document order. A stack in a stack is no part by itself: all of it adds up."""
        for child in _children(box):
            if _has(child, attribute.ROW):
                if (row := self._row(child)).parts:
                    yield _Part(row, _outer(child), child)
            elif _is_leaf(child):
                yield _Part(Leaf(child.element.attrib[attribute.KEY]), _outer(child), child)
            else:
                yield from self._parts(child)

    def _row(self, box: LayoutBox) -> Row:
        display = cast("Sequence[str]", box.style["display"])
        is_items = "flex" in display or "grid" in display
        parts = [part for child in _children(box) if (part := self._of_row(child, is_item=is_items))]
        self._check(parts, Box.above_or_below, Message(
            "在横排（data-row）里一上一下站着，没有并排", "stand one below the other in a data-row, not side by side"
        ), Message(
            "给它们宽度并浮动（float: left），宽度合起来不超过横排；要一上一下就写 data-stack",
            "give them widths that fit and float them (float: left); what is meant to stand below is a data-stack",
        ))  # fmt: skip
        return Row(tuple(part.tree for part in parts))

    def _of_row(self, child: LayoutBox, *, is_item: bool) -> _Part | None:
        """One part of a row. What is more than its band, such as a border, makes it a stack of one."""
        outer = _outer(child)
        if _is_leaf(child):
            leaf = Leaf(child.element.attrib[attribute.KEY])
            has_edges = abs(outer.height - child.height * CSS_PX) > _EPS
            return _Part(Stack((leaf,), outer) if has_edges else leaf, outer, child)
        if _has(child, attribute.ROW):
            return _Part(Stack((self._row(child),), outer), outer, child)
        stack = self.stack(child, is_item=is_item)
        return _Part(stack, stack.box, child) if stack.parts else None

    def _check(
        self, parts: Sequence[_Part], amiss: Callable[[Box, Box], bool], message: Message, hint: Message
    ) -> None:
        for one, other in combinations(parts, 2):
            if amiss(_within(one.box), _within(other.box)):
                names = [element_name(each.element) for each in (one, other)]
                raise TemplateError(
                    Message(f"{' 和 '.join(names)} {message.zh}", f"{' and '.join(names)} {message.en}"),
                    place=self._design.element(_words(other.element)),
                    hint=hint,
                )


def _words(box: LayoutBox) -> list[str]:
    """What the template may write where it says the element of *box*."""
    named = [
        f'{mark}="{value}"' for mark in (attribute.BAND, attribute.GAP) if (value := box.element.get(mark))
    ]  # fmt: skip
    return [*named, *([f'class="{name}"'] if (name := box.element.get("class")) else []), attribute.ROW]


def _within(box: Box) -> Box:
    """*box* without the hair's breadth by which it may overlap others."""
    return Box(box.x + _NEAR / 2, box.y + _NEAR / 2, box.width - _NEAR, box.height - _NEAR)


def _children(box: LayoutBox) -> Iterator[LayoutBox]:
    """The boxes of the elements that stand in that of *box*; anonymous boxes and lines are passed through."""
    for child in getattr(box, "children", ()):
        element = getattr(child, "element", None)
        if element is None or (element is box.element and not pseudo_of(child)):
            yield from _children(child)
        elif hasattr(child, "border_top_width") and not pseudo_of(child):
            yield child


def _has(box: LayoutBox, name: str) -> bool:
    element = getattr(box, "element", None)
    return element is not None and element.get(name) is not None and not pseudo_of(box)


def _is_leaf(box: LayoutBox) -> bool:
    return bool(box.element.get(attribute.BAND)) or box.element.get(attribute.GAP) is not None


def _stands(box: LayoutBox) -> bool:
    return hasattr(box, "margin_bottom") and box.style["position"] not in ("absolute", "fixed")


def _outer(box: LayoutBox) -> Box:
    """Its borders across, its margins in height."""
    return Box(
        box.border_box_x() * CSS_PX, box.position_y * CSS_PX, box.border_width() * CSS_PX, box.margin_height() * CSS_PX
    )
