"""What the CSS says of a box that must be known before a height or a picture is written into its element."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from weasyprint.document import Document

from layout.design import data_attributes as attribute
from layout.engine.weasyprint_types import LayoutBox
from layout.geometry import Box
from layout.units import CSS_PX


class BoxTraits(NamedTuple):
    """Of the box of an element that carries a key."""

    edges: float
    """Points of its CSS height that its padding and border take (``box-sizing``)."""
    is_rounded: bool
    """Whether it has rounded corners."""
    has_height: bool
    """Whether the CSS says its height, in a length."""
    is_plain: bool
    """Whether what stands in it is laid out as blocks: an item of a flex or grid container may come out otherwise."""

    def holds_anything(self, *, sized: bool) -> bool:
        """Whether an image that fills it changes nothing of the layout, whatever it is; *sized* where its height is
        going to be said.
        """
        return self.is_plain and (sized or self.has_height)


def box_traits(document: Document) -> Mapping[str, BoxTraits]:
    """The traits of every element with a key, by it."""
    found: dict[str, BoxTraits] = {}
    for box in boxes(document.pages[0]._page_box):
        element = getattr(box, "element", None)
        key = element.get(attribute.KEY) if element is not None else None
        if key is not None and "::" not in box.element_tag and hasattr(box, "border_top_width"):
            height, display = box.style["height"], box.style["display"]
            has_height = getattr(height, "unit", None) == "px"
            plain = display in (("block", "flow"), ("block", "flow-root"))
            found.setdefault(key, BoxTraits(edges_in_height(box), is_rounded(box), has_height, plain))
    return found


def edges_in_height(box: Any) -> float:
    """How many points of its CSS height, and of the limits of it, a box's padding and border take."""
    sizing, edges = box.style["box_sizing"], 0.0
    if sizing in ("border-box", "padding-box"):
        edges += box.padding_top + box.padding_bottom
    if sizing == "border-box":
        edges += box.border_top_width + box.border_bottom_width
    return float(edges) * CSS_PX


def is_rounded(box: LayoutBox) -> bool:
    """Whether a box has rounded corners."""
    corners: Any = [
        box.style[f"border_{corner}_radius"] for corner in ("top_left", "top_right", "bottom_right", "bottom_left")
    ]
    return any(length.value for corner in corners for length in corner)


def element_name(box: Any) -> str:
    """The element of a box with its classes, as a style sheet writes them: ``div.portrait``, ``p.note::before``."""
    classes = "".join(f".{each}" for each in (box.element.get("class") or "").split())
    pseudo = pseudo_of(box)
    tag = str(box.element.tag).rpartition("}")[2]  # a drawing written into the page carries SVG's namespace
    return f"{tag}{classes}" + (f"::{pseudo}" if pseudo else "")


def pseudo_of(box: Any) -> str:
    """Which pseudo-element of its element a box is; empty where it is the element's own."""
    return str(getattr(box, "element_tag", "") or "").partition("::")[2]


def boxes(box: LayoutBox) -> Iterator[Any]:
    """*box* and all that stand in it, in document order."""
    yield box
    for child in getattr(box, "children", ()):
        yield from boxes(child)


def border_box(box: Any) -> Box:
    """Where a box stands with its padding and border, in points, as if nothing turned it."""
    edges = (box.border_box_x(), box.border_box_y(), box.border_width(), box.border_height())
    return Box(*(float(length) * CSS_PX for length in edges))
