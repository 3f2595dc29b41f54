"""Checks paired marks: those without a partner, and those inside their own kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_FACE = re.compile(r"[:=;]-?$")
_NUMBER_OR_FACE = re.compile(r"(?:^|[\s\u200b，。；：:,;])(?:\d{1,2}|[a-z]|i{1,3}|iv|vi{0,3})$|[:：=;；]\s?-?$")
UNPAIRED = "copy.unpaired_mark"
NESTED = "copy.nested_quotes"


@dataclass(frozen=True, slots=True)
class Pair:
    """An opening and a closing mark. ``alone``: a second pair inside must be of another kind."""

    open: str
    close: str
    alone: bool = False


@dataclass(frozen=True, slots=True, order=True)
class Slip:
    """A mark at fault: the number of its paragraph, its offset there, the mark, and the rule."""

    paragraph: int
    offset: int
    mark: str
    rule: str


def slips(paragraphs: Sequence[str], kinds: Sequence[Pair]) -> Iterator[Slip]:
    """The marks at fault in a text.

    A quotation of several paragraphs opens each and closes the last (GB/T 15834-2011, 4.8.3.6): an opening mark without
    a partner is right when the next paragraph begins with the same.
    """
    yield from _over_paragraphs(list(_single(paragraphs, kinds)), paragraphs, kinds)


_FAR = 12
"""Paragraphs that a note in brackets may take: how a law was passed and amended."""
_BRACKETS = "（("
_END = 2
"""Characters from the paragraph's end at which what began in an earlier one ends: the mark, and perhaps a full stop."""


def _over_paragraphs(found: Sequence[Slip], paragraphs: Sequence[str], kinds: Sequence[Pair]) -> Iterator[Slip]:
    """*found* without brackets that open in one paragraph and close at the end of a later one, with none of their kind
    left over between: a note of several lines. A quotation opens each of its paragraphs.
    """
    closing = {pair.open: pair.close for pair in kinds if pair.open in _BRACKETS}
    closed: set[Slip] = set()
    for slip in found:
        close = closing.get(slip.mark)
        if close is None or slip.rule != UNPAIRED:
            continue
        later = [each for each in found if each.mark in (slip.mark, close) and each > slip and each.rule == UNPAIRED]
        end = later[0] if later else slip
        at_end = end.offset >= len(paragraphs[end.paragraph]) - _END
        if end.mark == close and slip.paragraph < end.paragraph <= slip.paragraph + _FAR and at_end:
            closed |= {slip, end}
    yield from (slip for slip in found if slip not in closed)


def _single(paragraphs: Sequence[str], kinds: Sequence[Pair]) -> Iterator[Slip]:
    for number, words in enumerate(paragraphs):
        follower = paragraphs[number + 1][:1] if number + 1 < len(paragraphs) else ""
        desk = _Desk(number, words, kinds)
        desk.read()
        for slip in sorted(desk.found):
            carried_on = slip.rule == UNPAIRED and slip.mark == follower and slip.mark in "“‘「『"
            if not carried_on:
                yield slip


@dataclass(slots=True)
class _Open:
    pair: Pair
    offset: int
    inside_own: bool


@dataclass(slots=True)
class _Desk:
    paragraph: int
    words: str
    kinds: Sequence[Pair]
    found: list[Slip] = field(default_factory=list)
    stack: list[_Open] = field(default_factory=list)

    def read(self) -> None:
        opening = {pair.open: pair for pair in self.kinds}
        closing = {pair.close: pair for pair in self.kinds}
        for offset, char in enumerate(self.words):
            if char in opening and not (char == "(" and _FACE.search(self.words[max(offset - 3, 0) : offset])):
                self._open(opening[char], offset)
            elif char in closing and not self._is_apostrophe(offset) and not self._is_numbering(offset):
                self._close(closing[char], offset)
        for left in self.stack:
            self._slip(left.offset, left.pair.open, UNPAIRED)

    def _open(self, pair: Pair, offset: int) -> None:
        quotes = [each.pair for each in self.stack if each.pair.alone]
        self.stack.append(_Open(pair, offset, pair.alone and quotes[-1:] == [pair]))

    def _close(self, pair: Pair, offset: int) -> None:
        if not any(each.pair is pair for each in self.stack):
            self._slip(offset, pair.close, UNPAIRED)
            return
        while (last := self.stack.pop()).pair is not pair:  # what stands open inside has no partner, or crosses
            self._slip(last.offset, last.pair.open, UNPAIRED)
        if last.inside_own:
            self._slip(last.offset, self.words[last.offset : offset + 1], NESTED)

    def _is_apostrophe(self, offset: int) -> bool:
        around = self.words[max(offset - 1, 0) : offset + 2]
        if self.words[offset] != "’" or len(around) < 3 or not (around[0] + around[2]).isascii():
            return False
        return around[2].isalpha() or not any(each.pair.close == "’" for each in self.stack)

    def _is_numbering(self, offset: int) -> bool:
        """``1)`` or ``（一)`` at a paragraph's beginning; where nothing is open, ``b)`` inside it, a face: ``:)``."""
        close = self.words[offset]
        if close not in ")）":
            return False
        if 0 < offset <= 2 and self.words[:offset].isalnum():
            return True
        is_open = any(each.pair.close == close for each in self.stack)
        return not is_open and _NUMBER_OR_FACE.search(self.words[max(offset - 5, 0) : offset]) is not None

    def _slip(self, offset: int, mark: str, rule: str) -> None:
        self.found.append(Slip(self.paragraph, offset, mark, rule))
