"""The proofreader's desk: every rule over the copy of a file or an issue, with what was silenced left out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise

from layout.checks import Finding
from layout.errors import Place
from layout.manuscript.copy_rules import Rule, read_rules
from layout.manuscript.model import Paragraph, Text
from layout.manuscript.silences import Silence
from layout.proofreading import copy_checks
from layout.proofreading.agreement import agreement_slips
from layout.proofreading.character_slips import character_slips
from layout.proofreading.growth import growth_slips
from layout.proofreading.list_slips import list_slips
from layout.proofreading.near_words import TWO, near_word_slips
from layout.proofreading.paper_lists import ListRow
from layout.proofreading.sequences import sequence_slips
from layout.proofreading.slips import DESK_TABLE, CopySlip
from layout.proofreading.sums import sum_slips
from layout.proofreading.word_index import word_index

WEEKDAY, IDLE = "copy.weekday", "copy.idle_silence"
REPEATED, TWICE = "copy.repeated_paragraph", "copy.repeated_clause"
_PARAGRAPH_LEAST = 17
"""Characters of a paragraph that nobody writes twice: shorter ones are forms (“本报讯”, “答：”)."""
_FORMS = frozenset({"cell", "credits", "caption", "credit"})
"""Kinds of paragraph that say the same again and again."""
_ITEM = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]")
"""What an item begins with: laws and rules list the same things in several places."""
_CLAUSES = (re.compile(r"[^。！？，；：、\s“”（）]{4,}[。！？，；]"), re.compile(r"[^。！？，]+，[^。！？]*[。！？]"))
"""Clauses, and sentences of several, that nobody writes twice running."""
SHOWN = 14
"""Characters of a paragraph that say which it is."""


@dataclass(frozen=True, slots=True)
class DeskCopy:
    """The copy of one file, in reading order, and what its editor has silenced."""

    file: str
    texts: tuple[Text, ...]
    names: tuple[str, ...] = ()
    """Names and phrases that the file says are one."""
    silences: tuple[Silence, ...] = ()
    about: tuple[Paragraph, ...] = ()
    """Copy of other files that it is about: of captions, the stories of their page."""

    def silenced(self) -> Iterator[tuple[str, int, str]]:
        """File, line and check of the findings that its editor does not want, and says why."""
        yield from ((self.file, each.covers, each.check) for each in self.silences if each.reason)

    @property
    def paragraphs(self) -> tuple[Paragraph, ...]:
        """All of them."""
        return tuple(paragraph for text in self.texts for paragraph in text.paragraphs)


@cache
def desk_rules() -> Mapping[str, Rule]:
    """The rules of ``desk_checks.toml`` by id."""
    return read_rules("proofreading", DESK_TABLE)


@cache
def all_rules() -> Mapping[str, Rule]:
    """Every rule of the room: those of each build, and those of the desk."""
    return {**read_rules("proofreading"), **desk_rules()}


@dataclass(frozen=True, slots=True)
class DeskWork:
    """What the desk is asked for: which rules, by which lists, of an issue of which day."""

    rules: frozenset[str]
    lists: tuple[ListRow, ...] = ()
    day: date | None = None


def proofread(copies: Sequence[DeskCopy], work: DeskWork) -> list[Finding]:
    """The findings of *copies*, which are one issue, file by file, in the order of their lines."""
    findings = [finding for copy in copies for finding in _of_file(copy, work)]
    findings += _repeated(copies, work.rules)
    if TWO in work.rules:
        names = [name for copy in copies for name in copy.names]
        slips = near_word_slips([paragraph for copy in copies for paragraph in copy.paragraphs], names)
        findings += [slip.finding(desk_rules()) for slip in slips]
    order = {copy.file: number for number, copy in enumerate(copies)}
    silenced = {key for copy in copies for key in copy.silenced()}
    left = [each for each in findings if _key(each) not in silenced]
    if IDLE in work.rules:
        left += [each for copy in copies for each in _idle(copy, {_key(finding) for finding in findings}, work.rules)]
    return sorted(
        left, key=lambda each: (order.get(_place(each).file, 0), _place(each).line or 0, _place(each).column or 0)
    )


def _place(finding: Finding) -> Place:
    return finding.place or Place("")


def _key(finding: Finding) -> tuple[str, int, str]:
    place = _place(finding)
    return place.file, place.line or 0, finding.check


def _of_file(copy: DeskCopy, work: DeskWork) -> Iterator[Finding]:
    rules, paragraphs = work.rules, copy.paragraphs
    chosen = [rule for rule in all_rules().values() if rule.check.id in rules and rule.pattern is not None]
    yield from (finding for finding in copy_checks.check_texts(copy.texts, chosen) if finding.check in rules)
    if work.day and WEEKDAY in rules:
        yield from copy_checks.check_weekdays(copy.texts, work.day)
    for slip in _slips(paragraphs, copy.about):
        if slip.rule in rules:
            yield slip.finding(desk_rules())
    for paragraph in paragraphs if work.lists else ():
        slips = list_slips(paragraph, work.lists, work.day)
        yield from (slip.finding(desk_rules()) for slip in slips if slip.rule in rules)


def _idle(copy: DeskCopy, found: Collection[tuple[str, int, str]], rules: Collection[str]) -> Iterator[Finding]:
    """The silences of *copy* that have no effect: without a reason, of a check that there is not, of nothing found."""
    rule = desk_rules()[IDLE]
    for each in copy.silences:
        unknown = each.check not in all_rules() and each.check not in copy_checks.rules()
        unused = each.check in rules and (copy.file, each.covers, each.check) not in found
        if not each.reason or unknown or unused:
            yield rule.finding(f"{each.check}", Place(copy.file, each.line, 1))


def _slips(paragraphs: Sequence[Paragraph], about: Sequence[Paragraph]) -> Iterator[CopySlip]:
    for paragraph in paragraphs:
        yield from word_index().slips(paragraph)
        yield from character_slips(paragraph)
        yield from sum_slips(paragraph)
        yield from growth_slips(paragraph)
        yield from _said_twice(paragraph)
    yield from sequence_slips(paragraphs)
    yield from agreement_slips(paragraphs, about)


def _repeated(copies: Iterable[DeskCopy], rules: Collection[str]) -> Iterator[Finding]:
    """Paragraphs that stand in the issue before."""
    if REPEATED not in rules:
        return
    before: set[str] = set()
    for copy in copies:
        for paragraph in copy.paragraphs:
            words = paragraph.text.strip()
            if paragraph.kind in _FORMS:
                continue
            if len(words) >= _PARAGRAPH_LEAST and words in before and not _ITEM.match(words):
                yield CopySlip(REPEATED, paragraph, 0, _shown(words)).finding(desk_rules())
            before.add(words)


def _said_twice(paragraph: Paragraph) -> Iterator[CopySlip]:
    """Clauses and sentences that stand twice running."""
    for pattern in _CLAUSES:
        for earlier, later in pairwise(pattern.finditer(paragraph.text)):
            if earlier[0] == later[0] and earlier.end() == later.start():
                yield CopySlip(TWICE, paragraph, later.start(), _shown(later[0]))


def _shown(words: str) -> str:
    return words if len(words) <= SHOWN else words[:SHOWN] + "…"
