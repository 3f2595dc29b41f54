"""Findings: each has a check, a severity, a message and a place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Literal, get_args

from layout.errors import Hint, Lang, Message, Place, UsageError, meant
from layout.flows import Flow, PageSource
from layout.geometry import Box
from layout.json_values import JsonObject


class Severity(IntEnum):
    """How grave a finding is. ``--fail-on`` says from which on a command exits with 1."""

    NOTE = 0
    WARNING = 1
    ERROR = 2


FailOn = Literal["error", "warning", "note", "never"]
"""The gravity from which on findings make a command exit with 1; with ``never`` none does."""

Amount = float | str | Sequence[str]
"""A measured value: a number, a word, or several words."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of one check.

    ``check`` is the id that ``layout explain`` knows; ``amount`` holds the measured values with their unit in
    the key (``{"characters": 31, "lines": 3}``), or the name of what was measured.
    """

    check: str
    severity: Severity
    message: Message
    place: Place | None = None
    hint: Hint | None = None
    """What can be done, by whoever can do it."""
    page_no: int | None = None
    amount: Mapping[str, Amount] = field(default_factory=dict)
    boxes: tuple[Box, ...] = ()
    """Where on the page it is."""
    flows: tuple[Flow, ...] = ()
    """The copy that it is about: a chain, a text, or the two texts that meet."""
    sources: tuple[PageSource, ...] = ()
    """What stands there: a story's text, a picture, what a style sheet draws."""
    template: tuple[Place, ...] = ()
    """Lines of the design that decide what it is about."""
    elements: tuple[str, ...] = ()
    """The frames and pictures of the page that it is about, by their keys: what ``template`` is found by."""
    repeats: str = ""
    """The check that reports the same before there is a PDF: where it has done so, this finding is left out."""
    single: Message | None = None
    """What would be said of one place alone, where it speaks for several."""
    bare: Message | None = None
    """What is said where its source is known, if ``message`` ends with what the file calls the form that it is in."""
    places: int = 1
    """How many places it speaks for."""
    known: bool = False
    """Whether a baseline has it: it fails no command."""

    def as_json(self, lang: Lang) -> JsonObject:
        """The finding as ``report.json`` holds it."""
        return {
            "check": self.check,
            "severity": self.severity.name.lower(),
            "message": self.message.text(lang),
            "hint": self.hint.text(lang) if self.hint else None,
            "hints": {reader: each.text(lang) for reader, each in self.hint.by_reader.items()} if self.hint else {},
            "place": str(self.place) if self.place else None,
            "page": self.page_no,
            "boxes": [box.as_json() for box in self.boxes],
            "flows": [str(flow) for flow in self.flows],
            "sources": [str(each) for each in self.sources],
            "template": [str(place) for place in self.template],
            "amount": dict(self.amount),
            **({"known": True} if self.known else {}),
        }


def fail_level(written: str) -> FailOn:
    """The level of that name. Raises ``UsageError``, which offers what there is, for one that is none."""
    levels: tuple[FailOn, ...] = get_args(FailOn)
    for level in levels:
        if written == level:
            return level
    message = Message(f"--fail-on 没有“{written}”这一级。", f"--fail-on does not know “{written}”.")
    raise UsageError(message, hint=meant(written, levels))


def fails(findings: Iterable[Finding], fail_on: FailOn) -> bool:
    """Whether one of *findings* is as grave as *fail_on*, and no baseline has it."""
    if fail_on == "never":
        return False
    limit = Severity[fail_on.upper()]
    return any(finding.severity >= limit and not finding.known for finding in findings)
