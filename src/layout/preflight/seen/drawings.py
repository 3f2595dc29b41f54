"""A page drawn by PDFium with and without its text, and the outlines of its text by themselves.

All on one grid of 144 pixels to the inch, where a stroke of small type is a pixel wide.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from pathlib import Path
from typing import NamedTuple, cast

from PIL import Image, ImageChops, ImageDraw
from pypdfium2 import raw

from layout.preflight.events import Bounds, TextShown
from layout.preflight.graphics_state import around
from layout.preflight.pdfium import (
    PDFIUM,
    Memory,
    PdfiumDocument,
    PdfiumPage,
    Pixels,
    drawn,
    memory_for,
    open_pdf,
    page_of,
)
from layout.preflight.places import touch
from layout.preflight.seen.text_objects import PageObject, characters_of, objects_of

MAX_PIXELS = 20_000_000
"""Of one drawing; a broadsheet page at 144 ppi has 7 million. Larger pages are drawn at less."""

MAX_LAYERS = 8
"""Drawings of outlines: what lies eight deep is not read."""

MAX_BESIDE = 200
"""Runs at one height that are held against each other: a page has a dozen."""

MAX_PICTURES = 200
"""Pictures that are left out where they touch no type."""

LEVEL = 0.01
"""Points by which the ends of a level line differ in height."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The pixels of the page."""

    page: Bounds
    """The MediaBox: what a press gets, whatever viewers show."""
    width: int
    height: int

    def across(self, x: float) -> float:
        """The column of a place on the page."""
        return (x - self.page[0]) * self.width / (self.page[2] - self.page[0])

    def down(self, y: float) -> float:
        """The row of a place on the page."""
        return (self.page[3] - y) * self.height / (self.page[3] - self.page[1])

    def pixels(self, box: Bounds) -> Pixels:
        """The pixels that a box touches, and one more on each side; those beyond the page left out."""
        left, right = int(self.across(box[0])) - 1, int(self.across(box[2])) + 2
        top, bottom = int(self.down(box[3])) - 1, int(self.down(box[1])) + 2
        return max(0, left), max(0, top), min(self.width, right), min(self.height, bottom)

    def box(self, pixels: Pixels) -> Bounds:
        """Where pixels lie on the page."""
        left, bottom, right, top = self.page
        wide, high = (right - left) / self.width, (top - bottom) / self.height
        return left + pixels[0] * wide, top - pixels[3] * high, left + pixels[2] * wide, top - pixels[1] * high


@dataclass(frozen=True, slots=True)
class RunRegion:
    """Where a run of text lies."""

    box: Bounds
    pixels: Pixels
    layer: int
    """The drawing that has its outline."""

    @property
    def beyond(self) -> bool:
        """Whether it lies off the page altogether."""
        return self.pixels[0] >= self.pixels[2] or self.pixels[1] >= self.pixels[3]


@dataclass(frozen=True, slots=True)
class DrawnParts:
    """The text and the pictures of a page, all of them on the page itself and none in a form."""

    scale: float
    """Pixels in a point."""
    inks: tuple[Bounds, ...]
    """Where the ink of each run is."""
    pictures: tuple[Bounds | None, ...]
    left_out: tuple[bool, ...]
    """Which of the pictures are in no drawing."""


@dataclass(frozen=True, slots=True)
class PageDrawings:
    """The drawings of one page."""

    grid: Grid
    shown: Image.Image
    """The page but for pictures that touch no type: RGBX."""
    bare: Image.Image
    """The same without any text."""
    gray: Image.Image
    """The page's luma."""
    uncovered: tuple[Image.Image, ...]
    """How much of each pixel the outlines leave free, 255 for all of it. Runs whose boxes overlap are on several."""
    regions: tuple[RunRegion, ...]
    """Of the runs, in their order."""
    meeting: tuple[tuple[int, int], ...]
    """Runs whose boxes overlap."""
    characters: Mapping[int, str]
    """What PDFium reads in those runs that have characters without a ToUnicode."""
    parts: DrawnParts | None = None
    """What of it is to be drawn again where runs change; ``None`` where that is not known."""

    # Most of a page is no type: what is asked of a run is worked out where it stands. Of all the page it would take
    # longer than drawing it, most of that for memory which the system has to clear.

    def outline(self, layer: int, pixels: Pixels) -> Image.Image:
        """How much of these pixels the outlines of a drawing cover, 255 for all of one."""
        return ImageChops.invert(self.uncovered[layer].crop(pixels))

    def luma(self, pixels: Pixels) -> Image.Image:
        """How much the luma of these pixels differs with the text and without."""
        return ImageChops.difference(self.gray.crop(pixels), self.bare.crop(pixels).convert("L"))

    def darkest(self, polygon: Sequence[tuple[float, float]]) -> int:
        """The darkest pixel that is shown within a polygon of pixels, of 255: white where it holds none."""
        left, top = (int(min(each[axis] for each in polygon)) for axis in (0, 1))
        right, bottom = (ceil(max(each[axis] for each in polygon)) for axis in (0, 1))
        box = max(0, left), max(0, top), min(self.grid.width, right), min(self.grid.height, bottom)
        if box[0] >= box[2] or box[1] >= box[3]:
            return 255
        outside = Image.new("L", (box[2] - box[0], box[3] - box[1]), 255)
        ImageDraw.Draw(outside).polygon([(x - box[0] - 0.5, y - box[1] - 0.5) for x, y in polygon], fill=0)
        darkest = ImageChops.lighter(self.gray.crop(box), outside).getextrema()[0]
        return int(cast("float", darkest))


