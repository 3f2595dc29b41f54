"""A story as make-up sees it: its weight, headline, parts and pictures, and the lines that it takes in a type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from layout.flows import Chain, Flow
from layout.galley.column_copy import ColumnCopy, column_copy
from layout.galley.model import TextChain
from layout.galley.paragraph_setter import Setter
from layout.galley.tracking import Tracking
from layout.makeup.headlines import Headline
from layout.makeup.story_kinds import kinds_of
from layout.manuscript.model import Story, Text
from layout.page.frames import FrameType

FIGURES = "figures"
"""What a story has that is no part of its copy, but may be set large."""
CLOSER = 2
"""Lines that copy may take fewer, set closer by thousandths of an em, where a piece without pictures then is level."""
TABLES = "tables"
"""What stands in its running text, and may want a wide measure."""


@dataclass(frozen=True)
class StoryCopy:
    """A story, or a picture of no story, with what it brings to its page."""

    id: str
    weight: int
    """0 is the heaviest of the page."""
    headline: Headline | None
    """None of a picture of no story."""
    parts: frozenset[str]
    pictures: tuple[str, ...]
    flows: Chain
    """Of its running text, in reading order."""
    texts: Mapping[Flow, Text]
    setter: Setter
    supposed: int = 0
    """Characters that its texts have more than were written, where that is tried; below 0: fewer."""
    is_firm: bool = False
    """Whether nothing of it may be cut."""
    outline: str = ""
    """Which places a shape has for it besides those of headline and running text: its parts, its figures, the words of
    its pictures. Stories of one outline are reckoned by one sample."""
    _set: dict[tuple[object, float], ColumnCopy] = field(default_factory=dict, compare=False, repr=False)
    """Its copy, set before, whatever is tried of it;"""
    _closer: dict[tuple[object, float], tuple[ColumnCopy, ...]] = field(default_factory=dict, compare=False, repr=False)
    """the same set closer,"""
    _tracking: dict[tuple[object, float], Tracking] = field(default_factory=dict, compare=False, repr=False)
    """and what was found of that."""

    def chain(self, type_: FrameType) -> TextChain:
        """Its running text in a type."""
        return TextChain(self.flows, tuple(self.texts[flow] for flow in self.flows.flows if flow in self.texts), type_)

    def tracked(self, type_: FrameType, measure: float, lines: int) -> TextChain | None:
        """Its running text, set closer by so little that it takes so many *lines* fewer, as copyfit would set it where
        it has that room; None where it cannot.
        """
        if not lines:
            return self.chain(type_)
        key = (type_.key, measure)
        if key not in self._tracking:
            self._tracking[key] = Tracking(self.setter, (-1,))
        return self._tracking[key].shorter(self.chain(type_), measure, lines)

    def closer(self, type_: FrameType, measure: float) -> tuple[ColumnCopy, ...]:
        """Its running text in a type with a line fewer, with two, as far as it can be set so."""
        if self.supposed:
            return ()  # what is written then may be set closer by no more than what is there
        key = (type_.key, measure)
        if key not in self._closer:
            chains = [self.tracked(type_, measure, lines) for lines in range(1, CLOSER + 1)]
            self._closer[key] = tuple(column_copy(each, self.setter, measure) for each in chains if each is not None)
        return self._closer[key]

    def copy(self, type_: FrameType, measure: float) -> ColumnCopy:
        """Its running text in a type, down columns of a measure in points."""
        key = (type_.key, measure)
        if key not in self._set:
            self._set[key] = column_copy(self.chain(type_), self.setter, measure)
        return self._set[key]

    def with_texts(self, texts: Mapping[Flow, Text], supposed: int) -> StoryCopy:
        """The same story, supposed to have other *texts*."""
        return replace(self, texts=texts, supposed=supposed, _set={}, _closer={}, _tracking={})


def parts_of(story: Story) -> frozenset[str]:
    """The parts that *story* has, by name, and what else it is: ``story_kinds``."""
    own = {name for name, part in story.parts.items() if part}
    besides = {FIGURES: story.figures, TABLES: story.tables}
    return frozenset({*own, *(name for name, part in besides.items() if part), *kinds_of(story)})
