"""Lines aligned by what the eye sees: by their ink and not by their side bearings, with marks that hang outside.

A character of a headline stands 2 to 5 points inside the edge that its em box stands on. ``edges: optical`` puts the
ink of a line's first and last character on the measure's edges; centred lines are centred by their ink. What hangs
(``hanging-punctuation``) stands outside, and the ink beside it on the edge.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from layout.composer.classes import MARKS, CharClass, marks
from layout.composer.evaluate import Available, Strip
from layout.composer.gaps import HALF
from layout.composer.model import Line, Metrics, Placed
from layout.composer.units import Unit

BASELINE = 0.88
"""How far below the top of its em box a Han face's baseline lies."""


@dataclass(frozen=True, slots=True)
class LineEdges:
    """How far a line's cells reach out of its measure at its start and its end, in em."""

    start: float = 0.0
    end: float = 0.0


_PLAIN = LineEdges()


def line_edges(strip: Strip, i: int, j: int, metrics: Metrics, *, first: bool, last: bool) -> LineEdges:
    """The edges of line [i, j), the *first* or the *last* of its paragraph, or neither."""
    setting = strip.setting
    if setting.edges == "plain" and not setting.hanging:
        return _PLAIN
    head, tail = strip.head[i], strip.tail[j] - 1
    if tail < head:
        return _PLAIN
    start = end = 0.0
    if first and head < tail and _opens(strip):
        start, head = _cell(strip, head, head, tail), head + 1
    if head < tail and _hangs_at_end(strip, tail, last=last):
        end, tail = _cell(strip, tail, head, tail), tail - 1
    if setting.edges == "optical":
        alone = LineEdges(start, end)
        start += _bearing(strip, head, strip.head[i], metrics)[0]
        if j not in strip.breaks.hyphen:
            end += _bearing(strip, tail, strip.head[i], metrics)[1]
        return LineEdges(start, end) if start + end < strip.natural(i, j) else alone
    return LineEdges(start, end)


def with_hanging_room(strip: Strip, room: Available) -> Available:
    """*room* with that which the opening mark that hangs before the first line leaves it."""
    if not strip.chain.units or strip.head[0] >= len(strip.chain.units) or not _opens(strip):
        return room
    more = _cell(strip, strip.head[0], strip.head[0], len(strip.chain.units))
    return lambda number: room(number) + (more if number == 0 else 0.0)


def _opens(strip: Strip) -> bool:
    return "first" in strip.setting.hanging and strip.chain.kinds[strip.head[0]] is CharClass.OPEN


def _hangs_at_end(strip: Strip, k: int, *, last: bool) -> bool:
    kind = strip.chain.kinds[k]
    if kind is CharClass.CLOSE:
        return last and "last" in strip.setting.hanging
    return "force-end" in strip.setting.hanging and strip.chain.units[k].text[0] in marks().hangable


def _cell(strip: Strip, k: int, first: int, last: int) -> float:
    return strip.allowances.cell.on(k, first, last)


def _bearing(strip: Strip, k: int, first: int, metrics: Metrics) -> tuple[float, float]:
    """The white in the cell of unit *k* before its ink and behind it."""
    unit = strip.chain.units[k]
    cell = strip.allowances.cell.on(k, first, k) if k != first else strip.allowances.cell.on(k, k, -1)
    if unit.turned == "combined" or unit.lead or unit.trail or unit.span.split or not unit.clusters:
        return 0.0, 0.0
    pen, scale = _pen(strip, k, cell), unit.span.scale
    found = metrics.ink(unit.clusters[0]), metrics.ink(unit.clusters[-1])
    if found[0] is None or found[1] is None:
        return 0.0, 0.0
    if unit.turned == "upright":
        return (BASELINE - found[0].top) * scale, cell - (BASELINE - found[1].bottom) * scale
    if strip.setting.punctuation == "display" and strip.chain.kinds[k] in MARKS and not unit.turned:
        white = (cell - found[0].width * scale) / 2
        return white, white
    before = sum(cluster.advance for cluster in unit.clusters[:-1])
    return pen + unit.pad + found[0].left * scale, cell - pen - unit.pad - (before + found[1].right) * scale


def _pen(strip: Strip, k: int, cell: float) -> float:
    kind, width = strip.chain.kinds[k], strip.chain.units[k].width
    if kind is CharClass.OPEN:
        return cell - width
    return (cell - width) / 2 if kind is CharClass.INTERPUNCT or strip.allowances.left[k] else 0.0


def with_even_marks(strip: Strip, line: Line, metrics: Metrics) -> Line:
    """*line* with each mark's ink in the middle of its half body (``punctuation: display``)."""
    if strip.setting.punctuation != "display" or strip.setting.vertical:
        return line
    return replace(line, placed=tuple(_evened(strip, line, metrics)))


def _evened(strip: Strip, line: Line, metrics: Metrics) -> Iterator[Placed]:
    for placed in line.placed:
        k = strip.chain.at(placed.offset)
        shift = 0.0
        if not placed.annotation and not placed.inserted and strip.chain.kinds[k] in MARKS:
            shift = _shift(strip.chain.units[k], strip.chain.kinds[k], metrics)
        yield replace(placed, x=placed.x + shift) if shift else placed


def _shift(unit: Unit, kind: CharClass, metrics: Metrics) -> float:
    """By how much the mark's pen moves so that its ink stands in the middle of its cell."""
    ink, scale = metrics.ink(unit.clusters[0]), unit.span.scale
    cell = HALF * scale
    if ink is None or unit.width < cell + 0.05 * scale or len(unit.clusters) > 1:
        return 0.0  # a Western mark has a body of its own
    pen = cell - unit.width if kind is CharClass.OPEN else 0.0
    return (cell - ink.width * scale) / 2 - ink.left * scale - pen
