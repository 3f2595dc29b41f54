"""Events: the marks that a page paints, in order, as the interpreter reports them.

All lengths are in points on the page, y upwards.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import pikepdf

from layout.geometry import Matrix
from layout.preflight.colours import PdfColour, Space
from layout.preflight.faces import PdfFace
from layout.preflight.layers import Hidden

Bounds = tuple[float, float, float, float]
"""Left, bottom, right, top."""


@dataclass(frozen=True, slots=True)
class Paint:
    """A colour and how it is laid down."""

    colour: PdfColour
    overprint: bool
    opm: int
    alpha: float
    blend: str
    isolated: int | None = None
    """In an isolated group, how many marks were painted before it: it overprints none of them."""


@dataclass(frozen=True, slots=True)
class TextShown:
    """One string shown by one operator (a TJ array is one)."""

    scope: str
    face: PdfFace
    font: str
    """The resource's name."""
    codes: tuple[int, ...]
    text: str
    """What ToUnicode makes of the codes; U+FFFD for those it does not know."""
    size: float
    """Size in points as printed, text matrix and CTM included."""
    mode: int
    """Text rendering mode; 3 and 7 print nothing."""
    fill: Paint | None
    stroke: Paint | None
    stroke_width: float
    """Of a stroked letter, in the direction in which it is thinnest."""
    start: tuple[float, float]
    end: tuple[float, float]
    box: Bounds
    """The em boxes of the string, set level with the page."""
    clip: Bounds | None = None
    """The box outside of which nothing was painted; ``None`` for nowhere."""
    pens: tuple[float, ...] = ()
    """How far along the string each code begins, as a share of the way from ``start`` to ``end``."""
    ends: tuple[float, ...] = ()
    """How far along each ends by its own width: beyond the next one's beginning where that is moved back."""
    apart: bool = False
    """Whether it stands in a pattern's cell, a soft mask, a Type 3 glyph or an annotation: not on the page itself."""
    cut: bool = False
    """Whether it lies beyond the trim of a placed page: an agency's words beside its advertisement, cut off with them.
    """
    hidden: Hidden = ""
    """What keeps all of it from being printed, of what lies around it."""
    veiled: bool = False
    """Whether it is painted through a soft mask."""
    transfer: bool = False
    """Whether a transfer function changes its amounts of ink."""
    stretch: float = 1.0
    """How much wider its characters are printed than the font has them at that height."""
    slant: float = 0.0
    """The tangent of the angle by which its upright strokes lean; 0 for type that is only turned."""
    mirrored: bool = False
    """Whether it reads backwards, as in a mirror."""

    @property
    def visible(self) -> bool:
        """Whether it prints."""
        return self.fill is not None or self.stroke is not None


@dataclass(frozen=True, slots=True)
class Outline:
    """The outline of a filled path as the page writes it. Most checks need no more than its box."""

    subpaths: Sequence[Sequence[tuple[float, float]]]
    curves: Sequence[tuple[int, int]]
    """Where curves begin: the subpath, and the index of the first of the curve's three points in it."""
    even_odd: bool


@dataclass(frozen=True, slots=True)
class PathPainted:
    """A path filled, stroked or both. ``width`` is the printed line width where it is thinnest; 0 is the device's
    thinnest.
    """

    scope: str
    fill: Paint | None
    stroke: Paint | None
    width: float
    subpaths: tuple[Bounds, ...]
    rectangular: bool
    """Whether every subpath is a rectangle with level sides, so that a filled one may be a drawn line."""
    clip: Bounds | None = None
    outline: Outline | None = field(default=None, compare=False, repr=False)
    """Of a filled one."""
    clips: tuple[Outline, ...] = field(default=(), compare=False, repr=False)
    """The latest few clips that are no level boxes: they let less through than ``clip``."""
    fattest: float = 0.0
    """The printed line width where it is thickest: a matrix may scale one direction more than the other."""
    apart: bool = False
    """Whether it stands in a pattern's cell, a soft mask, a Type 3 glyph or an annotation: not on the page itself."""
    hidden: Hidden = ""
    """What keeps all of it from being printed, of what lies around it."""
    pen: tuple[float, float] = (0.0, 0.0)
    """How far a stroke reaches across and up from the line that it follows."""
    butt: bool = True
    """Whether strokes end where their lines do."""

    @property
    def plain(self) -> bool:
        """Whether it is one rectangle, which its box describes; two may be a frame with a hole."""
        return self.rectangular and len(self.subpaths) == 1


