"""Type that stands twice: the same characters of the same face, size and colour, a hair apart, by the marks themselves.

A layer that was merged onto itself prints fat or double, wherever in the content its copy stands. Another colour is a
shadow or an outline, and no copy.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice, product
from math import floor, hypot
from typing import NamedTuple

from layout.preflight.events import Bounds, Event, Paint, TextShown
from layout.preflight.places import holds, where

NEAR = 3.0
"""Points that a copy may lie off, 2 across and 2 up: the next line or character of reading type is farther."""

SURE = 0.15
"""Ems off from which one character is a copy by itself: the narrowest characters of a word are a fifth of an em wide,
and two of them may stand side by side."""

MANY = 4
"""Different characters, all as far off, that are a copy farther than that."""

EXACT = 0.05
"""Points off under which one character lies exactly on another: coordinates are written to a hundredth."""

SAME = 0.02
"""By which colours, opacities and sizes (as a share) may differ that are the same."""

BOLD = 0.06
"""Ems along the line by which type is set beside itself to look bold."""

AROUND = tuple(product((-1, 0, 1), repeat=2))
"""A cell and the eight around it, as columns and rows from it."""

MAX_BESIDE = 64
"""Lines at one height, on the average, among which a line's neighbours are looked for: a page has ten columns."""

MAX_SAME = 64
"""Copies of one character near one spot that are looked at: a hostile page has thousands."""


@dataclass(frozen=True, slots=True)
class Copied:
    """A character that stands near an earlier one of its kind."""

    first: int
    """The event that shows the earlier one."""
    second: int
    """The event that shows this one."""
    char: str
    dx: float
    dy: float
    size: float
    next: bool
    """Whether no other type is shown between the two."""

    @property
    def off(self) -> float:
        """How far apart they are, in points."""
        return hypot(self.dx, self.dy)

    @property
    def emboldened(self) -> bool:
        """Whether it looks like type made bold by hand: at once, and a hair along the line."""
        return self.next and 0 < self.off <= BOLD * self.size and min(abs(self.dx), abs(self.dy)) < 1e-3 + self.off / 20


def copied(events: Sequence[Event]) -> list[Copied]:
    """The characters of *events* that stand twice on the page, in the order of the content."""
    found = list(_near(events))
    alike: dict[tuple[float, float], set[str]] = {}
    for each in found:
        alike.setdefault(_offset(each), set()).add(each.char)
    return [
        each
        for each in found
        if len(alike[_offset(each)]) >= MANY or (each.off <= SURE * each.size and not _by_chance(each, events, alike))
    ]


def _by_chance(each: Copied, events: Sequence[Event], alike: Mapping[tuple[float, float], set[str]]) -> bool:
    """Whether a character is the only one of two lines to meet its like: lines that run into each other have some."""
    if each.off < EXACT or len(alike[_offset(each)]) > 1:
        return False
    lines = [event for event in (events[each.first], events[each.second]) if isinstance(event, TextShown)]
    return all(len("".join(line.text.split())) >= MANY for line in lines)


def shadows(events: Sequence[Event]) -> list[str]:
    """The characters of *events* that stand near an earlier one of another colour."""
    return [each.char for each in _near(events, alike=False)]


def usual_offset(found: Sequence[Copied]) -> float:
    """How far off most of the copies are, in points."""
    return Counter(round(each.off, 1) for each in found).most_common(1)[0][0]


def _offset(each: Copied) -> tuple[float, float]:
    return round(each.dx, 1), round(each.dy, 1)


class _Shown(NamedTuple):
    """A character that was shown before."""

    at: int
    order: int
    x: float
    y: float


def _near(events: Sequence[Event], *, alike: bool = True) -> Iterator[Copied]:
    cells: dict[object, dict[tuple[int, int], list[_Shown]]] = {}
    shown = [(at, event) for at, event in enumerate(events) if isinstance(event, TextShown) and _prints(event)]
    met = _meeting([event for _, event in shown])
    for order, (at, event) in enumerate(shown):
        seen = where(event) if order in met else None
        if seen is None:
            continue
        for char, kind, x, y in _characters(event, seen):
            column, row = floor(x / NEAR), floor(y / NEAR)
            own = cells.get(kind)
            if own is None:  # as with most characters of a page, there is none before it
                cells[kind] = {(column, row): [_Shown(at, order, x, y)]}
                continue
            beside = [
                each
                for across, up in AROUND
                if (column + across, row + up) in own
                for each in own[column + across, row + up]
                if each.at != at and _same_paint(events[each.at], event) is alike
            ]
            off, nearest = min(((hypot(x - each.x, y - each.y), each) for each in beside), default=(NEAR, None))
            if nearest is not None and off < NEAR:
                follows = order - nearest.order == 1
                yield Copied(nearest.at, at, char, x - nearest.x, y - nearest.y, event.size, follows)
            there = own.setdefault((column, row), [])
            if len(there) < MAX_SAME:
                there.append(_Shown(at, order, x, y))


