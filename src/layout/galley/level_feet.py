"""Levels the columns of copy that is too short for its frames: all end on one height, instead of the last ones white.

The trade lets the last column of a story be two lines short, and no other. Where more are wanting, the columns of the
last band are cut off at the lowest row of the grid that still holds the copy; the odd lines are wanting in the columns
at the end. Where headings and orphans leave the last column shorter than that all the same, a row or two are taken from
columns before it. What was cut off is remembered: it is as empty as before, and told so.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product

from layout.galley.galley import set_chain
from layout.galley.line_demand import elastic
from layout.galley.model import Galley, TextChain
from layout.galley.paragraph_setter import Setter
from layout.galley.pour import overset
from layout.galley.slots import Slot
from layout.page.frames import Frame

LAST_COLUMN = 2
"""Lines that the last column of a story may be short without looking so (in the trade one or two)."""
_EPS = 0.05
_TAKEN = (1, 2)
"""Rows taken from a column at a time: where one would part two lines of a paragraph from the rest, two do."""


def set_level(chain: TextChain, frames: Sequence[Frame], slots: tuple[Slot, ...], setter: Setter) -> Galley:
    """The copy of *chain* in the *slots* of its *frames*, its last columns level where it does not fill them.

    The galley's slots end where its columns do; those below are its ``below``.
    """
    length = frames[0].box.width
    galley = set_chain(chain, slots, setter, length)
    last = [number for number, frame in enumerate(frames) if frame.band == frames[-1].band and elastic(frame)]
    wanting = len(slots) - galley.used
    if wanting <= LAST_COLUMN or len(last) < 2 or chain.type.vertical or chain.turns or chain.texts == ():
        return galley
    feet = sorted({slot.top for slot in slots if slot.frame in last}, reverse=True)
    best = galley
    for foot in feet:
        held = tuple(slot for slot in slots if slot.frame not in last or slot.top < foot - _EPS)
        made = set_chain(chain, held, setter, length)
        if overset(made):
            # A row more than this holds it: the columns at the end need not have that row.
            best = _without_odd(chain, slots, best, setter, length)
            break
        best = _cut(made, slots)
    return _evened(slots, best, last, lambda own: set_chain(chain, own, setter, length))


def _without_odd(chain: TextChain, slots: tuple[Slot, ...], level: Galley, setter: Setter, length: float) -> Galley:
    """*level* without the lowest row in as many of the last columns as the copy leaves lines of it empty."""
    best = level
    lowest = [slot for slot in level.slots if abs(slot.top - max(each.top for each in level.slots)) < _EPS]
    for number in range(1, min(len(level.slots) - level.used + 1, len(lowest))):
        gone = set(lowest[-number:])
        made = set_chain(chain, tuple(slot for slot in level.slots if slot not in gone), setter, length)
        if overset(made):
            return best
        best = _cut(made, slots)
    return best


def _evened(
    slots: tuple[Slot, ...], level: Galley, last: Sequence[int], poured: Callable[[tuple[Slot, ...]], Galley]
) -> Galley:
    """*level* with its *last* columns more even, where one of them ends more than the trade's lines above the lowest:
    each time with fewer rows in that one by which all come nearest, until none does.
    """
    best, ragged = level, _ragged(level, last)
    while max(_short(best, last)) > LAST_COLUMN:
        nearest = None
        for column, rows in product(last, _TAKEN):
            foot = _foot(best, column, last) - rows * level.type.leading
            own = tuple(slot for slot in best.slots if slot.frame != column or slot.top < foot + _EPS)
            made = poured(own)
            if not overset(made) and (found := _ragged(made, last)) < ragged:
                nearest, ragged = _cut(made, slots), found
        if nearest is None:
            break
        best = nearest
    return best


def _ragged(galley: Galley, columns: Sequence[int]) -> int:
    """How far the *columns* are from even: it grows with the square of what one is short."""
    return sum(rows**2 for rows in _short(galley, columns))


def _short(galley: Galley, columns: Sequence[int]) -> list[int]:
    """How many lines each of the *columns* ends above the lowest."""
    feet = [_foot(galley, column, columns) for column in columns]
    return [round((max(feet) - foot) / galley.type.leading) for foot in feet]


def _foot(galley: Galley, column: int, columns: Sequence[int]) -> float:
    """The head of the last line of a column; of one without lines of a line above its first slot."""
    tops = [galley.slots[line.slot].top for line in galley.lines if galley.slots[line.slot].frame == column]
    first = (slot.top for slot in galley.slots if slot.frame in (column, *columns))
    return max(tops, default=min(first, default=0.0) - galley.type.leading)


def _cut(made: Galley, slots: Sequence[Slot]) -> Galley:
    """*made* with the *slots* that it was not given, in the order of the columns."""
    own = set(made.slots)
    return replace(made, below=tuple(slot for slot in slots if slot not in own))
