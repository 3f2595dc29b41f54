"""What a story is besides its parts, as far as a shape may be made for it: see ``layout.design.shapes.KINDS``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from layout.manuscript.model import Story, Text

DECKS = 2
"""So many decks are several;"""
CHAPTERS, LONG = 3, 1200
"""so many chapters with headings, and so many characters, a long text: from two thousand on newspapers print reports by
their chapters, and a page that is full of one holds some more than half of that."""
_ASKS = re.compile("(?:记者|问|主持人|本报|Q)[：:]")
_SPEAKS = re.compile(r"[\w·]{1,8}[：:]")
_TURNS = 2
"""Questions, and answers, of which an interview has as many at least."""


def kinds_of(story: Story) -> Iterator[str]:
    """The kinds of *story*."""
    deck = story.parts.get("deck")
    if isinstance(deck, Text) and len(deck.paragraphs) >= DECKS:
        yield "decks"
    paragraphs = [each.text for text in story.running() for each in text.paragraphs]
    if sum(bool(each.heading) for each in story.sections) >= CHAPTERS and sum(map(len, paragraphs)) >= LONG:
        yield "chapters"
    asked = sum(bool(_ASKS.match(each)) for each in paragraphs)
    if asked >= _TURNS and sum(bool(_SPEAKS.match(each)) for each in paragraphs) - asked >= _TURNS:
        yield "dialogue"
