"""Borders as layout engines draw them: boxes one in another, filled even-odd, one side at a time under a clip.

CSS borders come so from WeasyPrint: ``solid`` is a pair of boxes, ``double`` two pairs, a single side the whole pair
under a clip in that side's shape, rounded corners the same with curves. How thick the line is stands between the boxes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from layout.preflight.events import Bounds, Outline, PathPainted
from layout.preflight.places import within
from layout.preflight.state import overlap

NEAR = 0.01
"""Points that two edges may lie apart and still be one: what rounding in the file makes of it."""

LONG = 3.0
"""How many times longer than thick a filled box is that counts as a line."""

MAX_BOXES = 64
"""Of one path. A border has four; what has more is a drawing."""

MAX_ROUND = 18
"""Points of a box with four round corners: its beginning, four curves, four sides, and the way back."""


def sides(event: PathPainted) -> list[float] | None:
    """How thick each side of the border is that *event* paints and its clip lets through, in points.

    ``None`` for what is no border: not filled even-odd, stroked as well, not made of boxes, or none within another.
    """
    if event.stroke is not None or event.outline is None or not event.outline.even_odd:
        return None
    if not 2 <= len(event.subpaths) <= MAX_BOXES or not _boxes(event, event.outline):
        return None
    rings, alone = _paired(event.subpaths)
    if not rings:
        return None
    found = [side for outer, inner in rings for side in _sides(outer, inner, event.clip)]
    return found + [thick for box in alone if (thick := _line(box, event.clip)) is not None]


def _boxes(event: PathPainted, outline: Outline) -> bool:
    """Whether every subpath is a box with level sides, its corners square or round."""
    if event.rectangular:
        return True
    curves = [0] * len(outline.subpaths)
    for part, _ in outline.curves:
        curves[part] += 1
    return all(
        (count == 4 and len(points) <= MAX_ROUND) or (count == 0 and _level(points))
        for count, points in zip(curves, outline.subpaths, strict=True)
        if len(points) > 1
    )


def _level(points: Sequence[tuple[float, float]]) -> bool:
    return len(points) in {4, 5} and all(
        abs(one[0] - other[0]) < NEAR or abs(one[1] - other[1]) < NEAR for one, other in pairwise([*points, points[0]])
    )


def _paired(boxes: Sequence[Bounds]) -> tuple[list[tuple[Bounds, Bounds]], list[Bounds]]:
    """Each hole with the box it is cut out of; and the filled boxes without a hole."""
    order = sorted(boxes, key=_area, reverse=True)
    rings: list[tuple[Bounds, Bounds]] = []
    alone: list[Bounds] = []
    around: list[list[Bounds]] = []
    for number, box in enumerate(order):
        around.append([other for other in order[:number] if within(box, other, NEAR)])
        if len(around[number]) % 2 == 0:
            alone.append(box)
        elif min(box[2] - box[0], box[3] - box[1]) > NEAR:  # else it takes nothing out, as in an empty box
            outer = around[number][-1]
            rings.append((outer, box))
            alone = [each for each in alone if each is not outer]
    return rings, alone


def _area(box: Bounds) -> float:
    return (box[2] - box[0]) * (box[3] - box[1])


def _sides(outer: Bounds, inner: Bounds, clip: Bounds | None) -> Iterator[float]:
    """The strips between two boxes, without their corners: there another side's clip may let a spot through."""
    for strip in (
        (outer[0], inner[1], inner[0], inner[3]),
        (inner[2], inner[1], outer[2], inner[3]),
        (inner[0], outer[1], inner[2], inner[1]),
        (inner[0], inner[3], inner[2], outer[3]),
    ):
        if (thick := _line(strip, clip)) is not None:
            yield thick


def _line(box: Bounds, clip: Bounds | None) -> float | None:
    """How thick the line is that *box* is; ``None`` when it is none, or clipped away."""
    wide, high = box[2] - box[0], box[3] - box[1]
    seen = overlap(clip, box)
    across, up = seen[2] - seen[0], seen[3] - seen[1]
    thick, thick_seen, long_seen = (high, up, across) if wide > high else (wide, across, up)
    if thick <= NEAR or thick_seen < thick / 2 or long_seen <= LONG * thick:
        return None
    return thick
