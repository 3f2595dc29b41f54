"""Reads Markdown's ``**`` by rules that fit Chinese text.

A row of two or three is bold. A single ``*`` is copy: in a newspaper it is a reference mark, and whether it opens,
closes or stands for itself cannot be told where no spaces part the words (带*者为候选人).

CommonMark decides by the neighbours of a ``*`` whether it opens or closes, and takes Chinese marks for marks that
stop it, so that ``**“求其上”**理念`` stays unmarked. Here the rule of the draft "CommonMark CJK-friendly amendments"
(tats-u) is applied: a Chinese mark inside does not stop it, and a Chinese character outside allows it. Where nothing
Chinese is near, the rule is CommonMark's, but for one thing: a ``*`` between two digits or Latin letters is a
multiplication sign or the like and stays.
"""

from __future__ import annotations

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar
from markdown_it.rules_inline.state_inline import Delimiter, StateInline

from layout.manuscript.characters import is_chinese

MARKER = "*"
BOLD = (2, 3)
"""How many of them in a row mark bold words."""


def tokenize(state: StateInline, silent: bool) -> bool:
    """The inline rule "emphasis" of markdown-it: takes a row of two or three ``*`` as a possible opener or closer."""
    start = state.pos
    if silent or state.src[start] != MARKER:
        return False
    end = start
    while end < state.posMax and state.src[end] == MARKER:
        end += 1
    before = state.src[start - 1] if start > 0 else " "
    after = state.src[end] if end < state.posMax else " "
    can_open, can_close = flanking(before, after) if end - start in BOLD else (False, False)
    for _ in range(end - start):
        state.push("text", "", 0).content = MARKER
        state.delimiters.append(
            Delimiter(
                marker=ord(MARKER),
                length=end - start,
                token=len(state.tokens) - 1,
                end=-1,
                open=can_open,
                close=can_close,
            )
        )
    state.pos = end
    return True


def flanking(before: str, after: str) -> tuple[bool, bool]:
    """Whether a row of ``*`` between the two characters can open, and whether it can close."""
    if _is_latin(before) and _is_latin(after):
        return False, False
    can_open = not after.isspace() and (not _stops(after) or before.isspace() or _allows(before))
    can_close = not before.isspace() and (not _stops(before) or after.isspace() or _allows(after))
    return can_open, can_close


def _is_latin(char: str) -> bool:
    return char.isalnum() and not is_chinese(char)


def _stops(char: str) -> bool:
    """A mark that is not Chinese."""
    return not is_chinese(char) and _is_mark(char)


def _allows(char: str) -> bool:
    return is_chinese(char) or _is_mark(char)


def _is_mark(char: str) -> bool:
    return isMdAsciiPunct(ord(char)) or isPunctChar(char)
