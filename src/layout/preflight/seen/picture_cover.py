"""Which pictures there is doubt about: those that a mark painted later may cover, by the shapes that the page writes.

A picture's place is divided into squares; marks that cover are drawn upon them. It may be too much, for what a mark's
shape lets through is not known to the last: ``picture_look`` then looks at the drawn page.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from PIL import Image, ImageChops, ImageDraw, ImageStat

from layout.preflight.events import Bounds, Event, ImagePainted, Outline, PathPainted, ShadingPainted, TextShown
from layout.preflight.graphics_state import overlap
from layout.preflight.objects import key
from layout.preflight.places import Polygon, polygons, touch, where
from layout.preflight.seen.reasons import OPAQUE

SQUARES = 64
"""Along each side of a picture."""

SMALL = 1 / 400
"""Share of a picture under which a mark is not drawn upon it: letters, rules, ornaments."""

MAX_MARKS = 200_000
"""Marks held against pictures, over all of a page; with more there is no doubt of the others."""

MAX_SUBPATHS = 64
"""Of one mark; one with more is a drawing, which leaves gaps."""


@dataclass(frozen=True, slots=True)
class PlacedPicture:
    """One picture at one place. It may be painted there in several strokes, each under a clip of its own."""

    events: tuple[int, ...]
    """The page's events that paint it."""
    picture: ImagePainted
    """The first of them."""
    visible: Bounds | None
    """What the clips and the page leave of it; ``None`` for nothing."""


def placed_pictures(events: Sequence[Event], paper: Bounds) -> list[PlacedPicture]:
    """The pictures that the page itself paints; *paper* is the page as far as it is visible."""
    found: dict[object, list[int]] = {}
    for at, event in enumerate(events):
        if isinstance(event, ImagePainted) and not event.apart:
            number = key(event.stream)
            found.setdefault((at if number is None else number, event.ctm), []).append(at)
    return [_placed(events, own, paper) for own in found.values()]


def _placed(events: Sequence[Event], own: Sequence[int], paper: Bounds) -> PlacedPicture:
    strokes = [event for at in own if isinstance(event := events[at], ImagePainted)]
    seen = [overlap(box, paper) for each in strokes if (box := where(each)) is not None]
    seen = [box for box in seen if box[0] < box[2] and box[1] < box[3]]
    if not seen:
        return PlacedPicture(tuple(own), strokes[0], None)
    left, bottom, right, top = zip(*seen, strict=True)
    return PlacedPicture(tuple(own), strokes[0], (min(left), min(bottom), max(right), max(top)))


