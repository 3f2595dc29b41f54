"""The page that a process has judged last, for the next that is like it: what following and drawing it came to.

It holds what this room has read of a file that it judged, never what the writer says of one. What is taken over of it
is what the bytes of both files show to be the same; so it changes how long judging takes and nothing else. Of one page
alone it is held: its drawings are some tens of megabytes, bounded by ``drawings.MAX_PIXELS``. Streams are known by
their own bytes, whatever page they are of.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from layout.preflight.page_objects import HashedPage
from layout.preflight.page_trail import FollowedPage, PageTrail
from layout.preflight.rule_thickness import MeasuredShape, Ruler
from layout.preflight.seen.drawings_again import LastDrawings
from layout.preflight.unpacked_streams import UnpackedStreams

MAX_SHAPES = 10_000
"""Shapes of a page that are held. One of the samples' has a thousand."""


@dataclass(slots=True)
class LastPage:
    """A page, and the next that is to be judged."""

    name: str = ""
    """Of the next: which page of which issue it is."""
    hashes: HashedPage | None = None
    """Of all that the next is painted with; ``None`` where it is not to be held."""
    followed: FollowedPage | None = None
    drawings: LastDrawings | None = None
    shapes: Mapping[int, MeasuredShape] = field(default_factory=dict)
    """What was measured of its shapes, by the identity of their events: those of drawings that another page has too, on
    whatever ground, are the same (``form_outcomes``)."""
    thickest: float = 0.0
    """The thickest line that was looked for."""
    streams: UnpackedStreams = field(default_factory=UnpackedStreams)
    """What was unpacked for it, and for pages before it."""

    def next(self, name: str, hashes: HashedPage, *, held: bool) -> None:
        """The page of that *name* is to be judged: of one with another ground nothing is taken over.

        It is *held* for the next at once, or else from the second time on that the page is judged: most are judged
        once, and writing the states down takes a fifth of the time of following it.
        """
        self.hashes = hashes if held or name == self.name else None
        if self.followed is None or self.hashes is None or self.followed.ground != self.hashes.ground:
            self.followed, self.drawings = None, None
        self.name = name

    def trail(self) -> PageTrail | None:
        """What follows the page; ``None`` where it is followed for itself alone."""
        return PageTrail(self.hashes.ground, self.hashes.fonts, self.followed) if self.hashes is not None else None

    def ruler(self, work: list[int], thickest: float) -> Ruler:
        """What measures the shapes of the page."""
        return Ruler(work, thickest, before=self.shapes if thickest == self.thickest else {})

    def measured(self, ruler: Ruler) -> None:
        """The page was measured by *ruler*."""
        held = len(ruler.known) <= MAX_SHAPES and not ruler.unmeasured
        self.shapes, self.thickest = ruler.known if held else {}, ruler.thickest
