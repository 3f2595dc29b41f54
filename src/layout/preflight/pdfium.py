"""Files as PDFium opens them, and the methods of pypdfium2 (which has no types) that are used."""

from __future__ import annotations

import ctypes
import mmap
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Protocol, TypeAlias

import pypdfium2
from PIL import Image

from layout.errors import Message, PrintError


class PdfiumBitmap(Protocol):
    """A drawn page."""

    def to_pil(self) -> Image.Image: ...  # noqa: D102
    def close(self) -> None: ...  # noqa: D102


class PdfiumTextPage(Protocol):
    """PDFium's reading of a page's text."""

    def close(self) -> None: ...  # noqa: D102


class PdfiumPage(Protocol):
    """One page. Lengths are in points."""

    def get_size(self) -> tuple[float, float]: ...  # noqa: D102
    def get_mediabox(self) -> tuple[float, float, float, float]: ...  # noqa: D102
    def get_cropbox(self) -> tuple[float, float, float, float]: ...  # noqa: D102
    def get_trimbox(self) -> tuple[float, float, float, float]: ...  # noqa: D102
    def get_textpage(self) -> PdfiumTextPage: ...  # noqa: D102
    def render(  # noqa: D102
        self,
        *,
        scale: float,
        draw_annots: bool,
        rev_byteorder: bool = ...,
        prefer_bgrx: bool = ...,
        crop: tuple[float, ...] = ...,
        bitmap_maker: Callable[..., PdfiumBitmap] = ...,
    ) -> PdfiumBitmap: ...
    def close(self) -> None: ...  # noqa: D102


class PdfiumDocument(Protocol):
    """An open file: a sequence of pages."""

    def __len__(self) -> int: ...
    def __getitem__(self, index: int) -> PdfiumPage: ...
    def close(self) -> None: ...  # noqa: D102


class PdfiumObject(Protocol):
    """A pointer to an object on a page."""

    @property
    def contents(self) -> ctypes.Structure: ...  # noqa: D102


PDFIUM_VERSION = str(pypdfium2.PYPDFIUM_INFO)
"""The version of pypdfium2, which brings PDFium: another one may draw otherwise."""

PIXEL = 4
"""Bytes of a pixel."""

PDFIUM = threading.RLock()
"""Whoever calls PDFium holds this: it is for one thread at a time."""


@contextmanager
def open_pdf(pdf: bytes | Path) -> Iterator[PdfiumDocument]:
    """The file opened by PDFium; other threads wait till it is closed. Raises ``PrintError`` when PDFium refuses it."""
    with PDFIUM, open_beside(pdf) as document:
        yield document


@contextmanager
def open_beside(pdf: bytes | Path) -> Iterator[PdfiumDocument]:
    """The file opened by PDFium, which others may use meanwhile: see ``PDFIUM``. Raises as ``open_pdf`` does."""
    with PDFIUM:
        document = _opened(pdf)
    try:
        yield document
    finally:
        with PDFIUM:
            document.close()


def _opened(pdf: bytes | Path) -> PdfiumDocument:
    try:
        document: PdfiumDocument = pypdfium2.PdfDocument(pdf)
    except (pypdfium2.PdfiumError, OSError) as error:
        raise PrintError(
            Message(f"PDF 打不开：{error}", f"The PDF does not open: {error}"),
            hint=Message("文件可能不完整或有密码。", "The file may be cut short or protected."),
        ) from error
    return document


Memory: TypeAlias = "ctypes.Array[ctypes.c_ubyte]"
"""Room for the pixels of one drawing after another."""


def memory_for(pixels: int) -> Memory:
    """Memory for drawings of *pixels* pixels.

    The system clears it when it is first touched, which is while PDFium draws and others may run. What ctypes gives is
    cleared by Python, which holds its lock meanwhile: for a page at 144 ppi that takes as long as drawing its type.
    """
    size = pixels * PIXEL
    room = mmap.mmap(-1, size, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    if hasattr(mmap, "MADV_HUGEPAGE"):
        with suppress(OSError):  # a kernel may know none
            room.madvise(mmap.MADV_HUGEPAGE)  # two megabytes are got at once: page by page takes longer than painting
    return (ctypes.c_ubyte * size).from_buffer(room)


Pixels: TypeAlias = tuple[int, int, int, int]
"""Left, top, right, bottom on a drawing."""


class _PartBitmap(pypdfium2.PdfBitmap):  # type: ignore[misc]  # it has no types
    """A bitmap that is made white in some places before it is drawn on: all other memory is left untouched."""

    places: Sequence[Pixels] = ()

    def fill_rect(self, color: tuple[int, int, int, int], *_: int) -> None:
        for left, top, right, bottom in self.places:
            super().fill_rect(color, left, top, right - left, bottom - top)


def drawn(
    page: PdfiumPage, scale: float, memory: Memory | None = None, places: Sequence[Pixels] | None = None
) -> Image.Image:
    """*page* without annotations at *scale* pixels to the point: RGBX on white. It lies in *memory*, where that is
    given: until something else is drawn there. Of one that is wanted in some *places* alone the rest is anything.
    """

    def bitmap(width: int, height: int, **how: object) -> PdfiumBitmap:
        own = memory_for(width * height) if memory is None else memory
        kind = pypdfium2.PdfBitmap if places is None else _PartBitmap
        made: PdfiumBitmap = kind.new_native(width, height, buffer=own, **how)
        if places is not None:
            made.places = places  # type: ignore[attr-defined]
        return made

    # Four bytes a pixel, as Pillow has them: what PDFium has drawn need not be copied.
    return page.render(
        scale=scale, draw_annots=False, rev_byteorder=True, prefer_bgrx=True, bitmap_maker=bitmap
    ).to_pil()


def page_of(document: PdfiumDocument, page_index: int) -> PdfiumPage:
    """Page *page_index* (from 0). Raises ``PrintError`` where PDFium finds no such page, or cannot read it."""
    try:
        if page_index < len(document):
            return document[page_index]
    except pypdfium2.PdfiumError:
        pass
    raise PrintError(Message(f"PDF 里没有第 {page_index + 1} 页。", f"The PDF has no page {page_index + 1}."))
