"""What text runs around on a laid-out page: boxes, or the contours that ``shape-outside`` gives them, in points."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import cos, hypot, pi, sin
from pathlib import Path
from typing import Any, Literal

from layout.design import data_attributes as attribute
from layout.engine.box_traits import border_box, element_name, is_rounded
from layout.engine.contour_values import ShapeValue, Side
from layout.engine.weasyprint_types import LayoutBox
from layout.flows import Chain
from layout.geometry import IDENTITY, Box, Matrix, apply, multiply
from layout.page.contours import Contour, Point
from layout.page.obstacles import Obstacle, SilhouetteOf
from layout.units import CSS_PX

_CORNERS = 120
"""Of the polygon that stands for an ellipse: it lies outside it by 0.03 % of its radius, a sixth of a hairline."""


def obstacle(key: str, box: Any, matrix: Matrix, file_of: Callable[[str], Path | None]) -> Obstacle:
    """The obstacle that a box with ``data-around`` is, with the frames in it; see ``_contoured``."""
    frames = [each for each in box.element.iter() if isinstance(each.tag, str) and each.get(attribute.FLOW)]
    flows = tuple(flow for each in frames for flow in Chain.parse(each.get(attribute.FLOW)).flows)
    holds = tuple(name for each in frames if (name := each.get(attribute.KEY)) is not None)
    elements = (each for each in box.element.iter() if isinstance(each.tag, str))
    pictures = tuple(name for each in elements if (name := each.get(attribute.PICTURE)) is not None)
    found = _contoured(key, box, matrix, file_of)
    cut = found.silhouette is not None or any(map(is_rounded, _cut_boxes(box)))
    return replace(found, holds=holds, cut=cut, pictures=pictures, flows=flows, element=element_name(box))


def _cut_boxes(box: LayoutBox) -> Iterator[LayoutBox]:
    """What is painted may end at the corners of *box* and of the pictures in it."""
    yield box
    for child in getattr(box, "children", ()):
        element = getattr(child, "element", None)
        inner = _cut_boxes(child)
        if element is None or element.get(attribute.PICTURE) is None:
            next(inner)
        yield from inner


def _contoured(key: str, box: Any, matrix: Matrix, file_of: Callable[[str], Path | None]) -> Obstacle:
    """The obstacle that a box with ``data-around`` is; *matrix* turns what it stands in, *file_of* finds a URL's file.

    Where no contour is said it is its margin box, as it is turned.
    """
    value, sides = box.style["shape_outside"], box.style["wrap_flow"]
    area = _area(box, "margin-box")
    margin = _length(box.style["shape_margin"], box, area.width)
    if not isinstance(value, ShapeValue) or value.kind == "box":
        own = area if not isinstance(value, ShapeValue) else _area(box, value.box)
        if matrix == IDENTITY and not margin and own == area:
            return Obstacle(key, area, sides=_sides(sides))
        return Obstacle(key, area, Contour(_turned(_corners(own), matrix), reach=margin), _sides(sides))
    if value.kind in ("auto", "image"):
        picture = box.element.get(attribute.PICTURE) if value.kind == "auto" else None
        shown = SilhouetteOf(_area(box, value.box), margin, box.style["shape_image_threshold"], matrix, picture,
                             file_of(value.url) if value.kind == "image" else None)  # fmt: skip
        if picture is None and shown.file is None:
            return Obstacle(key, area, Contour(_turned(_corners(area), matrix), reach=margin), _sides(sides))
        return Obstacle(key, area, None, _sides(sides), shown)
    points, reach = _polygon(value, box, _area(box, value.box))
    return Obstacle(key, area, Contour(_turned(points, matrix), reach=reach + margin), _sides(sides))


def _sides(word: Side) -> Literal["maximum", "both", "start", "end", "clear"]:
    return "maximum" if word == "auto" else word


def _polygon(value: ShapeValue, box: Any, area: Box) -> tuple[tuple[Point, ...], float]:
    """The corners of a shape, and the radius around them."""
    if value.kind == "polygon":
        lengths = [_length(each, box, area.height if k % 2 else area.width) for k, each in enumerate(value.lengths)]
        return tuple((area.x + x, area.y + y) for x, y in zip(lengths[::2], lengths[1::2], strict=True)), 0.0
    if value.kind == "inset":
        top, right, bottom, left, radius = (
            _length(each, box, area.width if k % 2 else area.height) for k, each in enumerate(value.lengths)
        )
        wide, high = max(0.0, area.width - left - right), max(0.0, area.height - top - bottom)
        radius = min(radius, wide / 2, high / 2)
        inner = Box(area.x + left + radius, area.y + top + radius, wide - 2 * radius, high - 2 * radius)
        return _corners(inner), radius
    x, y = _length(value.lengths[-2], box, area.width), _length(value.lengths[-1], box, area.height)
    sides = (abs(x), abs(area.width - x)), (abs(y), abs(area.height - y))
    if value.kind == "circle":
        both = (*sides[0], *sides[1])
        return ((area.x + x, area.y + y),), _radius(
            value.lengths[0], box, both, hypot(area.width, area.height) / 2**0.5
        )
    wide, high = (
        _radius(each, box, sides[k], (area.width, area.height)[k]) for k, each in enumerate(value.lengths[:2])
    )
    grown = 1 / cos(pi / _CORNERS)
    angles = (2 * pi * k / _CORNERS for k in range(_CORNERS))
    return tuple((area.x + x + wide * grown * cos(a), area.y + y + high * grown * sin(a)) for a in angles), 0.0


def _radius(value: Any, box: Any, sides: tuple[float, ...], whole: float) -> float:
    if value == "closest-side":
        return min(sides)
    return max(sides) if value == "farthest-side" else _length(value, box, whole)


def _length(value: Any, box: Any, whole: float) -> float:
    """A length in points, or a share of *whole*."""
    if value.unit == "%":
        return float(value.value) / 100 * whole
    return _pixels(value.value, value.unit, box) * CSS_PX


_PIXELS = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "in": 96.0, "cm": 96 / 2.54, "mm": 96 / 25.4, "q": 96 / 101.6}


def _pixels(value: float, unit: str | None, box: Any) -> float:
    if unit in _PIXELS or unit is None:
        return value * _PIXELS.get(unit or "px", 1.0)
    return value * float(box.style["font_size"]) * (1.0 if unit == "em" else 0.5)


def _area(box: Any, name: str) -> Box:
    if name == "margin-box":
        edges = box.position_x, box.position_y, box.margin_width(), box.margin_height()
    elif name == "border-box":
        return border_box(box)
    elif name == "padding-box":
        edges = box.padding_box_x(), box.padding_box_y(), box.padding_width(), box.padding_height()
    else:
        edges = box.content_box_x(), box.content_box_y(), box.width, box.height
    return Box(*(float(edge) * CSS_PX for edge in edges))


def _corners(box: Box) -> tuple[Point, ...]:
    return (box.x, box.y), (box.right, box.y), (box.right, box.bottom), (box.x, box.bottom)


def _turned(points: tuple[Point, ...], matrix: Matrix) -> tuple[Point, ...]:
    return points if matrix == IDENTITY else tuple(apply(matrix, x, y) for x, y in points)


def matrix_of(box: LayoutBox, outer: Matrix) -> Matrix:
    """How *box* is turned on the page, that stands in something turned by *outer*; in points."""
    own = getattr(box, "transformation_matrix", None)
    if own is None:
        return outer
    a, b, c, d, e, f = (float(each) for each in own.values)
    return multiply((a, b, c, d, e * CSS_PX, f * CSS_PX), outer)
