"""Slips in the copy that a program can be sure of. It reports them, with their place, and corrects none."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import NotRequired, TypedDict

from layout.checks import Check, Finding, room_checks
from layout.errors import Hint, Message, Place
from layout.manuscript import dates, paired_marks
from layout.manuscript.characters import SURNAMES
from layout.manuscript.figures import place_at
from layout.manuscript.model import Paragraph, Story, Text

_LINES_NAMED = 8
"""Lines that a finding names for the same slip elsewhere: what a sentence holds and an editor looks up."""
_WORDS_SHOWN = 12
"""Characters of a line by which an editor finds it."""
_SPACES = ("copy.space_between_han", "copy.space_beside_han")
"""Checks on spaces, which a table's tabs become: it is told as a table."""
_NOTHING = re.compile(r"[-–—－…·]+")
"""What a table's cell holds where there is nothing to say: no dash that could be too short."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the copy desk: the check, and how it finds what is wrong and writes it right."""

    check: Check
    pattern: re.Pattern[str] | None
    unless: tuple[re.Pattern[str], ...]
    """Stretches of a paragraph in which the rule is silent."""
    kinds: frozenset[str]
    change: Mapping[str, str]
    form: str | None
    typed: bool
    """Whether it is silent about characters that a mark has raised or lowered."""

    def right(self, found: str) -> str | None:
        """*found* as it should be written, where the rule knows."""
        if self.form == "NFKC":
            return unicodedata.normalize("NFKC", found)
        if not self.change:
            return None
        pieces = "|".join(map(re.escape, self.change))
        return re.sub(pieces, lambda match: self.change[match[0]], found)

    def found_in(self, words: str) -> Iterator[re.Match[str]]:
        """Where *words* break the rule."""
        if self.pattern is None or not (matches := list(self.pattern.finditer(words))):
            return
        exempt = [other.span() for unless in self.unless for other in unless.finditer(words)]
        for match in matches:
            if not any(start <= match.start() and match.end() <= end for start, end in exempt):
                yield match

    def finding(self, found: str, place: Place, right: str | None = None) -> Finding:
        """The finding of this rule for *found* at *place*, which should be *right*: by itself, what the rule knows."""
        facts = {"found": found, "code": " ".join(f"U+{ord(char):04X}" for char in found)}
        title, right = self.check.title, right or self.right(found)
        message = Message(title.zh.format(**facts), title.en.format(**facts))
        hint = Hint(editor=Message(f"应为“{right}”。", f"It should be “{right}”.")) if right else self.check.hint()
        amount = {"found": found, "right": right} if right else {"found": found}
        return Finding(self.check.id, self.check.severity, message, place, hint, amount=amount)


class _Row(TypedDict):
    """What a row of ``checks.toml`` has of the room's own."""

    id: str
    pattern: NotRequired[str]
    unless: NotRequired[Sequence[str]]
    kinds: NotRequired[Sequence[str]]
    change: NotRequired[Mapping[str, str]]
    form: NotRequired[str]
    typed: NotRequired[bool]


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
    named = {**classes, "words": "|".join(map(re.escape, change)), "surname": f"[{SURNAMES}]"}
    return Rule(
        check=check,
        pattern=re.compile(_filled(pattern, named)) if pattern else None,
        unless=tuple(re.compile(_filled(each, named)) for each in row.get("unless", ())),
        kinds=frozenset(row.get("kinds", ())),
        change=change,
        form=row.get("form"),
        typed=row.get("typed", False),
    )


def _filled(pattern: str, named: Mapping[str, str]) -> str:
    for name, characters in named.items():
        pattern = pattern.replace("{" + name + "}", characters)
    return pattern


def check_story(story: Story) -> tuple[Finding, ...]:
    """The findings of a story's copy, in the order of its lines; slips of one kind are one finding with their lines."""
    aligned = {line for note in story.notes if note.kind == "tab_table" for line in note.lines()}
    findings = [
        each
        for each in check_texts(story.texts())
        if each.check not in _SPACES or each.place is None or each.place.line not in aligned
    ]
    findings += [*_unused_names(story), *_of_reading(story)]
    return tuple(folded(sorted(findings, key=_where)))


def folded(findings: Sequence[Finding]) -> Iterator[Finding]:
    """*findings* of one file in the order of its lines, with those that say the same of several places made one.

    It stands at the first place, and its sentence names the lines of the others.
    """
    groups: dict[tuple[str, str, Hint | None], list[Finding]] = {}
    for each in findings:
        groups.setdefault((each.check, each.message.zh, each.hint), []).append(each)
    for first, *others in groups.values():
        yield _with_others(first, others) if others else first