def drawings(
    pdf: bytes | Path, page_index: int, media: Bounds, runs: Sequence[TextShown], ppi: float
) -> PageDrawings | None:
    """The drawings of page *page_index* (from 0), whose MediaBox is *media* and which shows *runs*; ``None`` of a page
    that has no extent.

    Where PDFium finds other strings than the interpreter has *runs*, all outlines are in one drawing.
    """
    with open_pdf(pdf) as document:
        page = OpenPage.of(document, page_index, media, ppi)
        return None if page is None else page.with_outlines(page.views(), runs)


class Views(NamedTuple):
    """A page with its text and without: fields of ``PageDrawings``."""

    shown: Image.Image
    bare: Image.Image
    gray: Image.Image


@dataclass(frozen=True, slots=True)
class OpenPage:
    """A page that PDFium has open twice: as it is, and without its text."""

    whole: PdfiumPage
    bare: PdfiumPage
    media: Bounds
    scale: float
    """Pixels in a point."""
    objects: Sequence[PageObject]
    """Of the whole page."""
    boxes: Sequence[Bounds | None]
    """Of those objects that are text, as PDFium has them."""
    pictures: Sequence[Bounds | None]
    """Likewise of those that are pictures."""
    left_out: Sequence[bool]
    """Which of the pictures are left out."""

    @classmethod
    def of(
        cls, document: PdfiumDocument, index: int, media: Bounds | None, ppi: float, opened: PdfiumPage | None = None
    ) -> OpenPage | None:
        """Page *index* (from 0) of *document*; *media* is its MediaBox, by itself what PDFium takes for it. It may be
        *opened* once already.
        """
        whole, bare = opened or page_of(document, index), page_of(document, index)
        media = media or whole.get_mediabox()
        width, height = media[2] - media[0], media[3] - media[1]
        if width <= 0 or height <= 0:
            return None
        scale = min(ppi / 72, (MAX_PIXELS / (width * height)) ** 0.5)
        objects, others = (list(_objects_within(page, media)) for page in (whole, bare))
        boxes = [each.box() for each in objects if each.is_text]
        pictures = [each.box() for each in objects if each.is_picture]
        left_out = without_text(pictures, boxes)
        for page_objects in (objects, others):
            gone = (each for each, out in zip(filter(_is_picture, page_objects), left_out, strict=True) if out)
            _show(gone, shown=False)
        _show([each for each in others if each.is_text], shown=False)
        return cls(whole, bare, media, scale, objects, boxes, pictures, left_out)

    def views(self) -> Views:
        """The page drawn with its text and without. PDFium lets go of Python's lock meanwhile."""
        with PDFIUM:
            shown, bare = drawn(self.whole, self.scale), drawn(self.bare, self.scale)
        return Views(shown, bare, shown.convert("L"))

    def with_outlines(self, views: Views, runs: Sequence[TextShown]) -> PageDrawings:
        """All drawings; *runs* are what the page shows."""
        with PDFIUM:
            return self._with_outlines(Grid(self.media, *views.shown.size), views, runs)

    def _with_outlines(self, grid: Grid, views: Views, runs: Sequence[TextShown]) -> PageDrawings:
        texts = [each for each in self.objects if each.is_text]
        paired = len(texts) == len(runs)
        inks = [ink_of(*each) for each in zip(self.boxes, runs, strict=True)] if paired else [run.box for run in runs]
        boxes = list(map(region_of, inks, runs))
        unread = paired and any("\ufffd" in run.text for run in runs)
        characters = characters_of(self.whole, texts) if unread else {}
        layers, meeting = layered(list(map(grid.pixels, inks))) if paired else ((0,) * len(runs), ())
        regions = tuple(map(RunRegion, boxes, map(grid.pixels, boxes), layers))
        _show([each for each in self.objects if not each.is_text and not each.is_form], shown=False)
        for index, each in enumerate(texts):
            each.blacken(outlined=paired and outlined(runs[index]))
        memory = memory_for(grid.width * grid.height)
        uncovered = tuple(_uncovered(self.whole, texts, layers if paired else (0,) * len(texts), self.scale, memory))
        plain = paired and not unread and not any(each.inside and not _is_path(each) for each in self.objects)
        parts = DrawnParts(self.scale, tuple(inks), tuple(self.pictures), tuple(self.left_out)) if plain else None
        return PageDrawings(grid, *views, uncovered, regions, meeting, characters, parts)


