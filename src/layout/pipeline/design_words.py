"""The design's own words on an issue's pages: 下转 and 上接 as the design says them, and the labels of its frames."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from layout.design import data_attributes as attribute
from layout.design.labels import OF_SHORT, SHORT, TURNS, Label, labels_in, read_labels
from layout.errors import Place
from layout.flows import Flow
from layout.issue import Issue, PagePlan
from layout.issue.furniture import Way, turn_line, turn_text
from layout.manuscript.model import Run, Story, Text

_CODE = re.compile(rf"""\s{attribute.CODE}=["']([^"'<>]+)["']""")
_FRAME = re.compile(rf"""\s{attribute.FLOW}=["']([^"'<>]+)["']""")


@dataclass(frozen=True)
class TurnWords:
    """How a design says 下转 and 上接; where it has no words for them, the program's are taken."""

    labels: Mapping[str, Label]

    @classmethod
    def of_design(cls, folder: Path) -> TurnWords:
        """The words of the design in *folder*. Raises what ``read_labels`` raises."""
        return cls(read_labels(folder))

    def line(self, story: Story, way: Way, page: int, place: Place) -> Text:
        """The turn line of *story*, which goes on to *page* or comes from it; *place* is the line that plans it.

        A short headline is marked strong, so that the style sheet may tell it from the words around it.
        """
        short = self.labels.get(TURNS[way] + OF_SHORT) if story.short is not None else None
        label = short or self.labels.get(TURNS[way])
        if label is None:
            return turn_line(story.id, way, page, place)
        before, mark, after = label.counting(str(page)).partition(SHORT)
        runs = [Run(before, label.place)]
        if mark and story.short is not None:
            runs += [replace(story.short, mark="strong"), Run(after, label.place)]
        return turn_text(story.id, way, tuple(run for run in runs if run.text))


def with_turn_words(issue: Issue, words: TurnWords) -> Issue:
    """*issue* with the turn lines in the words of its design."""
    return replace(issue, pages=tuple(_turned(issue, plan, words) for plan in issue.pages))


def _turned(issue: Issue, plan: PagePlan, words: TurnWords) -> PagePlan:
    stories = {story.id: story for story in plan.stories}
    turns: dict[str, Text] = {}
    for name in plan.turns:
        story, _, way = name.rpartition(".")
        to: Way = "to" if way == "to" else "from"
        turns[name] = words.line(stories[story], to, _other_page(issue, plan, story, to), plan.place)
    return replace(plan, turns=turns)


def _other_page(issue: Issue, plan: PagePlan, story: str, way: Way) -> int:
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
