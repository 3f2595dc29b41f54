"""Measures what stands below a column in its band: a picture with its caption, a box at the foot, the space between.

The columns above have to leave room for it, so that all columns of the band end level at its foot. What is elastic in
there (pictures, gaps) is not counted: copyfit knows it by itself. Read off WeasyPrint's boxes, in CSS pixels.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from xml.etree.ElementTree import Element

from layout.design import data_attributes as attribute
from layout.engine.weasyprint_types import LayoutBox

_EPS = 0.01


class _Extent(NamedTuple):
    """The edges of a box with its floats; only the lower margin is included."""

    left: float
    top: float
    right: float
    bottom: float
    foot: float
    """Its lower edge without margin."""


def below(band: LayoutBox, column: LayoutBox) -> float:
    """How high everything is that stands in *band* below *column*, which lies in it, without what is elastic."""
    path = _path(band, column)
    total = 0.0
    for parent, child in zip(path[-2::-1], path[:0:-1], strict=True):
        total += _under(parent, child, column)
        if parent is not band:
            total += parent.padding_bottom + parent.border_bottom_width
    return float(total)


def _under(parent: LayoutBox, child: LayoutBox, column: LayoutBox) -> float:
    """What stands in *parent* below its *child*, in which *column* lies; where nothing does, the child's margin."""
    own = _extent(column)
    others = [(each, _extent(each)) for each in parent.children if each is not child and _stands(each)]
    under = [(each, extent) for each, extent in others if _is_under(extent, own) and not _holds_columns(each)]
    if not under:
        return float(child.margin_bottom)
    first = min((extent for _, extent in under), key=lambda extent: extent.top)
    over = [_extent(each) for each in parent.children if _stands(each)]
    feet = [extent.foot for extent in over if extent.foot <= first.top + _EPS and _shares_width(extent, first)]
    foot = max(feet, default=_extent(child).foot)  # none where it is drawn up over what it stands below
    elastic = sum(_elastic(each, own) for each, _ in under)
    return max(extent.bottom for _, extent in under) - foot - elastic


def _path(box: LayoutBox, target: LayoutBox) -> list[LayoutBox]:
    """From *box* down to *target*; empty where it is not in there."""
    if box is target:
        return [box]
    for child in getattr(box, "children", ()):
        rest = _path(child, target)
        if rest:
            return [box, *rest]
    return []


def _stands(box: LayoutBox) -> bool:
    """Whether the box takes room in the flow: text lines and what is put elsewhere do not."""
    style = getattr(box, "style", None)
    return style is not None and hasattr(box, "margin_bottom") and style["position"] not in ("absolute", "fixed")


def _extent(box: LayoutBox) -> _Extent:
    left, top = box.border_box_x(), box.border_box_y()
    right, foot = left + box.border_width(), top + box.border_height()
    bottom = foot + box.margin_bottom
    for each in _floats(box):
        inner = _extent(each)
        left, right = min(left, inner.left), max(right, inner.right)
        foot, bottom = max(foot, inner.foot), max(bottom, inner.bottom)
    return _Extent(left, top, right, bottom, foot)


def _floats(box: LayoutBox) -> Iterator[LayoutBox]:
    """The floats in *box*, which may stick out of it."""
    for child in getattr(box, "children", ()):
        if not _stands(child):
            continue
        if child.style["float"] != "none":
            yield child
        else:
            yield from _floats(child)


def _is_under(extent: _Extent, own: _Extent) -> bool:
    return extent.top > own.foot - _EPS and extent.bottom > extent.top + _EPS and _shares_width(extent, own)


def _shares_width(one: _Extent, other: _Extent) -> bool:
    return min(one.right, other.right) - max(one.left, other.left) > _EPS


def _holds_columns(box: LayoutBox) -> bool:
    return any(each.element.get(attribute.COLUMN) is not None for each in _elements(box))


def _elastic(box: LayoutBox, own: _Extent) -> float:
    """Heights of the pictures and gaps in *box* that are as wide as the column above them, or share its width."""
    marked = [each for each in _elements(box) if _mark(each.element) and _shares_width(_extent(each), own)]
    return float(sum(each.height for each in _once(marked)))


def _mark(element: Element) -> bool:
    return element.get(attribute.PICTURE) is not None or element.get(attribute.GAP) is not None


def _elements(box: LayoutBox) -> Iterator[LayoutBox]:
    """*box* and the boxes in it that belong to an element and stand in the flow."""
    if _stands(box) and getattr(box, "element", None) is not None:
        yield box
    for child in getattr(box, "children", ()):
        if not hasattr(child, "style") or child.style["position"] not in ("absolute", "fixed"):
            yield from _elements(child)


def _once(boxes: Sequence[LayoutBox]) -> Iterator[LayoutBox]:
    """The first box of every element."""
    seen: set[str | None] = set()
    for box in boxes:
        key = box.element.get(attribute.KEY)
        if key not in seen:
            seen.add(key)
            yield box
