"""How little of a turned story may stand on a page, and what of it stands there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from layout.checks import Finding, room_checks
from layout.errors import Hint, Message
from layout.flows import Chain
from layout.issue import PagePlan

if TYPE_CHECKING:
    from layout.copyfit.model import ComposedPage, Share

LEAST = 5
"""Lines of a turned story that must stand on either side: fewer are not worth a reader's turning over (house rule)."""


@dataclass(frozen=True)
class TurnedStory:
    """What of a story stands on a page that turns it over."""

    shares: Mapping[Chain, Share]
    """Of the chains that its copy runs through."""

    @property
    def here(self) -> int:
        """Lines of it that stand on the page."""
        return sum(share.lines for share in self.shares.values())

    @property
    def over(self) -> int:
        """Lines of it that are left for the next, as wide as here."""
        return sum(share.over for share in self.shares.values() if share.turns)

    @property
    def can_be_parted(self) -> bool:
        """Whether enough of it could stand on either side."""
        return sum(share.lines + share.over for share in self.shares.values()) >= 2 * LEAST

    @property
    def is_short(self) -> bool:
        """Whether too little of it stands here, or is left."""
        return self.here < LEAST or 0 < self.over < LEAST

    def holding_less(self) -> dict[Chain, int]:
        """How many lines its chains should hold so that enough is left; nothing where enough is, or it is all."""
        wanting = LEAST - self.over
        if not self.over or wanting <= 0 or self.here - wanting < LEAST:
            return {}
        return {chain: share.held - wanting for chain, share in self.shares.items() if share.over}


def share_of_story(page: PagePlan, composed: ComposedPage, story: str) -> TurnedStory:
    """What of *story* stands on *page*."""
    running = {text.flow for each in page.stories if each.id == story for text in each.running()}
    own = {chain: share for chain, share in composed.shares.items() if running & set(chain.flows)}
    return TurnedStory(own)


def least_turned(page: PagePlan, composed: ComposedPage) -> TurnedStory:
    """What of the story stands on *page* that it turns over; of several the one that leaves the least."""
    turning = [share_of_story(page, composed, story.id) for story in page.stories if f"{story.id}.to" in page.turns]
    return min((each for each in turning if each.over), key=lambda each: each.over, default=TurnedStory({}))


def few_lines(page: PagePlan, composed: ComposedPage) -> Iterator[Finding]:
    """A finding for every story that is turned over and of which too few lines stand on *page*."""
    for story in page.stories:
        if not {f"{story.id}.to", f"{story.id}.from"} & set(page.turns):
            continue
        lines = share_of_story(page, composed, story.id).here
        if 0 < lines < LEAST:
            yield _few(page, story.id, lines)


def _few(page: PagePlan, story: str, lines: int) -> Finding:
    check = room_checks("pipeline")["page.turn_few"]
    message = Message(
        f"转版的稿件 {story} 在第{page.number}版只有 {lines} 行",
        f"of the story {story}, which runs over several pages, {lines} lines stand on page {page.number}",
    )
    hint = Hint(
        editor=Message(f"增删几行，或挪动版上的稿件，让它至少有 {LEAST} 行。",
                       f"Add or cut some lines, or move the page's stories, until it has {LEAST} lines."),
    )  # fmt: skip
    return Finding(check.id, check.severity, message, page.place, hint, page.number, {"lines": lines})
