"""Reads where QR codes stand on a laid-out page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple
from xml.etree.ElementTree import Element

from layout.design import data_attributes as attribute
from layout.engine.contours import matrix_of
from layout.engine.weasyprint_types import LayoutBox
from layout.flows import Flow
from layout.geometry import IDENTITY, Box, Matrix
from layout.units import CSS_PX


class CodeBox(NamedTuple):
    """A QR code: the text that it holds, its modules from edge to edge, where it stands without its quiet zone."""

    flow: Flow
    modules: int
    box: Box
    turn: Matrix
    """How it is turned from there, with what it stands in."""
    element: Element


def code_boxes(box: LayoutBox, outer: Matrix = IDENTITY) -> Iterator[CodeBox]:
    """The codes in *box*, in document order, in points from the trimmed page's top left corner; *outer* turns what it
    stands in."""
    turn = matrix_of(box, outer)
    element = getattr(box, "element", None)
    flow = element.get(attribute.CODE) if element is not None and hasattr(box, "border_top_width") else None
    if element is not None and flow:
        a, b, c, d, e, f = (round(part, 6) for part in turn)
        yield CodeBox(Flow.parse(flow), _modules(element), _content(box), (a, b, c, d, e, f), element)
        return
    for child in getattr(box, "children", ()):
        yield from code_boxes(child, turn)


def _modules(element: Element) -> int:
    written = element.get(attribute.MODULES) or ""
    return int(written) if written.isdecimal() and int(written) else 1


def _content(box: LayoutBox) -> Box:
    x, y = box.content_box_x(), box.content_box_y()
    return Box(*(length * CSS_PX for length in (x, y, float(box.width), float(box.height))))
