"""Stories that run over several pages: what stands on each, and which pages must be made one after the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from layout.issue import PagePlan
from layout.manuscript.model import Story, Text

if TYPE_CHECKING:
    from layout.copyfit.model import Rest


@dataclass
class Turned:
    """What has been turned over so far: the rest of each story, and the flows that were cut in mid-paragraph."""

    stories: dict[str, Story] = field(default_factory=dict)
    resumed: frozenset[str] = frozenset()

    def plan(self, plan: PagePlan) -> PagePlan:
        """*plan* with, of stories it continues, only what is left."""
        stories = tuple(self.stories.get(s.id, s) if s.id in plan.continues else s for s in plan.stories)
        return replace(plan, stories=stories)

    def take(self, plan: PagePlan, rest: Rest) -> PagePlan:
        """Remembers what *plan* turns over; gives it back with only what stands on it."""
        kept = []
        for story in plan.stories:
            if f"{story.id}.to" in plan.turns:
                self.stories[story.id] = _rest(story, rest.texts)
            kept.append(_kept(story, rest.texts))
        self.resumed = rest.resumed
        return replace(plan, stories=tuple(kept))


def nothing_left(plan: PagePlan) -> list[str]:
    """The stories that *plan* continues and of which nothing has been turned over."""
    running = {s.id: [s.lede, s.closing, *(part.body for part in s.sections)] for s in plan.stories}
    return [name for name in plan.continues if not any(running[name])]


def linked(plans: Sequence[PagePlan]) -> list[list[PagePlan]]:
    """Pages that hang together, because one continues the other's story; all others are on their own."""
    groups: list[list[PagePlan]] = []
    for plan in plans:
        kin = [g for g in groups if any(s.id in plan.continues for other in g for s in other.stories)]
        groups = [group for group in groups if group not in kin]
        groups.append([*(other for group in kin for other in group), plan])
    return groups


def _rest(story: Story, rest: Mapping[str, Text]) -> Story:
    """Only what is left of *story*."""
    return _mapped(story, {text.flow: rest.get(text.flow, replace(text, paragraphs=())) for text in story.texts()})


def _kept(story: Story, rest: Mapping[str, Text]) -> Story:
    """*story* without what is left of it."""
    from layout.copyfit.rest import before  # noqa: PLC0415  (loads the composer, which reading an issue does not need)

    return _mapped(story, {flow: before(text, rest[flow]) for flow, text in _texts(story).items() if flow in rest})


def _texts(story: Story) -> dict[str, Text]:
    return {text.flow: text for text in story.texts()}


def _mapped(story: Story, texts: Mapping[str, Text]) -> Story:
    def text(own: Text) -> Text:
        return texts.get(own.flow, own)

    sections = (replace(s, heading=text(s.heading), body=text(s.body)) for s in story.sections)
    left = {name for name, own in texts.items() if not own}
    return replace(
        story,
        headline=text(story.headline),
        kicker=text(story.kicker),
        deck=text(story.deck),
        lede=text(story.lede),
        closing=text(story.closing),
        credits=text(story.credits),
        words={name: text(own) for name, own in story.words.items() if own.flow not in left},
        sections=tuple(section for section in sections if section.heading or section.body),
        figures=story.figures if story.headline.flow not in left else (),
    )
