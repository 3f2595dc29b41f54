"""How the text of one chain begins: with a drop cap, rows beside it, or with words in type of their own."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from layout.checks import Finding
from layout.composer import Composition, Measure
from layout.errors import Message
from layout.galley.css_to_setting import share
from layout.galley.drop_caps import DropCap, NoDropCap, drop_cap, letter_of, no_drop_cap, rest_of
from layout.galley.opening_words import OpeningWords, lead_in_of
from layout.galley.paragraph_setter import Setter
from layout.galley.slots import LEAST_MEASURE
from layout.manuscript.model import Paragraph
from layout.page.frames import INITIAL, LEAD_IN, FrameType

_TRIES = 4
"""How often the first line is set anew because its own type changes what it holds."""


@dataclass(frozen=True, slots=True)
class StandingRoom:
    """Where a paragraph begins: its slot, how many the frame has from there on if that is known, the room in each."""

    at: int
    rows: int | None
    length: Callable[[int], float]


@dataclass
class ChainOpening:
    """The opening of one chain; *first* is the number of the paragraph that begins it, -1 where there is none."""

    body: FrameType
    setter: Setter
    first: int
    _at: int = 0
    _cap: DropCap | None = None
    told: tuple[Finding, ...] = ()
    """What is remarked where there is no drop cap."""

    @property
    def after(self) -> int:
        """The first slot below the drop cap; 0 where there is none."""
        return self._at + self._cap.rows if self._cap else 0

    def inset(self, slot: int) -> float:
        """What a drop cap takes of *slot*, in points."""
        return self._cap.room if self._cap and self._at <= slot < self.after else 0.0

    def stand(self, index: int, paragraph: Paragraph, type_: FrameType, room: StandingRoom) -> DropCap | None:
        """The drop cap of paragraph *index*, which begins in *room*; None where it has none."""
        initial = self.body.initial
        if initial is None or initial.rows < 2 or index != self.first:
            return None
        self._cap, self.told = None, ()
        try:
            cap = drop_cap(paragraph, type_, self.body.leading, initial, self.setter.fontbook)
            if room.rows is not None and room.rows < cap.rows:
                raise NoDropCap(Message(f"这里只有 {room.rows} 行", f"there are but {room.rows} rows here"))
            least = share(self.body, "least-measure", LEAST_MEASURE) * type_.size
            if min(room.length(slot) for slot in range(room.at, room.at + cap.rows)) - cap.room < least:
                raise NoDropCap(Message("旁边的行太窄", "the lines beside it would be too narrow"))
        except NoDropCap as reason:
            self.told = no_drop_cap(paragraph, initial.rows, reason.message)
            return None
        self._at, self._cap = room.at, cap
        return cap

    def lines(
        self, index: int, paragraph: Paragraph, type_: FrameType, measure: Measure, tracking: float, *, resumed: bool
    ) -> Composition:
        """Paragraph *index* as lines, beside its drop cap if it has one; its first words in their own type."""
        cap = self._cap if index == self.first else None
        copy = paragraph if cap is None else rest_of(paragraph, cap)

        def lines(openings: tuple[OpeningWords, ...]) -> Composition:
            resumed_ = resumed or cap is not None
            return self.setter.set(copy, type_, measure, tracking, resumed=resumed_, openings=openings)

        found = lines(()) if index != self.first else self._dressed(copy, cap, lines)
        return found if cap is None else cap.with_lines(found)

    def _dressed(
        self, copy: Paragraph, cap: DropCap | None, lines: Callable[[tuple[OpeningWords, ...]], Composition]
    ) -> Composition:
        letter: tuple[OpeningWords, ...] = ()
        if self.body.initial is not None and cap is None:
            letter = (OpeningWords(INITIAL, letter_of(copy)),) if self.body.initial.rows < 2 else ()
        found, lead = lines(letter), self.body.lead
        for _ in range(_TRIES if lead else 0):
            end = found.lines[0].end
            assert lead is not None
            found = lines((*letter, OpeningWords(LEAD_IN, lead_in_of(copy.text, lead, end))))
            if lead.characters is not None or found.lines[0].end == end:
                break
        return found
