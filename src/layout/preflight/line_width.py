"""The printed width of a stroke: a matrix that scales one direction more than the other draws two widths."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from math import hypot, sqrt

from layout.geometry import Matrix

ALIKE = 1e-3
"""How far the two scales of a matrix may lie apart, as a part of the larger, to count as one."""

Subpaths = Sequence[Sequence[tuple[float, float]]]


def thicknesses(width: float, matrix: Matrix, subpaths: Subpaths) -> tuple[float, float]:
    """The least and the greatest printed thickness of lines *width* wide along *subpaths* (in the page's points; curves
    by their control points). Without a path, of lines in any direction.
    """
    a, b, c, d, _, _ = matrix
    total, area = a * a + b * b + c * c + d * d, abs(a * d - b * c)
    apart = sqrt(max(0.0, total * total - 4 * area * area))
    largest, smallest = sqrt((total + apart) / 2), sqrt(max(0.0, total - apart) / 2)
    if largest - smallest <= ALIKE * largest:
        return width * sqrt(area), width * sqrt(area)
    # Across a line that goes this way on the page, the pen reaches as far as the matrix, undone, says.
    found = [
        width * hypot(d * x - c * y, a * y - b * x) / length
        for points in subpaths
        for (x0, y0), (x1, y1) in pairwise(points)
        if (length := hypot(x := x1 - x0, y := y1 - y0)) > 0
    ]
    return (min(found), max(found)) if found else (width * smallest, width * largest)


def pen_of(width: float, matrix: Matrix) -> tuple[float, float]:
    """How far the round pen of a line *width* wide reaches across and up on the page."""
    a, b, c, d, _, _ = matrix
    return width / 2 * hypot(a, c), width / 2 * hypot(b, d)
