"""Of a page that no arrangement fills, one finding tells what follows from that: copy that has no place, rows that stay
empty. Told again one by one, each with an amount to cut, they would have an editor cut all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from layout.checks import Finding
from layout.errors import Message
from layout.flows import PICTURE, Flow

NOT_FULL = "makeup.not_full"
FOLLOWS = ("page.overset", "page.underset", "page.overfull", "page.short_foot")
"""What follows from a page that is not full, by the ids of the checks."""


def told_once(found: Iterable[Finding]) -> list[Finding]:
    """*found*, in which of each page that no arrangement fills one finding speaks for those that follow from it: it
    names the stories and the characters that have no place.
    """
    every = list(found)
    whole = {each.page_no for each in every if each.check == NOT_FULL}
    follow = [each for each in every if each.check in FOLLOWS and each.page_no in whole]
    return [
        _speaking_for(each, [other for other in follow if other.page_no == each.page_no])
        if each.check == NOT_FULL
        else each
        for each in every
        if each not in follow
    ]


def _speaking_for(finding: Finding, follow: Sequence[Finding]) -> Finding:
    boxes = (*finding.boxes, *(box for each in follow for box in each.boxes))
    flows = tuple(dict.fromkeys((*finding.flows, *(flow for each in follow for flow in each.flows))))
    own = replace(finding, boxes=boxes, flows=flows)
    over = [each for each in follow if each.check == "page.overset"]
    if not over:
        return own
    count = round(sum(_characters(each) for each in over))
    names = list(dict.fromkeys(_owner(flow) for each in over for flow in each.flows))
    message = Message(
        f"{finding.message.zh}；排不下的共 {count} 字（{'、'.join(names)}）",
        f"{finding.message.en}; {count} characters have no place ({', '.join(names)})",
    )
    return replace(own, message=message, amount={**finding.amount, "characters": count})


def _owner(flow: Flow) -> str:
    """The story or the picture whose text it is."""
    return (flow.part if flow.story == PICTURE else None) or flow.story


def _characters(finding: Finding) -> float:
    count = finding.amount.get("characters", 0)
    return count if isinstance(count, int | float) else 0
