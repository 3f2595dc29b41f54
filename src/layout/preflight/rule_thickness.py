"""Measures the lines among filled shapes as they are painted: turned, one within another, under a clip.

Layout engines draw rules as thin filled boxes, and borders as boxes one in another: WeasyPrint's ``solid`` is a pair
filled even-odd, ``double`` two pairs, a single side the whole pair under a clip in that side's shape, rounded corners
the same with curves. Other programs leave the hole by winding the inner box the other way round, or draw a slanting
line as a polygon. So what is measured is what is filled: from each straight edge across to the edge on the other side.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import hypot, inf
from typing import NamedTuple

from layout.preflight.events import Bounds, Outline, PathPainted
from layout.preflight.graphics_state import overlap
from layout.preflight.outline_edges import NEAR, Edge, Point, edges_of, length_of, stretch_shown
from layout.preflight.places import STEPS, holds, inside, parts

LONG = 3.0
"""How many times longer than thick a filled stretch is that counts as a line."""

COMPACT = (2 * LONG + 2) ** 2 / (2 * LONG) * 0.95
"""The square of the way around a box LONG times as long as thick, over twice its area, a little forgiven: the more, the
longer it is."""

TAPER = 0.2
"""By what part of its thickness a line's two edges may draw together; what tapers more is a drawing."""

MAX_EDGES = 256
"""Of one path, curves counted by their straight pieces. A border has eight; what has more is a drawing."""

MAX_ROUND = 18
"""Points of a box with four round corners: its beginning, four curves, four sides, and the way back."""

MAX_WORK = 6_000_000
"""Tests of edges against a line of measurement, in one file. The sample page takes a hundredth of it."""

SAMPLES = (1 / 6, 1 / 2, 5 / 6)
"""Where along an edge it is measured."""


class Across(NamedTuple):
    """The filled stretch that begins at an edge, straight across."""

    thick: float
    edge: int
    """The edge on the other side."""
    middle: Point


@dataclass(frozen=True, slots=True)
class Bar:
    """A connected part of a filled shape that has lines in it."""

    lines: tuple[float, ...]
    """How thick each line is, in points."""
    fattest: float
    """How thick the thickest part is that the clip shows."""


@dataclass(frozen=True, slots=True)
class MeasuredShape:
    """A filled shape that was measured."""

    event: PathPainted
    bars: tuple[Bar, ...]
    crossings: int
    """The work that it took."""


@dataclass(slots=True)
class Ruler:
    """Measures filled shapes, each once a page, within the work that the file is granted."""

    work: list[int] = field(default_factory=lambda: [MAX_WORK])
    """What is left of it: one number, shared by the pages of a file."""
    thickest: float = inf
    """In points: no thicker line need be found."""
    unmeasured: int = 0
    """Shapes of the page for which no work was left."""
    known: dict[int, MeasuredShape] = field(default_factory=dict)
    """By the event's identity, while its page is being judged."""
    before: Mapping[int, MeasuredShape] = field(default_factory=dict)
    """Likewise of the page that was judged before, by the same *thickest*: events that it had too are the same."""

    def bars(self, event: PathPainted) -> tuple[Bar, ...]:
        """The lines of what *event* fills and its clip shows; nothing for areas and drawings."""
        found = self.known.get(id(event))
        if found is None:
            before = self.before.get(id(event))
            if before is not None and before.crossings <= self.work[0]:
                self.work[0] -= before.crossings
                found = before
            else:
                left = self.work[0]
                bars = tuple(self._measured(event))
                found = MeasuredShape(event, bars, left - self.work[0])
            self.known[id(event)] = found
        return found.bars

    def _measured(self, event: PathPainted) -> Iterator[Bar]:
        if event.plain:
            (box,) = event.subpaths
            if (thick := _box_line(box, event.clip)) is not None:
                yield Bar((thick,), thick)
            return
        outline = event.outline
        if outline is None or not _measurable(outline) or self._broad(outline):
            return
        edges = [edge for number, (pts, starts) in enumerate(parts(outline)) for edge in edges_of(number, pts, starts)]
        sources = sum(not edge.curve for edge in edges) * len(SAMPLES) + len(outline.curves)
        crossings = sources * (
            len(edges) + STEPS * sum(len(points) for clip in event.clips for points in clip.subpaths)
        )
        if len(edges) > MAX_EDGES:
            return
        if crossings > self.work[0]:
            self.unmeasured += 1
            return
        self.work[0] -= crossings
        yield from _bars(edges, event, self.thickest, even_odd=outline.even_odd)

    def _broad(self, outline: Outline) -> bool:
        """Whether a single polygon is no line, which its area and the way around it tell: thicker on average than any
        line that is asked for, or less long than one. Quickly said, and true of nearly all that is drawn.
        """
        polygons = [each for each in outline.subpaths if len(each) > 1]
        if len(polygons) != 1:
            return not polygons
        (points,) = polygons
        twice, around = 0.0, 0.0
        x, y = points[-1]
        for u, v in points:
            twice += x * v - u * y
            around += hypot(u - x, v - y)
            x, y = u, v
        return abs(twice) > min(self.thickest * around, around * around / COMPACT)


