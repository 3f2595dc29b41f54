"""The row solver's result: heights by element key, and the concessions they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from layout.flows import Chain, ElementName, Flow

ConcessionKind = Literal["step", "picture", "left out", "crop", "gap", "band", "tracking"]
"""A step of the design; a picture's height, its leaving out, its crop; heights of gaps and bands; tracking."""
ConcessionUnit = Literal["row", "em/1000", "step", "percent", "picture"]


@dataclass(frozen=True, slots=True)
class StepTaken:
    """An element that has another class than the one the design prefers."""

    name: ElementName
    wanted: str
    got: str

    @property
    def called(self) -> str:
        """The element's name as a report holds it."""
        return self.name.called if isinstance(self.name, Chain) else str(self.name)

    def __str__(self) -> str:
        return f"{self.called} {self.wanted} → {self.got}"


@dataclass(frozen=True, slots=True)
class TrackedParagraph:
    """A paragraph that was set closer or wider."""

    flow: Flow
    number: int
    """Of the paragraph in its text, from 1."""

    def __str__(self) -> str:
        return f"{self.flow} ¶{self.number}"


@dataclass(frozen=True, slots=True)
class Concession:
    """One change of fit: what the design prefers, what it got, and the cost."""

    kind: ConcessionKind
    subject: str | StepTaken | TrackedParagraph
    """Of a picture its id; of a gap or band its name."""
    wanted: float
    got: float
    cost: float = 0.0
    unit: ConcessionUnit = "row"
    """Rows of the grid; thousandths of an em of tracking; for a step its place in the design's list, from 0; per cent
    of a picture that are cut away; 1 for a picture that is shown, 0 for one left out."""

    def __str__(self) -> str:
        if self.kind == "left out":
            return f"picture {self.subject} left out"
        return f"{self.kind} {self.subject}"


@dataclass(frozen=True, slots=True)
class RowFit:
    """Heights in points by element key."""

    heights: Mapping[str, float]
    concessions: tuple[Concession, ...]
    spare_rows: float
    """Rows of the type area left over (positive) or missing (negative). 0 = exactly full."""
