"""Rectangles of a page, in points from the trimmed page's top left corner, downwards; and the matrices of PDF."""

from __future__ import annotations

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

    def rounded(self, digits: int) -> Box:
        """The same with all four lengths rounded to *digits* decimals."""
        return Box(*(round(each, digits) for each in (self.x, self.y, self.width, self.height)))

    def as_json(self) -> dict[str, float]:
        """The box as reports hold it."""
        return {"x": self.x, "y": self.y, "width": self.width, "height": self.height}