def _meeting(lines: Sequence[TextShown]) -> set[int]:
    """Which of *lines* have another of their face and size so near that characters of both may be copies. Hardly any
    has on a sound page, whose characters need not be looked at one by one then.
    """
    by_kind: dict[object, list[tuple[Bounds, int]]] = {}
    for number, line in enumerate(lines):
        if line.pens:
            by_kind.setdefault(_type_of(line), []).append((_reach(line), number))
    found: set[int] = set()
    for reaches in by_kind.values():
        # From below up: a line of type meets those that begin before it ends, which are few.
        reaches.sort()
        found |= _touching(reaches)
    return found


def _touching(reaches: Sequence[tuple[Bounds, int]]) -> set[int]:
    """The numbers of those boxes, sorted by their lowest edges, that touch another; all, where that is long to find."""
    found: set[int] = set()
    left = MAX_BESIDE * len(reaches)
    for index, ((_, from_, high, to), number) in enumerate(reaches):
        for (bottom, start, _, end), other in islice(reaches, index + 1, None):
            left -= 1
            if bottom > high:
                break
            if start <= to and end >= from_:
                found |= {number, other}
        if left < 0:
            return {number for _, number in reaches}
    return found


def _reach(line: TextShown) -> Bounds:
    """The box around the pens of a line, with half of ``NEAR`` about it: lowest, leftmost, highest, rightmost."""
    (x0, y0), (x1, y1) = line.start, line.end
    first, last = min(line.pens), max(line.pens)
    across = x0 + first * (x1 - x0), x0 + last * (x1 - x0)
    up = y0 + first * (y1 - y0), y0 + last * (y1 - y0)
    half = NEAR / 2
    return min(up) - half, min(across) - half, max(up) + half, max(across) + half


def _type_of(line: TextShown) -> tuple[str, float]:
    """The face, whatever subset of it, and the size."""
    return line.face.name.split("+")[-1], round(line.size, 1)


def _prints(event: TextShown) -> bool:
    return event.visible and not (event.apart or event.cut or event.hidden) and bool(event.text.strip())


def _characters(event: TextShown, seen: Bounds) -> Iterator[tuple[str, object, float, float]]:
    """Each character that prints, its kind and its pen: kinds that differ are no copies of each other."""
    if len(event.pens) != len(event.codes):
        return
    (x0, y0), (x1, y1) = event.start, event.end
    named = event.text if len(event.text) == len(event.codes) else ""
    face, size = _type_of(event)
    around = _grown(seen, event.size)
    for index, (code, pen) in enumerate(zip(event.codes, event.pens, strict=True)):
        char = named[index] if named else chr(0xE000 + code % 0x1900)
        x, y = x0 + pen * (x1 - x0), y0 + pen * (y1 - y0)
        if not char.isspace() and char != "\ufffd" and holds(around, x, y):
            yield char, (face, size, char), x, y


def _grown(box: Bounds, size: float) -> Bounds:
    """The box of what is seen, with a half of a character around: pens lie at a character's foot."""
    half = size / 2
    return box[0] - half, box[1] - half, box[2] + half, box[3] + half


def _same_paint(one: Event, other: TextShown) -> bool:
    assert isinstance(one, TextShown)
    return _alike(one.fill, other.fill) and _alike(one.stroke, other.stroke)


def _alike(one: Paint | None, other: Paint | None) -> bool:
    if one is None or other is None:
        return one is other
    if abs(one.alpha - other.alpha) > SAME or one.colour.pattern != other.colour.pattern:
        return False
    inks, others = one.colour.inks(), other.colour.inks()
    if inks is None or others is None:
        return one.colour.space == other.colour.space and one.colour.values == other.colour.values
    return _amounts(inks, others)


def _amounts(one: Mapping[str, float], other: Mapping[str, float]) -> bool:
    return all(abs(one.get(ink, 0.0) - other.get(ink, 0.0)) <= SAME for ink in {*one, *other})
