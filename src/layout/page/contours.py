"""Contours that text runs around: how far each reaches on the height of a row, or on the width of a vertical line.

A contour is a polygon, and everything within a distance of it: a circle is a point and its radius, a rounded corner
and ``shape-margin`` are that distance. A picture's own silhouette is a stack of rectangles. What lies between its left
and its right edge on one row belongs to it: no line stands in a hollow.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from math import sqrt

from layout.geometry import Box

Point = tuple[float, float]
Stretch = tuple[float, float]
"""From where to where, in points."""


@dataclass(frozen=True)
class Contour:
    """A polygon and rectangles, with everything within ``reach`` points of them, on the page."""

    points: tuple[Point, ...] = ()
    boxes: tuple[Box, ...] = ()
    reach: float = 0.0

    @cached_property
    def extent(self) -> Box:
        """The rectangle around all of it."""
        xs = [x for x, _ in self.points] + [x for box in self.boxes for x in (box.x, box.right)]
        ys = [y for _, y in self.points] + [y for box in self.boxes for y in (box.y, box.bottom)]
        left, top = min(xs) - self.reach, min(ys) - self.reach
        return Box(left, top, max(xs) + self.reach - left, max(ys) + self.reach - top)

    def moved(self, down: float) -> Contour:
        """The same so many points farther down."""
        points = tuple((x, y + down) for x, y in self.points)
        return Contour(points, tuple(box.moved(0.0, down) for box in self.boxes), self.reach)

    def on_row(self, top: float, bottom: float) -> Stretch | None:
        """From where to where it reaches across, of what lies between *top* and *bottom*; None where nothing does."""
        found = [each for one, other in self._edges for each in _capsule(one, other, self.reach, (top, bottom))]
        found += [each for box in self.boxes for each in _rounded(box, self.reach, (top, bottom))]
        return (min(left for left, _ in found), max(right for _, right in found)) if found else None

    def on_column(self, left: float, right: float) -> Stretch | None:
        """From where to where it reaches down, of what lies between *left* and *right*."""
        return self._turned.on_row(left, right)

    @cached_property
    def _turned(self) -> Contour:
        """The same with its axes exchanged."""
        boxes = tuple(Box(box.y, box.x, box.height, box.width) for box in self.boxes)
        return Contour(tuple((y, x) for x, y in self.points), boxes, self.reach)

    @cached_property
    def _edges(self) -> list[tuple[Point, Point]]:
        return list(zip(self.points, (*self.points[1:], *self.points[:1]), strict=True))


def _capsule(one: Point, other: Point, reach: float, row: Stretch) -> list[Stretch]:
    """How far the stroke from *one* point to the *other*, as wide as *reach* on every side, reaches on a *row*."""
    upper, lower = sorted((one, other), key=lambda point: point[1])
    top, bottom = row
    if upper[1] - reach >= bottom or lower[1] + reach <= top:
        return []
    left, right = sorted((one, other))
    # Its right edge is furthest out beside its rightmost end, and falls off to either side: so it is on any row.
    return [(
        _edge(one, other, reach, min(max(left[1], top), bottom), -1),
        _edge(one, other, reach, min(max(right[1], top), bottom), 1),
    )]  # fmt: skip


def _edge(one: Point, other: Point, reach: float, y: float, side: int) -> float:
    """Where the stroke's edge to that *side* (1: the right) lies at the height *y*."""
    found = [
        x + side * sqrt(max(0.0, reach * reach - (y - at) * (y - at)))
        for x, at in (one, other)
        if abs(y - at) <= reach + _NEAR
    ]
    (x, top), (foot, bottom) = sorted((one, other), key=lambda point: point[1])
    long = sqrt((foot - x) ** 2 + (bottom - top) ** 2)
    if long > _NEAR:
        across, down = side * (bottom - top) / long * reach, -side * (foot - x) / long * reach
        if bottom - top > _NEAR and top + down <= y <= bottom + down:
            found.append(x + across + (foot - x) * (y - top - down) / (bottom - top))
    return max(found, key=lambda each: side * each, default=side * min(side * x, side * foot))


def _rounded(box: Box, reach: float, row: Stretch) -> list[Stretch]:
    """How far a rectangle with *reach* round it reaches on a *row*."""
    away = max(0.0, box.y - row[1], row[0] - box.bottom)
    if away >= reach and not (box.y < row[1] and row[0] < box.bottom):
        return []
    beyond = sqrt(max(0.0, reach * reach - away * away))
    return [(box.x - beyond, box.right + beyond)]


_NEAR = 1e-9
