"""The part of the graphics state that a content stream is walked with: colours, clip, opacity, type size."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from layout.geometry import IDENTITY, Matrix
from layout.prepress.geometry import EVERYWHERE, Clip

Cmyk = tuple[float, float, float, float]
BLACK: Cmyk = (0.0, 0.0, 0.0, 1.0)
WHITE: Cmyk = (0.0, 0.0, 0.0, 0.0)


class Limits(NamedTuple):
    """What overprints: type below a size and rules below a thickness, in points on paper."""

    text: float
    line: float


NO_OVERPRINT = Limits(0.0, 0.0)


@dataclass(slots=True)
class CurrentColour:
    """One of the two current colours: its space as written, its CMYK value; None when it is a pattern or refused."""

    space: str = "DeviceGray"
    value: Cmyk | None = BLACK


@dataclass(slots=True)
class InkState:
    """The part of the graphics state that decides colour and overprint."""

    ctm: Matrix = IDENTITY
    clip: Clip = EVERYWHERE
    fill: CurrentColour = field(default_factory=CurrentColour)
    stroke: CurrentColour = field(default_factory=CurrentColour)
    solid_fill: bool = True
    solid_stroke: bool = True
    masked: bool = False
    line_width: float = 1.0
    font_size: float = 0.0
    rendering: int = 0
    overprint: bool = False

    def copy(self) -> InkState:
        """The state that ``q`` keeps. Colours are never changed in place, so they may be shared."""
        return InkState(self.ctm, self.clip, self.fill, self.stroke, self.solid_fill, self.solid_stroke, self.masked,
                     self.line_width, self.font_size, self.rendering, self.overprint)  # fmt: skip
