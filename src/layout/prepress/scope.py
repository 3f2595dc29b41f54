"""The protocol of the resources of a content stream. ``walk`` implements it on a PDF, the tests on a table."""

from __future__ import annotations

from typing import NamedTuple, Protocol

from layout.prepress.ink_state import InkState, Limits


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

    def walk_form(self, form: object, state: InkState, limits: Limits) -> None:
        """Walk a form's own content."""

    def walk_object(self, name: str, state: InkState, limits: Limits) -> None:
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
