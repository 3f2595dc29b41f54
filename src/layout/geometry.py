"""Rectangles of a page, in points from the trimmed page's top left corner, downwards; and the matrices of PDF."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import sqrt

Matrix = tuple[float, float, float, float, float, float]
"""As PDF writes it: a point (x, y) goes to (ax + cy + e, bx + dy + f)."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)


def multiply(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does *first* and *then* after it."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def apply(matrix: Matrix, x: float, y: float) -> tuple[float, float]:
    """The point, transformed."""
    a, b, c, d, e, f = matrix
    return a * x + c * y + e, b * x + d * y + f


def scale(matrix: Matrix) -> float:
    """By how much the matrix enlarges lengths: the root of its determinant, as GWG measures sizes."""
    return sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))


def is_rigid(matrix: Matrix) -> bool:
    """Whether the matrix turns and moves, and neither enlarges nor slants nor mirrors."""
    a, b, c, d, _, _ = matrix
    return abs(a - d) < _RIGID and abs(b + c) < _RIGID and abs(a * d - b * c - 1) < _RIGID


_RIGID = 1e-6
"""By how much the parts of a turn may miss: cosines of six places."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    @property
    def area(self) -> float:
        """Width times height."""
        return self.width * self.height

    def beside(self, other: Box) -> bool:
        """Whether the two share some height (so that they stand side by side or overlap)."""
        return min(self.bottom, other.bottom) - max(self.y, other.y) > 0.01

    def above_or_below(self, other: Box) -> bool:
        """Whether the two share some width."""
        return min(self.right, other.right) - max(self.x, other.x) > 0.01

    def moved(self, dx: float, dy: float) -> Box:
        """The same, so much further to the right and down."""
        return Box(self.x + dx, self.y + dy, self.width, self.height)

    @property
    def corners(self) -> tuple[tuple[float, float], ...]:
        """Its corners, clockwise from the top left."""
        return (self.x, self.y), (self.right, self.y), (self.right, self.bottom), (self.x, self.bottom)

    def turned(self, matrix: Matrix) -> Box:
        """The rectangle around it as *matrix* turns it."""
        if matrix == IDENTITY:
            return self
        points = [apply(matrix, x, y) for x, y in self.corners]
        left, top = min(x for x, _ in points), min(y for _, y in points)
        return Box(left, top, max(x for x, _ in points) - left, max(y for _, y in points) - top)

    def rounded(self, digits: int) -> Box:
        """The same with all four lengths rounded to *digits* decimals."""
        return Box(*(round(each, digits) for each in (self.x, self.y, self.width, self.height)))

    def as_json(self) -> dict[str, float]:
        """The box as reports hold it."""
        return {"x": self.x, "y": self.y, "width": self.width, "height": self.height}


def box_around(boxes: Sequence[Box]) -> Box:
    """The smallest rectangle that holds all *boxes*, of which there is one at the least."""
    left, top = min(box.x for box in boxes), min(box.y for box in boxes)
    right, bottom = max(box.right for box in boxes), max(box.bottom for box in boxes)
    return Box(left, top, right - left, bottom - top)


def shared_area(one: Sequence[tuple[float, float]], other: Sequence[tuple[float, float]]) -> float:
    """The area that two convex polygons share, corners clockwise as on a page whose y runs downwards.

    The one is cut along each edge of the other (Sutherland and Hodgman 1974).
    """
    cut = list(one)
    for start, end in zip(other, (*other[1:], other[0]), strict=True):
        cut = list(_inside(cut, start, end))
    around = zip(cut, (*cut[1:], *cut[:1]), strict=True)
    return abs(sum(x * b - a * y for (x, y), (a, b) in around)) / 2


def _inside(
    polygon: Sequence[tuple[float, float]], start: tuple[float, float], end: tuple[float, float]
) -> Iterator[tuple[float, float]]:
    """The part of *polygon* on the inner side of the edge from *start* to *end*."""

    def side(point: tuple[float, float]) -> float:
        return (end[0] - start[0]) * (point[1] - start[1]) - (end[1] - start[1]) * (point[0] - start[0])

    for before, point in zip((*polygon[-1:], *polygon[:-1]), polygon, strict=True):
        one, other = side(before), side(point)
        if (one < 0) != (other < 0):
            share = one / (one - other)
            yield before[0] + share * (point[0] - before[0]), before[1] + share * (point[1] - before[1])
        if other >= 0:
            yield point
