"""Says of a page that is overset, underset or thin how far its copy is from what its design states that it takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from layout.checks import Finding
from layout.design.copy_amount import CopyRange, characters_of, copy_range
from layout.errors import Message
from layout.issue import PagePlan

_TOLD = {"page.overset", "page.underset"}
_SAME = {*_TOLD, "page.thin_columns", "page.column_short", "page.short_foot"}
"""What follows from an amount of copy that is out of range, and is not told besides."""


def with_amounts(findings: Sequence[Finding], design: Path, plan: PagePlan) -> tuple[Finding, ...]:
    """*findings* of a page whose first story is longer or shorter than the *design* states for it, with the difference.

    One finding tells it; others that say the same of the story go. A story that goes on to or from another page has
    no amount of its own here.
    """
    known = copy_range(design, plan)
    story = plan.stories[0] if plan.stories else None
    if known is None or story is None or story.id in plan.continues or f"{story.id}.to" in plan.turns:
        return tuple(findings)
    count = characters_of(story)
    if known.least <= count <= known.most:
        return tuple(findings)
    return tuple(_once(findings, plan, known, count))


def _once(findings: Sequence[Finding], plan: PagePlan, known: CopyRange, count: int) -> Iterator[Finding]:
    story = plan.stories[0].id
    wanted = ("page.overset",) if count > known.most else ("page.underset", "page.thin_columns")
    own = [each for each in findings if each.check in _SAME and all(flow.story == story for flow in each.flows)]
    first = next((each for check in wanted for each in own if each.check == check), None)
    for each in findings:
        if each is first:
            message, more = each.message, _words(plan, known, count)
            amount = {**each.amount, "copy": count, "least": known.least, "most": known.most}
            yield replace(each, message=Message(f"{message.zh}；{more.zh}", f"{message.en}; {more.en}"), amount=amount)
        elif first is None or each not in own or each.check == "page.overset":
            yield each


def _words(plan: PagePlan, known: CopyRange, count: int) -> Message:
    pictures = len(plan.photographs)
    much = count > known.most
    over = count - known.most if much else known.least - count
    return Message(
        f"{plan.kind} 版配 {pictures} 幅图排 {known.least}–{known.most} 字，"
        f"这篇 {count} 字，{'多' if much else '差'} {over} 字",
        f"a {plan.kind} with {pictures} pictures takes {known.least} to {known.most} characters,"
        f" this story has {count}: {over} too {'many' if much else 'few'}",
    )
