"""The first promise, kept at the end of every build: the PDF is read back, every character accounted for."""

from __future__ import annotations

from collections.abc import Sequence

from layout.issue import Issue, PagePlan
from layout.preflight.text import Accounting, Passage, account, passages, read_text


def account_for(pdf: bytes, issue: Issue, plans: Sequence[PagePlan]) -> tuple[Accounting, ...]:
    """One accounting per page of *pdf*, which has the pages of *plans* in their order."""
    return tuple(_account(pdf, index, issue, plan) for index, plan in enumerate(plans))


def _account(pdf: bytes, index: int, issue: Issue, plan: PagePlan) -> Accounting:
    copy = [passages(*story.texts()) for story in plan.stories]
    furniture = [_whole(passages(text)) for kind, text in issue.texts_of_page(plan) if kind != "copy"]
    return account(read_text(pdf, index), copy, furniture, page_no=plan.number)


def _whole(parts: Sequence[Passage]) -> Passage:
    return Passage("".join(part.text for part in parts), parts[0].place)
