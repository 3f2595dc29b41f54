"""Findings on words of one kind in one file as one: a line for each place would hide what else there is to read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from layout.checks.finding import Amount, Finding, Severity
from layout.errors import Hint, Message

NAMED = 5
"""Places besides the first that a sentence names; of more it says that there are."""
_WORDS = ("found", "torn", "line", "column")
"""Amounts that say what a place is: words of the copy, a break, a line; the number of a column."""
_CAUSE = "cause"
"""The amount that tells findings of one check apart by what brought them about."""


def by_kind(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """*findings*, with those on words of one check, cause, gravity and file made one; known ones by themselves.

    It stands where the first stood; its sentence counts the others and names their lines and words.
    """
    groups: dict[tuple[str, Severity, str, bool, Amount] | int, list[Finding]] = {}
    for number, each in enumerate(findings):
        of_words = each.place is not None and any(key in each.amount for key in _WORDS)
        file = each.place.file if each.place else ""
        cause = each.amount.get(_CAUSE, "")  # what is mended otherwise is told by itself
        key = (each.check, each.severity, file, each.known, cause)
        groups.setdefault(key if of_words else number, []).append(each)
    return tuple(_with_others(first, others) if others else first for first, *others in groups.values())


def _with_others(first: Finding, others: Sequence[Finding]) -> Finding:
    named = list(dict.fromkeys(map(_named, others)))
    zh, en = "、".join(each.zh for each in named[:NAMED]), ", ".join(each.en for each in named[:NAMED])
    if len(named) > NAMED:
        zh, en = f"{zh} 等", f"{en} and others"
    count = sum(each.places for each in others)
    zh, en = f"；同类还有 {count} 处：{zh}", f"; {count} more of the kind: {en}"
    places = first.places + count
    return replace(
        first,
        message=Message(first.message.zh.removesuffix("。") + zh + "。", first.message.en.removesuffix(".") + en + "."),
        hint=_hint(first, others),
        amount={**first.amount, "places": places},
        single=first.single or first.message,
        places=places,
    )


def _named(finding: Finding) -> Message:
    """The words of a place, and its line."""
    words = next(str(finding.amount[key]) for key in _WORDS if key in finding.amount)
    if "column" in finding.amount:
        rows = finding.amount.get("lines", 0)
        return Message(f"第 {words} 栏空 {rows} 行", f"column {words}, {rows} lines")
    line = finding.place.line if finding.place else None
    if line is None:
        return Message(f"“{words}”", f"“{words}”")
    if not words.strip() or not words.isprintable():
        codes, column = " ".join(f"U+{ord(char):04X}" for char in words), finding.place.column if finding.place else 0
        return Message(f"第 {line} 行第 {column} 列 {codes}", f"line {line}, column {column}, {codes}")
    return Message(f"第 {line} 行“{words}”", f"line {line} “{words}”")


def _hint(first: Finding, others: Sequence[Finding]) -> Hint | None:
    """The first's hint, which is said to be an example where the others have another."""
    hint = first.hint
    if hint is None or hint.editor is None or all(each.hint == hint for each in others):
        return hint
    zh, en = hint.editor.zh.removesuffix("。"), hint.editor.en.removesuffix(".")
    return replace(hint, editor=Message(f"{zh}，其余照此。", f"{en}; the others likewise."))
