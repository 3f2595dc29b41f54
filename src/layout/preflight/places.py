"""Where a mark lies on the page: by its box, or by polygons where the box would be too large."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from layout.preflight.events import (
    Bounds,
    Event,
    ImagePainted,
    Outline,
    PathPainted,
    StateUsed,
    TextShown,
    Trouble,
)
from layout.preflight.graphics_state import around, overlap

MAX_JOINED = 1000
"""Boxes that are looked through for neighbours."""


def where(event: Event) -> Bounds | None:
    """The box of what *event* painted, clipped; ``None`` for what paints nothing or has no known extent.

    Curves count by their control points, clips by the box around them: the box may be too large, never too small.
    """
    if isinstance(event, (StateUsed, Trouble)):
        return None
    if isinstance(event, (TextShown, ImagePainted)):
        box: Bounds | None = event.box
    elif isinstance(event, PathPainted):
        box = around(inked(event)) if event.subpaths else None
    else:
        return event.clip
    if box is None:
        return None
    seen = overlap(event.clip, box)
    return seen if seen[0] <= seen[2] and seen[1] <= seen[3] else None


def inked(event: PathPainted) -> Sequence[Bounds]:
    """The box of each part of a path, its lines as thick as they are: one that ends bluntly is no longer for that."""
    if event.stroke is None:
        return event.subpaths
    across, up = event.pen
    return [
        (
            left - across * (not event.butt or top > bottom),
            bottom - up * (not event.butt or right > left),
            right + across * (not event.butt or top > bottom),
            top + up * (not event.butt or right > left),
        )
        for left, bottom, right, top in event.subpaths
    ]


def reaches(event: Event, box: Bounds) -> bool:
    """Whether a mark touches *box*; of a path of several parts, whether one of them does. What has no known extent
    does.
    """
    if isinstance(event, PathPainted):
        # What a clip takes away altogether is nowhere: the box that it shares with the clip is inside out.
        seen = (overlap(event.clip, part) for part in inked(event))
        return any(part[0] <= part[2] and part[1] <= part[3] and touch(part, box) for part in seen)
    at = where(event)
    return at is None or touch(at, box)


def printed(event: Event, paper: Bounds) -> bool:
    """Whether something of a mark is left within its clip and on *paper*, by their boxes: a crop mark that only meets
    the edge of either is cut off. What has no known extent is printed.
    """
    if isinstance(event, PathPainted):
        boxes: Sequence[Bounds] = inked(event)
    elif isinstance(event, (TextShown, ImagePainted)):
        boxes = [event.box]
    else:
        return True
    left = overlap(event.clip, paper)
    return left[0] < left[2] and left[1] < left[3] and any(touch(box, left) for box in boxes)


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


STEPS = 8
"""Straight pieces a curve is taken apart into."""

MAX_POINTS = 20_000
"""Of a path; one with more counts by its box."""

Point = tuple[float, float]
Polygon = Sequence[Point]
Stretch = tuple[float, float]


def polygons(event: PathPainted | ImagePainted) -> tuple[list[Polygon], bool]:
    """What a filled path or a picture covers, its clip not counted, and whether by the even-odd rule."""
    if isinstance(event, ImagePainted):
        a, b, c, d, e, f = event.ctm
        return [[(e, f), (e + a, f + b), (e + a + c, f + b + d), (e + c, f + d)]], False
    outline = event.outline
    if outline is None or sum(map(len, outline.subpaths)) > MAX_POINTS:
        return [[(x, y), (r, y), (r, u), (x, u)] for x, y, r, u in event.subpaths], False
    return [_flat(points, starts) for points, starts in parts(outline)], outline.even_odd


def parts(outline: Outline) -> Iterator[tuple[Sequence[Point], set[int]]]:
    """Each subpath with the indexes at which its curves begin."""
    starts: dict[int, set[int]] = {}
    for part, index in outline.curves:
        starts.setdefault(part, set()).add(index)
    for part, points in enumerate(outline.subpaths):
        yield points, starts.get(part, set())


def _flat(points: Sequence[Point], starts: set[int]) -> Polygon:
    """A subpath with its curves as straight pieces."""
    flat: list[Point] = []
    index = 0
    while index < len(points):
        if index in starts and flat and index + 2 < len(points):
            (x0, y0), (x1, y1), (x2, y2), (x3, y3) = flat[-1], *points[index : index + 3]
            for step in range(1, STEPS + 1):
                t = step / STEPS
                u = 1 - t
                w0, w1, w2, w3 = u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t
                flat.append((w0 * x0 + w1 * x1 + w2 * x2 + w3 * x3, w0 * y0 + w1 * y1 + w2 * y2 + w3 * y3))
            index += 3
        else:
            flat.append(points[index])
            index += 1
    return flat


def covers(event: PathPainted | ImagePainted, x: float, y: float) -> bool:
    """Whether a filled path or a picture covers a point."""
    if event.clip is not None and not holds(event.clip, x, y):
        return False
    return any(low <= x <= high for low, high in spans(event, 1, y))


def inside(outline: Outline, x: float, y: float) -> bool:
    """Whether an outline holds a point, its curves as straight pieces."""
    shapes = [_flat(points, starts) for points, starts in parts(outline)]
    return any(low <= x <= high for low, high in _filled(sorted(_crossings(shapes, 1, y)), outline.even_odd))


def spans(event: PathPainted | ImagePainted, axis: int, at: float) -> list[Stretch]:
    """Where a filled path or a picture covers a straight line across the page: *axis* 1 for the level line at height
    *at*, 0 for the upright one. In order, the clip's box counted.
    """
    shapes, even_odd = polygons(event)
    crossings = _crossings(shapes, axis, at)
    low, high = (event.clip[1 - axis], event.clip[3 - axis]) if event.clip else (float("-inf"), float("inf"))
    if event.clip is not None and not event.clip[axis] <= at <= event.clip[axis + 2]:
        return []
    return [(max(start, low), min(end, high)) for start, end in _filled(sorted(crossings), even_odd)
            if min(end, high) > max(start, low)]  # fmt: skip


def _crossings(shapes: Sequence[Polygon], axis: int, at: float) -> list[tuple[float, int]]:
    """Where polygons cross a straight line, and which way."""
    crossings: list[tuple[float, int]] = []
    for shape in shapes:
        for one, other in zip(shape, [*shape[1:], *shape[:1]], strict=True):
            if (one[axis] <= at) != (other[axis] <= at):
                part = (at - one[axis]) / (other[axis] - one[axis])
                place = one[1 - axis] + part * (other[1 - axis] - one[1 - axis])
                crossings.append((place, 1 if other[axis] > one[axis] else -1))
    return crossings


def _filled(crossings: Sequence[tuple[float, int]], even_odd: bool) -> Iterator[Stretch]:
    """The stretches inside, by the even-odd or by the winding rule."""
    inside, start = 0, 0.0
    for place, way in crossings:
        before = inside
        inside += 1 if even_odd else way
        was, is_ = (before % 2, inside % 2) if even_odd else (before, inside)
        if is_ and not was:
            start = place
        elif was and not is_:
            yield start, place


def uncovered(wanted: Sequence[Stretch], there: Sequence[Stretch], grown: float) -> float:
    """The length of *wanted* that *there*, each stretch longer by *grown* at both ends, leaves out."""
    longest = 0.0
    for start, end in wanted:
        place, left = start, 0.0
        for low, high in sorted((low - grown, high + grown) for low, high in there):
            if high <= place or low >= end:
                continue
            left += max(0.0, low - place)
            place = max(place, high)
        longest = max(longest, left + max(0.0, end - place))
    return longest
