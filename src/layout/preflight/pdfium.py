"""Files as PDFium opens them, and the methods of pypdfium2 (which has no types) that are used."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

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
    def get_cropbox(self) -> tuple[float, float, float, float]: ...  # noqa: D102
    def get_textpage(self) -> PdfiumTextPage: ...  # noqa: D102
    def render(  # noqa: D102
        self, *, scale: float, draw_annots: bool, rev_byteorder: bool = ..., crop: tuple[float, ...] = ...
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


@contextmanager
def open_pdf(pdf: bytes | Path) -> Iterator[PdfiumDocument]:
    """The file opened by PDFium. Raises ``PrintError`` when PDFium refuses it."""
    try:
        document: PdfiumDocument = pypdfium2.PdfDocument(pdf)
    except (pypdfium2.PdfiumError, OSError) as error:
        raise PrintError(
            Message(f"PDF 打不开：{error}", f"The PDF does not open: {error}"),
            hint=Message("文件可能不完整或有密码。", "The file may be cut short or protected."),
        ) from error
    try:
        yield document
    finally:
        document.close()


def page_of(document: PdfiumDocument, page_index: int) -> PdfiumPage:
    """Page *page_index* (from 0). Raises ``PrintError`` where PDFium finds no such page, or cannot read it."""
    try:
        if page_index < len(document):
            return document[page_index]
    except pypdfium2.PdfiumError:
        pass
    raise PrintError(Message(f"PDF 里没有第 {page_index + 1} 页。", f"The PDF has no page {page_index + 1}."))
