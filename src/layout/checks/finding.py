"""Findings: each has a check, a severity, a message and a place."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from layout.errors import Lang, Message, Place
from layout.flows import Flow, PageSource
from layout.geometry import Box
from layout.json_values import JsonObject


class Severity(IntEnum):
    """How grave a finding is. ``--strict`` makes a warning count as an error."""

    NOTE = 0
    WARNING = 1
    ERROR = 2


Amount = float | str | Sequence[str]
"""A measured value: a number, a word, or several words."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of one check.

    ``check`` is the id that ``layout explain`` knows; ``amount`` holds the measured values with their unit in
    the key (``{"characters": 31, "lines": 3}``): for the reader of a report; nothing in the program uses them.
    """

    check: str
    severity: Severity
    message: Message
    place: Place | None = None
    hint: Message | None = None
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
    repeats: str = ""
    """The check that reports the same before there is a PDF: where it has done so, this finding is left out."""

    def as_json(self, lang: Lang) -> JsonObject:
        """The finding as ``report.json`` holds it."""
        return {
            "check": self.check,
            "severity": self.severity.name.lower(),
            "message": self.message.text(lang),
            "hint": self.hint.text(lang) if self.hint else None,
            "place": str(self.place) if self.place else None,
            "page": self.page_no,
            "boxes": [box.as_json() for box in self.boxes],
            "flows": [str(flow) for flow in self.flows],
            "sources": [str(each) for each in self.sources],
            "template": [str(place) for place in self.template],
            "amount": dict(self.amount),
        }
