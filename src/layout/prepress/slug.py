"""The text of the slug line. Apart from ``marks``, which loads ReportLab."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from layout.press import PressProfile


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
