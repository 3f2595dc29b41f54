"""The pages of a run, one after the other: what of its queue of stories and pictures is put on the next of them.

A page is proposed, composed, and judged; from how it came out another is proposed, until one is as it should be or so
many have been tried. Nothing here composes: see ``share``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING

from layout.design.requirements import fits
from layout.flows import Chain
from layout.issue import PagePlan
from layout.issue.furniture import Way
from layout.issue.runs import page_of_run
from layout.manuscript.model import Story, Text
from layout.pipeline.continuations import Turned
from layout.pipeline.design_words import TurnWords
from layout.pipeline.job import PageTask
from layout.pipeline.run_checks import empty_share, run_findings, unset_of
from layout.pipeline.run_pictures import count_near, fewer_than
from layout.pipeline.turn_limits import LEAST, TurnedStory, share_of_story

if TYPE_CHECKING:
    from layout.copyfit.model import ComposedPage

TRIES = 12
"""Ways in which a page of a run is tried; every filler is one more."""
_HEADLINE = 0.06
"""What a headline takes of a page that holds several stories, as a share of its copy: a guess, for the first try."""
_SHORT_HEADLINE = 0.01
"""What the least headline takes of a page, that of a filler, in the same way."""
_NEARLY = 0.92
"""Copy that comes to more of a page than this is first tried as if it filled it."""
_HAIR = 1e-9
"""What sums of floating point numbers may be over."""
_NOTHING_TURNED = 1e7
"""What a page costs that turns over a story of which nothing is left: never taken while there is another."""
_EMPTY = 2e5
"""What a page costs that is all empty: some seventy rows, each at the price of an empty row (``galley.costs``)."""
_LACKING = 1e6
"""What a page costs on which copy has no place that another page might take."""
_FEW_LINES = 5e5
"""What a page costs that leaves too few lines of a story: more than one that stays empty."""


@dataclass(frozen=True)
class PageChoice:
    """What is put on a page: the first so many *stories* and *pictures* of the queue, and some of the *fillers*."""

    stories: int
    pictures: int
    turning: bool
    """Whether the last of the stories is turned over."""
    fillers: tuple[int, ...] = ()
    hold: tuple[tuple[Chain, int], ...] = ()
    """How many lines the chains of the story that is turned over hold, where that is not as many as they can."""


@dataclass(frozen=True)
class ProposedPage:
    """A page that is to be tried."""

    choice: PageChoice
    page: PagePlan

    @property
    def hold(self) -> Mapping[Chain, int] | None:
        """What its chains are to hold; None for what is said of the page otherwise."""
        return dict(self.choice.hold) or None


@dataclass(frozen=True)
class PageDraft:
    """A page that was tried."""

    proposed: ProposedPage
    task: PageTask
    composed: ComposedPage

    @property
    def choice(self) -> PageChoice:
        """What is put on it."""
        return self.proposed.choice

    @cached_property
    def last(self) -> TurnedStory:
        """What stands here of the story that is turned over, or would be."""
        return share_of_story(self.proposed.page, self.composed, self.proposed.page.stories[self.choice.stories - 1].id)

    @property
    def lacking(self) -> int:
        """Lines of copy that have no place on it and are not turned over."""
        stories = (share_of_story(self.proposed.page, self.composed, story.id) for story in self.proposed.page.stories)
        return sum(share.over for each in stories for share in each.shares.values() if not share.turns)

    @property
    def cost(self) -> float:
        """What it costs, with what no page costs that stands alone."""
        cost = sum(score.cost for score in self.composed.scores if score.chosen)
        if self.choice.turning:
            cost += _FEW_LINES * self.last.is_short + _NOTHING_TURNED * (not self.last.over)
        if self.proposed.page.ends_run:
            cost += _EMPTY * empty_share(self.composed)
        return cost + _LACKING * bool(self.lacking)


class RunPages:
    """The pages of the run that *plan* stands for. *leads_to* is the later page that goes on with its last story."""

    def __init__(self, plan: PagePlan, words: TurnWords, design: Path, leads_to: int | None = None):
        if plan.run is None:
            raise ValueError(plan.number)
        self._plan, self._run, self._words, self._design, self._leads_to = plan, plan.run, words, design, leads_to
        self._number = plan.number
        self._stories: tuple[Story, ...] = plan.stories
        self._begun = frozenset(plan.continues)
        self._pictures = plan.pictures
        self._of_copy = 0.0
        """Characters that stand on the pages so far."""
        self._page_holds: float | None = None
        """Characters of a full page; None before there was one."""
        self._started = False
        self.done = not plan.stories
        """Whether it has no further page."""

    def proposed(self, tried: Sequence[PageDraft], turned: Turned) -> ProposedPage | None:
        """The page to try after those *tried*; None where one of them will do, or enough have been."""
        if not self._started:  # what is left of a story that goes on from before the run is known but now
            self._stories = tuple(turned.stories.get(s.id, s) if s.id in self._begun else s for s in self._stories)
            self._started = True
        choice = self._next(tried) if tried else self._first()
        if choice is None or len(tried) >= TRIES + len(self._run.fillers):
            return None
        return None if choice in [each.choice for each in tried] else ProposedPage(choice, self._page(choice, turned))

    def take(self, draft: PageDraft, turned: Turned) -> PageTask:
        """The task of the page that was decided on; what stands on it is taken from the queue."""
        choice, page = draft.choice, draft.proposed.page
        turned.take(page, draft.composed)
        before = sum(map(_characters, page.stories))
        rest = self._stories[choice.stories :]
        if choice.turning:
            story = self._stories[choice.stories - 1]
            left = turned.stories[story.id].with_texts({story.text("credits").flow: story.text("credits")})
            turned.stories[story.id] = left
            before -= _characters(left)
            self._page_holds = before
            rest = (left, *rest)
        self._of_copy += before
        self._begun = frozenset({rest[0].id} if choice.turning else ())
        self._stories, self._pictures = rest, self._pictures[choice.pictures :]
        self.done = page.ends_run or self._closes or not before
        found = run_findings(
            page,
            self._run,
            draft.composed,
            rest=self._lost(draft, turned_on=choice.turning and before > 0) if self.done else (),
            pictures=self._pictures if self.done else (),
            holds=self._page_holds,
        )
        self._number += 1
        return replace(draft.task, remarks=tuple(found))

    @property
    def _closes(self) -> bool:
        """Whether the page is the last that there may be."""
        return self._number == self._run.span.numbers()[-1]

    @property
    def _may_turn(self) -> bool:
        return not self._closes or self._leads_to is not None

    def _lost(self, draft: PageDraft, *, turned_on: bool) -> tuple[Text, ...]:
        """What of the queue stands on no page of the run, nor is *turned_on* to another."""
        waiting = self._stories[1:] if turned_on else self._stories
        unset = unset_of(draft.proposed.page, draft.composed)
        return (*unset, *(text for story in waiting for text in story.running()))

    def _first(self) -> PageChoice:
        """What is tried first, by how much copy there is and how much the page before held."""
        holds, count, size = self._page_holds, 1, float(_characters(self._stories[0]))
        if holds is None:
            return self._choice(1, turning=True)
        while count < len(self._stories) and size < _NEARLY * holds:
            size += _characters(self._stories[count]) + _HEADLINE * holds
            count += 1
        return self._choice(count, turning=size >= _NEARLY * holds or count < len(self._stories))

    def _choice(self, stories: int, *, turning: bool) -> PageChoice:
        turning = turning and self._may_turn
        ends = not turning and stories == len(self._stories)
        return PageChoice(stories, self._shots(self._page_holds, all_left=ends or self._closes), turning)

    def _shots(self, holds: float | None, *, all_left: bool) -> int:
        """How many pictures go to the page, so that they are spread over the run as its copy is."""
        left, of_all = len(self._pictures), len(self._plan.pictures)
        shared = of_all - (of_all > 1)  # the last page, which copy does not fill, has one of its own
        whole = self._of_copy + sum(map(_characters, self._stories))
        if all_left:
            count = left
        elif holds is None:
            count = min(left, 1)
        else:
            come = min(1.0, (self._of_copy + holds) / max(whole, 1))
            count = ceil(shared * come - _HAIR) - (of_all - left)
        count = min(max(count, 0), left)
        return count_near(count, self._pictures, self._has_room_for, all_left=all_left)

    def _has_room_for(self, pictures: int) -> bool:
        """Whether the design has pages with so many."""
        return fits(self._design, replace(self._plan, pictures=self._pictures[:pictures]))

    def _next(self, tried: Sequence[PageDraft]) -> PageChoice | None:
        """What is tried after the last of those *tried*; None where nothing could be better."""
        last = tried[-1]
        return self._after_turning(last, tried) if last.choice.turning else self._after_ending(last, tried)

    def _after_turning(self, last: PageDraft, tried: Sequence[PageDraft]) -> PageChoice | None:
        count = last.choice.stories
        if not last.last.over:  # it ends here: the next begins here, or the run has come to its end
            more = self._choice(count + 1, turning=True) if count < len(self._stories) else self._ending(count)
            return replace(last.choice, turning=False) if more in [each.choice for each in tried] else more
        if last.last.over < LEAST:
            ending = self._ending(count)
            return _with_fewer_lines(last) if ending in [each.choice for each in tried] else ending
        if count > 1 and (last.lacking or last.last.here < LEAST):
            fewer = _without_last(last.choice, turning=last.lacking > 0)
            same = next((each for each in tried if each.choice == fewer), None)
            # What ended here by itself ends here, though the next story has no room to begin.
            return fewer if same is None or same.last.over else replace(fewer, turning=False)
        if last.last.here < LEAST:
            half = fewer_than(last.choice.pictures // 2 + 1, self._pictures)
            return replace(last.choice, pictures=half) if last.choice.pictures else None
        return self._more_pictures(last) if self._page_holds is None else None

    def _more_pictures(self, last: PageDraft) -> PageChoice | None:
        """The first page with as many pictures as its share is, now that it is known how much a page holds."""
        here = sum(map(_characters, last.proposed.page.stories)) - _left_of(last)
        count = self._shots(here, all_left=False)
        return replace(last.choice, pictures=count) if count > last.choice.pictures else None

    def _ending(self, count: int) -> PageChoice:
        return self._choice(count, turning=False)

    def _after_ending(self, last: PageDraft, tried: Sequence[PageDraft]) -> PageChoice | None:
        count = last.choice.stories
        if last.choice.fillers or (not last.lacking and count == len(self._stories)):
            return self._closed(tried)
        if not last.lacking:
            return self._choice(count + 1, turning=True)
        if not self._may_turn:  # a picture without a place is less than copy without one, where that is not too much
            near = last.choice.pictures and last.lacking < last.last.here
            return replace(last.choice, pictures=fewer_than(last.choice.pictures, self._pictures)) if near else None
        if count > 1 and not last.last.can_be_parted:
            return _without_last(last.choice, turning=False)
        turning = replace(last.choice, turning=True)
        same = next((each for each in tried if each.choice == turning), None)
        return turning if same is None else _with_fewer_lines(same)

    def _closed(self, tried: Sequence[PageDraft]) -> PageChoice | None:
        """The run's last page with one filler more, in their order.

        Those that found no place are passed over; so are, untried, those no shorter, or longer than what is empty.
        """
        ends = [each for each in tried if not each.choice.turning and not each.lacking]
        if not ends:
            return None
        best = max(ends, key=lambda each: len(each.choice.fillers))
        empty = empty_share(best.composed)
        whole = sum(map(_characters, best.proposed.page.stories)) / max(1 - empty, _HAIR)
        sizes = [_characters(story) for story in self._run.fillers]
        failed = [sizes[each.choice.fillers[-1]] for each in tried if each.lacking and each.choice.fillers]
        shorter = min([*failed, (empty - _SHORT_HEADLINE) * whole])
        seen = max((max(each.choice.fillers, default=-1) for each in tried), default=-1)
        following = (number for number, size in enumerate(sizes) if number > seen and size < shorter)
        number = next(following, None)
        return None if number is None else replace(best.choice, fillers=(*best.choice.fillers, number))

    def _page(self, choice: PageChoice, turned: Turned) -> PagePlan:
        """The page as *choice* plans it."""
        own = self._stories[: choice.stories]
        if choice.turning:  # who made it is said where it ends
            credits = own[-1].text("credits")
            own = (*own[:-1], own[-1].with_texts({credits.flow: Text(credits.flow, ())}))
        stories = (*own, *(self._run.fillers[number] for number in choice.fillers))
        page = page_of_run(self._plan, self._run, self._number, stories, self._pictures[: choice.pictures])
        begun = [story for story in own if story.id in self._begun]
        lines = {f"{each.id}.from": self._line(each, "from", turned.standing.get(each.id, 0)) for each in begun}
        if choice.turning:
            following = self._number + 1 if not self._closes else self._leads_to
            lines[f"{own[-1].id}.to"] = self._line(own[-1], "to", following or 0)
        ends = not choice.turning and choice.stories == len(self._stories)
        return replace(page, continues=tuple(each.id for each in begun), turns=lines, ends_run=ends)

    def _line(self, story: Story, way: Way, page: int) -> Text:
        return self._words.line(story, way, page, self._plan.place)


def _characters(story: Story) -> int:
    """Characters of its running text."""
    return sum(len(text.text) for text in story.running())


def _with_fewer_lines(draft: PageDraft) -> PageChoice | None:
    """The same page with so many lines less that enough is left for the next; where too few would stand here then,
    without the story.
    """
    if hold := draft.last.holding_less():
        return replace(draft.choice, hold=tuple(hold.items()))
    return _without_last(draft.choice, turning=False) if draft.choice.stories > 1 else None


def _without_last(choice: PageChoice, *, turning: bool) -> PageChoice:
    """The same page without the last of its stories, the one before it *turning*."""
    return replace(choice, stories=choice.stories - 1, turning=turning, hold=())


def _left_of(draft: PageDraft) -> int:
    """Characters that a page turns over."""
    return sum(len(text.text) for text in draft.composed.rest.texts.values())
