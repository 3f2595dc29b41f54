"""What the proofreader reads: a manuscript, a text, an issue, as copy on the desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from layout.errors import Place
from layout.flows import Flow
from layout.issue import Issue
from layout.manuscript.model import Paragraph, Run, Story, Text
from layout.manuscript.silences import without_silences
from layout.proofreading.desk import DeskCopy


def story_copy(story: Story) -> DeskCopy:
    """The copy of a manuscript, the words of its figures included."""
    return DeskCopy(story.file, tuple(story.texts()), story.protected, story.silences)


def plain_copy(text: str, file: str) -> DeskCopy:
    """The copy of a text whose lines are paragraphs; its columns count from the line's beginning."""
    lines, silences = without_silences(text.split("\n"))
    return DeskCopy(file, (Text(_FLOW, tuple(_paragraphs(lines, file))),), silences=silences, is_received=True)


_FLOW = Flow.parse("copy.lede")
"""A flow for copy that no page asks for yet."""


def _paragraphs(lines: list[str], file: str) -> Iterator[Paragraph]:
    for number, line in enumerate(lines, 1):
        words = line.strip()
        if words:
            column = len(line) - len(line.lstrip()) + 1
            yield Paragraph("body", (Run(words, Place(file, number, column)),))


def issue_copies(issue: Issue) -> tuple[DeskCopy, ...]:
    """The copy of an issue: its stories, then the captions and credits of its pictures."""
    stories = tuple(map(story_copy, issue.stories))
    texts = tuple(text for picture in issue.pictures for _, text in picture.texts())
    return (*stories, DeskCopy(issue.file, texts)) if texts else stories


def display_name(path: Path) -> str:
    """The name of *path* in places."""
    return path.name
