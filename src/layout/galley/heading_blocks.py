"""Sets headings in running text: the rows each takes (占行), beside a box or below it, and the rows it may take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil

from layout.composer import Composition
from layout.galley.css_to_setting import whole
from layout.galley.measures import measure_of
from layout.galley.paragraph_setter import Setter
from layout.galley.slots import Slot
from layout.manuscript.model import Paragraph
from layout.page.frames import FrameType

_TRIES = 4
"""How often a heading is set anew because it takes more rows than it was given, and finds them narrower."""
_EPS = 0.05
_UNFIT = ("overlong", "too_long", "torn_word")
"""What is remarked on a heading that finds no room beside a shape."""


@dataclass(frozen=True, slots=True)
class PlacedHeading:
    """A heading where it stands."""

    at: int
    """Its first slot."""
    rows: int
    composition: Composition
    inset: float
    """How far right of that slot's left edge it begins, in points."""
    more: int = 0
    """How many of its rows it took to fill the column; they stand above it."""

    def above(self, body: FrameType, own: FrameType) -> float:
        """Points from the head of its rows to the head of its first line: it stands in their middle."""
        return self.more * body.leading + (
            ((self.rows - self.more) * body.leading - len(self.composition.lines) * own.leading) / 2
        )


@dataclass
class ChainHeadings:
    """The headings of one chain."""

    body: FrameType
    slots: Sequence[Slot]
    beyond: float
    """The room in slots past the last, in points."""
    more: Mapping[int, int]
    """Rows that a heading takes beyond those it wants, by its number in the chain."""
    setter: Setter
    _stood: dict[int, tuple[PlacedHeading, int]] = field(default_factory=dict)
    """Every heading as it was asked for last, with the rows it may take at most."""

    def block(self, index: int, paragraph: Paragraph, type_: FrameType, at: int) -> PlacedHeading:
        """Heading *index* at slot *at*, or at the first after it where it fits its measure on whole rows.

        Where a box stands in the column the heading is set in what the box leaves; is that too narrow, it stands below
        the box, in the same column. Where it fits nowhere it stands at *at*, and the composer's remark tells of it.
        """
        first, fits = self._at(index, paragraph, type_, at)
        block = first
        last = at + self._left(at)
        for slot in range(at + 1, last if not fits else at):
            block, fits = self._at(index, paragraph, type_, slot)
            if fits:
                break
        block = block if fits else first
        self._stood[index] = block, whole(type_, "rows-most", 0)
        return block

    def spread(self, empty: Sequence[int]) -> dict[int, int]:
        """How many rows more the headings above the *empty* slots at their columns' feet are to take.

        The rows of a column go to its headings one by one, the lowest first; one at the column's head takes none.
        """
        more: dict[int, int] = {}
        for frame in sorted({self.slots[slot].frame for slot in empty}):
            own = [number for number, slot in enumerate(self.slots) if slot.frame == frame]
            spare = _trailing(own, set(empty))
            headings = [
                (index, most - block.rows)
                for index, (block, most) in sorted(self._stood.items(), reverse=True)
                if own[0] < block.at <= own[-1] and most > block.rows
            ]
            while spare and any(room > more.get(index, 0) for index, room in headings):
                for index, room in headings:
                    if spare and room > more.get(index, 0):
                        more[index] = more.get(index, 0) + 1
                        spare -= 1
        return more

    def _at(self, index: int, paragraph: Paragraph, type_: FrameType, at: int) -> tuple[PlacedHeading, bool]:
        """The heading at slot *at*, and whether it fits there."""
        wanted = whole(type_, "rows", 1)
        rows = wanted
        for _ in range(_TRIES):
            left, length, whole_ = self._room(at, rows)
            composition = self.setter.set(paragraph, type_, measure_of(type_, length))
            least = ceil(len(composition.lines) * type_.leading / self.body.leading - 0.01)
            if least <= rows:
                break
            rows = least
        fits = whole_ and not any(remark.what in _UNFIT for remark in composition.remarks)
        more = self.more.get(index, 0)
        inset = left - self.slots[at].x if at < len(self.slots) else 0.0
        return PlacedHeading(at, rows + more, composition, inset, more), fits

    def _room(self, at: int, rows: int) -> tuple[float, float, bool]:
        """Left edge and length that *rows* slots from *at* on have in common, and whether they follow without a gap."""
        own = [slot for slot in self.slots[at : at + rows] if slot.frame == self.slots[at].frame]
        if not own:
            return 0.0, self.beyond, True
        if self.body.vertical:
            return own[0].x, min(slot.length for slot in own), True
        left = max(slot.x for slot in own)
        right = min(slot.x + slot.length for slot in own)
        tops = [own[0].top + number * self.body.leading for number in range(len(own))]
        even = all(abs(slot.top - top) < _EPS for slot, top in zip(own, tops, strict=True))
        return left, max(right - left, _least(self.body)), even and right - left >= _least(self.body)

    def _left(self, at: int) -> int:
        """How many slots the frame has from *at* on."""
        return sum(1 for slot in self.slots[at:] if slot.frame == self.slots[at].frame)


def _least(type_: FrameType) -> float:
    """The narrowest a heading is set, in points: two characters of the text around it."""
    return 2 * type_.size


def _trailing(own: Sequence[int], empty: set[int]) -> int:
    """How many of the last of *own* are empty."""
    count = 0
    for slot in reversed(own):
        if slot not in empty:
            break
        count += 1
    return count
