"""Reads the boxes of a laid-out page with what stands in what, and in which order CSS paints them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from xml.etree.ElementTree import Element

from layout.design import data_attributes as attribute
from layout.engine.box_traits import border_box, element_name, pseudo_of
from layout.engine.contours import matrix_of
from layout.engine.frame_types import option_of
from layout.engine.weasyprint_types import LayoutBox
from layout.flows import Chain, Flow
from layout.geometry import IDENTITY, Box, Matrix
from layout.manuscript.story_parts import story_flow
from layout.page.standing import BoxKind, PaintOrder, StandingBox, StandingBoxes
from layout.units import CSS_PX

_SIDES = ("top", "right", "bottom", "left")
_POSITIONED, _FLOATED, _BEHIND = 2, 1, -1
"""The layers of CSS 2.1, appendix E; what is in the flow is painted with the box that it stands in."""


def standing_boxes(page_box: LayoutBox) -> StandingBoxes:
    """Every box of an element that has an extent, in document order."""
    found: list[StandingBox] = []
    _read(page_box, None, ((), IDENTITY), found)
    return StandingBoxes(tuple(found))


def _read(box: LayoutBox, parent: int | None, outer: tuple[PaintOrder, Matrix], found: list[StandingBox]) -> None:
    """*outer* is how what *box* stands in is painted and turned."""
    element, order, matrix = getattr(box, "element", None), outer[0], matrix_of(box, outer[1])
    if element is not None and hasattr(box, "border_top_width") and getattr(box, "style", None) is not None:
        apart = _apart(box, len(found))
        own = (*order, apart) if apart else order
        parent_box = found[parent] if parent is not None else None
        if parent_box is None or not _is_part_of(box, parent_box):
            words = tuple(_words(box, element)) or (parent_box.words if parent_box is not None else ())
            standing = _standing(box, element, parent, (*own, (0, 0, len(found))), words)
            found.append(replace(standing, box=standing.box.turned(matrix), outer=standing.outer.turned(matrix)))
            parent = len(found) - 1
        order = own
    for child in getattr(box, "children", ()):
        _read(child, parent, (order, matrix), found)


def _is_part_of(box: LayoutBox, parent: StandingBox) -> bool:
    """Whether a box is a line or an anonymous part of its parent's element."""
    key = box.element.get(attribute.KEY)
    return bool(key) and key == parent.key and not pseudo_of(box)


def _standing(
    box: LayoutBox, element: Element, parent: int | None, order: PaintOrder, words: tuple[str, ...]
) -> StandingBox:
    style = box.style
    position = style["position"]
    chain = Chain.parse(element.get(attribute.FLOW) or "") if not pseudo_of(box) else Chain()
    return StandingBox(
        key=(element.get(attribute.KEY) or "") if not pseudo_of(box) else "",
        kind=_kind(box, element, chain),
        name=element_name(box),
        words=words,
        box=border_box(box),
        outer=_edges(box.position_x, box.position_y, box.margin_width(), box.margin_height()),
        parent=parent,
        order=order,
        in_flow=position in {"static", "relative"} and style["float"] == "none",
        moved_out=_moved_out(box),
        around=element.get(attribute.AROUND) is not None,
        free=option_of(style, "hole") == "free",
        headline=bool(chain) and not any(map(_is_running, chain.flows)),
    )


def _is_running(flow: Flow) -> bool:
    """Whether a text is running text. Every other is a headline or the like, or furniture: its white is its looks."""
    found = story_flow(flow)
    return found is not None and found.part.is_running and not found.piece


def _kind(box: LayoutBox, element: Element, chain: Chain) -> BoxKind:
    if chain:
        return "text"
    if element.get(attribute.PICTURE) and not pseudo_of(box):
        return "picture"
    ground = getattr(box.style["background_color"], "alpha", 0) or all(
        getattr(box, f"border_{side}_width") for side in _SIDES
    )
    return "ground" if ground and element.tag not in {"html", "body"} else "plain"


def _words(box: LayoutBox, element: Element) -> Iterator[str]:
    """What the template may write where it says the element: the flow as it is or as a record's, then its class.

    Nothing of an element that has none of these: it is found by the one that it stands in.
    """
    if (chain := Chain.parse(element.get(attribute.FLOW) or "")) and not pseudo_of(box):
        yield f'{attribute.FLOW}="{chain}"'
        flow = chain.flows[0]
        yield f"{flow.sub or flow.part}.flow"
    if picture := element.get(attribute.PICTURE):
        yield f'{attribute.PICTURE}="{picture}"'
    if name := element.get("class"):
        yield f'class="{name}"'
        yield from (f'class="{each}' for each in name.split())
    if style := element.get("style"):
        yield f'style="{style.partition(";")[0]}'


def _apart(box: LayoutBox, index: int) -> tuple[int, int, int] | None:
    """The layer of a box that CSS paints apart from the flow; nothing for others."""
    style: Mapping[str, object] = box.style  # type: ignore[assignment]
    z = style["z_index"]
    height = z if isinstance(z, int) else 0
    if style["position"] != "static" or height:
        return (_BEHIND if height < 0 else _POSITIONED), height, index
    if style["float"] != "none":
        return _FLOATED, 0, index
    return None


def _moved_out(box: LayoutBox) -> bool:
    style = box.style
    lengths = [f"margin_{side}" for side in _SIDES]
    if style["position"] != "static":
        lengths += _SIDES
    return bool(style["transform"]) or any(_negative(style[each]) for each in lengths)


def _negative(value: object) -> bool:
    number = getattr(value, "value", value)
    return isinstance(number, int | float) and number < 0


def _edges(x: float, y: float, width: float, height: float) -> Box:
    return Box(x * CSS_PX, y * CSS_PX, width * CSS_PX, height * CSS_PX)