def _box_line(box: Bounds, clip: Bounds | None) -> float | None:
    """How thick the line is that a level box is; ``None`` when it is none, or clipped away."""
    short, long = sorted((box[2] - box[0], box[3] - box[1]))
    seen = overlap(clip, box)
    gone = seen[2] < seen[0] or seen[3] < seen[1]
    return short if not gone and short > 0 and LONG * short < long else None


def _measurable(outline: Outline) -> bool:
    """Whether every subpath has straight sides only; or is, of several, a box with four round corners. Other curves are
    drawings.
    """
    if sum(map(len, outline.subpaths)) > MAX_EDGES:
        return False
    counts = [0] * len(outline.subpaths)
    for part, _ in outline.curves:
        counts[part] += 1
    ring = sum(len(points) > 1 for points in outline.subpaths) > 1
    return all(
        not count or (ring and count == 4 and len(points) <= MAX_ROUND)
        for count, points in zip(counts, outline.subpaths, strict=True)
    )


def _bars(edges: Sequence[Edge], event: PathPainted, thickest: float, *, even_odd: bool) -> Iterator[Bar]:
    """Every part that hangs together and has lines."""
    groups = _together(event.subpaths, edges)
    lines: dict[int, dict[tuple[int, int], float]] = {}
    fattest: dict[int, float] = {}
    middle_piece = STEPS // 2
    piece = 0
    for number, edge in enumerate(edges):
        piece = piece + 1 if edge.curve and number and edges[number - 1].curve == edge.curve else 0
        stretch = stretch_shown(edge, event.clip)
        if stretch is None or (edge.curve and piece % STEPS != middle_piece):
            continue
        group = groups[edge.part]
        for found in _measurements(edges, number, stretch, event, even_odd=even_odd):
            long = edge.curve or (stretch[1] - stretch[0]) * length_of(edge)
            fattest[group] = max(fattest.get(group, 0.0), min(found.thick, long))
            if found.thick <= thickest and _is_line(edge, edges[found.edge], found, stretch):
                pair = (min(number, found.edge), max(number, found.edge))
                lines.setdefault(group, {})[pair] = found.thick
    drawn = {groups[part] for part in set(groups) if not _box(edges, part)}
    for group, pairs in lines.items():
        # Two edges that happen to run beside each other make no line of a drawing; it has to be thin all over.
        if group not in drawn or fattest[group] <= LONG * max(pairs.values()):
            yield Bar(tuple(pairs.values()), fattest[group])


def _box(edges: Sequence[Edge], part: int) -> bool:
    """Whether a subpath has four sides, however it lies; its corners may be round."""
    return sum(edge.part == part and not edge.curve for edge in edges) == 4


def _together(boxes: Sequence[Bounds], edges: Sequence[Edge]) -> dict[int, int]:
    """The first of the subpaths that each subpath hangs together with: those whose boxes touch."""
    used = sorted({edge.part for edge in edges})
    group = {part: part for part in used}
    # A subpath that goes nowhere has no box.
    box_of = dict(zip(used, boxes, strict=False)) if len(used) == len(boxes) else {}
    for number, part in enumerate(used):
        for other in used[:number]:
            if part not in box_of or _touch(box_of[part], box_of[other]):
                one, two = sorted((group[part], group[other]))
                group = {each: one if of == two else of for each, of in group.items()}
    return group