@dataclass(slots=True)
class Covering:
    """How much of a picture is covered, square by square."""

    placed: PlacedPicture
    box: Bounds
    open: Image.Image
    """White where the picture is."""
    covered: Image.Image
    marks: list[int] = field(default_factory=list)
    """The events that cover it."""
    upon: list[int] = field(default_factory=list)
    """Type and pictures painted upon it later."""

    @classmethod
    def of(cls, placed: PlacedPicture, box: Bounds, strokes: Sequence[ImagePainted]) -> Covering:
        """Nothing covers it yet."""
        made = cls(placed, box, Image.new("L", (SQUARES, SQUARES)), Image.new("L", (SQUARES, SQUARES)))
        for stroke in strokes:
            shape = made.shape(polygons(stroke)[0], where(stroke), stroke.clips)
            made.open = ImageChops.lighter(made.open, shape)
        return made

    @property
    def there(self) -> float:
        """How much of its box the picture fills, 0 to 1."""
        return ImageStat.Stat(self.open).mean[0] / 255

    @property
    def share(self) -> float:
        """How much of the picture is covered, 0 to 1."""
        both = ImageStat.Stat(ImageChops.darker(self.open, self.covered)).mean[0] / 255
        return both / self.there if self.there else 0.0

    def cover(self, at: int, mark: PathPainted | ImagePainted | ShadingPainted) -> None:
        """Draw the event *at* upon it."""
        if isinstance(mark, ShadingPainted):
            shape = self.shape([], mark.clip, ())
        else:
            shape = self.shape(polygons(mark)[0], mark.clip, mark.clips)
        self.covered = ImageChops.lighter(self.covered, shape)
        self.marks.append(at)

    def shape(self, shapes: Iterable[Polygon], clip: Bounds | None, clips: Sequence[Outline]) -> Image.Image:
        """White where the shapes are, holes left out, and the clips let them through. No shapes are everything."""
        drawn = self._drawn(shapes)
        if clip is not None:
            left, bottom, right, top = overlap(clip, self.box)
            inside = Image.new("L", drawn.size)
            if left < right and bottom < top:
                corners = self._squares([(left, bottom), (right, bottom), (right, top), (left, top)])
                ImageDraw.Draw(inside).polygon(corners, fill=255)
            drawn = ImageChops.darker(drawn, inside)
        for each in clips:
            # A curve's points lie around it: as a polygon it is a little too large.
            drawn = ImageChops.darker(drawn, self._drawn([points for points in each.subpaths if len(points) > 2]))
        return drawn

    def _drawn(self, shapes: Iterable[Polygon]) -> Image.Image:
        shapes = list(shapes)
        if not shapes:
            return Image.new("L", (SQUARES, SQUARES), 255)
        drawn = Image.new("1", (SQUARES, SQUARES))
        for shape in shapes:
            one = Image.new("1", (SQUARES, SQUARES))
            if len(shape) > 1:
                ImageDraw.Draw(one).polygon(self._squares(shape), fill=1)
            drawn = ImageChops.logical_xor(drawn, one)
        return drawn.convert("L")

    def _squares(self, points: Polygon) -> list[tuple[float, float]]:
        left, bottom, right, top = self.box
        across, up = SQUARES / (right - left), SQUARES / (top - bottom)
        # Pillow counts an edge's pixels in: half a square is taken off, as much as a square's middle is within.
        return [((x - left) * across - 0.5, (top - y) * up - 0.5) for x, y in points]


def coverings(events: Sequence[Event], pictures: Sequence[PlacedPicture]) -> list[Covering]:
    """What may cover each of *pictures* of which something is visible."""
    found = [
        Covering.of(each, each.visible, [event for at in each.events if isinstance(event := events[at], ImagePainted)])
        for each in pictures
        if each.visible is not None
    ]
    left = MAX_MARKS
    first = min((each.placed.events[0] for each in found), default=len(events))
    for at in range(first + 1, len(events)):
        event = events[at]
        box = where(event) if isinstance(event, (PathPainted, ImagePainted, ShadingPainted, TextShown)) else None
        if box is None:
            continue
        for each in found:
            if at > each.placed.events[-1] and touch(box, each.box):
                _lay_upon(each, at, event, box)
                left -= 1
        if left < 0:
            break
    return found


def _lay_upon(covering: Covering, at: int, event: Event, box: Bounds) -> None:
    if isinstance(event, TextShown):
        if event.visible and covering.marks and not event.apart:
            covering.upon.append(at)
        return
    if isinstance(event, ImagePainted) and covering.marks and not event.apart:
        covering.upon.append(at)
    if _hides(event) and _area(overlap(box, covering.box)) >= SMALL * _area(covering.box):
        assert isinstance(event, (PathPainted, ImagePainted, ShadingPainted))
        covering.cover(at, event)


def _hides(event: Event) -> bool:
    """Whether a mark may hide what lies under it."""
    if isinstance(event, PathPainted):
        fill = event.fill
        solid = fill is not None and fill.alpha >= OPAQUE and len(event.subpaths) <= MAX_SUBPATHS
        return solid and not event.apart and not event.hidden
    if isinstance(event, ImagePainted):
        return event.alpha >= OPAQUE and not (event.mask or event.soft_mask or event.apart or event.hidden)
    return isinstance(event, ShadingPainted) and event.clip is not None


def _area(box: Bounds) -> float:
    return max(0.0, box[2] - box[0]) * max(0.0, box[3] - box[1])


def bare(covering: Covering, events: Sequence[Event]) -> Iterator[int]:
    """The marks that cover it and bear neither type nor pictures: what bears some is a panel."""
    for at in covering.marks:
        box = where(events[at])
        later = [where(events[each]) for each in covering.upon if each > at]
        if box is not None and not any(other is not None and touch(box, other) for other in later):
            yield at
