"""Copy down columns of one measure: the rows that it takes, and the rows after which a column may end.

All lines break alike in columns of one measure, so copy is set but once, down a column that knows no end. What
``set_chain`` would leave empty at a column's foot (for the sake of ``--orphans``, ``--widows``, of a heading) follows
from where each paragraph begins; so does what headings then take of it (``--rows-most``).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from layout.galley.css_to_setting import whole
from layout.galley.galley import set_chain
from layout.galley.model import Galley, GalleyLine, TextChain
from layout.galley.paragraph_setter import Setter
from layout.galley.parting import least_part
from layout.page.frames import FrameType


@dataclass(frozen=True, slots=True)
class ColumnHeading:
    """A heading: its first row, the row below its last, the rows that it may take beyond those that it wants, and its
    lines.
    """

    first: int
    end: int
    spare: int
    lines: int = 1


@dataclass(frozen=True, slots=True)
class ColumnCopy:
    """Copy of so many *lines*, in rows."""

    lines: int
    feet: frozenset[int] | None = None
    """The rows after which a column may end, seen from the copy's head; None where that is not known: any may be."""
    headings: tuple[ColumnHeading, ...] = ()
    has_room: bool = True
    """Whether its tables are as wide as they are to be at the least."""

    def used(self, rooms: Sequence[int]) -> int | None:
        """The rows that it takes down columns of *rooms* rows, with those that headings take so that all but the last
        are filled; None where one of them cannot be.
        """
        ends = self._ends(rooms)
        return None if ends is None else self.lines + sum(rooms[:-1]) - (ends[-1] if ends else 0)

    def fewest(self, rooms: Sequence[int]) -> int:
        """The lines of the column that has the fewest of them, down columns of *rooms* rows: a heading takes more rows
        than it has lines. 0 where they cannot be filled.
        """
        ends = self._ends(rooms)
        return 0 if ends is None else min(self._lines(*column) for column in pairwise((0, *ends, self.lines)))

    def _lines(self, at: int, foot: int) -> int:
        white = sum(each.end - each.first - each.lines for each in self.headings if at <= each.first < foot)
        return foot - at - white

    def _ends(self, rooms: Sequence[int]) -> list[int] | None:
        """The rows of the copy at which all columns but the last end; None where one of them cannot be filled."""
        at, ends = 0, list[int]()
        for room in rooms[:-1]:
            foot = at + room
            if foot >= self.lines:
                return None
            if self.feet is not None and foot not in self.feet:
                foot = self._filled(at, foot)
                if foot < 0:
                    return None
            ends.append(foot)
            at = foot
        return ends

    def _filled(self, at: int, foot: int) -> int:
        """Where the column from row *at* on ends, if its headings fill it down to *foot*; -1 where they do not."""
        assert self.feet is not None
        end = next((row for row in range(foot - 1, at, -1) if row in self.feet), at)
        spare = sum(each.spare for each in self.headings if at < each.first and each.end <= end)
        return end if foot - end <= spare else -1


def column_copy(chain: TextChain, setter: Setter, measure: float) -> ColumnCopy:
    """The copy of *chain* over a *measure* in points. Raises ``Faults`` as ``set_chain`` does."""
    galley = set_chain(chain, (), setter, measure)
    blocks = list(_blocks(galley))
    whole_lines = all(one.end == other.first for one, other in pairwise(blocks) if not one.is_heading)
    plain = chain.type.initial is None and not galley.boxes and not any(line.in_table for line in galley.lines)
    if not blocks or not whole_lines or not plain:
        return ColumnCopy(galley.used, has_room=all(each.check != "table.too_wide" for each in galley.findings))
    ends = [*(each.first for each in blocks[1:]), galley.used]
    feet = {foot for block in blocks for foot in block.feet()}
    headings = []
    for number, block in enumerate(blocks):
        if block.is_heading:
            company = _company(blocks[number + 1 :], whole(block.type, "keep-next", 2))
            feet -= set(range(block.first + 1, ends[number] + company))
            spare = whole(block.type, "rows-most", 0) - (ends[number] - block.first)
            headings.append(ColumnHeading(block.first, ends[number], max(0, spare), block.lines))
    return ColumnCopy(galley.used, frozenset(feet), tuple(headings))


@dataclass(frozen=True, slots=True)
class _Block:
    """A paragraph, or a heading, of so many lines from row *first* on."""

    first: int
    lines: int
    type: FrameType
    is_heading: bool

    @property
    def end(self) -> int:
        return self.first + self.lines

    def feet(self) -> Iterator[int]:
        """The rows after which a column may end with a part of it, or with none."""
        orphans, widows = (
            min(whole(self.type, "orphans", 1), self.lines),
            min(whole(self.type, "widows", 1), self.lines),
        )
        yield self.first
        if not self.is_heading:
            yield from range(self.first + orphans, self.end - widows + 1)


def _blocks(galley: Galley) -> Iterator[_Block]:
    def name(line: GalleyLine) -> object:
        return line.flow, line.paragraph

    for _, lines in groupby(galley.lines, key=name):
        own = list(lines)
        yield _Block(own[0].slot, len(own), own[0].type, own[0].drop is not None)


def _company(following: Sequence[_Block], wanted: int) -> int:
    """How many rows must follow a heading in its column; those of headings that come next see to their own."""
    if not following:
        return 0
    if following[0].is_heading:
        return 1
    return least_part(following[0].lines, following[0].type, wanted)
