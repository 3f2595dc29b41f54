r"""Rules about the words of copy as data: a row of a room's table is a check, and how what is wrong is found.

Keys of a row besides those of ``layout.checks.Check``:

* ``pattern``: what it finds is a slip. ``{han}`` in it stands for one Han character, ``{zh}`` for Han or a Chinese
  mark, ``{unit}`` for a unit that is counted in, ``{surname}`` for a surname, ``{name}`` for a character of a name,
  ``{words}`` for the left sides of ``change``. A rule without a pattern is found by a function.
* ``unless``: stretches of a paragraph where the rule is silent.
* ``kinds``: the kinds of paragraph looked at; without it, all.
* ``change`` writes what was found right, piece by piece; ``form`` by a Unicode normal form.
* ``typed``: what is raised or lowered by a mark, as in km^2^, is not looked at.
* ``holds``: characters one of which what is wrong holds: a paragraph with none of them is not searched.

``{found}`` in a sentence is what was found, ``{code}`` its code points.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import NotRequired, TypedDict

from layout.checks import Check, Finding, room_checks
from layout.checks.registry import TABLE, table_of
from layout.errors import Hint, Message, Place
from layout.manuscript.characters import SURNAMES
from layout.manuscript.figures import place_at
from layout.manuscript.model import Paragraph

CLASSES: Mapping[str, str] = {
    "han": "[〇\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af]",
    "zh": "[〇\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff\U00020000-\U000323af，。、；：？！“”‘’（）《》〈〉【】…]",
    "unit": (
        "(?:[余多]?[千百]?[万亿]|[千百]?元|[个项名人户亩吨条年月日时分岁届次座所处栋套件辆台家村]"
        "|公里|公斤|平方|立方|千瓦|美元|[%％])"
    ),
    "surname": f"[{SURNAMES}]",
    "name": "[〇\u3400-\u9fff]",
}
"""What a word in braces stands for in a pattern."""


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
    holds: frozenset[str]
    """Characters without any of which nothing can be wrong; empty where that is not known."""

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


class RuleRow(TypedDict):
    """What a row of a table has besides the keys of a check."""

    id: str
    pattern: NotRequired[str]
    unless: NotRequired[Sequence[str]]
    kinds: NotRequired[Sequence[str]]
    change: NotRequired[Mapping[str, str]]
    form: NotRequired[str]
    typed: NotRequired[bool]
    holds: NotRequired[str]


@cache
def read_rules(room: str, table: str = TABLE) -> Mapping[str, Rule]:
    """Every rule of a room's table by the id of its check, in the table's order."""
    known = room_checks(room, table)
    rows: Sequence[RuleRow] = table_of(room, table)["check"]
    return {row["id"]: _rule(known[row["id"]], row) for row in rows}


def _rule(check: Check, row: RuleRow) -> Rule:
    change = row.get("change", {})
    pattern = row.get("pattern")
    named = {**CLASSES, "words": "|".join(map(re.escape, change))}
    return Rule(
        check=check,
        pattern=re.compile(_filled(pattern, named)) if pattern else None,
        unless=tuple(re.compile(_filled(each, named)) for each in row.get("unless", ())),
        kinds=frozenset(row.get("kinds", ())),
        change=change,
        form=row.get("form"),
        typed=row.get("typed", False),
        holds=frozenset(row.get("holds", "")),
    )


def _filled(pattern: str, named: Mapping[str, str]) -> str:
    for name, characters in named.items():
        pattern = pattern.replace("{" + name + "}", characters)
    return pattern


def pattern_findings(rules: Sequence[Rule], paragraph: Paragraph) -> Iterator[Finding]:
    """What the patterns of *rules* find in *paragraph*, rule by rule."""
    words, there = paragraph.text, set(paragraph.text)
    for rule in rules:
        if (rule.kinds and paragraph.kind not in rule.kinds) or (rule.holds and rule.holds.isdisjoint(there)):
            continue
        for match in rule.found_in(_typed(paragraph) if rule.typed else words):
            yield rule.finding(match[0], place_at(paragraph, match.start()))


def _typed(paragraph: Paragraph) -> str:
    """Its characters, with a blank for each that a mark has raised, lowered or made small."""
    return "".join(" " * len(run.text) if run.level else run.text for run in paragraph.runs if run.level != "ruby")
