"""Where a mark lies on the page."""

from __future__ import annotations

from collections.abc import Sequence

from layout.preflight.events import Bounds, Event, GroupBegun, ImagePainted, PathPainted, StateUsed, TextShown, Trouble
from layout.preflight.graphics_state import around, overlap

MAX_JOINED = 1000
"""Boxes that are looked through for neighbours."""


def where(event: Event) -> Bounds | None:
    """The box of what *event* painted, clipped; ``None`` for what paints nothing or has no known extent.

    Curves count by their control points, clips by the box around them: the box may be too large, never too small.
    """
    if isinstance(event, GroupBegun | StateUsed | Trouble):
        return None
    if isinstance(event, TextShown | ImagePainted):
        box: Bounds | None = event.box
    elif isinstance(event, PathPainted):
        box = around(event.subpaths) if event.subpaths else None
        if box is not None and event.stroke is not None:
            box = grown(box, event.width / 2)
    else:
        return event.clip
    if box is None:
        return None
    seen = overlap(event.clip, box)
    return seen if seen[0] <= seen[2] and seen[1] <= seen[3] else None


def grown(box: Bounds, by: float) -> Bounds:
    """The box, wider and higher by twice *by*."""
    return box[0] - by, box[1] - by, box[2] + by, box[3] + by


def touch(first: Bounds, second: Bounds) -> bool:
    """Whether two boxes share a spot; a line's box has no area and still lies somewhere."""
    return first[0] < second[2] and first[2] > second[0] and first[1] < second[3] and first[3] > second[1]


def joined(boxes: Sequence[Bounds], near: float) -> list[Bounds]:
    """Boxes that overlap or lie within *near* of each other as one, later ones last; more than
    ``MAX_JOINED`` are left as they are.
    """
    whole: list[Bounds] = []
    for box in boxes if len(boxes) <= MAX_JOINED else ():
        added = box
        while beside := next((each for each in whole if touch(each, grown(added, near))), None):
            whole.remove(beside)
            added = around([added, beside])
        whole.append(added)
    return whole if len(boxes) <= MAX_JOINED else list(boxes)


def within(inner: Bounds, outer: Bounds, near: float = 0.0) -> bool:
    """Whether one box lies in another, *near* points forgiven."""
    return (
        inner[0] >= outer[0] - near
        and inner[1] >= outer[1] - near
        and inner[2] <= outer[2] + near
        and inner[3] <= outer[3] + near
    )


def holds(box: Bounds, x: float, y: float) -> bool:
    """Whether a point lies in a box."""
    return box[0] <= x <= box[2] and box[1] <= y <= box[3]
