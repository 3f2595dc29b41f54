"""The design's own words on an issue's pages: 下转 and 上接 as the design says them, and the labels of its frames."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from layout.design import data_attributes as attribute
from layout.design.labels import TURNS, Label, labels_in, read_labels
from layout.flows import Flow
from layout.issue import Issue, PagePlan
from layout.manuscript.model import Paragraph, Run, Text

_CODE = re.compile(rf"""\s{attribute.CODE}=["']([^"'<>]+)["']""")
_FRAME = re.compile(rf"""\s{attribute.FLOW}=["']([^"'<>]+)["']""")


def with_turn_words(issue: Issue, design: Path) -> Issue:
    """*issue* with the turn lines that the *design* has words for in its words."""
    labels = read_labels(design)
    if not set(TURNS.values()) & set(labels):
        return issue
    return replace(issue, pages=tuple(_turned(issue, plan, labels) for plan in issue.pages))


def _turned(issue: Issue, plan: PagePlan, labels: Mapping[str, Label]) -> PagePlan:
    turns: dict[str, Text] = {}
    for name, text in plan.turns.items():
        story, _, way = name.rpartition(".")
        label = labels.get(TURNS[way])
        if label is None:
            turns[name] = text
            continue
        run = Run(label.counting(str(_other_page(issue, plan, story, way))), label.place)
        turns[name] = Text(text.flow, (Paragraph("folio", (run,)),))
    return replace(plan, turns=turns)


def _other_page(issue: Issue, plan: PagePlan, story: str, way: str) -> int:
    """The page that a story is turned over to, or comes from."""
    if way == "to":
        return min(page.number for page in issue.pages if page.number > plan.number and story in page.continues)
    before = (page for page in issue.pages if page.number < plan.number)
    return max(page.number for page in before if any(each.id == story for each in page.stories))


def drawn_as_codes(html: Sequence[str]) -> frozenset[Flow]:
    """The texts that every arrangement of a page draws as QR codes and sets in no frame."""
    found = [
        {Flow.parse(name) for name in _CODE.findall(page)}
        - {Flow.parse(name) for names in _FRAME.findall(page) for name in names.split()}
        for page in html
    ]
    return frozenset(set.intersection(*found)) if found else frozenset()


def labels_asked_for(design: Path, html: Sequence[tuple[str, str]]) -> dict[Flow, Text]:
    """The texts of the labels that frames ask for in any of a page's arrangements: templates' names and their HTML.

    Raises ``TemplateError`` for a label that the design has not.
    """
    labels = read_labels(design)
    return {
        flow: text for name, page in html for flow, text in labels_in(page, labels, design / f"{name}.html").items()
    }
