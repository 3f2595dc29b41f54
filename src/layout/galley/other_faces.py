"""Letters of display type that come from another face than the rest of their line: the design's first face lacks them.

At text sizes that is what a list of faces is for; in a headline everybody sees that one character is of another hand.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from layout.checks import Finding, room_checks
from layout.errors import Message
from layout.flows import Chain
from layout.fontbook.book import Fontbook
from layout.galley.paragraph_setter import place_of
from layout.manuscript.model import Paragraph
from layout.page.frames import FrameType

_COMMON = {"CJK": "的一是人", "LATIN": "ae"}
"""By the first word of a letter's name in Unicode, letters that every face of its script has."""
_QUOTED = 8
"""Characters that a message shows."""


def other_faces(chain: Chain, copy: Iterable[tuple[Paragraph, FrameType]], fontbook: Fontbook) -> Iterator[Finding]:
    """A note for each pair of faces: the one that lacks Han or Latin letters of *chain*, the one that they come from.

    A face without any letter of a script is put first for the other script, and a face with ``unicode-range`` leaves
    out what it leaves out: neither lacks anything.
    """
    check = room_checks("galley")["text.other_face"]
    least = check.limits["display_pt"]
    assert isinstance(least, int | float)
    found: dict[tuple[str, str], dict[str, Paragraph]] = {}
    for paragraph, type_ in copy:
        for run in paragraph.runs:
            role = type_.roles.get(run.mark, type_.roles["plain"])
            for character in dict.fromkeys(run.text) if role.size >= least else ():
                if pair := _other(role.faces, character, paragraph.text, fontbook):
                    found.setdefault(pair, {}).setdefault(character, paragraph)
    for (first, other), characters in found.items():
        shown = "".join(list(characters)[:_QUOTED]) + ("…" if len(characters) > _QUOTED else "")
        lacking, from_ = fontbook.faces[first].title, fontbook.faces[other].title
        character, paragraph = next(iter(characters.items()))
        yield Finding(
            check.id,
            check.severity,
            Message(
                f"“{shown}”由 {from_} 代排：{lacking} 没有这{'个' if len(characters) == 1 else '些'}字。",
                f"“{shown}” is set in {from_}: {lacking} does not have it.",
            ),
            place_of(paragraph, character),
            check.hint(),
            amount={"characters": len(characters)},
            flows=chain.flows,
        )


def _other(faces: Sequence[str], character: str, text: str, fontbook: Fontbook) -> tuple[str, str] | None:
    """The first of *faces* for the script of *character*, and the one that it is set in, where that is another."""
    script = _script(character)
    if not script:
        return None
    known = {each for each in text if _script(each) == script} | set(_COMMON[script])
    for number, key in enumerate(faces):
        face = fontbook.faces[key]
        if face.has(character):
            return None
        if not face.ranges and any(map(face.has, known)):
            other = next((each for each in faces[number:] if fontbook.faces[each].has(character)), None)
            return None if other is None else (key, other)
    return None


def _script(character: str) -> str:
    """Han or Latin for a letter of these, as ``_COMMON`` has them; nothing for all else."""
    script = unicodedata.name(character, "").partition(" ")[0] if character.isalpha() else ""
    return script if script in _COMMON else ""
