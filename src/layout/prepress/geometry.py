"""Clips, boxes and the thickness of painted paths, in points on paper."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import hypot, inf, sqrt
from typing import NamedTuple

from layout.geometry import IDENTITY, Matrix
from layout.prepress.content import numbers

Rectangle = tuple[float, float, float, float]
"""Left, bottom, right, top."""

PathSteps = list[tuple[bytes, bytes]]
"""Path operators with their operands as written."""

LEVEL = 1e-6
"""A matrix that turns by less than this lets boxes lie level."""

MAX_SIDES = 12
"""Points of a polygon that may be a slanting line; what has more is a drawing."""


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


def bounds(path: PathSteps, matrix: Matrix) -> Rectangle | None:
    """The rectangle around a path on paper (control points counted), or None for an empty path."""
    points = [point for operator, operands in path for point in _points(operator, operands)]
    return around(points, matrix) if points else None


class Clip(NamedTuple):
    """The box of what is not clipped away; None is the whole plane."""

    level: Rectangle | None = None
    """On paper."""
    matrix: Matrix = IDENTITY
    own: Rectangle | None = None
    """Of the clips set under *matrix*, which turns: in its own directions."""

    def within(self, path: PathSteps, matrix: Matrix) -> Clip:
        """What is left when the clip is cut down to *path*."""
        box = bounds(path, matrix)
        if box is None:
            return self
        level = common(self.level, box)
        if _is_level(matrix):
            return self._replace(level=level)
        own = bounds(path, _own(matrix))
        assert own is not None
        return Clip(level, matrix, common(self.own if self.matrix == matrix else None, own))


EVERYWHERE = Clip()


def thickness(path: PathSteps, matrix: Matrix, clip: Clip, *, even_odd: bool) -> float:
    """How thin a filled path is on paper, in points, however it is turned.

    Rules and borders come as filled boxes, as frames between boxes (even-odd; square or round), or as either of these
    inside a thin clip. For any other path it is the smallest side of the boxes around it that lie along its own sides.
    """
    seen = clip.level
    if not _is_level(matrix):
        seen = clip.own if clip.matrix == matrix else None
        matrix = _own(matrix)
    whole = bounds(path, matrix)
    if whole is None:
        return 0.0
    least = _smaller_side(common(seen, whole))
    boxes = _boxes(path, matrix)
    if boxes is None:
        return min(least, _narrowest(path, matrix))
    if even_odd:
        return min(least, max(map(_frame, boxes[::2], boxes[1::2]))) if len(boxes) % 2 == 0 else least
    return max(_smaller_side(common(seen, box)) for box in boxes)


def _is_level(matrix: Matrix) -> bool:
    a, b, c, d, _, _ = matrix
    return (abs(b) < LEVEL and abs(c) < LEVEL) or (abs(a) < LEVEL and abs(d) < LEVEL)


def _own(matrix: Matrix) -> Matrix:
    """The matrix without its turn: as long along its own first direction, and as high across it."""
    along = sqrt(matrix[0] ** 2 + matrix[1] ** 2)
    return along, 0.0, 0.0, abs(matrix[0] * matrix[3] - matrix[1] * matrix[2]) / along if along else 0.0, 0.0, 0.0


def _boxes(path: PathSteps, matrix: Matrix) -> list[Rectangle] | None:
    """The boxes that a path consists of, the largest first: all square, or all with four round corners; else None."""
    found: list[list[tuple[bytes, bytes]]] = []
    for step in path:
        if step[0] in (b"re", b"m"):
            found.append([step])
        elif found:
            found[-1].append(step)
    found = [steps for steps in found if steps[-1][0] != b"m"]  # goes nowhere
    square = all(steps[0][0] == b"re" and len(steps) == 1 for steps in found)
    round_ones = all(sum(operator == b"c" for operator, _ in steps) == 4 and len(steps) <= 10 for steps in found)
    if not found or not (square or (round_ones and len(found) > 1)):
        return None
    boxes = [box for steps in found if (box := bounds(steps, matrix)) is not None]
    return sorted(boxes, key=lambda box: (box[0] - box[2]) * (box[3] - box[1]))


def _narrowest(path: PathSteps, matrix: Matrix) -> float:
    """The smallest extent of a path across one of its own straight sides; of a drawing, which has many, nothing less
    than its box."""
    points = [point for operator, operands in path for point in _points(operator, operands)]
    if len(points) > MAX_SIDES or any(operator not in (b"m", b"l", b"h") for operator, _ in path):
        return inf
    a, b, c, d, _, _ = matrix
    placed = [(a * x + c * y, b * x + d * y) for x, y in points]
    least = inf
    for (x, y), (u, v) in pairwise([*placed, placed[0]]):
        if long := hypot(u - x, v - y):
            across = [((p - x) * (v - y) - (q - y) * (u - x)) / long for p, q in placed]
            least = min(least, max(across) - min(across))
    return least


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
