"""The pages that are made, held so that memory does not grow with their number."""

from __future__ import annotations

import pickle
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import overload

from layout.pipeline.job import PageResult

IN_MEMORY = 16
"""Pages that are held as they are: what an issue commonly has. Of each, a report and what was sealed are about a
megabyte."""


class StoredPages(Sequence[PageResult]):
    """Pages in their order. After ``IN_MEMORY`` each is a file in *desk*, read when it is asked for.

    Those that hold their composed page are held as they are: whoever wants that has room for it.
    """

    def __init__(self, desk: Path, pages: Sequence[PageResult | Path] = ()):
        self._desk = desk
        self._pages = list(pages)

    def add(self, page: PageResult) -> None:
        """The next page; its PDF and its picture lie in files already."""
        if len(self._pages) < IN_MEMORY or page.composed is not None:
            self._pages.append(page)
            return
        path, geometry = self._desk / f"{page.number}.page", page.report.geometry
        with path.open("wb") as file:
            head = replace(page, report=page.report.without_geometry())
            pickle.dump(head, file, pickle.HIGHEST_PROTOCOL)
            pickle.dump(geometry, file, pickle.HIGHEST_PROTOCOL)
        self._pages.append(path)

    def without_composed(self) -> StoredPages:
        """The same for another process, which has no need of what was composed."""
        every = [page if isinstance(page, Path) else replace(page, composed=None) for page in self._pages]
        return StoredPages(self._desk, every)

    def __len__(self) -> int:
        return len(self._pages)

    @overload
    def __getitem__(self, index: int) -> PageResult: ...
    @overload
    def __getitem__(self, index: slice) -> StoredPages: ...
    def __getitem__(self, index: int | slice) -> PageResult | StoredPages:
        if isinstance(index, slice):
            return StoredPages(self._desk, self._pages[index])
        page = self._pages[index]
        return page if isinstance(page, PageResult) else _read(page)

    def heads(self) -> Iterator[PageResult]:
        """The pages, those that lie in files without what their reports' geometry holds: that is most of a page, and
        takes longest to read.
        """
        yield from (page if isinstance(page, PageResult) else _read(page, whole=False) for page in self._pages)


def heads(pages: Sequence[PageResult]) -> Iterator[PageResult]:
    """*pages* for whoever asks nothing of the geometry of their reports."""
    return pages.heads() if isinstance(pages, StoredPages) else iter(pages)


def _read(path: Path, *, whole: bool = True) -> PageResult:
    with path.open("rb") as file:
        page: PageResult = pickle.load(file)  # this process wrote it, into a folder of its own
        return replace(page, report=replace(page.report, geometry=pickle.load(file))) if whole else page
