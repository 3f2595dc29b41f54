"""What copyfit decides: heights for the page, lines in their places, and an account of both."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from layout.copyfit.galley import Chain, Galley
from layout.copyfit.setter import Setter
from layout.findings import Finding
from layout.manuscript.model import Text
from layout.page.frames import FrameType, MeasuredPage, SetLine


@dataclass(frozen=True, slots=True)
class Concession:
    """One change of fit: what the design wanted, what it got, and what that costs."""

    what: str
    wanted: float
    got: float
    cost: float = 0.0
    unit: Literal["row", "em/1000", "step"] = "row"
    """Rows of the grid; thousandths of an em of tracking; for a step its place in the design's list, from 0."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Heights in points by element key."""

    heights: Mapping[str, float]
    concessions: tuple[Concession, ...]
    spare_rows: float
    """Rows of the type area left over (positive) or missing (negative). 0 = exactly full."""


@dataclass(frozen=True, slots=True)
class Price:
    """A part of a score: what it is for, and how much."""

    what: str
    cost: float


@dataclass(frozen=True, slots=True)
class Score:
    """One arrangement that was tried: its name, what it costs and for what; ``refused`` says why it cannot be."""

    name: str
    cost: float
    prices: tuple[Price, ...]
    chosen: bool = False
    refused: str = ""


@dataclass(frozen=True, slots=True)
class FittedPage:
    """A page whose heights are decided, not yet poured."""

    galleys: Mapping[str, Galley]
    fit: Fit
    picture_sizes: Mapping[str, tuple[str, float, float]]
    """Picture, width and height in points of every picture box, by key."""
    chains: Mapping[str, Chain]
    types: Mapping[str, FrameType]
    """The type of every frame, by key, with its roles and kinds."""
    order: tuple[str, ...]
    """The flows, in reading order."""
    setter: Setter
    concessions: tuple[Concession, ...]
    scores: tuple[Score, ...] = ()
    left_out: tuple[str, ...] = ()
    """Pictures that a step of the design leaves out."""


@dataclass(frozen=True, slots=True)
class Rest:
    """Copy turned over to a later page: by flow what is left of it, and the flows that were cut in mid-paragraph."""

    texts: Mapping[str, Text] = field(default_factory=dict)
    resumed: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ComposedPage:
    """A page, poured: its final geometry, its lines in reading order, and what is to be said of it."""

    page: MeasuredPage
    lines: tuple[SetLine, ...]
    concessions: tuple[Concession, ...]
    findings: tuple[Finding, ...]
    scores: tuple[Score, ...] = ()
    rest: Rest = Rest()
    """Copy turned over to a later page."""
    left_out: tuple[str, ...] = ()
