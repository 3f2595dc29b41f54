"""What is told of a story because of how it was read: what is not set as it was typed, names that protect nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from layout.checks import Finding
from layout.errors import Place
from layout.manuscript.copy_rules import read_rules
from layout.manuscript.model import Story

_WORDS_SHOWN = 12
"""Characters of a line by which an editor finds it."""


def reading_findings(story: Story) -> Iterator[Finding]:
    """The findings of the reader's notes, and of protected names that are nowhere in the copy."""
    rules = read_rules("manuscript")
    copy = "\n".join(text.text for text in story.texts())
    for name in story.protected:
        if name not in copy:
            yield rules["copy.protected_unused"].finding(name, Place(story.file))
    for note in story.notes:
        words = note.typed if len(note.typed) <= _WORDS_SHOWN else note.typed[:_WORDS_SHOWN] + "…"
        finding = rules[f"copy.{note.kind}"].finding(words, note.place)
        yield replace(finding, amount={**finding.amount, "places": note.count}, places=note.count)
