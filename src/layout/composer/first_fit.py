"""Breaks line by line: 先挤进，后推出 (CLREQ prohibition_rules_for_line_start_end).

A line takes what fits by nature. Where no break is allowed there, it is squeezed up to the next allowed break if the
marks can give enough; else the last characters are pushed out and the line is stretched. Numbers with their units,
short titles and names are kept together as long as that opens the line no further than ``gap_error``; past that the
cheapest of them is torn first.
"""

from __future__ import annotations

from bisect import bisect_right

from layout.composer.allowances import FITS
from layout.composer.breaks import ITEM, KEPT
from layout.composer.evaluate import IMPOSSIBLE, Available, Strip


def first_fit(strip: Strip, start: int, end: int, available: Available, number: int) -> list[int]:
    """The line ends of units [start, end), the first line being the paragraph's line *number*. No runt is looked at."""
    ends: list[int] = []
    position = start
    while position < end:
        position = _next_end(strip, position, end, available(number + len(ends)))
        ends.append(position)
    return ends


def _next_end(strip: Strip, i: int, end: int, room: float) -> int:
    reach = _reach(strip, i, end, room)
    if reach >= end:
        return end
    grade = strip.breaks.grade
    if grade[reach] <= ITEM and strip.natural(i, reach) <= room + FITS and reach > i:
        return reach
    best = _around(strip, i, end, reach, room, ITEM)
    for worst in KEPT:
        fits = strip.strain(i, best, room) != IMPOSSIBLE
        if (best == end and fits) or _looseness(strip, i, best, room) <= strip.setting.gap_error:
            break
        other = _around(strip, i, end, reach, room, worst)
        if _looseness(strip, i, other, room) < _looseness(strip, i, best, room):
            best = other
    return best


def _reach(strip: Strip, i: int, end: int, room: float) -> int:
    """The furthest unit that fits by nature, whether a line may end there or not."""
    first = strip.head[i]
    j = min(end, max(i, bisect_right(strip.width, strip.width[first] + room, lo=i) - 1))
    while j < end and _bare(strip, i, j + 1) <= room + FITS:
        j += 1
    while j > i and _bare(strip, i, j) > room + FITS:
        j -= 1
    return j


def _bare(strip: Strip, i: int, j: int) -> float:
    return strip.natural(i, j) - strip.breaks.hyphen.get(j, 0.0)


def _around(strip: Strip, i: int, end: int, reach: int, room: float, worst: int) -> int:  # noqa: PLR0917
    """The next break no worse than *worst* if the line can be squeezed up to it, else the one before, else the next."""
    grade = strip.breaks.grade
    following = next(j for j in range(max(reach, i) + 1, end + 1) if grade[j] <= worst or j == end)
    if strip.strain(i, following, room) != IMPOSSIBLE:
        return following
    for j in range(reach, i, -1):
        if grade[j] <= worst and strip.tail[j] > strip.head[i] and strip.natural(i, j) <= room + FITS:
            return j
    return following


def _looseness(strip: Strip, i: int, j: int, room: float) -> float:
    strain = strip.strain(i, j, room)
    return float("inf") if strain == IMPOSSIBLE else max(0.0, strain)


def mend_runt(strip: Strip, start: int, ends: list[int], available: Available, number: int) -> list[int]:
    """The last two of *ends*, changed so that the last line is no runt: squeezed into the line before, else given
    characters from it (CLREQ adjustments_of_orphans_and_widows). Unchanged if neither keeps within the limits.
    """
    if len(ends) < 2 or not strip.short_last(ends[-2]):
        return ends
    before = ends[-3] if len(ends) > 2 else start
    room, end = available(number + len(ends) - 2), ends[-1]
    if strip.strain(before, end, room) != IMPOSSIBLE:
        return [*ends[:-2], end]
    for j in range(ends[-2] - 1, before, -1):
        strain = strip.strain(before, j, room)
        if strain > strip.setting.gap_error or strip.tail[j] <= strip.head[before]:
            break
        taken = strip.natural(j, end) <= available(number + len(ends) - 1) + FITS
        if strip.breaks.grade[j] <= ITEM and strain != IMPOSSIBLE and taken and not strip.short_last(j):
            return [*ends[:-2], j, end]
    return ends
