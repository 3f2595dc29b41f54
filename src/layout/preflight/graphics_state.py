"""The graphics state of a content stream."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from layout.geometry import IDENTITY, Matrix
from layout.preflight.colours import BLACK, PdfColour, Space
from layout.preflight.events import Bounds, Outline, Paint
from layout.preflight.faces import MISSING, PdfFace
from layout.preflight.objects import PdfValue

NOWHERE: Bounds = (0.0, 0.0, 0.0, 0.0)


def box_of(points: Sequence[tuple[float, float]]) -> Bounds:
    """The box around *points*."""
    across, up = zip(*points, strict=True)
    return min(across), min(up), max(across), max(up)


def around(boxes: Sequence[Bounds]) -> Bounds:
    """The box around *boxes*."""
    left, bottom, right, top = zip(*boxes, strict=True)
    return min(left), min(bottom), max(right), max(top)


def overlap(first: Bounds | None, second: Bounds) -> Bounds:
    """What two boxes share; empty (right < left or top < bottom) when they share nothing."""
    if first is None:
        return second
    return max(first[0], second[0]), max(first[1], second[1]), min(first[2], second[2]), min(first[3], second[3])


@dataclass(frozen=True, slots=True)
class ExtGState:
    """What a dictionary of graphics state parameters sets, read once."""

    fields: tuple[tuple[str, float | str], ...]
    """Fields of ``Graphics`` and their values."""
    font: tuple[PdfValue, float] | None
    mask: PdfValue
    """A soft mask's dictionary."""
    device_keys: tuple[str, ...]
    """The keys that set something for the device, such as a halftone."""
    unmasked: bool = False
    """Whether it takes the soft mask away."""


@dataclass(slots=True)
class NamedResources:
    """A stream's resources, each entry looked up once: a page asks for one state a thousand times."""

    dictionary: PdfValue = None
    entries: dict[tuple[str, str], PdfValue] = field(default_factory=dict)
    spaces: dict[str, Space] = field(default_factory=dict)
    states: dict[str, ExtGState] = field(default_factory=dict)


@dataclass(slots=True)
class Graphics:
    """The state that ``q`` saves and ``Q`` restores. The interpreter changes it in place and copies it at ``q``."""

    ctm: Matrix = IDENTITY
    fill: PdfColour = BLACK
    stroke: PdfColour = BLACK
    fill_pattern: PdfValue = None
    stroke_pattern: PdfValue = None
    line_width: float = 1.0
    cap: int = 0
    overprint_fill: bool = False
    overprint_stroke: bool = False
    opm: int = 0
    alpha_fill: float = 1.0
    alpha_stroke: float = 1.0
    blend: str = "Normal"
    face: PdfFace = MISSING
    font: str = ""
    font_object: PdfValue = None
    size: float = 0.0
    char_space: float = 0.0
    word_space: float = 0.0
    stretch: float = 1.0
    leading: float = 0.0
    rise: float = 0.0
    mode: int = 0
    clip: Bounds | None = None
    """The box of what is not clipped away; ``None`` for everything."""
    clips: tuple[Outline, ...] = ()
    """The shapes of clips that are no level boxes, the latest few: they let less through than *clip* says."""
    isolated: int | None = None
    """How many marks were painted before the outermost isolated group that is being painted; ``None`` outside one."""
    masked: bool = False
    """Whether the soft mask hides everything."""
    veiled: bool = False
    """Whether there is a soft mask."""
    transfer: bool = False
    """Whether a transfer function changes the amounts of ink."""

    def saved(self) -> Graphics:
        """A copy for the stack."""
        # Written out: pages save their state thousands of times, and copy.copy is six times slower.
        return Graphics(
            self.ctm, self.fill, self.stroke, self.fill_pattern, self.stroke_pattern, self.line_width, self.cap,
            self.overprint_fill, self.overprint_stroke, self.opm, self.alpha_fill, self.alpha_stroke, self.blend,
            self.face, self.font, self.font_object, self.size, self.char_space, self.word_space, self.stretch,
            self.leading, self.rise, self.mode, self.clip, self.clips, self.isolated, self.masked,
            self.veiled, self.transfer,
        )  # fmt: skip

    def filling(self) -> Paint:
        """How it fills now."""
        return Paint(self.fill, self.overprint_fill, self.opm, self.alpha_fill, self.blend, self.isolated)

    def stroking(self) -> Paint:
        """How it strokes now."""
        return Paint(self.stroke, self.overprint_stroke, self.opm, self.alpha_stroke, self.blend, self.isolated)


@dataclass(slots=True)
class OpenPath:
    """The path being built, on the page."""

    subpaths: list[list[tuple[float, float]]] = field(default_factory=list)
    curved: bool = False
    curves: list[tuple[int, int]] = field(default_factory=list)
    """Where curves begin: the subpath, and the index of the first of the curve's three points in it."""

    def line(self, point: tuple[float, float]) -> None:
        """Go on to *point*; a path that was never begun begins here."""
        if self.subpaths:
            self.subpaths[-1].append(point)
        else:
            self.subpaths.append([point])

    def bounds(self) -> tuple[Bounds, ...]:
        """The box of each subpath that goes anywhere. Curves count by their control points."""
        return tuple(box_of(points) for points in self.subpaths if len(points) > 1)

    @property
    def rectangular(self) -> bool:
        """Whether all subpaths are rectangles with level sides."""
        return not self.curved and all(_level(points) for points in self.subpaths if len(points) > 1)


def _level(points: list[tuple[float, float]]) -> bool:
    corners = points[:-1] if points[-1] == points[0] else points
    if len(corners) != 4:
        return False
    sides = zip(corners, [*corners[1:], corners[0]], strict=True)
    return all(abs(a[0] - b[0]) < 0.01 or abs(a[1] - b[1]) < 0.01 for a, b in sides)
