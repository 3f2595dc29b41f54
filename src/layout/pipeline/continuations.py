"""Stories that run over several pages: what stands on each, and which pages must be made one after the other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import ceil
from typing import TYPE_CHECKING

from layout.flows import Chain, Flow
from layout.galley.costs import TOLERATED
from layout.issue import PagePlan
from layout.manuscript.cutting import before
from layout.manuscript.model import FrozenMap, Section, Story, Text

if TYPE_CHECKING:
    from layout.copyfit.model import ComposedPage, Share


@dataclass
class Turned:
    """What has been turned over so far: the rest of each story, and the flows that were cut in mid-paragraph."""

    hold: Mapping[int, Mapping[Chain, int]] = field(default_factory=dict)
    """By page the lines that are to stand on it of the chains that it turns over; else as many as it holds."""
    stories: dict[str, Story] = field(default_factory=dict)
    resumed: frozenset[Flow] = frozenset()
    standing: dict[str, int] = field(default_factory=dict)
    """The last page that each story stands on so far."""
    pages: list[tuple[PagePlan, ComposedPage]] = field(default_factory=list)
    """The pages made so far, without their lines."""

    def plan(self, plan: PagePlan) -> PagePlan:
        """*plan* with, of stories it continues, only what is left."""
        stories = tuple(self.stories.get(s.id, s) if s.id in plan.continues else s for s in plan.stories)
        return replace(plan, stories=stories)

    def take(self, plan: PagePlan, composed: ComposedPage) -> PagePlan:
        """Remembers what *plan*, *composed*, turns over; gives it back with only what stands on it."""
        kept, rest, plan = [], composed.rest, plan.with_apart(composed.apart)
        self.pages.append((plan, replace(composed, lines=(), findings=())))
        for story in plan.stories:
            if f"{story.id}.to" in plan.turns:
                self.stories[story.id] = _rest(story, rest.texts)
            kept.append(_kept(story, rest.texts))
            self.standing[story.id] = plan.number
        here = {story.id for story in plan.stories}
        others = (flow for flow in self.resumed if flow.story not in here)
        self.resumed = frozenset((*others, *map(_as_body, rest.resumed)))
        return replace(plan, stories=tuple(kept), repeated=composed.repeated)


@dataclass(frozen=True)
class _Run:
    """A story that runs over several pages: the pages that turn it over, and the one where it ends."""

    turning: tuple[tuple[int, Chain, Share], ...]
    """Page, chain, what the page takes of it."""
    last: Share


def fairer(pages: Sequence[tuple[PagePlan, ComposedPage]]) -> dict[int, dict[Chain, int]]:
    """How many lines each page that turns copy over should hold, so that the page where it ends is full; none if it is.

    A page that turns copy over is full whatever it holds: its pictures give way. Where the last page runs short, those
    before it hold so much less, each its part; where it is overset, so much more.
    """
    found: dict[int, dict[Chain, int]] = {}
    for run in _runs(pages):
        points = _miss(run) * run.last.measure / len(run.turning)
        for number, chain, share in run.turning if points else ():
            lines = ceil(abs(points) / share.measure - 0.01)
            found.setdefault(number, {})[chain] = max(1, share.held - lines if points > 0 else share.held + lines)
    return found


def unfairness(pages: Sequence[tuple[PagePlan, ComposedPage]]) -> tuple[int, float]:
    """How far the pages are from being full: lines without a place count ten times those left empty; what they cost."""
    misses = [_miss(run) for run in _runs(pages)]
    costs = sum(score.cost for _, composed in pages for score in composed.scores if score.chosen)
    return sum(miss if miss > 0 else -10 * miss for miss in misses), round(costs, 3)


def _miss(run: _Run) -> int:
    """Lines that the last page has empty (positive) or too many (negative); 0 where it looks full."""
    return 0 if 0 <= run.last.spare <= TOLERATED else run.last.spare


def _runs(pages: Sequence[tuple[PagePlan, ComposedPage]]) -> Iterator[_Run]:
    """Every story that is turned over and ends on one of *pages*."""
    for last, composed in pages:
        for name in last.continues if last.turns and not last.ends_run else ():
            turning = [
                (plan.number, chain, share)
                for plan, before in pages
                for chain, share in before.shares.items()
                if share.turns and f"{name}.to" in plan.turns and chain.flows[0].story == name
            ]
            flows = {flow for _, chain, _ in turning for flow in chain.flows}
            ends = [share for chain, share in composed.shares.items() if flows & set(chain.flows)]
            if turning and len(ends) == 1 and f"{name}.to" not in last.turns:
                yield _Run(tuple(turning), ends[0])


def nothing_left(plan: PagePlan) -> list[str]:
    """The stories that *plan* continues and of which nothing has been turned over."""
    left = {story.id for story in plan.stories if any(story.running())}
    return [name for name in plan.continues if name not in left]


def linked(plans: Sequence[PagePlan]) -> list[list[PagePlan]]:
    """Pages that hang together, because one continues the other's story; all others are on their own."""
    groups: list[list[PagePlan]] = []
    for plan in plans:
        kin = [g for g in groups if any(s.id in plan.continues for other in g for s in other.stories)]
        groups = [group for group in groups if group not in kin]
        groups.append([*(other for group in kin for other in group), plan])
    return groups


def _rest(story: Story, rest: Mapping[Flow, Text]) -> Story:
    """Only what is left of *story*: of its lede as body, as it stood before the page ended."""
    left = _mapped(story, {text.flow: rest.get(text.flow, replace(text, paragraphs=())) for text in story.texts()})
    if not (lede := left.lede):
        return left
    flow = _as_body(lede.flow)
    paragraphs = tuple(replace(each, kind="body") for each in lede.paragraphs)
    opening = [section.body for section in left.sections if section.body.flow == flow]
    body = Text(flow, (*paragraphs, *(each for text in opening for each in text.paragraphs)))
    first = Section(Text(flow.with_sub("heading"), ()), body)
    sections = (first, *(section for section in left.sections if section.body.flow != flow))
    parts = {**left.parts, "lede": replace(lede, paragraphs=()), "sections": sections}
    return replace(left, parts=FrozenMap(parts.items()))


def _as_body(flow: Flow) -> Flow:
    """The flow under which the rest of a lede goes on on another page: that of the copy before the first heading."""
    return Flow(flow.story, "section", 0) if flow.part == "lede" else flow


def _kept(story: Story, rest: Mapping[Flow, Text]) -> Story:
    """*story* without what is left of it."""
    return _mapped(story, {flow: before(text, rest[flow]) for flow, text in _texts(story).items() if flow in rest})


def _texts(story: Story) -> dict[Flow, Text]:
    return {text.flow: text for text in story.texts()}


def _mapped(story: Story, texts: Mapping[Flow, Text]) -> Story:
    """*story* with *texts* in the place of its own; its figures stand where its headline does."""
    headed = texts.get(story.headline.flow, True)
    return replace(story.with_texts(texts), figures=story.figures if headed else ())
