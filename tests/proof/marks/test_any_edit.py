"""Marks on a whole story, of which some are carried out while the rest of it is edited too: no verdict is wrong."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest

from layout.issue import read_issue
from layout.proof.marks.judgement import MarkStatus, judged_marks
from layout.proof.marks.marks_file import Mark, MarkBox, MarksFile
from layout.proof.printed_copy import PrintedCopy
from proof.rounds import paragraph, story
from sample_issue import DUHE
from soak import SEED, amount

NEW = "甲乙丙丁戊己庚辛壬癸"
"""Characters that no paragraph of the story has: what is typed can be told from what was there."""

COPY = tuple(
    part.text
    for page in read_issue(DUHE).pages
    for each in page.stories
    if each.id == "drop"
    for section in each.sections
    for part in section.body.paragraphs
    if part.kind == "body"
)


@dataclass(frozen=True, slots=True)
class Edit:
    """A mark, and whether it is carried out."""

    mark: Mark
    done: bool


def marked(draw: random.Random) -> Iterator[Edit]:
    """Up to four marks a paragraph that keep ten characters from each other; each is carried out, or not."""
    for number, text in enumerate(COPY, start=1):
        at = draw.randrange(0, 12)
        while at + 8 < len(text):
            kind = draw.choice(["replace", "delete", "insert", "swap"])
            long = 0 if kind == "insert" else 2 if kind == "swap" else draw.randrange(1, 6)
            quote = text[at : at + long]
            wish = "".join(draw.choice(NEW) for _ in range(draw.randrange(1, 5)))
            typed = {"delete": "", "swap": quote[::-1]}.get(kind, wish)
            if kind != "swap" or quote[0] != quote[1]:
                made = Mark(
                    id=f"{number}-{at}", kind=kind, page=1, box=MarkBox(0, 0, 1, 1), text=typed,
                    flow="drop.section-1", paragraph=number, copy=text, start=at, end=at + long,
                )  # fmt: skip
                yield Edit(made, draw.random() < 0.5)
            at += long + draw.randrange(10, 60)


def carried_out(edits: list[Edit], draw: random.Random) -> PrintedCopy:
    """The next round: what was carried out, and sentences that come and go at the ends of paragraphs and between."""
    texts: list[str] = []
    for number, old in enumerate(COPY, start=1):
        text = old
        for edit in sorted(edits, key=lambda each: -each.mark.start):
            if edit.mark.paragraph == number and edit.done:
                text = text[: edit.mark.start] + edit.mark.text + text[edit.mark.end :]
        if draw.random() < 0.2:
            texts.append(f"记者又走了{draw.randrange(2, 90)}个村，看见的和听说的都写在这里。")
        texts.append(text)
    return story(*texts, flow="drop.section-1")


@pytest.mark.soak
def test_every_mark_is_judged_rightly_whatever_else_was_edited() -> None:
    wrong: list[str] = []
    judged = 0
    for round_ in range(amount(sample=6, full=200)):
        draw = random.Random(SEED + round_)
        edits = list(marked(draw))
        new = carried_out(edits, draw)
        found = judged_marks([MarksFile("marks.json", "duhe", 1, tuple(edit.mark for edit in edits))], new)
        judged += len(found)
        for edit, each in zip(edits, found, strict=True):
            wanted: MarkStatus = "done" if edit.done else "not done"
            if each.status != wanted:
                wrong.append(f"{round_} {edit.mark.kind} {edit.mark.quote}→{edit.mark.text} {wanted}: {each.why.zh}")
    assert judged > 100
    assert wrong == []


def test_a_paragraph_that_moved_to_another_story_keeps_its_marks() -> None:
    draw = random.Random(SEED)
    edits = list(marked(draw))
    new = carried_out(edits, draw)
    moved = [replace(each, flow=paragraph("", "cover.box-1").flow) for each in new.paragraphs]
    found = judged_marks([MarksFile("marks.json", "duhe", 1, tuple(edit.mark for edit in edits))],
                         PrintedCopy(tuple(moved), ()))  # fmt: skip
    assert [each.status == "done" for each in found] == [edit.done for edit in edits]
