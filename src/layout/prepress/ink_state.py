"""The state of an ink walk: the graphics state, as far as it decides colour, and the stream's resources."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple, Protocol

from layout.geometry import IDENTITY, Matrix
from layout.prepress.geometry import EVERYWHERE, Clip

Cmyk = tuple[float, float, float, float]
BLACK: Cmyk = (0.0, 0.0, 0.0, 1.0)
WHITE: Cmyk = (0.0, 0.0, 0.0, 0.0)


class OverprintLimits(NamedTuple):
    """Black type below a size and rules below a thickness overprint; in points on paper."""

    text: float
    line: float


NO_OVERPRINT = OverprintLimits(0.0, 0.0)


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


class GraphicsEntry(NamedTuple):
    """An ExtGState entry, as far as it decides colour and overprint; None where it says nothing."""

    fill_opacity: float | None = None
    stroke_opacity: float | None = None
    masked: bool | None = None
    """Whether a soft mask applies."""
    mask_group: object | None = None
    """The form that paints the mask."""


class Scope(Protocol):
    """The resources of one content stream."""

    def graphics_state(self, name: str) -> GraphicsEntry:
        """The ExtGState of that name."""

    def colour_space(self, name: str) -> str:
        """The space's family: ``DeviceCMYK``, ``Pattern``, ``ICCBased``, ``Lab`` …"""

    def walk_form(self, form: object, state: InkState, limits: OverprintLimits) -> None:
        """Walk a form's own content."""

    def walk_object(self, name: str, state: InkState, limits: OverprintLimits) -> None:
        """Walk the form of that name, or look at the picture of that name."""

    def stencil(self, name: str) -> bool:
        """Whether the picture of that name is a stencil: one bit a pixel, painted in the current colour."""

    def walk_pattern(self, name: str, written: str) -> None:
        """Walk the pattern of that name."""

    def check_shading(self, name: str, written: str) -> None:
        """Refuse the gradient of that name unless it is well-formed CMYK or gray."""

    def refuse(self, space: str, written: str) -> None:
        """Note a colour that the press cannot print."""

    def need_overprint_states(self) -> None:
        """See that the two overprint ExtGStates are among the resources."""
