"""A page's drawings, begun in a thread while its content is followed: PDFium lets go of Python's lock."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass

from layout.preflight.events import Bounds, TextShown
from layout.preflight.pdfium import PDFIUM, PdfiumDocument, PdfiumPage
from layout.preflight.seen.drawings import OpenPage, PageDrawings, Views


@dataclass(frozen=True, slots=True)
class DrawingAhead:
    """The only page of a file, which is being drawn with and without its text."""

    opened: PdfiumPage
    """The page, for whoever draws it again where nothing was begun."""
    _page: OpenPage | None = None
    _views: Future[Views] | None = None

    def drawings(self, media: Bounds, runs: Sequence[TextShown]) -> PageDrawings | None:
        """See ``drawings.drawings``: the page shows *runs*. To be asked once.

        ``None`` where it is to be drawn anew: PDFium takes another box than *media* for the page, or nothing was begun.
        """
        if self._page is None or self._views is None or not near(self._page.media, media):
            return None
        return self._page.with_outlines(self._views.result(), runs)


def near(one: Bounds, other: Bounds) -> bool:
    """Whether two boxes are the same but for PDFium's shorter numbers."""
    return all(abs(a - b) < 0.01 for a, b in zip(one, other, strict=True))


@contextmanager
def drawing_ahead(
    document: PdfiumDocument, opened: PdfiumPage, ppi: float, *, begin: bool = True
) -> Iterator[DrawingAhead | None]:
    """Begins the drawings of the first page of *document*, which is *opened*: to open it takes as long as to read its
    text. It is of a file of our own making: content without end would fill the
    memory here, as nobody has followed it yet. ``None`` where the page has no extent.

    Where they are not to *begin*, a page that was drawn before is most likely drawn again in part.
    """
    if not begin:
        yield DrawingAhead(opened)
        return
    with ThreadPoolExecutor(1, "seen") as thread:
        with PDFIUM:
            page = OpenPage.of(document, 0, None, ppi, opened)
        # Only the drawing itself is left to the thread: each of PDFium's small calls would wait for Python's lock.
        yield None if page is None else DrawingAhead(opened, page, thread.submit(page.views))
