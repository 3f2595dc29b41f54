"""A story as make-up sees it: its weight, headline, parts and pictures, and the lines that it takes in a type."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from layout.flows import Chain, Flow
from layout.galley.galley import set_chain
from layout.galley.model import TextChain
from layout.galley.paragraph_setter import Setter
from layout.makeup.headlines import Headline
from layout.makeup.story_kinds import kinds_of
from layout.manuscript.model import Story, Text
from layout.page.frames import FrameType

FIGURES = "figures"
"""What a story has that is no part of its copy, but may be set large."""
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
    extra: int = 0
    """Lines that it is taken to have more than it has, where that is tried."""
    is_firm: bool = False
    """Whether nothing of it may be cut."""
    outline: str = ""
    """Which places a shape has for it besides those of headline and running text: its parts, its figures, the words of
    its pictures. Stories of one outline are reckoned by one sample."""
    _lines: dict[tuple[object, float], int] = field(default_factory=dict, compare=False, repr=False)
    """Its lines, counted before, whatever is tried of it."""

    def chain(self, type_: FrameType) -> TextChain:
        """Its running text in a type."""
        return TextChain(self.flows, tuple(self.texts[flow] for flow in self.flows.flows if flow in self.texts), type_)

    def lines(self, type_: FrameType, measure: float) -> int:
        """Lines of its running text in a type, over a measure in points."""
        key = (type_.key, measure)
        if key not in self._lines:
            self._lines[key] = set_chain(self.chain(type_), (), self.setter, measure).used
        return max(0, self._lines[key] + self.extra)


def parts_of(story: Story) -> frozenset[str]:
    """The parts that *story* has, by name, and what else it is: ``story_kinds``."""
    own = {name for name, part in story.parts.items() if part}
    besides = {FIGURES: story.figures, TABLES: story.tables}
    return frozenset({*own, *(name for name, part in besides.items() if part), *kinds_of(story)})
