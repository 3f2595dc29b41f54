"""A galley's values: the texts of a chain, and the lines that they make."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from layout.checks import Finding
from layout.composer import Line
from layout.errors import Place
from layout.flows import Chain, Flow
from layout.galley.slots import Slot
from layout.manuscript.model import Paragraph, Text
from layout.page.by_value import ByValue
from layout.page.frames import FrameType
from layout.page.table_style import InkedBox


@dataclass(frozen=True, slots=True)
class GalleyLine:
    """One line of a galley: its paragraph, and its slot. A line past the last slot is overset."""

    line: Line
    flow: Flow
    paragraph: int
    """Number of the paragraph in its flow, from 0."""
    place: Place
    type: FrameType
    slot: int
    drop: float | None = None
    """How far below its slot's head the line's own box begins, in points; None: on the slot's own baseline."""
    inset: float = 0.0
    """How far behind its slot's begin the line begins, in points: a heading beside something, a line beside a drop cap,
    a table's cell, what a whole measure leaves before it."""
    in_table: bool = False
    repeated: bool = False
    """Whether its words have stood before: those of a table's header that is repeated in the next column."""


@dataclass(frozen=True, slots=True)
class GalleyBox:
    """A tint or a rule of a table: lengths from the left edge and the head of its slot."""

    slot: int
    inked: InkedBox


@dataclass(frozen=True, slots=True)
class Galley:
    """A chain's lines, in order, with what the composer remarked."""

    chain: Chain
    type: FrameType
    lines: tuple[GalleyLine, ...]
    findings: tuple[Finding, ...]
    slots: tuple[Slot, ...]
    tracking: Mapping[tuple[Flow, int], float]
    """What each paragraph was tracked by, in em, by flow and number: by copyfit, or to take back a runt."""
    used: int
    """Slots taken: by lines, by rows of headings, left empty for the sake of breaks, and those that are wanting."""
    empty: tuple[int, ...] = ()
    """Of the slots taken those that hold nothing: a heading, an orphan or a widow was kept from them."""
    boxes: tuple[GalleyBox, ...] = ()
    """Tints and rules of its tables."""
    repeated: tuple[Text, ...] = ()
    """Every header of a table that stands again in a later column, in order."""
    spare: float = 0.0
    """What a table that ends the copy leaves of the slots it takes, in points; below 0 where its foot reaches into what
    its frame has left below the last of them."""
    unbroken: frozenset[int] = frozenset()
    """The slots at which tables begin that left those above them empty so as not to be broken."""
    below: tuple[Slot, ...] = ()
    """Slots that were cut off so that its columns end level: as empty as those past the ones that it uses."""

    @property
    def wanting(self) -> tuple[Slot, ...]:
        """The slots that copy is wanting for, column after column."""
        return tuple(sorted((*self.slots[self.used :], *self.below), key=lambda slot: slot.frame))

    @property
    def height(self) -> float:
        """How high all of it is down one frame, in points: its slots, but a table only down to its foot."""
        return self.used * self.type.leading - self.spare


@dataclass(frozen=True)
class TextChain:
    """The texts that run through a chain of frames of one type."""

    name: Chain
    texts: tuple[Text, ...]
    type: FrameType
    resumed: bool = False
    """Whether the first paragraph has begun on another page."""
    turns: bool = False
    """Whether what finds no place is turned over to a later page."""
    tracking: Mapping[tuple[Flow, int], float] = field(default_factory=dict)
    """What copyfit gives each paragraph, by flow and number."""
    hold: int | None = None
    """Of copy that is turned over: how many lines are to stand here, so that enough is left for the page it goes to."""
    stop: int | None = None
    """Of a lede that its frame does not hold: how many lines stand here; the rest goes on in other frames."""
    begins: int = 0
    """Number of the first paragraph in its flow: above 0 where it begins in other frames of the page."""

    @cached_property
    def key(self) -> Hashable:
        """All of it that decides how it is set, with a hash that is taken but once."""
        own = (self.resumed, self.turns, self.stop, self.begins)
        return ByValue((self.texts, self.type.key, tuple(sorted(self.tracking.items())), *own))

    def items(self) -> Iterator[tuple[Flow, int, Paragraph]]:
        """Every paragraph with its flow and number."""
        for place, text in enumerate(self.texts):
            for number, paragraph in enumerate(text.paragraphs, 0 if place else self.begins):
                yield text.flow, number, paragraph