@dataclass(frozen=True, slots=True)
class ImagePainted:
    """A picture on the page: an XObject, or an inline image."""

    scope: str
    name: str
    width: int
    height: int
    bits: int
    space: Space | None
    """``None`` for a mask and for JPEG 2000 without a colour space."""
    mask: bool
    """Whether it is a stencil (ImageMask) painted in the fill colour."""
    fill: Paint | None
    """A stencil's colour."""
    soft_mask: bool
    masked: bool
    """Whether a mask of its own, soft or hard, leaves a part of it out."""
    interpolate: bool
    filters: tuple[str, ...]
    ctm: Matrix
    alpha: float
    overprint: bool
    clip: Bounds | None = None
    cut: bool = False
    """Whether it lies beyond the trim of a placed page; see ``TextShown``."""
    stream: pikepdf.Stream | None = field(default=None, compare=False, repr=False)
    """The picture itself, for the few checks that ask for its pixels; ``None`` for an inline one."""
    clips: tuple[Outline, ...] = field(default=(), compare=False, repr=False)
    """The latest few clips that are no level boxes: they let less through than ``clip``."""
    apart: bool = False
    """Whether it stands in a pattern's cell, a soft mask, a Type 3 glyph or an annotation: not on the page itself."""
    hidden: Hidden = ""
    """What keeps all of it from being printed, of what lies around it."""
    in_glyph: bool = False
    """Whether it draws a Type 3 glyph: its place and size are then the glyph's, not the page's."""

    @property
    def box(self) -> Bounds:
        """Where it lies on the page, the clip not counted."""
        a, b, c, d, e, f = self.ctm
        across, up = (e, e + a, e + c, e + a + c), (f, f + b, f + d, f + b + d)
        return min(across), min(up), max(across), max(up)

    @property
    def sample(self) -> str:
        """It as people know it: its pixels beside the name, which is the program's."""
        return f"{self.name} {self.width}×{self.height}"

    @property
    def line_art(self) -> bool:
        """Whether it has one bit per pixel."""
        return self.mask or self.bits == 1

    @property
    def size(self) -> tuple[float, float]:
        """Printed width and height in points."""
        a, b, c, d, _, _ = self.ctm
        return (a * a + b * b) ** 0.5, (c * c + d * d) ** 0.5

    @property
    def ppi(self) -> tuple[float, float]:
        """Pixels per printed inch across and down."""
        width, height = self.size
        return (72 * self.width / width if width else 0.0, 72 * self.height / height if height else 0.0)


@dataclass(frozen=True, slots=True)
class ShadingPainted:
    """A gradient, by ``sh`` or as a pattern."""

    scope: str
    kind: int
    space: Space
    outputs: int | None
    """Numbers its function gives; ``None`` when it has none (mesh) or it is unreadable."""
    fault: str
    """What is malformed about it, or ``""``."""
    clip: Bounds | None = None
    """The box it fills, as far as it is known."""
    stops: tuple[tuple[float, ...], ...] = ()
    """The colours it runs through, where its function lists them (types 2 and 3); else empty."""


@dataclass(frozen=True, slots=True)
class GroupBegun:
    """A transparency group, or the group of a soft mask."""

    scope: str
    space: Space | None
    soft_mask: str
    """"Luminosity" or "Alpha" when it is a soft mask's."""
    clip: Bounds | None = None
    """The box that it is painted in, as far as it is known."""


@dataclass(frozen=True, slots=True)
class StateUsed:
    """An ExtGState that sets transparency or device-dependent parameters."""

    scope: str
    blend: str
    alpha: float
    soft_mask: bool
    device_keys: tuple[str, ...]
    """Those of TR, TR2, HT, BG, BG2, UCR, UCR2 that are set to another value than the default."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """Content that cannot be followed: ``what`` is a key of checks.toml's table of troubles."""

    scope: str
    what: str
    detail: str
    at: int = field(default=-1, compare=False)
    """How many marks were painted before it, where that is known; else -1."""


@dataclass(frozen=True, slots=True)
class PlacedPage:
    """A page of another file that stands on this one as it is: an advertisement. It is judged by itself."""

    scope: str
    source: str
    """The file's name, as the finishing wrote it down, with the page where it is not the first."""
    events: tuple[Event, ...]
    """What it paints."""
    clip: Bounds | None
    """Its box."""


Event = TextShown | PathPainted | ImagePainted | ShadingPainted | GroupBegun | StateUsed | Trouble | PlacedPage


def with_placed(events: Iterable[Event]) -> tuple[Event, ...]:
    """All that *events* paint, those of placed pages at their places."""
    return tuple(inner for event in events for inner in (event.events if isinstance(event, PlacedPage) else (event,)))