def _touch(one: Bounds, other: Bounds) -> bool:
    return (
        one[0] <= other[2] + NEAR and other[0] <= one[2] + NEAR
        and one[1] <= other[3] + NEAR and other[1] <= one[3] + NEAR
    )  # fmt: skip


def _measurements(
    edges: Sequence[Edge], number: int, stretch: tuple[float, float], event: PathPainted, *, even_odd: bool
) -> Iterator[Across]:
    """What is filled straight across from an edge, at a few places of its *stretch*, where the clip shows it."""
    edge = edges[number]
    low, high = stretch
    for part in (1 / 2,) if edge.curve else SAMPLES:
        at = low + (high - low) * part
        spot = (
            edge.start[0] + at * (edge.end[0] - edge.start[0]),
            edge.start[1] + at * (edge.end[1] - edge.start[1]),
        )
        found = _across(edges, number, spot, even_odd=even_odd)
        if found is not None and _seen(found.middle, event):
            yield found


def _seen(point: Point, event: PathPainted) -> bool:
    x, y = point
    return (event.clip is None or holds(event.clip, x, y)) and all(inside(shape, x, y) for shape in event.clips)


def _across(edges: Sequence[Edge], number: int, spot: Point, *, even_odd: bool) -> Across | None:
    """The filled stretch that begins at *spot* of an edge and goes straight across; ``None`` where both sides of the
    edge are filled, or neither."""
    edge, long = edges[number], length_of(edges[number])
    ux, uy = (edge.end[0] - edge.start[0]) / long, (edge.end[1] - edge.start[1]) / long
    crossings: list[tuple[float, int, int]] = []
    for other, (start, end, _, _) in enumerate(edges):
        before = (start[0] - spot[0]) * ux + (start[1] - spot[1]) * uy
        after = (end[0] - spot[0]) * ux + (end[1] - spot[1]) * uy
        if (before <= 0) != (after <= 0):
            part = before / (before - after)
            x, y = start[0] + part * (end[0] - start[0]) - spot[0], start[1] + part * (end[1] - start[1]) - spot[1]
            crossings.append((x * -uy + y * ux, 1 if after > before else -1, other))
    for (low, _, first), (high, _, last) in _filled(sorted(crossings), even_odd=even_odd):
        if min(abs(low), abs(high)) <= NEAR < high - low:
            far = last if abs(low) <= abs(high) else first
            half = (low + high) / 2
            return Across(high - low, far, (spot[0] - uy * half, spot[1] + ux * half))
    return None


def _filled(
    crossings: Sequence[tuple[float, int, int]], *, even_odd: bool
) -> list[tuple[tuple[float, int, int], tuple[float, int, int]]]:
    """The stretches inside, by the even-odd or by the winding rule; those that only a hair parts are one."""
    spans: list[tuple[tuple[float, int, int], tuple[float, int, int]]] = []
    count, start = 0, None
    for crossing in crossings:
        count += 1 if even_odd else crossing[1]
        filled = bool(count % 2 if even_odd else count)
        if filled and start is None:
            start = crossing
        elif not filled and start is not None:
            if spans and start[0] - spans[-1][1][0] <= NEAR:
                start = spans.pop()[0]
            spans.append((start, crossing))
            start = None
    return spans


def _is_line(edge: Edge, other: Edge, found: Across, stretch: tuple[float, float]) -> bool:
    """Whether two edges run beside each other, as far apart as *found*, for long enough to be a line."""
    if edge.curve or other.curve:
        return False
    long = length_of(edge)
    ux, uy = (edge.end[0] - edge.start[0]) / long, (edge.end[1] - edge.start[1]) / long
    one, two = sorted((x - edge.start[0]) * ux + (y - edge.start[1]) * uy for x, y in (other.start, other.end))
    beside = min(two, stretch[1] * long) - max(one, stretch[0] * long)
    across = abs((other.end[0] - other.start[0]) * uy - (other.end[1] - other.start[1]) * ux)
    drawn_together = across * beside / max(length_of(other), NEAR)
    return beside > LONG * found.thick and drawn_together <= TAPER * found.thick + NEAR
