"""Matrices, rectangles and how thin a painted path is, in points on paper."""

from __future__ import annotations

from collections.abc import Sequence
from math import sqrt

from layout.prepress.content import numbers

Matrix = tuple[float, float, float, float, float, float]
Rectangle = tuple[float, float, float, float]
"""Left, bottom, right, top."""

IDENTITY: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)

Path = list[tuple[bytes, bytes]]
"""Path operators with their operands as written."""


def multiply(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that does *first* and *then* after it."""
    a, b, c, d, e, f = first
    g, h, i, j, k, m = then
    return (a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + m)


def scale(matrix: Matrix) -> float:
    """By how much the matrix enlarges lengths: the root of its determinant, as GWG measures sizes."""
    return sqrt(abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]))


def around(points: Sequence[tuple[float, float]], matrix: Matrix) -> Rectangle:
    """The upright rectangle around *points* after *matrix*."""
    a, b, c, d, e, f = matrix
    xs = [a * x + c * y + e for x, y in points]
    ys = [b * x + d * y + f for x, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def common(one: Rectangle | None, other: Rectangle) -> Rectangle:
    """Where the two overlap; None stands for the whole plane. An empty overlap has no width or no height."""
    if one is None:
        return other
    left, bottom = max(one[0], other[0]), max(one[1], other[1])
    return left, bottom, max(left, min(one[2], other[2])), max(bottom, min(one[3], other[3]))


def bounds(path: Path, matrix: Matrix) -> Rectangle | None:
    """The rectangle around a path on paper (control points counted), or None for an empty path."""
    points = [point for operator, operands in path for point in _points(operator, operands)]
    return around(points, matrix) if points else None


def thickness(path: Path, matrix: Matrix, clip: Rectangle | None, *, even_odd: bool) -> float:
    """How thin a filled path is on paper, in points.

    Rules and borders come as filled rectangles, as a frame between two rectangles (even-odd), or as either of these
    inside a thin clip. For any other path it is the smaller side of the rectangle around it.
    """
    rectangles = [_points(operator, operands) for operator, operands in path if operator == b"re"]
    whole = bounds(path, matrix)
    if whole is None:
        return 0.0
    seen = _smaller_side(common(clip, whole))
    if len(rectangles) != len(path):
        return seen
    upright = [around(points, matrix) for points in rectangles]
    if even_odd:
        return min(seen, _frame(upright[0], upright[1])) if len(upright) == 2 else seen
    return max(_smaller_side(common(clip, rectangle)) for rectangle in upright)


def _points(operator: bytes, operands: bytes) -> list[tuple[float, float]]:
    values = numbers(operands)
    if operator == b"re":
        x, y, width, height = values
        return [(x, y), (x + width, y), (x, y + height), (x + width, y + height)]
    return list(zip(values[::2], values[1::2], strict=True))


def _smaller_side(rectangle: Rectangle) -> float:
    return min(rectangle[2] - rectangle[0], rectangle[3] - rectangle[1])


def _frame(one: Rectangle, other: Rectangle) -> float:
    """The thickest side of the frame between two rectangles."""
    return max(abs(a - b) for a, b in zip(one, other, strict=True))
