r"""Reads a backslash before an ASCII mark: the mark is copy, whatever it would mean alone (``\*\*``, ``\[``, ``\#``).

While the copy is read such a mark is shielded: one of Unicode's 32 noncharacters U+FDD0–U+FDEF, which are there for a
program's own use, stands in its place, so that nothing that looks for marks finds it. There are 32 ASCII marks.
"""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from dataclasses import replace

from markdown_it.rules_inline.state_inline import StateInline

from layout.errors import Place
from layout.manuscript.model import Run

_FIRST = 0xFDD0
NONCHARACTERS = "".join(map(chr, range(_FIRST, _FIRST + len(string.punctuation))))
_SHIELD = dict(zip(string.punctuation, NONCHARACTERS, strict=True))
_SHIELDED = re.compile(f"[{NONCHARACTERS[0]}-{NONCHARACTERS[-1]}]")
_PLAIN = str.maketrans(NONCHARACTERS, string.punctuation)
_WRITTEN = str.maketrans({shield: f"\\{mark}" for mark, shield in _SHIELD.items()})


def tokenize(state: StateInline, silent: bool) -> bool:
    """The inline rule "escape" of markdown-it. At a line's end a backslash is copy: CommonMark drops it there."""
    if state.src[state.pos] != "\\" or state.pos + 1 >= state.posMax:
        return False
    shield = _SHIELD.get(state.src[state.pos + 1])
    if shield is None:
        return False
    if not silent:
        state.append_pending(shield)
    state.pos += 2
    return True


def written(text: str) -> str:
    """*text* as it stands in the manuscript, its backslashes included."""
    return text.translate(_WRITTEN) if _SHIELDED.search(text) else text


def written_length(text: str) -> int:
    """How many characters of the manuscript *text* takes."""
    return len(text) + len(_SHIELDED.findall(text))


def unshielded(runs: tuple[Run, ...]) -> tuple[Run, ...]:
    """*runs* with the marks themselves. A run ends before each of them, so that all know their columns."""
    if not any(_SHIELDED.search(run.text) for run in runs):
        return runs
    return tuple(piece for run in runs for piece in _pieces(run))


def _pieces(run: Run) -> Iterator[Run]:
    column, start = run.place.column, 0
    for end in [*(match.start() for match in _SHIELDED.finditer(run.text)), len(run.text)]:
        if end > start:
            piece = run.text[start:end]
            shield = 0 if _SHIELDED.match(piece) is None else 1
            place = run.place if column is None else Place(run.place.file, run.place.line, column + shield)
            yield replace(run, text=piece.translate(_PLAIN), place=place)
            column = None if column is None else column + len(piece) + shield
        start = end
