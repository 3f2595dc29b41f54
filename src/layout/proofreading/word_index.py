"""Finds a few thousand wrong words in copy at once: by their first two characters, of which copy holds few."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from operator import add
from typing import NotRequired, TypedDict

from layout.errors import Message
from layout.manuscript.model import Paragraph
from layout.proofreading.slips import CopySlip

WRONG, CONFUSED = "copy.wrong_word", "copy.confused_word"


@dataclass(frozen=True, slots=True)
class WrongWord:
    """A word and how it is written; where it is wrong only in some places, the patterns that say where."""

    wrong: str
    right: str
    before: re.Pattern[str] | None = None
    """What stands before it, where that matters; it ends with the end of the pattern."""
    after: re.Pattern[str] | None = None
    unless: tuple[re.Pattern[str], ...] = ()
    note: Message | None = None

    @property
    def rule(self) -> str:
        """The check that it is a finding of."""
        return CONFUSED if self.note else WRONG

    def offsets(self, words: str) -> Iterator[int]:
        """Where it stands in *words* and is wrong."""
        at = words.find(self.wrong)
        while at >= 0:
            if self._is_wrong(words, at):
                yield at
            at = words.find(self.wrong, at + 1)

    def _is_wrong(self, words: str, at: int) -> bool:
        end = at + len(self.wrong)
        if self.after and not self.after.match(words, end):
            return False
        if self.before and not self.before.search(words[:at]):
            return False
        return not any(m.start() <= at and end <= m.end() for each in self.unless for m in each.finditer(words))


class _ContextRow(TypedDict):
    wrong: str
    right: str
    before: NotRequired[str]
    after: NotRequired[str]
    unless: NotRequired[Sequence[str]]
    note: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class WordIndex:
    """Wrong words by their first two characters."""

    by_start: Mapping[str, tuple[WrongWord, ...]]

    def slips(self, paragraph: Paragraph) -> Iterator[CopySlip]:
        """The wrong words of *paragraph*; of two upon each other the longer."""
        words = paragraph.text
        starts = self.by_start.keys() & set(map(add, words, islice(words, 1, None)))
        found = [(at, each) for start in starts for each in self.by_start[start] for at in each.offsets(words)]
        covered = 0
        for at, each in sorted(found, key=lambda pair: (pair[0], -len(pair[1].wrong))):
            if at >= covered:
                covered = at + len(each.wrong)
                hint = _hint(each) if each.note else None
                yield CopySlip(each.rule, paragraph, at, each.wrong, each.right, hint)


def _hint(word: WrongWord) -> Message:
    note = word.note or Message("", "")
    return Message(f"应为“{word.right}”：{note.zh}", f"It should be “{word.right}”: {note.en}")


def index(words: Sequence[WrongWord]) -> WordIndex:
    """The index of *words*, which are of two characters at least."""
    by_start: dict[str, tuple[WrongWord, ...]] = {}
    for each in words:
        by_start[each.wrong[:2]] = (*by_start.get(each.wrong[:2], ()), each)
    return WordIndex(by_start)


@cache
def word_index() -> WordIndex:
    """The index of the lists that the program has."""
    own = tomllib.loads(_list("confusables.toml"))
    rows: Sequence[_ContextRow] = own["in_context"]
    plain = [WrongWord(wrong, right) for wrong, right in pairs("wrong-words.tsv")]
    plain += [WrongWord(wrong, right) for wrong, right in own["words"].items()]
    return index([*plain, *map(_in_context, rows)])


def _in_context(row: _ContextRow) -> WrongWord:
    before, after = row.get("before"), row.get("after")
    return WrongWord(
        row["wrong"],
        row["right"],
        re.compile(f"(?:{before})$") if before else None,
        re.compile(after) if after else None,
        tuple(map(re.compile, row.get("unless", ()))),
        Message(**row["note"]),
    )


def pairs(name: str) -> Iterator[tuple[str, str]]:
    """The two columns of a list of words."""
    for line in _list(name).splitlines():
        if not line.startswith("#"):
            first, _, second = line.partition("\t")
            yield first, second


def _list(name: str) -> str:
    return files("layout.proofreading").joinpath("word_lists", name).read_text("utf-8")
