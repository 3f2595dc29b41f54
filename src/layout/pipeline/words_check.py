"""Words of the page that its design wants and its first story does not have: a nameplate that nobody wrote."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from layout.checks import Finding, room_checks
from layout.design.wanted_words import missing_words
from layout.errors import Hint, Message, Place
from layout.issue import PagePlan


def words_missing(design: Path, plan: PagePlan) -> Iterator[Finding]:
    """One finding for the words that the *design* wants of the page, at the head of its first story."""
    names = missing_words(design, plan)
    if not names:
        return
    check, story = room_checks("copyfit")["page.missing_word"], plan.stories[0]
    zh, en, first = "、".join(names), ", ".join(names), names[0]
    how = Message(
        f"在文件头写：words: {{{first}: 文字}}。", f"Write in its front matter: words: {{{first}: the words}}."
    )
    yield Finding(
        check.id,
        check.severity,
        Message(f"版式 {design.name} 的 {plan.kind} 版要有 {zh}，稿件没有写，那里空着",
                f"a {plan.kind} of the design {design.name} wants {en}: the story has none, and the place is empty"),
        Place(story.file, 1),
        Hint(editor=how),
        plan.number,
        {"words": list(names)},
    )  # fmt: skip
