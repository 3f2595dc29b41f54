"""The first promise, kept at the end of every build: the PDF is read back, every character accounted for."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from layout.flows import Flow
from layout.issue import Issue, PagePlan
from layout.manuscript.cutting import before
from layout.manuscript.model import Text
from layout.preflight.text import Accounting, Passage, account, passages, read_text


def account_for(
    pdf: bytes | Path, issue: Issue, pages: Sequence[tuple[PagePlan, Mapping[Flow, Text]]]
) -> tuple[Accounting, ...]:
    """One accounting per page of *pdf*, which has *pages* in their order, each with what is overset of its texts."""
    return tuple(_account(pdf, index, issue, plan, unset) for index, (plan, unset) in enumerate(pages))


def _account(pdf: bytes | Path, index: int, issue: Issue, plan: PagePlan, unset: Mapping[Flow, Text]) -> Accounting:
    copy = [[part for text in story.texts() for part in _parts(text, unset)] for story in plan.stories]
    furniture = [list(_whole(_parts(text, unset))) for kind, text in issue.texts_of_page(plan) if kind != "copy"]
    return account(read_text(pdf, index), copy, furniture, page_no=plan.number)


def _parts(text: Text, unset: Mapping[Flow, Text]) -> tuple[Passage, ...]:
    """The passages of *text*, those marked that are overset."""
    if text.flow not in unset:
        return passages(text)
    rest = unset[text.flow]
    return (*passages(before(text, rest)), *(replace(part, unset=True) for part in passages(rest)))


def _whole(parts: Sequence[Passage]) -> Iterator[Passage]:
    """One passage of all that should stand on the page, and one of all that does not."""
    for unset in (False, True):
        if some := [part for part in parts if part.unset is unset]:
            yield replace(some[0], text="".join(part.text for part in some))
