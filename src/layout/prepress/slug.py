"""The text of the slug line and the room that printers' marks take. Apart from ``marks``, which loads ReportLab."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from layout.press import PressProfile
from layout.units import MM

ROOM = 12 * MM
"""The room of marks outside the bleed, in points, on every side."""


@dataclass(frozen=True, slots=True)
class SlugLine:
    """The contents of the slug line beside the press profile's name."""

    issue: str
    date: date
    pages: tuple[str, ...] = ()
    """One label a page (``第1版 要闻``); page numbers where there are none."""
    proof_round: int | None = None

    def line(self, index: int, profile: PressProfile) -> str:
        """The line of page *index*, from 0."""
        parts = [self.issue, *self.page(index), f"{profile.name} {profile.title.zh}"]
        return " · ".join(parts + ([f"第{self.proof_round}校"] if self.proof_round else []))

    def page(self, index: int) -> tuple[str, str]:
        """What page *index* is, and its date."""
        return self.pages[index] if index < len(self.pages) else f"{index + 1}", self.date.isoformat()


def room(profile: PressProfile) -> float:
    """The room of marks outside the bleed of a page for this press, in points."""
    return ROOM if profile.marks or profile.plate_names or profile.grey_balance else 0.0