def _with_others(first: Finding, others: Sequence[Finding]) -> Finding:
    places = [each.place for each in others if each.place and each.place.line]
    zh, en = _columns(places) if first.check == "copy.hidden_character" else _lines(places)
    zh, en = f"（另有 {len(others)} 处：{zh}）", f" ({len(others)} more: {en})"
    message = Message(first.message.zh.removesuffix("。") + zh + "。", first.message.en.removesuffix(".") + en + ".")
    count = len(others) + 1
    return replace(first, message=message, amount={**first.amount, "places": count}, single=first.message, places=count)


def _lines(places: Sequence[Place]) -> tuple[str, str]:
    lines = list(dict.fromkeys(str(place.line) for place in places))
    zh, en = "、".join(lines[:_LINES_NAMED]), ", ".join(lines[:_LINES_NAMED])
    return (f"第 {zh} 等 行", f"lines {en} and others") if len(lines) > _LINES_NAMED else (f"第 {zh} 行", f"lines {en}")


def _columns(places: Sequence[Place]) -> tuple[str, str]:
    """Lines and columns: of what cannot be seen its line does not show where it is."""
    zh = "、".join(f"第 {place.line} 行第 {place.column} 列" for place in places[:_LINES_NAMED])
    en = ", ".join(f"line {place.line} column {place.column}" for place in places[:_LINES_NAMED])
    return (f"{zh} 等", f"{en} and others") if len(places) > _LINES_NAMED else (zh, en)


def check_texts(texts: Iterable[Text]) -> Iterator[Finding]:
    """The findings of some texts: a caption's, a credit's, a story's."""
    for text in texts:
        for paragraph in text.paragraphs:
            if paragraph.kind == "cell" and _NOTHING.fullmatch(paragraph.text):
                continue
            yield from _patterns(paragraph)
            yield from _dates(paragraph)
        for slip in paired_marks.slips([paragraph.text for paragraph in text.paragraphs], _pairs()):
            place = place_at(text.paragraphs[slip.paragraph], slip.offset)
            yield rules()[slip.rule].finding(slip.mark, place)


def _patterns(paragraph: Paragraph) -> Iterator[Finding]:
    words, typed = paragraph.text, _typed(paragraph)
    for rule in rules().values():
        if rule.kinds and paragraph.kind not in rule.kinds:
            continue
        for match in rule.found_in(typed if rule.typed else words):
            yield rule.finding(match[0], place_at(paragraph, match.start()))


def _typed(paragraph: Paragraph) -> str:
    """Its characters, with a blank for each that a mark has raised, lowered or made small."""
    return "".join(" " * len(run.text) if run.level else run.text for run in paragraph.runs if run.level != "ruby")


@cache
def _pairs() -> tuple[paired_marks.Pair, ...]:
    return tuple(paired_marks.Pair(row["open"], row["close"], row.get("alone", False)) for row in _data()["pair"])


def _dates(paragraph: Paragraph) -> Iterator[Finding]:
    """Days that no calendar has, and full dates with a day of the week that is not theirs."""
    for match in dates.missing_days(paragraph.text):
        yield rules()["copy.no_such_date"].finding(match[0], place_at(paragraph, match.start()))
    yield from _weekdays(paragraph)


def _weekdays(paragraph: Paragraph, issued: date | None = None) -> Iterator[Finding]:
    for wrong in dates.wrong_weekdays(paragraph.text, issued):
        yield rules()["copy.weekday"].finding(wrong.found, place_at(paragraph, wrong.offset), wrong.right)


def check_weekdays(texts: Iterable[Text], issued: date) -> Iterator[Finding]:
    """The findings of days of the week beside dates without a year, which are near the day of the issue."""
    for text in texts:
        for paragraph in text.paragraphs:
            yield from _weekdays(paragraph, issued)


def _of_reading(story: Story) -> Iterator[Finding]:
    for note in story.notes:
        words = note.typed if len(note.typed) <= _WORDS_SHOWN else note.typed[:_WORDS_SHOWN] + "…"
        finding = rules()[f"copy.{note.kind}"].finding(words, note.place)
        yield replace(finding, amount={**finding.amount, "places": note.count}, places=note.count)


def _unused_names(story: Story) -> Iterator[Finding]:
    copy = "\n".join(text.text for text in story.texts())
    for name in story.protected:
        if name not in copy:
            yield rules()["copy.protected_unused"].finding(name, Place(story.file))


def _where(finding: Finding) -> tuple[int, int]:
    place = finding.place or Place("")
    return place.line or 0, place.column or 0
