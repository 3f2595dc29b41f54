"""A story as make-up sees it: its weight, headline, parts and pictures, and the lines that it takes in a type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from layout.flows import Chain, Flow
from layout.galley.galley import set_chain
from layout.galley.model import TextChain
from layout.galley.paragraph_setter import Setter
from layout.makeup.headlines import Headline
from layout.manuscript.model import Story, Text
from layout.manuscript.story_parts import story_parts
from layout.page.frames import FrameType

NOTE = "editor_note"
FIGURES = "figures"
"""What a story has that is no part of its copy, but may be set large."""


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
    model: str = ""
    """The story whose samples it is reckoned by: one with the same parts beside its running text; none of a picture."""

    @cached_property
    def _lines(self) -> dict[tuple[object, float], int]:
        return {}

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
    """The parts that *story* has, by name."""
    own = {name for name, part in story.parts.items() if part}
    return frozenset(own | ({FIGURES} if story.figures else set()))


def models_of(stories: Sequence[Story]) -> dict[str, str]:
    """The story by whose samples each is reckoned, by their ids: the first with the same kicker, deck and the like.

    A story with an editor's note, which is as high as its words, is reckoned by its own.
    """
    first: dict[object, str] = {}
    return {story.id: first.setdefault(_besides(story), story.id) for story in stories}


def _besides(story: Story) -> object:
    """What of *story* stands beside its running text and takes room of its own."""
    parts = story_parts()
    own = frozenset(name for name in parts_of(story) if name in parts and not parts[name].is_running)
    return own, len(story.figures), story.id if NOTE in own else ""
