"""Slips in the copy that a program can be sure of. It reports them, with their place, and corrects none."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NotRequired, TypedDict

from layout.checks import Check, Finding, room_checks
from layout.errors import Message, Place
from layout.manuscript import paired_marks
from layout.manuscript.figures import place_at
from layout.manuscript.model import Paragraph, Story, Text


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the copy desk: the check, and how it finds what is wrong and writes it right."""

    check: Check
    pattern: re.Pattern[str] | None
    kinds: frozenset[str]
    change: Mapping[str, str]
    form: str | None

    def right(self, found: str) -> str | None:
        """*found* as it should be written, where the rule knows."""
        if self.form == "NFKC":
            return unicodedata.normalize("NFKC", found)
        if not self.change:
            return None
        pieces = "|".join(map(re.escape, self.change))
        return re.sub(pieces, lambda match: self.change[match[0]], found)

    def finding(self, found: str, place: Place) -> Finding:
        """The finding of this rule for *found* at *place*."""
        facts = {"found": found, "code": " ".join(f"U+{ord(char):04X}" for char in found)}
        title, remedy, right = self.check.title, self.check.remedy, self.right(found)
        message = Message(title.zh.format(**facts), title.en.format(**facts))
        hint = Message(f"应为“{right}”。", f"It should be “{right}”.") if right else remedy if remedy.zh else None
        amount = {"found": found, "right": right} if right else {"found": found}
        return Finding(self.check.id, self.check.severity, message, place, hint, amount=amount)


class _Row(TypedDict):
    """What a row of ``checks.toml`` has of the room's own."""

    id: str
    pattern: NotRequired[str]
    kinds: NotRequired[Sequence[str]]
    change: NotRequired[Mapping[str, str]]
    form: NotRequired[str]


class _PairRow(TypedDict):
    open: str
    close: str
    alone: NotRequired[bool]


class _Table(TypedDict):
    """``checks.toml``."""

    check: Sequence[_Row]
    classes: Mapping[str, str]
    pair: Sequence[_PairRow]


@cache
def _data() -> _Table:
    table: _Table = tomllib.loads(Path(__file__).with_name("checks.toml").read_text("utf-8"))  # type: ignore[assignment]
    return table


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule of the copy desk by the id of its check, from ``checks.toml``."""
    known = room_checks("manuscript")
    return {row["id"]: _rule(known[row["id"]], row, _data()["classes"]) for row in _data()["check"]}


def _rule(check: Check, row: _Row, classes: Mapping[str, str]) -> Rule:
    change = row.get("change", {})
    pattern = row.get("pattern")
    if pattern is not None:
        words = "|".join(map(re.escape, change))
        for name, characters in {**classes, "words": words}.items():
            pattern = pattern.replace("{" + name + "}", characters)
    return Rule(
        check=check,
        pattern=re.compile(pattern) if pattern else None,
        kinds=frozenset(row.get("kinds", ())),
        change=change,
        form=row.get("form"),
    )


def check_story(story: Story) -> tuple[Finding, ...]:
    """The findings of a story's copy, in the order of its lines."""
    findings = [*check_texts(story.texts()), *_unused_names(story)]
    return tuple(sorted(findings, key=_where))


def check_texts(texts: Iterable[Text]) -> Iterator[Finding]:
    """The findings of some texts: a caption's, a credit's, a story's."""
    for text in texts:
        for paragraph in text.paragraphs:
            yield from _patterns(paragraph)
        for slip in paired_marks.slips([paragraph.text for paragraph in text.paragraphs], _pairs()):
            place = place_at(text.paragraphs[slip.paragraph], slip.offset)
            yield rules()[slip.rule].finding(slip.mark, place)


def _patterns(paragraph: Paragraph) -> Iterator[Finding]:
    words = paragraph.text
    for rule in rules().values():
        if rule.pattern is None or (rule.kinds and paragraph.kind not in rule.kinds):
            continue
        for match in rule.pattern.finditer(words):
            yield rule.finding(match[0], place_at(paragraph, match.start()))


@cache
def _pairs() -> tuple[paired_marks.Pair, ...]:
    return tuple(paired_marks.Pair(row["open"], row["close"], row.get("alone", False)) for row in _data()["pair"])


def _unused_names(story: Story) -> Iterator[Finding]:
    copy = "\n".join(text.text for text in story.texts())
    for name in story.protected:
        if name not in copy:
            yield rules()["copy.protected_unused"].finding(name, Place(story.file))


def _where(finding: Finding) -> tuple[int, int]:
    place = finding.place or Place("")
    return place.line or 0, place.column or 0
