"""A page's objects as PDFium has them: those that are text, and what may be done with them before a page is drawn."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from pypdfium2 import raw

from layout.geometry import IDENTITY, Matrix, apply, multiply
from layout.preflight.events import Bounds
from layout.preflight.graphics_state import box_of, overlap
from layout.preflight.pdfium import PdfiumObject, PdfiumPage
from layout.preflight.reading import character_of

MAX_DEPTH = 16
"""Forms within forms that are followed; a press page has one or two."""

MAX_SEGMENTS = 1000
"""Segments of one clip that are read."""

UNCLIPPED = 10_000.0
"""By how much a clip is enlarged to be none: one of 0.02 pt then takes in a page."""


@dataclass(frozen=True, slots=True)
class PageObject:
    """One object of a page or of a form on it."""

    pointer: PdfiumObject
    to_page: Matrix
    """From the form that it stands in to the page."""
    inside: bool = False
    """Whether it stands in a form."""

    @property
    def is_text(self) -> bool:
        """Whether it shows a string."""
        return bool(raw.FPDFPageObj_GetType(self.pointer) == raw.FPDF_PAGEOBJ_TEXT)

    @property
    def is_picture(self) -> bool:
        """Whether it is a picture."""
        return bool(raw.FPDFPageObj_GetType(self.pointer) == raw.FPDF_PAGEOBJ_IMAGE)

    @property
    def is_form(self) -> bool:
        """Whether it holds other objects."""
        return bool(raw.FPDFPageObj_GetType(self.pointer) == raw.FPDF_PAGEOBJ_FORM)

    def box(self) -> Bounds | None:
        """The box of its ink on the page; ``None`` where PDFium knows none."""
        left, bottom, right, top = (ctypes.c_float() for _ in range(4))
        if not raw.FPDFPageObj_GetBounds(self.pointer, left, bottom, right, top):
            return None
        found = left.value, bottom.value, right.value, top.value
        if self.to_page == IDENTITY:
            return found
        return box_of([apply(self.to_page, x, y) for x in found[::2] for y in found[1::2]])

    def show(self, *, shown: bool) -> None:
        """Draw it from now on, or leave it out."""
        raw.FPDFPageObj_SetIsActive(self.pointer, shown)

    def blacken(self, *, outlined: bool) -> None:
        """Make text solid black that nothing clips: its plain outline, or the lines around it where *outlined*."""
        raw.FPDFPageObj_SetBlendMode(self.pointer, b"Normal")
        raw.FPDFPageObj_SetFillColor(self.pointer, 0, 0, 0, 255)
        raw.FPDFPageObj_SetStrokeColor(self.pointer, 0, 0, 0, 255)
        raw.FPDFTextObj_SetTextRenderMode(self.pointer, 1 if outlined else 0)
        self._unclip()

    def _unclip(self) -> None:
        clip = raw.FPDFPageObj_GetClipPath(self.pointer)
        boxes = [box for path in range(raw.FPDFClipPath_CountPaths(clip)) if (box := _clip_box(clip, path))]
        if not boxes:
            return
        inside = boxes[0]
        for each in boxes[1:]:
            inside = overlap(inside, each)
        x, y = (inside[0] + inside[2]) / 2, (inside[1] + inside[3]) / 2
        moved = (x - UNCLIPPED * x, y - UNCLIPPED * y)
        raw.FPDFPageObj_TransformClipPath(self.pointer, UNCLIPPED, 0, 0, UNCLIPPED, *moved)


def _clip_box(clip: object, path: int) -> Bounds | None:
    """The box of one of the paths of a clip, in the clip's own coordinates."""
    points: list[tuple[float, float]] = []
    x, y = ctypes.c_float(), ctypes.c_float()
    for index in range(min(raw.FPDFClipPath_CountPathSegments(clip, path), MAX_SEGMENTS)):
        segment = raw.FPDFClipPath_GetPathSegment(clip, path, index)
        if raw.FPDFPathSegment_GetPoint(segment, x, y):
            points.append((x.value, y.value))
    return box_of(points) if points else None


def objects_of(page: PdfiumPage) -> list[PageObject]:
    """The page's objects in the order in which they are painted, those of forms after the form."""
    return list(_found(lambda index: raw.FPDFPage_GetObject(page, index), raw.FPDFPage_CountObjects(page), IDENTITY, 0))


def _found(nth: Callable[[int], PdfiumObject], count: int, to_page: Matrix, depth: int) -> Iterator[PageObject]:
    for index in range(count):
        pointer = nth(index)
        if not pointer:
            continue
        found = PageObject(pointer, to_page, depth > 0)
        yield found
        if depth < MAX_DEPTH and found.is_form:
            yield from _found(
                lambda each, form=pointer: raw.FPDFFormObj_GetObject(form, each),  # type: ignore[misc]
                raw.FPDFFormObj_CountObjects(pointer),
                multiply(_matrix(pointer), to_page),
                depth + 1,
            )


def _matrix(form: PdfiumObject) -> Matrix:
    found = raw.FS_MATRIX()
    if not raw.FPDFPageObj_GetMatrix(form, found):
        return IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def characters_of(page: PdfiumPage, wanted: Sequence[PageObject]) -> dict[int, str]:
    """The characters that PDFium reads in each of *wanted* (by its index), by whatever encoding the font has."""
    index_of = {ctypes.addressof(each.pointer.contents): index for index, each in enumerate(wanted)}
    found: dict[int, list[str]] = {}
    text_page = page.get_textpage()
    for at in range(raw.FPDFText_CountChars(text_page)):
        shown = raw.FPDFText_GetTextObject(text_page, at)
        index = index_of.get(ctypes.addressof(shown.contents)) if shown else None
        if index is not None and raw.FPDFText_IsGenerated(text_page, at) != 1:
            found.setdefault(index, []).append(character_of(raw.FPDFText_GetUnicode(text_page, at)))
    text_page.close()
    return {index: "".join(each) for index, each in found.items()}
