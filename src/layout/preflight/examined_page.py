"""One page of the file being judged, followed to the end: its boxes, its events, what pages of a file share."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

import pikepdf

from layout.geometry import Box
from layout.preflight.events import Bounds, Event, ImagePainted, PlacedPage, Trouble, with_placed
from layout.preflight.graphics_state import overlap
from layout.preflight.objects import BAD_OBJECT, get, key, number, numbers
from layout.preflight.paper import Paper
from layout.preflight.picture_data import PictureReading, facts_of
from layout.preflight.rule_thickness import Ruler

ENDLESS = frozenset({"work", "nesting", "unreadable"})
"""Troubles of content that may have no end, or is too much to hold."""

MAX_BOXES = 5_000
"""Places a finding names; the number of all of them is in its sentence. A full newspaper page has some 2,000 runs of
type.
"""


@dataclass(frozen=True, slots=True)
class ExaminedPage:
    """One page of the job, followed to the end."""

    number: int
    """From 1."""
    page: pikepdf.Page
    events: tuple[Event, ...]
    spots: dict[str, tuple[float, ...]] = field(default_factory=dict)
    """The spot inks of the pages before, and the CMYK equivalent of each: shared by the pages of a file."""
    pictures: dict[tuple[int, int], PictureReading] = field(default_factory=dict)
    """What reading the data of each picture has shown: shared by the pages of a file."""
    drawn: dict[str, int] = field(default_factory=dict)
    """The first page of each drawing, by its digest: shared by the pages of a file."""
    ruler: Ruler = field(default_factory=Ruler)
    """For measuring the lines among what it fills."""

    def facts(self, picture: ImagePainted) -> PictureReading:
        """What reading a picture's data shows; each is read once."""
        number = key(picture.stream)
        if number is None or number not in self.pictures:
            found = facts_of(picture)
            if number is not None:
                self.pictures[number] = found
            return found
        return self.pictures[number]

    def box(self, key: str) -> Bounds | None:
        """A page box with its corners in order, or ``None``."""
        found = numbers(get(self.page, key))
        if len(found) != 4:
            return None
        left, right = sorted((found[0], found[2]))
        bottom, top = sorted((found[1], found[3]))
        return left, bottom, right, top

    @property
    def followed(self) -> bool:
        """Whether its content came to an end: if not, other programs are not let near it."""
        return not any(isinstance(event, Trouble) and event.what in ENDLESS for event in with_placed(self.events))

    @property
    def whole(self) -> ExaminedPage:
        """The page with what the pages placed on it paint as if it were its own: for checks of all that is seen."""
        return replace(self, events=with_placed(self.events)) if self.placed else self

    @property
    def placed(self) -> tuple[PlacedPage, ...]:
        """The pages of other files that are placed on it."""
        return tuple(event for event in self.events if isinstance(event, PlacedPage))

    def of_placed(self, placed: PlacedPage) -> ExaminedPage:
        """What a placed page paints, as if it were a page."""
        return replace(self, events=placed.events)

    @property
    def trim(self) -> Bounds:
        """The TrimBox; without one the MediaBox; without that A4."""
        return self.box("TrimBox") or self.box("MediaBox") or (0.0, 0.0, 595.0, 842.0)

    @property
    def paper(self) -> Bounds:
        """The page with its bleed: what lies beyond is cut off and for the printer alone."""
        return self.box("BleedBox") or self.trim

    @property
    def media(self) -> Bounds:
        """The MediaBox, the page's own or one that it inherits; of a page without one what serves as its trim."""
        try:
            left, bottom, right, top = (float(each) for each in self.page.mediabox)
        except BAD_OBJECT:
            return self.trim
        return min(left, right), min(bottom, top), max(left, right), max(bottom, top)

    @property
    def sheet(self) -> Bounds:
        """The page with its bleed, as far as it lies on the sheet."""
        return overlap(self.paper, self.media)

    def as_viewed(self) -> Paper:
        """Its measures as viewers show it."""
        media = self.box("MediaBox") or self.trim
        crop = overlap(self.box("CropBox"), media)
        shown = crop if crop[0] < crop[2] and crop[1] < crop[3] else media
        trim = self.trim
        return Paper(
            shown[2] - shown[0], shown[3] - shown[1], trim[0] - shown[0], shown[3] - trim[3],
            not (number(get(self.page, "Rotate")) or 0) % 360, self.followed,
        )  # fmt: skip

    def boxes(self, found: Iterable[Bounds | None]) -> tuple[Box, ...]:
        """Boxes as findings hold them: from the trimmed page's top left corner, the first few."""
        first = list(dict.fromkeys(box for box in found if box is not None))[:MAX_BOXES]
        return tuple(box.rounded(1) for box in self.all_boxes(first))

    def all_boxes(self, found: Iterable[Bounds | None]) -> Iterator[Box]:
        """Boxes from the trimmed page's top left corner."""
        left, _, _, top = self.trim
        return (Box(box[0] - left, top - box[3], box[2] - box[0], box[3] - box[1]) for box in found if box is not None)