def _objects_within(page: PdfiumPage, media: Bounds) -> Iterator[PageObject]:
    """The objects of a page that is drawn upright and as large as *media*."""
    raw.FPDFPage_SetRotation(page, 0)
    raw.FPDFPage_SetMediaBox(page, *media)
    raw.FPDFPage_SetCropBox(page, *media)
    yield from objects_of(page)


def without_text(pictures: Sequence[Bounds | None], texts: Sequence[Bounds | None]) -> tuple[bool, ...]:
    """Which of the *pictures* are left out: those that touch no text take longest to draw and change nothing there."""
    if len(pictures) > MAX_PICTURES:
        return (False,) * len(pictures)
    boxes = [box for box in texts if box is not None]
    return tuple(each is not None and not any(touch(each, box) for box in boxes) for each in pictures)


def _is_path(each: PageObject) -> bool:
    return not each.is_text and not each.is_picture


def _is_picture(each: PageObject) -> bool:
    return each.is_picture


def _show(objects: Iterable[PageObject], *, shown: bool) -> None:
    for each in objects:
        each.show(shown=shown)


def ink_of(there: Bounds | None, run: TextShown) -> Bounds:
    """Where a run's ink is, as PDFium finds it; where it finds none, where the em boxes are."""
    return run.box if there is None or there[0] >= there[2] or there[1] >= there[3] else there


def region_of(ink: Bounds, run: TextShown) -> Bounds:
    """Where a run is looked at: as high as its ink, as long as its characters' cells."""
    (x0, y0), (x1, y1) = run.start, run.end
    if abs(y1 - y0) < LEVEL:
        return min(ink[0], run.box[0]), ink[1], max(ink[2], run.box[2]), ink[3]
    if abs(x1 - x0) < LEVEL:
        return ink[0], min(ink[1], run.box[1]), ink[2], max(ink[3], run.box[3])
    return around([ink, run.box])


def _uncovered(
    page: PdfiumPage, texts: Sequence[PageObject], layers: Sequence[int], scale: float, memory: Memory
) -> Iterator[Image.Image]:
    """The outlines of each layer, of text that is black already, on white. Each is drawn in *memory*."""
    for layer in range(max(layers, default=-1) + 1):
        for each, own in zip(texts, layers, strict=True):
            each.show(shown=own == layer)
        # In colour, as the page is: in grayscale PDFium sets glyphs on whole pixels.
        # All its channels are alike.
        yield drawn(page, scale, memory).getchannel("R")


def outlined(run: TextShown) -> bool:
    """Whether a run's outline is the line around its glyphs: where it has no other, or its inside is white."""
    return run.stroke is not None and (run.fill is None or run.fill.colour.white)


def layered(boxes: Sequence[Pixels]) -> tuple[tuple[int, ...], tuple[tuple[int, int], ...]]:
    """A layer for each of *boxes*, such that those of one layer do not overlap, and the pairs that do.

    Boxes that touch do not: of each the pixels around it are left out. What lies deeper than there are layers shares
    the last.
    """
    layers, pairs = [0] * len(boxes), []
    inner = [_within(each) for each in boxes]
    active: list[int] = []
    for index in sorted(range(len(boxes)), key=lambda each: boxes[each][1]):
        left, top, right, bottom = inner[index]
        if left >= right or top >= bottom:
            continue
        active = [each for each in active[-MAX_BESIDE:] if inner[each][3] > top]
        beside = [each for each in active if inner[each][0] < right and inner[each][2] > left]
        taken = {layers[each] for each in beside}
        layers[index] = next((layer for layer in range(MAX_LAYERS) if layer not in taken), MAX_LAYERS - 1)
        pairs += [(each, index) for each in beside]
        active.append(index)
    return tuple(layers), tuple(pairs)


def _within(pixels: Pixels) -> Pixels:
    """The pixels that a box fills for certain: ``Grid.pixels`` takes in two more at its far sides."""
    left, top, right, bottom = pixels
    return left + 2, top + 2, right - 2, bottom - 2
