"""A text's first letter and its first words in type of their own, on the line like the others.

``::first-letter`` without ``--drop`` dresses the letter, ``::first-line`` the whole first line or, with ``--lead-in``,
so many characters, or the words up to the first pause.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from layout.composer import Span
from layout.composer.classes import POINTS, kind_of
from layout.page.frames import LEAD_IN, FrameType, LeadIn


@dataclass(frozen=True, slots=True)
class OpeningWords:
    """So many characters from a paragraph's begin, in the type of a role; what is plain among them."""

    role: str
    characters: int


def lead_in_of(text: str, lead: LeadIn, line: int) -> int:
    """How many characters of *text* are the first words, where the first line holds *line*.

    No Western word or number is cut.
    """
    count = line
    if lead.characters == "clause":
        count = next((k + 1 for k, each in enumerate(text) if kind_of(each) in POINTS), line)
    elif lead.characters is not None:
        count = min(lead.characters, len(text))
    while 0 < count < len(text) and _in_word(text[count - 1]) and _in_word(text[count]):
        count += 1
    return count


def _in_word(character: str) -> bool:
    return character.isascii() and character.isalnum()


def with_openings(spans: Sequence[Span], type_: FrameType, openings: Sequence[OpeningWords]) -> Iterator[Span]:
    """*spans* with the type of *openings*, the first of which wins."""
    found = list(spans)
    for opening in reversed(openings):
        found = list(_dressed(found, type_, opening))
    return iter(found)


def _dressed(spans: Sequence[Span], type_: FrameType, opening: OpeningWords) -> Iterator[Span]:
    role, left = type_.roles[opening.role], opening.characters
    plain = type_.roles["plain"].size
    for span in spans:
        if left <= 0 or span.role not in ("plain", LEAD_IN):
            yield span
        else:
            words, rest = span.text[:left], span.text[left:]
            own = role.size / plain * span.scale * plain / type_.roles.get(span.role, type_.roles["plain"]).size
            if span.ruby is not None:  # never cut: the reading is that of the whole
                words, rest = span.text, ""
            yield replace(span, text=words, faces=role.faces, scale=own, role=opening.role)
            if rest:
                yield replace(span, text=rest)
        left -= len(span.text)
