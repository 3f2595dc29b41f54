"""Letters of display type that come from another face than the rest of their line: the design's first face lacks them.

At text sizes that is what a list of faces is for; in a headline everybody sees that one character is of another hand.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence

from layout.checks import Finding, room_checks
from layout.errors import Message, Place
from layout.flows import Chain
from layout.fontbook.book import Fontbook
from layout.galley.model import GalleyLine

_COMMON = {"CJK": "的一是人", "LATIN": "ae"}
"""By the first word of a letter's name in Unicode, letters that every face of its script has."""
_QUOTED = 8
"""Characters that a message shows."""


def other_faces(chain: Chain, lines: Iterable[GalleyLine], fontbook: Fontbook) -> Iterator[Finding]:
    """A note for each pair of faces: the one that lacks Han or Latin letters of *chain*, the one that they come from.

    A face without any letter of a script is put first for the other script, and a face with ``unicode-range`` leaves
    out what it leaves out: neither lacks anything.
    """
    check = room_checks("galley")["text.other_face"]
    least = check.limits["display_pt"]
    assert isinstance(least, int | float)
    found: dict[tuple[str, str], dict[str, Place]] = {}
    for line in lines:
        for each in line.line.placed:
            # What is printed counts: a drop cap has a role and a size of its own.
            role = line.type.roles.get(each.role, line.type.roles["plain"])
            if each.inserted or each.cluster.face == role.faces[0] or each.scale * line.type.size < least:
                continue
            for letter in each.cluster.text:
                if first := _lacking(role.faces, letter, line.line.text, fontbook):
                    found.setdefault((first, each.cluster.face), {}).setdefault(letter, line.place)
    for (first, other), characters in found.items():
        shown = "".join(list(characters)[:_QUOTED]) + ("…" if len(characters) > _QUOTED else "")
        lacking, from_ = fontbook.faces[first].title, fontbook.faces[other].title
        yield Finding(
            check.id,
            check.severity,
            Message(
                f"“{shown}”由 {from_} 代排：{lacking} 没有这{'个' if len(characters) == 1 else '些'}字。",
                f"“{shown}” is set in {from_}: {lacking} does not have it.",
            ),
            next(iter(characters.values())),
            check.hint(),
            amount={"characters": len(characters)},
            flows=chain.flows,
        )


def _lacking(faces: Sequence[str], letter: str, text: str, fontbook: Fontbook) -> str:
    """The first of *faces* for the script of *letter*, where it lacks that; else nothing."""
    script = _script(letter)
    if not script:
        return ""
    known = {each for each in text if _script(each) == script} | set(_COMMON[script])
    for key in faces:
        face = fontbook.faces[key]
        if face.has(letter):
            return ""
        if not face.ranges and any(map(face.has, known)):
            return key
    return ""


def _script(character: str) -> str:
    """Han or Latin for a letter of these, as ``_COMMON`` has them; nothing for all else."""
    script = unicodedata.name(character, "").partition(" ")[0] if character.isalpha() else ""
    return script if script in _COMMON else ""
