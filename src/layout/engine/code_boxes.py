"""Reads where QR codes stand on a laid-out page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from layout.design import data_attributes as attribute
from layout.engine.weasyprint_types import LayoutBox
from layout.flows import Flow
from layout.geometry import Box
from layout.units import CSS_PX


class CodeBox(NamedTuple):
    """A QR code: the text that it holds, its modules from edge to edge, where it stands without its quiet zone."""

    flow: Flow
    modules: int
    box: Box
    element: Element


def code_boxes(box: LayoutBox) -> Iterator[CodeBox]:
    """The codes in *box*, in document order, in points from the trimmed page's top left corner."""
    element = getattr(box, "element", None)
    flow = element.get(attribute.CODE) if element is not None and hasattr(box, "border_top_width") else None
    if element is not None and flow:
        yield CodeBox(Flow.parse(flow), _modules(element), _content(box), element)
        return
    for child in getattr(box, "children", ()):
        yield from code_boxes(child)


def _modules(element: Element) -> int:
    written = element.get(attribute.MODULES) or ""
    return int(written) if written.isdecimal() and int(written) else 1


def _content(box: LayoutBox) -> Box:
    x, y = box.content_box_x(), box.content_box_y()
    return Box(*(length * CSS_PX for length in (x, y, float(box.width), float(box.height))))
