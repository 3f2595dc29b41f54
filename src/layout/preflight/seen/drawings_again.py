"""The drawings of a page of which a few runs of text are others than on the page that was drawn before.

Where following both pages has shown that all else is painted as it was, only what the runs that are gone or new may
reach is drawn again; the drawings of the page before become those of this one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pypdfium2 import raw

from layout.geometry import IDENTITY, Box
from layout.preflight.events import Bounds, TextShown
from layout.preflight.graphics_state import around
from layout.preflight.partial_drawing import address_of, drawn_near, enclosing, is_small, places_of
from layout.preflight.partial_drawing import near as may_reach
from layout.preflight.pdfium import PDFIUM, Memory, PdfiumPage, Pixels, memory_for
from layout.preflight.places import touch
from layout.preflight.seen.drawing_ahead import near
from layout.preflight.seen.drawings import (
    DrawnParts,
    PageDrawings,
    RunRegion,
    ink_of,
    layered,
    outlined,
    region_of,
    without_text,
)
from layout.preflight.seen.judgement import RunSeen, SeenLimits
from layout.preflight.seen.text_objects import PageObject

MARGIN = 1.0
"""Ems around a run in which its ink may lie beyond where PDFium and the interpreter have it."""


@dataclass(frozen=True, slots=True)
class PaintedRuns:
    """What a page paints, by what its events are known by again: see ``page_trail.FollowedPage``."""

    tokens: Sequence[object]
    """Of all events."""
    at: Sequence[int]
    """Which of the events are the runs."""
    runs: Sequence[TextShown]


@dataclass(slots=True)
class LastDrawings:
    """The page that was drawn last."""

    painted: PaintedRuns
    made: PageDrawings
    limits: SeenLimits
    found: Sequence[RunSeen]
    """What was seen of its runs."""


@dataclass(frozen=True, slots=True)
class DrawnAgain:
    """A page that was drawn again in part."""

    made: PageDrawings
    known: Sequence[RunSeen | None]
    """Of its runs, what was seen of those of which nothing has changed."""


def drawn_again(last: LastDrawings, opened: PdfiumPage, page: PaintedRuns, media: Bounds) -> DrawnAgain | None:
    """The page *opened*, which paints *page* on a sheet *media*; ``None`` where it is to be drawn whole.

    The drawings of the *last* page are lost, where they are not ``None``.
    """
    before, parts = _matched(last.painted, page), last.made.parts
    unread = any("\ufffd" in run.text for run in page.runs)
    if before is None or parts is None or unread or not near(last.made.grid.page, media):
        return None
    media = last.made.grid.page  # as PDFium has it
    with PDFIUM:
        raw.FPDFPage_SetRotation(opened, 0)
        raw.FPDFPage_SetMediaBox(opened, *media)
        raw.FPDFPage_SetCropBox(opened, *media)
        again = _Again(last, parts, before, page, opened, *_texts_and_pictures(opened))
        return again.drawn() if again.is_possible() else None


def _matched(last: PaintedRuns, page: PaintedRuns) -> list[int | None] | None:
    """Which run of the *last* page each run of this one is, ``None`` for one that is new; ``None`` for all where not
    everything else is the same, in the same order.
    """
    known = {id(token): at for at, token in enumerate(last.tokens)}
    common = [known[id(token)] for token in page.tokens if id(token) in known]
    if len(known) < len(last.tokens) or any(one >= other for one, other in pairwise(common)):
        return None
    still, old = set(common), {at: number for number, at in enumerate(last.at)}
    if any(at not in old for at in range(len(last.tokens)) if at not in still):
        return None
    places = [known.get(id(page.tokens[at])) for at in page.at]
    if len(common) != len(page.tokens) - places.count(None):
        return None
    return [None if at is None else old.get(at) for at in places]


def _texts_and_pictures(opened: PdfiumPage) -> tuple[list[PageObject], list[PageObject]]:
    """Those of the page itself: what forms hold is not looked for."""
    objects = [
        PageObject(raw.FPDFPage_GetObject(opened, index), IDENTITY)
        for index in range(raw.FPDFPage_CountObjects(opened))
    ]
    return [each for each in objects if each.is_text], [each for each in objects if each.is_picture]


@dataclass(slots=True)
class _Again:
    """One page being drawn again."""

    last: LastDrawings
    parts: DrawnParts
    before: Sequence[int | None]
    page: PaintedRuns
    opened: PdfiumPage
    texts: Sequence[PageObject]
    pictures: Sequence[PageObject]

    def is_possible(self) -> bool:
        """Whether PDFium finds the strings and the pictures that there must be, and draws as many of these as before.

        Forms, which are what they were, hold none: no drawing of the last page could be drawn again otherwise.
        """
        if len(self.texts) != len(self.page.runs) or len(self.pictures) != len(self.parts.pictures):
            return False
        return without_text(self.parts.pictures, self._boxes()) == self.parts.left_out

    def _boxes(self) -> list[Bounds | None]:
        return [each.box() for each in self.texts]

    def drawn(self) -> DrawnAgain | None:
        made, runs = self.last.made, self.page.runs
        inks = [
            ink_of(self.texts[at].box(), runs[at]) if old is None else self.parts.inks[old]
            for at, old in enumerate(self.before)
        ]
        changed = [self._reach(inks[at], runs[at]) for at, old in enumerate(self.before) if old is None]
        gone = set(range(len(self.last.painted.runs))).difference(old for old in self.before if old is not None)
        changed += [self._reach(self.parts.inks[old], self.last.painted.runs[old]) for old in gone]
        changed = merged(changed)
        layers, meeting = layered(list(map(made.grid.pixels, inks)))
        regions = tuple(
            self._region(inks[at], runs[at], layers[at]) if old is None
            else replace(made.regions[old], layer=layers[at])
            for at, old in enumerate(self.before)
        )  # fmt: skip
        moved = any(old is not None and made.regions[old].layer != layers[at] for at, old in enumerate(self.before))
        size = (made.grid.width, made.grid.height)
        if moved or max(layers, default=0) + 1 != len(made.uncovered) or not is_small(changed, size, self.parts.scale):
            return None
        boxes = places_of(changed, self.parts.scale, size)
        if boxes:
            self._draw(changed, boxes, layers, inks)
        parts = replace(self.parts, inks=tuple(inks))
        again = replace(made, regions=regions, meeting=meeting, parts=parts)
        return DrawnAgain(again, [self._known(regions[at], old, boxes) for at, old in enumerate(self.before)])

    def _draw(
        self, changed: Sequence[Box], boxes: Sequence[Pixels], layers: Sequence[int], inks: Sequence[Bounds]
    ) -> None:
        """Draws in the *boxes* of pixels what lies there."""
        made, scale = self.last.made, self.parts.scale
        memory = memory_for(made.grid.width * made.grid.height)
        gone = zip(self.pictures, self.parts.left_out, strict=True)
        out = frozenset(address_of(each.pointer) for each, is_out in gone if is_out)
        again = drawn_near(self.opened, scale, changed, boxes, among=lambda each: each not in out, memory=memory)
        made.shown.readonly = 0  # Pillow takes memory that PDFium has drawn in for another's, and would copy all of it
        for box in boxes:
            part = again.crop(box)
            made.shown.paste(part, box[:2])
            made.gray.paste(part.convert("L"), box[:2])
        for number, each in enumerate(self.texts):
            if may_reach(self._reach(inks[number], self.page.runs[number]), changed):
                each.blacken(outlined=outlined(self.page.runs[number]))
        self._draw_outlines(changed, boxes, layers, memory)

    def _draw_outlines(
        self, changed: Sequence[Box], boxes: Sequence[Pixels], layers: Sequence[int], memory: Memory
    ) -> None:
        layer_of = {address_of(each.pointer): layers[number] for number, each in enumerate(self.texts)}
        for layer, uncovered in enumerate(self.last.made.uncovered):
            own = frozenset(address for address, each in layer_of.items() if each == layer)
            again = drawn_near(self.opened, self.parts.scale, changed, boxes, among=own.__contains__, memory=memory)
            for box in boxes:
                uncovered.paste(again.crop(box).getchannel("R"), box[:2])

    def _reach(self, ink: Bounds, run: TextShown) -> Box:
        """Where the ink of a run may lie, from the sheet's upper left corner."""
        left, bottom, right, top = around([ink, run.box])
        by = MARGIN * max(run.size, 1.0)
        x, _, _, y = self.last.made.grid.page
        return Box(left - by - x, y - top - by, right - left + 2 * by, top - bottom + 2 * by)

    def _region(self, ink: Bounds, run: TextShown, layer: int) -> RunRegion:
        box = region_of(ink, run)
        return RunRegion(box, self.last.made.grid.pixels(box), layer)

    def _known(self, region: RunRegion, old: int | None, boxes: Sequence[Pixels]) -> RunSeen | None:
        """What is known of a run, where nothing was drawn again."""
        if old is None or any(touch(region.pixels, box) for box in boxes):
            return None
        return self.last.found[old]


def merged(boxes: Sequence[Box]) -> list[Box]:
    """*boxes* with those made one that lie on each other, as the lines of a paragraph do with what they may reach."""
    found: list[Box] = []
    for box in sorted(boxes, key=lambda each: (each.x, each.y)):
        whole = enclosing([found[-1], box]) if found else box
        if found and whole.area <= found[-1].area + box.area:
            found[-1] = whole
        else:
            found.append(box)
    return found
