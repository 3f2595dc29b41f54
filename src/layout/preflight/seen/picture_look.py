"""How much of a picture is seen: the page drawn by PDFium with it and without it, around the picture alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageStat
from pypdfium2 import raw

from layout.preflight.events import Bounds, Event, ImagePainted
from layout.preflight.pdfium import PdfiumPage, open_pdf, page_of
from layout.preflight.seen.picture_cover import PlacedPicture
from layout.preflight.seen.text_objects import PageObject, objects_of

MAX_SIDE = 200.0
"""Pixels of the longer side of a drawing: a picture is looked at as from across the table."""

MAX_SCALE = 2.0
"""Pixels to a point."""

SHOWS = 8
"""Levels (of 255) by which a pixel must change for a picture to show in it: a tint of three per cent."""

NEAR = 2.0
"""Points by which the interpreter and PDFium may have a picture in different places."""


@dataclass(frozen=True, slots=True)
class PictureSeen:
    """What is seen of a picture."""

    alone: float
    """How much of its box it changes where nothing later lies upon it, 0 to 1."""
    share: float
    """How much of that is seen on the page as it is, 0 to 1."""


@dataclass(frozen=True, slots=True)
class PictureViewer:
    """One page open for looking at its pictures."""

    page: PdfiumPage
    media: Bounds
    objects: Sequence[PageObject]
    by_event: dict[int, int]
    """The index of each picture's object, by its event's."""

    def seen(self, placed: PlacedPicture, box: Bounds) -> PictureSeen | None:
        """What is seen of a picture in *box*; ``None`` where PDFium has none there."""
        if any(at not in self.by_event for at in placed.events):
            return None
        own = [self.by_event[at] for at in placed.events]
        later = self.objects[max(own) + 1 :]
        whole = self._changed(own, box)
        for each in later:
            each.show(shown=False)
        alone = self._changed(own, box)
        for each in later:
            each.show(shown=True)
        shown = _white(alone)
        return PictureSeen(shown, _white(ImageChops.darker(alone, whole)) / shown if shown else 0.0)

    def _changed(self, own: Sequence[int], box: Bounds) -> Image.Image:
        """White where the page with the picture and the page without it differ."""
        with_it = self._drawn(box)
        for each in own:
            self.objects[each].show(shown=False)
        without = self._drawn(box)
        for each in own:
            self.objects[each].show(shown=True)
        red, green, blue = ImageChops.difference(with_it, without).split()
        most = ImageChops.lighter(ImageChops.lighter(red, green), blue)
        return most.point([0] * SHOWS + [255] * (256 - SHOWS))

    def _drawn(self, box: Bounds) -> Image.Image:
        left, bottom, right, top = self.media
        scale = min(MAX_SCALE, MAX_SIDE / max(box[2] - box[0], box[3] - box[1]))
        crop = (box[0] - left, box[1] - bottom, right - box[2], top - box[3])
        drawn = self.page.render(
            scale=scale, draw_annots=False, rev_byteorder=True, crop=tuple(max(0.0, each) for each in crop)
        )
        picture = drawn.to_pil().convert("RGB")
        drawn.close()
        return picture


def _white(flags: Image.Image) -> float:
    return ImageStat.Stat(flags).mean[0] / 255


@contextmanager
def viewer(pdf: bytes | Path, page_index: int, media: Bounds, events: Sequence[Event]) -> Iterator[PictureViewer]:
    """Page *page_index* (from 0) of *pdf*, whose MediaBox is *media*. Raises ``PrintError`` where PDFium has none."""
    with open_pdf(pdf) as document:
        page = page_of(document, page_index)
        try:
            raw.FPDFPage_SetRotation(page, 0)
            raw.FPDFPage_SetMediaBox(page, *media)
            raw.FPDFPage_SetCropBox(page, *media)
            objects = objects_of(page)
            yield PictureViewer(page, media, objects, _paired(objects, events))
        finally:
            page.close()


def _paired(objects: Sequence[PageObject], events: Sequence[Event]) -> dict[int, int]:
    """The objects of the pictures among *events*, in their order; none where PDFium finds other pictures."""
    theirs = [index for index, each in enumerate(objects) if each.is_picture]
    ours = [(at, event) for at, event in enumerate(events) if isinstance(event, ImagePainted) and not event.apart]
    if len(theirs) != len(ours):
        return {}
    return {
        at: index
        for (at, event), index in zip(ours, theirs, strict=True)
        if _same_place(event.box, objects[index].box())
    }


def _same_place(one: Bounds, other: Bounds | None) -> bool:
    return other is not None and all(abs(a - b) <= NEAR for a, b in zip(one, other, strict=True))
