"""Checks paired marks: those without a partner, and those inside their own kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_NUMBER_OR_FACE = re.compile(r"(?:^|[\s，。；：:,;])(?:\d{1,2}|[a-z])$|[:：=;；]\s?-?$")
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
    yield from _over_paragraphs(list(_single(paragraphs, kinds)), paragraphs)


_BRACKETS = {"（": "）", "(": ")"}
_FAR = 12
"""Paragraphs that a note in brackets of several lines takes: how a law was passed and amended."""


def _over_paragraphs(found: Sequence[Slip], paragraphs: Sequence[str]) -> Iterator[Slip]:
    """*found* without brackets that begin one paragraph and end a later one: a note of several lines."""
    closed: set[Slip] = set()
    for slip in found:
        close = _BRACKETS.get(slip.mark)
        if close is None or slip.offset:
            continue
        ends = (
            each
            for each in found
            if each.mark == close
            and slip.paragraph < each.paragraph <= slip.paragraph + _FAR
            and each.offset == len(paragraphs[each.paragraph]) - 1
        )
        if (end := next(ends, None)) is not None:
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
            if char in opening:
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
        return self.words[offset] == "’" and len(around) == 3 and (around[0] + around[2]).isascii()

    def _is_numbering(self, offset: int) -> bool:
        """``1)`` or ``（一)`` at the beginning of a paragraph, ``b)`` inside, and the mouth of a face: ``:)``."""
        if self.words[offset] not in ")）":
            return False
        begins = 0 < offset <= 2 and self.words[:offset].isalnum()
        return begins or _NUMBER_OR_FACE.search(self.words[max(offset - 4, 0) : offset]) is not None

    def _slip(self, offset: int, mark: str, rule: str) -> None:
        self.found.append(Slip(self.paragraph, offset, mark, rule))
