"""What text runs around on a page: contours, and pictures whose contours are not known yet."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from layout.flows import Flow
from layout.geometry import IDENTITY, Box, Matrix
from layout.page.contours import Contour

if TYPE_CHECKING:
    pass


@dataclass(frozen=True, slots=True)
class SilhouetteOf:
    """A picture whose own contour text shall run around, before the picture is known."""

    box: Box
    """What the picture fills."""
    margin: float
    threshold: float
    """Share of opacity beyond which a pixel belongs to it."""
    matrix: Matrix = IDENTITY
    picture: str | None = None
    """The photograph in the box, by its id; or"""
    file: Path | None = None
    """a picture of the design's."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """An obstacle to text: lines run around its contour, or around its box where it has none."""

    id: str
    box: Box
    contour: Contour | None = None
    sides: Literal["maximum", "both", "start", "end", "clear"] = "maximum"
    """Where lines may stand beside it: on the wider side, on both, on one, on none."""
    silhouette: SilhouetteOf | None = None
    """The picture that the contour is taken from, as soon as that is known."""
    holds: tuple[str, ...] = ()
    """The frames that stand in its element, by their ids."""
    cut: bool = False
    """Whether what is painted ends at its contour: corners are rounded, or it is a silhouette."""
    pictures: tuple[str, ...] = ()
    """The pictures that it is, or that stand in its element, by name."""
    flows: tuple[Flow, ...] = ()
    """The copy of the frames in its element."""
    element: str = ""
    """Its element and classes, as the design writes them: ``div.portrait``."""
    band: str | None = None
    """Key of the band it stands in, if any."""

    @property
    def captioned(self) -> tuple[str, ...]:
        """The pictures of which it holds nothing but captions and credits, by name."""
        names = tuple(flow.picture for flow in self.flows)
        return () if self.pictures or None in names else tuple(name for name in names if name)

    def moved(self, down: float) -> Obstacle:
        """The same so many points farther down; what its contour was taken from is left where it is."""
        contour = None if self.contour is None else self.contour.moved(down)
        return replace(self, box=self.box.moved(0.0, down), contour=contour)

    @property
    def extent(self) -> Box:
        """The rectangle around all of it."""
        return self.box if self.contour is None else self.contour.extent
