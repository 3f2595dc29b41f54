"""A finding: what a check saw, how grave it is, and where."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from layout.errors import Lang, Place, Said


class Severity(IntEnum):
    """How grave a finding is. ``--strict`` makes a warning count as an error."""

    NOTE = 0
    WARNING = 1
    ERROR = 2


@dataclass(frozen=True, slots=True)
class Finding:
    """One result of one check.

    ``check`` is the id that ``layout explain`` knows; ``amount`` holds the measured values with their unit in
    the key (``{"characters": 31, "lines": 3}``).
    """

    check: str
    severity: Severity
    said: Said
    place: Place | None = None
    hint: Said | None = None
    page_no: int | None = None
    amount: Mapping[str, Any] = field(default_factory=dict)

    def as_json(self, lang: Lang) -> dict[str, Any]:
        """The finding as ``report.json`` holds it."""
        return {
            "check": self.check,
            "severity": self.severity.name.lower(),
            "message": self.said.text(lang),
            "hint": self.hint.text(lang) if self.hint else None,
            "place": str(self.place) if self.place else None,
            "page": self.page_no,
            "amount": dict(self.amount),
        }
