"""Which page of a file is which page of its seal: by the seal that the file bears, by its objects, by what it reads."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import pikepdf

from layout.errors import Message, PrintError
from layout.preflight.object_hashes import PageObjects
from layout.preflight.objects import BAD_OBJECT, data, get
from layout.preflight.page_objects import page_objects
from layout.preflight.printed_text import placed, printed
from layout.preflight.reading import mended, read_text
from layout.seal.model import EDITION_SEAL, PAGE_SEAL, Seal, SealedPage

_BORNE = re.compile(rf"({PAGE_SEAL}|{EDITION_SEAL})([0-9a-f]{{64}})".encode())

OTHER_BUILD = Message("文件带的封印是另一次出版的", "the file bears the seal of another build")
PART = Message("文件只是这一期的一部分", "the file is a part of the issue")


@dataclass(frozen=True, slots=True)
class PageMatches:
    """The pages of a file, from 1, and what they are."""

    wanted: tuple[SealedPage, ...]
    """The pages that the file should hold, in order."""
    sealed: Mapping[int, SealedPage]
    """By page of the file the sealed page that it is; a page that is none has no entry."""
    objects: Mapping[int, PageObjects]
    """What the pages are painted with; a page that could not be gone through has no entry."""
    remarks: tuple[Message, ...] = ()

    def same_objects(self, page_no: int) -> bool:
        """Whether a page is painted with the sealed objects, to the last byte."""
        sealed, own = self.sealed.get(page_no), self.objects.get(page_no)
        return sealed is not None and sealed.objects == own


def page_matches(pdf: pikepdf.Pdf, path: Path, seal: Seal) -> PageMatches:
    """The pages of *pdf*, which is opened from *path*, by *seal*."""
    objects = _objects(pdf)
    count = len(pdf.pages)
    wanted, remarks = _wanted(pdf, path, seal, objects, count)
    numbers = _by_objects(wanted, objects)
    left = [index for index in range(len(wanted)) if index not in numbers.values()]
    unknown = [page_no for page_no in range(1, count + 1) if page_no not in numbers]
    if len(left) > 1 and unknown:
        numbers |= _by_text(path, wanted, left, unknown)
    # A page that reads otherwise too is where nothing else is.
    for page_no in (each for each in unknown if each not in numbers):
        free = [index for index in left if index not in numbers.values()]
        if free:
            numbers[page_no] = page_no - 1 if page_no - 1 in free else free[0]
    return PageMatches(wanted, {page_no: wanted[index] for page_no, index in numbers.items()}, objects, remarks)


def _objects(pdf: pikepdf.Pdf) -> dict[int, PageObjects]:
    found = {}
    for page_no, page in enumerate(pdf.pages, start=1):
        try:
            found[page_no] = page_objects(page)
        except BAD_OBJECT:
            continue
    return found


def _wanted(
    pdf: pikepdf.Pdf, path: Path, seal: Seal, objects: Mapping[int, PageObjects], count: int
) -> tuple[tuple[SealedPage, ...], tuple[Message, ...]]:
    """The pages that the file should hold, by what it bears, by its name, by what it is."""
    borne = _BORNE.search(data(get(pdf.Root, "Metadata")) or b"")
    if borne is not None:
        kind, digest = borne[1].decode(), borne[2].decode()
        pages = seal.pages if kind == EDITION_SEAL else tuple(p for p in seal.pages if p.part.sha256 == digest)
        if pages and (kind == PAGE_SEAL or digest == seal.sha256):
            return pages, ()
        return _by_name(path, seal, objects, count), (OTHER_BUILD,)
    return _by_name(path, seal, objects, count), ()


def _by_name(path: Path, seal: Seal, objects: Mapping[int, PageObjects], count: int) -> tuple[SealedPage, ...]:
    named = seal.pages_of(path.name)
    if len(named) == count or count > 1 or path.name == f"{seal.issue}.pdf":
        return named
    own = [page for page in seal.pages if objects.get(1) == page.objects]
    return tuple(own[:1]) or _likest(path, seal)


def _likest(path: Path, seal: Seal) -> tuple[SealedPage, ...]:
    """The page whose text a file of one page has; all where it has none of theirs."""
    digest = _digests(path, [1]).get(1)
    own = [page for page in seal.pages if page.geometry.printed and page.geometry.printed.digest == digest]
    return tuple(own[:1]) or seal.pages


def _by_objects(wanted: Sequence[SealedPage], objects: Mapping[int, PageObjects]) -> dict[int, int]:
    found: dict[int, int] = {}
    for page_no, own in objects.items():
        alike = [at for at, page in enumerate(wanted) if page.objects == own and at not in found.values()]
        if alike:
            found[page_no] = page_no - 1 if page_no - 1 in alike else alike[0]
    return found


def _by_text(path: Path, wanted: Sequence[SealedPage], left: Sequence[int], unknown: Sequence[int]) -> dict[int, int]:
    """Of the pages *unknown* those that read as one of those *left*."""
    then = {at: wanted[at].geometry.printed for at in left}
    found: dict[int, int] = {}
    for page_no, digest in _digests(path, unknown).items():
        alike = [at for at, text in then.items() if text and text.digest == digest and at not in found.values()]
        if alike:
            found[page_no] = page_no - 1 if page_no - 1 in alike else alike[0]
    return found


def _digests(path: Path, pages: Sequence[int]) -> dict[int, str]:
    try:
        return {page_no: printed(placed(mended(read_text(path, page_no - 1)), 0.0, 0.0)).digest for page_no in pages}
    except PrintError:  # PDFium mends less than qpdf, which has opened it
        return {}
