"""A canvas of plain numbers: bands of columns, pictures and text frames given in points, and no engine.

``measured`` puts everything where the CSS of such a page would: one below the other, lower when what is above it has
grown. All text is set in one face; ``sizes`` says what a class makes of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from layout.checks import Finding
from layout.errors import Place
from layout.flows import Chain, Flow
from layout.geometry import Box
from layout.page.canvas import Classes, Decision, Restyled, StepDeclaration, TypeRequest
from layout.page.frames import Band, Column, Frame, FrameType, Gap, Ink, MeasuredPage, PictureBox, RoleType
from layout.page.obstacles import Obstacle

Part = TypeVar("Part")
ROW = 10.0
BLACK = Ink(0, 0, 0, 1)


@dataclass(frozen=True)
class Words:
    """A text frame. Its height: so many points; that of its lines where it is 0; in a band what its column leaves."""

    key: str
    flow: str
    height: float = 0.0
    turns: bool = False


@dataclass(frozen=True)
class Photo:
    """A picture's box, in points."""

    key: str
    picture: str
    least: float
    wanted: float
    most: float


@dataclass(frozen=True)
class Air:
    """An elastic gap, in points."""

    key: str
    least: float
    wanted: float
    most: float


@dataclass(frozen=True)
class Fixed:
    """What never changes its height, in points."""

    height: float


@dataclass(frozen=True)
class Pile:
    """A column of a band: what stands in it from its head down."""

    key: str
    left: float
    width: float
    parts: tuple[Words | Photo | Fixed, ...]


@dataclass(frozen=True)
class Chapter:
    """A band of columns, which end level."""

    key: str
    piles: tuple[Pile, ...]
    limits: tuple[float, float] | None = None


@dataclass
class PlainCanvas:
    """See ``page.canvas.Canvas``. Counts what it is asked; nothing else of it ever changes."""

    parts: Sequence[Chapter | Air | Words | Fixed]
    width: float = 160.0
    height: float = 260.0
    steps_: Sequence[StepDeclaration] = ()
    sizes: Mapping[str, float] = field(default_factory=dict)
    """The size of all text under a class, in points."""
    hides: Mapping[str, str] = field(default_factory=dict)
    """The picture that is not displayed under a class."""
    options: Mapping[str, str] = field(default_factory=dict)
    shapes: Sequence[Obstacle] = ()
    messages: Sequence[Finding] = ()
    template: Path = Path("plain/page.html")
    asked: list[Decision | TypeRequest] = field(default_factory=list)

    def flows(self) -> tuple[Flow, ...]:
        return tuple(flow for words in self._every(Words) for flow in Chain.parse(words.flow).flows)

    def pictures(self) -> tuple[str, ...]:
        return tuple(photo.picture for photo in self._every(Photo))

    def steps(self) -> tuple[StepDeclaration, ...]:
        return tuple(self.steps_)

    def types(self, classes: Classes, request: TypeRequest) -> MeasuredPage:
        self.asked.append(request)
        return self._page(Decision(classes=classes), request)

    def restyled(self, classes: Classes, request: TypeRequest, heights: Mapping[str, float]) -> Restyled | None:
        del classes, request, heights
        return None

    def measured(self, decision: Decision) -> MeasuredPage:
        self.asked.append(decision)
        return self._page(decision, TypeRequest())

    def place_of(self, words: Sequence[str]) -> Place:
        return Place(str(self.template), 1 if words else None)

    def _every(self, kind: type[Part]) -> list[Part]:
        piles = [pile for part in self.parts if isinstance(part, Chapter) for pile in part.piles]
        inside = [each for pile in piles for each in pile.parts]
        return [each for each in (*self.parts, *inside) if isinstance(each, kind)]

    def _page(self, decision: Decision, request: TypeRequest) -> MeasuredPage:
        return _Builder(self, dict(decision.heights), [name for _, name in decision.classes], request).page()


class _Builder:
    """One page, put together from the head down."""

    def __init__(self, canvas: PlainCanvas, heights: Mapping[str, float], classes: Sequence[str], request: TypeRequest):
        self.canvas, self.heights = canvas, heights
        size = next((canvas.sizes[name] for name in classes if name in canvas.sizes), 8.0)
        self.hidden = {canvas.hides[name] for name in classes if name in canvas.hides}
        plain = RoleType(("song-400",), size, BLACK)
        self.type = FrameType({"plain": plain}, ROW, 0.0, "justify", False, canvas.options)
        self.roles = dict(request.roles)
        self.frames: list[Frame] = []
        self.pictures: list[PictureBox] = []
        self.columns: list[Column] = []
        self.bands: list[Band] = []
        self.gaps: list[Gap] = []

    def page(self) -> MeasuredPage:
        top = 0.0
        for part in self.canvas.parts:
            if isinstance(part, Chapter):
                top += self.band(part, top)
            elif isinstance(part, Air):
                high = self.heights.get(part.key, part.wanted)
                box = Box(0, top, self.canvas.width, high)
                self.gaps.append(Gap(part.key, part.key, box, part.least, part.most, None, None))
                top += high
            elif isinstance(part, Words):
                top += self.words(part, 0, top, self.canvas.width, None, None)
            else:
                top += part.height
        area = Box(0, 0, self.canvas.width, self.canvas.height)
        return MeasuredPage(
            1, area.width, area.height, area, ROW, top, tuple(self.frames), tuple(self.pictures), tuple(self.columns),
            tuple(self.bands), tuple(self.gaps), tuple(self.canvas.shapes), messages=tuple(self.canvas.messages),
        )  # fmt: skip

    def band(self, chapter: Chapter, top: float) -> float:
        heights = [self.column(pile, chapter.key, top) for pile in chapter.piles]
        high = self.heights.get(chapter.key, max(heights))
        least, most = chapter.limits or (high, high)
        left, right = chapter.piles[0].left, chapter.piles[-1].left + chapter.piles[-1].width
        self.bands.append(Band(chapter.key, chapter.key, Box(left, top, right - left, high), least, most))
        return high

    def column(self, pile: Pile, band: str, top: float) -> float:
        at = top
        for part in pile.parts:
            if isinstance(part, Words):
                at += self.words(part, pile.left, at, pile.width, band, pile.key)
            elif isinstance(part, Fixed):
                at += part.height
            elif part.picture not in self.hidden:
                high = self.heights.get(part.key, part.wanted)
                box = Box(pile.left, at, pile.width, high)
                self.pictures.append(PictureBox(part.key, part.picture, box, part.least, part.most, band, pile.key))
                at += high
        self.columns.append(Column(pile.key, Box(pile.left, top, pile.width, at - top), band))
        return at - top

    def words(self, words: Words, left: float, top: float, width: float, band: str | None, column: str | None) -> float:
        high = self.heights.get(words.key, words.height or ROW)
        chained = sum(each.flow == words.flow for each in self.canvas._every(Words)) > 1
        by = "css" if words.height else "rest" if band and chained else "lines"
        roles = {
            role: self.type.roles["plain"]
            for flow in Chain.parse(words.flow).flows
            for role in self.roles.get(flow, ())
        }
        type_ = replace(self.type, roles={**roles, **self.type.roles})
        box = Box(left, top, width, high)
        self.frames.append(Frame(words.key, Chain.parse(words.flow), box, type_, band, column, by, words.turns))  # type: ignore[arg-type]
        return high
