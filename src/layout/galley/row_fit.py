"""What the row solver decides: heights by element key, and what they concede to the design's wishes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Concession:
    """One change of fit: what the design wanted, what it got, and what that costs."""

    what: str
    wanted: float
    got: float
    cost: float = 0.0
    unit: Literal["row", "em/1000", "step", "percent", "picture"] = "row"
    """Rows of the grid; thousandths of an em of tracking; for a step its place in the design's list, from 0; per cent
    of a picture that are cut away; 1 for a picture that is shown, 0 for one left out."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Heights in points by element key."""

    heights: Mapping[str, float]
    concessions: tuple[Concession, ...]
    spare_rows: float
    """Rows of the type area left over (positive) or missing (negative). 0 = exactly full."""
