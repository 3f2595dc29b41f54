"""Slips in the copy that a program can be sure of. It reports them, with their place, and corrects none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from typing import NotRequired, TypedDict

from layout.checks import Finding
from layout.checks.registry import table_of
from layout.errors import Hint, Message, Place
from layout.manuscript.copy_rules import Rule, pattern_findings, read_rules
from layout.manuscript.figures import place_at
from layout.manuscript.model import Paragraph, Story, Text
from layout.manuscript.reading_findings import reading_findings
from layout.proofreading import dates, paired_marks

_LINES_NAMED = 8
"""Lines that a finding names for the same slip elsewhere: what a sentence holds and an editor looks up."""
_SPACES = ("copy.space_between_han", "copy.space_beside_han")
"""Checks on spaces, which a table's tabs become: it is told as a table."""
_NOTHING = re.compile(r"[-–—－…·]+")
"""What a table's cell holds where there is nothing to say: no dash that could be too short."""


class _PairRow(TypedDict):
    open: str
    close: str
    alone: NotRequired[bool]


@cache
def _pairs() -> tuple[paired_marks.Pair, ...]:
    rows: Sequence[_PairRow] = table_of("proofreading")["pair"]
    return tuple(paired_marks.Pair(row["open"], row["close"], row.get("alone", False)) for row in rows)


@cache
def rules() -> Mapping[str, Rule]:
    """Every rule of copy that a build knows, by the id of its check: the reader's, then the proofreader's."""
    return {**read_rules("manuscript"), **read_rules("proofreading")}


def check_story(story: Story) -> tuple[Finding, ...]:
    """The findings of a story's copy, in the order of its lines; slips of one kind are one finding with their lines."""
    aligned = {line for note in story.notes if note.kind == "tab_table" for line in note.lines()}
    findings = [
        each
        for each in check_texts(story.texts())
        if each.check not in _SPACES or each.place is None or each.place.line not in aligned
    ]
    silenced = {(each.covers, each.check) for each in story.silences if each.reason}
    findings = [each for each in findings if (_where(each)[0], each.check) not in silenced]
    findings += reading_findings(story)
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


def check_texts(texts: Iterable[Text], chosen: Sequence[Rule] | None = None) -> Iterator[Finding]:
    """The findings of some texts (a caption's, a story's), by the patterns of *chosen* rules, else of all."""
    patterns = tuple(rules().values()) if chosen is None else chosen
    for text in texts:
        for paragraph in text.paragraphs:
            if paragraph.kind == "cell" and _NOTHING.fullmatch(paragraph.text):
                continue
            yield from pattern_findings(patterns, paragraph)
            yield from _dates(paragraph)
        for slip in paired_marks.slips([paragraph.text for paragraph in text.paragraphs], _pairs()):
            place = place_at(text.paragraphs[slip.paragraph], slip.offset)
            yield rules()[slip.rule].finding(slip.mark, place)


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


def _where(finding: Finding) -> tuple[int, int]:
    place = finding.place or Place("")
    return place.line or 0, place.column or 0
