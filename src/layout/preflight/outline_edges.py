"""The straight pieces of a shape's outline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from math import hypot
from typing import NamedTuple

from layout.preflight.events import Bounds
from layout.preflight.places import STEPS

NEAR = 0.01
"""Points that two edges may lie apart and still be one: what rounding in the file makes of it."""

Point = tuple[float, float]


class Edge(NamedTuple):
    """A straight piece of a shape's outline."""

    start: Point
    end: Point
    part: int
    """The subpath it belongs to."""
    curve: float
    """The chord of the curve it is a piece of; 0 for a straight side."""


def edges_of(number: int, points: Sequence[Point], starts: set[int]) -> Iterator[Edge]:
    """The edges of subpath *number*, closed, its curves as straight pieces."""
    if len(points) < 2:
        return
    at, index = points[0], 1
    while index < len(points):
        if index in starts and index + 2 < len(points):
            control = (at, *points[index : index + 3])
            chord = hypot(control[3][0] - at[0], control[3][1] - at[1]) or NEAR
            for step in range(1, STEPS + 1):
                to = _on_curve(control, step / STEPS)
                yield Edge(at, to, number, chord)
                at = to
            index += 3
        else:
            if points[index] != at:
                yield Edge(at, points[index], number, 0.0)
            at = points[index]
            index += 1
    if at != points[0]:
        yield Edge(at, points[0], number, 0.0)


def _on_curve(control: Sequence[Point], t: float) -> Point:
    """A point of a cubic Bézier curve."""
    u = 1 - t
    weights = (u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t)
    return (
        sum(weight * x for weight, (x, _) in zip(weights, control, strict=True)),
        sum(weight * y for weight, (_, y) in zip(weights, control, strict=True)),
    )


def length_of(edge: Edge) -> float:
    """How long it is, in points."""
    return hypot(edge.end[0] - edge.start[0], edge.end[1] - edge.start[1])


def stretch_shown(edge: Edge, clip: Bounds | None) -> tuple[float, float] | None:
    """The stretch of an edge, as parts of it, that lies in the clip's box (Liang and Barsky); ``None`` for none."""
    low, high = 0.0, 1.0
    if clip is None:
        return low, high
    for axis in (0, 1):
        at, by = edge.start[axis], edge.end[axis] - edge.start[axis]
        least, most = clip[axis] - NEAR, clip[axis + 2] + NEAR
        if abs(by) < NEAR:
            if not least <= at <= most:
                return None
            continue
        one, two = sorted(((least - at) / by, (most - at) / by))
        low, high = max(low, one), min(high, two)
    return (low, high) if low < high else None
