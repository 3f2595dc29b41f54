"""The geometry of a page as a report holds it: frames, pictures, paragraphs and marks, and where each is written.

Values while the page is made; strings and numbers only in the report's file, from which they are read back here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from layout.errors import Place
from layout.flows import Chain, Flow
from layout.geometry import IDENTITY, Box, Matrix
from layout.json_values import JsonObject


@dataclass(frozen=True, slots=True)
class FrameUse:
    """A text frame, the chain that runs through it, and where that begins in the newsroom's files."""

    id: str
    chain: Chain
    place: Place | None
    box: Box


@dataclass(frozen=True, slots=True)
class PictureSpot:
    """A picture's box."""

    id: str
    picture: str
    place: Place | None
    box: Box
    look: str = ""
    """What the picture that stands there looks like, from the finished page; nothing where that is not known."""
    placed: bool = False
    """Whether it holds a page of another file, an advertisement: ``place`` is then that file."""


@dataclass(frozen=True, slots=True)
class CodeSpot:
    """A QR code, without its quiet zone."""

    flow: Flow
    """The text that it holds."""
    modules: int
    """From edge to edge."""
    place: Place | None
    box: Box
    turn: Matrix = IDENTITY
    """How it is turned from there."""


@dataclass(frozen=True, slots=True)
class PrintedText:
    """Text as the finished page shows it."""

    characters: int
    """White space does not count."""
    digest: str
    """The first digits of the SHA-256 of its characters in order."""
    box: Box | None = None
    """Around the middles of its characters, where it is all of a page's text."""
    middles: tuple[tuple[float, float], ...] = ()
    """Of a paragraph, and of the rest: where the middles of some of its characters are, see ``printed_text.marked``."""
    size: float = 0.0
    """Of a paragraph: the median of its characters' sizes, the mean of the width and the height of the ink of each."""
    text: str = field(default="", compare=False)
    """Of a paragraph and of the rest: the characters themselves. A seal holds them, a report does not."""

    def as_json(self) -> JsonObject:
        """As ``report.json`` holds it."""
        box = self.box.as_json() if self.box else {}
        middles = " ".join(f"{x:g},{y:g}" for x, y in self.middles)
        placed: JsonObject = {"middles": middles, "size": self.size} if middles else {}
        return {"characters": self.characters, "sha256": self.digest, **box, **placed}


@dataclass(frozen=True, slots=True)
class ParagraphSpot:
    """The lines of one paragraph in one frame."""

    flow: Flow
    place: Place | None
    box: Box
    printed: PrintedText | None = None
    """What it reads on the finished page; None where that is not known."""


@dataclass(frozen=True, slots=True)
class MarkSpot:
    """A mark that a style sheet draws: ``mark`` for borders and tints, ``drawing`` for an SVG."""

    kind: str
    name: str
    """The element as a selector would call it."""
    place: Place | None
    box: Box


TypeProperty = Literal["size", "ink", "element"]
"""What of a frame a finding may be about: its type's size or ink, or the element itself."""


@dataclass(frozen=True, slots=True)
class HoleRule:
    """What of a page's white is a hole."""

    column: float
    """Width of the basic column in points: narrower white is none."""
    grave: bool
    """Whether the design says that a hole is an error."""
    filled: tuple[Box, ...]
    """Boxes whose white belongs to them: headlines, furniture, what the design sets free."""


@dataclass(frozen=True, slots=True)
class TypeOrigin:
    """Where a style sheet sets a property of a frame's type."""

    frame: str
    """The frame's id."""
    property: TypeProperty
    place: Place


@dataclass(frozen=True, slots=True)
class PageGeometry:
    """One page, in points from the trimmed page's top left corner."""

    width: float
    height: float
    row: float
    """Of the grid."""
    type_area: Box
    frames: tuple[FrameUse, ...] = ()
    pictures: tuple[PictureSpot, ...] = ()
    paragraphs: tuple[ParagraphSpot, ...] = ()
    marks: tuple[MarkSpot, ...] = ()
    types: tuple[TypeOrigin, ...] = ()
    holes: HoleRule | None = None
    codes: tuple[CodeSpot, ...] = ()
    printed: PrintedText | None = None
    """All of the page's text; None where it was not read."""
    rest: PrintedText | None = None
    """The text that stands in no paragraph."""

    def as_json(self) -> JsonObject:
        """The geometry as ``report.json`` holds it."""
        return {
            "width": self.width,
            "height": self.height,
            "row": self.row,
            "type_area": self.type_area.as_json(),
            "frames": [
                {"id": each.id, "flow": str(each.chain), "place": _written(each.place), **each.box.as_json()}
                for each in self.frames
            ],
            "pictures": [
                {
                    "id": each.id, "picture": each.picture, "place": _written(each.place), "look": each.look,
                    **each.box.as_json(), **({"placed": True} if each.placed else {}),
                }
                for each in self.pictures
            ],
            "paragraphs": [
                {
                    "flow": str(each.flow), "place": _written(each.place), **each.box.as_json(),
                    **(each.printed.as_json() if each.printed else {}),
                }
                for each in self.paragraphs
            ],
            "marks": [
                {"kind": each.kind, "name": each.name, "place": _written(each.place), **each.box.as_json()}
                for each in self.marks
            ],
            **({"codes": [
                {
                    "flow": str(each.flow), "modules": each.modules, "place": _written(each.place),
                    **each.box.as_json(), **({"turn": list(each.turn)} if each.turn != IDENTITY else {}),
                }
                for each in self.codes
            ]} if self.codes else {}),
            **({"printed": self.printed.as_json()} if self.printed else {}),
            **({"rest": self.rest.as_json()} if self.rest else {}),
            "type": {f"{each.frame}.{each.property}": str(each.place) for each in self.types},
            "holes": None if self.holes is None else {
                "column": self.holes.column,
                "grave": self.holes.grave,
                "filled": [box.as_json() for box in self.holes.filled],
            },
        }  # fmt: skip


NO_GEOMETRY = PageGeometry(0.0, 0.0, 0.0, Box(0.0, 0.0, 0.0, 0.0))
"""Of a page of which nothing is known."""


def _written(place: Place | None) -> str | None:
    return None if place is None else str(place)
