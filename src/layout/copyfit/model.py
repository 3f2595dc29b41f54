"""What copyfit decides: heights for the page, lines in their places, and an account of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from layout.copyfit.galley import Galley
from layout.findings import Finding
from layout.page.frames import MeasuredPage, SetLine


@dataclass(frozen=True, slots=True)
class Concession:
    """One change of fit: what the design wanted, what it got, both in rows of the grid."""

    what: str
    wanted: float
    got: float


@dataclass(frozen=True, slots=True)
class Fit:
    """Heights in points by element key, and what they cost."""

    heights: Mapping[str, float]
    concessions: tuple[Concession, ...]
    spare_rows: float
    """Rows of the type area left over (positive) or missing (negative). 0 = exactly full."""


@dataclass(frozen=True, slots=True)
class FittedPage:
    """A page whose heights are decided, not yet poured."""

    galleys: Mapping[str, Galley]
    fit: Fit
    picture_sizes: Mapping[str, tuple[str, float, float]]
    """Picture, width and height in points of every picture box, by key."""


@dataclass(frozen=True, slots=True)
class ComposedPage:
    """A page, poured: its final geometry, its lines in reading order, and what is to be said of it."""

    page: MeasuredPage
    lines: tuple[SetLine, ...]
    concessions: tuple[Concession, ...]
    findings: tuple[Finding, ...]
