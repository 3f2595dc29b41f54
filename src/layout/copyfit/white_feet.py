"""White feet: columns of running text whose last rows stay empty, so many that a reader sees a hole (``page.hole``)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile

from layout.galley.measures import is_running
from layout.galley.model import Galley
from layout.page.frames import Frame

HOLE = 1800 * (72 / 25.4) ** 2
"""Square points: from here on white is looked at as a hole (``page.hole``)."""
HOLE_ROWS = 4
"""So many rows a hole is high at least (``page.hole``)."""


def white_feet(galley: Galley, frames: Sequence[Frame]) -> Iterator[int]:
    """The lines that stay empty at the foot of each column of the chain where they make a hole.

    The row below a column belongs to it, and half of the gap on either side: a rule mostly stands in its middle, so
    that each column is a hole by itself.
    """
    if galley.type.vertical or not is_running(galley.type):
        return
    empty = {*galley.empty, *range(galley.used, len(galley.slots))}
    for number, frame in enumerate(frames):
        own = [slot for slot, each in enumerate(galley.slots) if each.frame == number]
        lines = sum(1 for _ in takewhile(empty.__contains__, reversed(own)))
        rows, leading = lines + 1, frame.type.leading
        if 0 < lines < len(own) and rows >= HOLE_ROWS and rows * leading * (frame.box.width + frame.type.size) > HOLE:
            yield lines
