"""Compares pages with an earlier PDF of them: the words by passages, the look by regions.

One new word moves a whole column. So the words are compared on their own, in reading order and whatever their lines;
and the looks on their own, as pictures: what moved, what came, what went.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from PIL import Image, ImageChops, ImageFilter

from layout.errors import LayoutError, Message, Place, UsageError
from layout.geometry import Box
from layout.json_values import JsonObject
from layout.preflight.reading import read_text
from layout.proof.raster import page_count, page_image, page_origin, page_size
from layout.proof.stamp import WATERMARK, ProofMark, ProofSlug, proof_pdf
from layout.proof.text_diff import ChangedPassage, changed_passages

PPI = 72
"""Of the picture of the page: it shows where to look, and is not read."""

_PASSWORD = 4
"""PDFium's number for a file with a password (FPDF_ERR_PASSWORD)."""


@dataclass(frozen=True, slots=True)
class PageDifference:
    """The difference of one page. Regions in points from the sheet's top left corner."""

    page_index: int
    passages: tuple[ChangedPassage, ...]
    regions: tuple[Box, ...]
    places: tuple[tuple[Box, ...], ...]
    """Where each passage stands on the new page: one region for each line of it."""

    @property
    def added(self) -> int:
        """Characters that came."""
        return sum(len(passage.new) for passage in self.passages if passage.kind != "moved")

    @property
    def removed(self) -> int:
        """Characters that went."""
        return sum(len(passage.old) for passage in self.passages if passage.kind != "moved")


@dataclass(frozen=True, slots=True)
class Difference:
    """The difference of a whole file."""

    name: str
    """The earlier file."""
    pages: tuple[PageDifference, ...]

    @property
    def passages(self) -> int:
        """How many passages read otherwise."""
        return sum(len(page.passages) for page in self.pages)

    @property
    def regions(self) -> int:
        """How many parts of pages look otherwise."""
        return sum(len(page.regions) for page in self.pages)

    def as_json(self, numbers: Sequence[int], trim_offset: tuple[float, float] = (0.0, 0.0)) -> JsonObject:
        """As ``report.json`` holds it; *numbers* are those of the pages. Regions from the trimmed page's corner."""
        return {
            "file": self.name,
            "passages": self.passages,
            "regions": self.regions,
            "characters": {
                "added": sum(page.added for page in self.pages),
                "removed": sum(page.removed for page in self.pages),
            },
            "pages": [
                {
                    "number": number,
                    "passages": [asdict(passage) for passage in page.passages],
                    "regions": [
                        region.moved(-trim_offset[0], -trim_offset[1]).rounded(1).as_json() for region in page.regions
                    ],
                }
                for number, page in zip(numbers, self.pages, strict=True)
            ],
        }


def read_earlier(path: Path, pages: int | None) -> bytes:
    """The earlier PDF, found fit to be compared with *pages* pages; None where their number is not known yet.

    Raises ``UsageError`` when it is no PDF that opens, has another number of pages, or has no text of pages.
    """
    place = Place(str(path))
    if not path.is_file():
        raise UsageError(
            Message("没有这个文件，不能对比。", "There is no such file to compare with."),
            place=place,
            hint=Message("--against 后面写上一校的 PDF。", "--against takes the PDF of the last round."),
        )
    pdf = path.read_bytes()
    try:
        count = page_count(pdf)
    except LayoutError as error:
        raise _unreadable(error, place) from error
    same_pages(count, pages, place)
    if not any(_is_printed(pdf, index) for index in range(count)):
        raise UsageError(
            Message("这个 PDF 里没有版面文字，不能对比。", "There is no text of pages in this PDF to compare with."),
            place=place,
            hint=Message("要成品 PDF，不要盖了“校样”的那份。", "Take the press PDF, not the one stamped 校样."),
        )
    return pdf


def same_pages(count: int, pages: int | None, place: Place) -> None:
    """Raises ``UsageError`` when the earlier PDF at *place* has *count* pages and this round others."""
    if pages not in (None, count):
        raise UsageError(
            Message(
                f"上一校有 {count} 版，这一校有 {pages} 版，对不上。", f"It has {count} pages, this round {pages}."
            ),
            place=place,
            hint=Message("版数相同的两校才能对比。", "Only rounds with the same pages can be compared."),
        )


def _is_printed(pdf: bytes, index: int) -> bool:
    """Whether a page has text of its own: a stamped proof is a picture, and its stamp is the first thing on it."""
    words = "".join(char.text for char in read_text(pdf, index))
    return bool(words) and not words.startswith(WATERMARK)


def _unreadable(error: LayoutError, place: Place) -> UsageError:
    if getattr(error.__cause__, "err_code", None) == _PASSWORD:
        message = Message("这个 PDF 有密码，不能对比。", "This PDF is protected by a password.")
        return UsageError(message, place=place, hint=Message("换一份没有加密的。", "Take one that is not encrypted."))
    message = Message("这个文件不是 PDF，或已损坏。", "This file is no PDF, or is damaged.")
    return UsageError(
        message, place=place, hint=Message("换成上一校的成品 PDF。", "Take the press PDF of the last round.")
    )


def compare(old: bytes, new: bytes, name: str) -> Difference:
    """How *new* differs from *old*, which is called *name* and has as many pages."""
    return Difference(name, tuple(_compare(old, new, index) for index in range(page_count(new))))


def _compare(old: bytes, new: bytes, index: int) -> PageDifference:
    before, after = read_text(old, index), read_text(new, index)
    found = changed_passages(before, after)
    left, bottom = page_origin(new, index)
    top = bottom + page_size(new, index)[1]
    return PageDifference(
        index,
        tuple(passage for passage, _ in found),
        changed_regions(old, new, index),
        tuple(
            tuple(Box(box[0] - left, top - box[3], box[2] - box[0], box[3] - box[1]) for box in boxes)
            for _, boxes in found
        ),
    )


def against_pdf(new: bytes, slugs: Sequence[ProofSlug], difference: Difference) -> bytes:
    """The new pages, small and stamped: green round what looks otherwise, red and a number on what reads otherwise."""
    marks = []
    for page in difference.pages:
        marks += [ProofMark(page.page_index, region, style="note") for region in page.regions]
        for number, lines in enumerate(page.places, 1):
            for order, line in enumerate(lines):
                marks.append(ProofMark(page.page_index, line, "" if order else str(number)))
    return proof_pdf(new, slugs, marks, ppi=PPI)


COMPARED_PPI = 60
"""A 9 pt character is 7 pixels high: one that changed is seen, and a broadsheet page takes a tenth of a second."""

THRESHOLD = 40
"""Of 255: less is the rounding of edges that moved by a hair, or a photograph saved anew."""

CELL = 4
"""Pixels: pictures are compared in squares of this size (4.8 pt)."""


def changed_regions(old: bytes, new: bytes, page_index: int) -> tuple[Box, ...]:
    """Where page *page_index* (from 0) looks otherwise, from top to bottom; the whole page when its size is another.

    In points from the sheet's top left corner.
    """
    one, other = page_size(old, page_index), page_size(new, page_index)
    if any(abs(a - b) > 0.5 for a, b in zip(one, other, strict=True)):
        return (Box(0, 0, *other),)
    pictures = [page_image(pdf, page_index, COMPARED_PPI) for pdf in (old, new)]
    bands = ImageChops.difference(*pictures).split()
    strongest = ImageChops.lighter(ImageChops.lighter(bands[0], bands[1]), bands[2])
    grid = strongest.point(lambda value: 255 if value > THRESHOLD else 0).reduce(CELL).point(lambda v: 255 if v else 0)
    return tuple(_region(box, other) for box in sorted(_merged(_blobs(grid)), key=lambda box: (box[1], box[0])))


Cells = tuple[int, int, int, int]
"""First column and row, last column and row."""


def _blobs(grid: Image.Image) -> list[Cells]:
    """The bounds of what hangs together in *grid*, gaps of one cell not counted."""
    wide = grid.width
    marked = {i for i, value in enumerate(grid.tobytes()) if value}
    near = {i for i, value in enumerate(grid.filter(ImageFilter.MaxFilter(3)).tobytes()) if value}
    found = []
    while near:
        # The topmost first, so that the order is the same every time.
        start = min(near)
        near.discard(start)
        front, cells = [start], [start]
        while front:
            at = front.pop()
            around = {at + dy * wide + dx for dy in (-1, 0, 1) for dx in (-1, 0, 1) if 0 <= at % wide + dx < wide}
            reached = around & near
            near -= reached
            front += reached
            cells += reached
        here = [cell for cell in cells if cell in marked]
        columns, rows = [cell % wide for cell in here], [cell // wide for cell in here]
        found.append((min(columns), min(rows), max(columns), max(rows)))
    return found


def _merged(boxes: Iterable[Cells]) -> list[Cells]:
    """Boxes that overlap or touch as one."""
    apart: list[Cells] = []
    for each in boxes:
        box = each
        while meeting := [other for other in apart if _meet(box, other)]:
            for other in meeting:
                apart.remove(other)
            together = [box, *meeting]
            box = (
                min(part[0] for part in together), min(part[1] for part in together),
                max(part[2] for part in together), max(part[3] for part in together),
            )  # fmt: skip
        apart.append(box)
    return apart


def _meet(one: Cells, other: Cells) -> bool:
    return all(one[i] <= other[i + 2] + 1 and other[i] <= one[i + 2] + 1 for i in (0, 1))


def _region(box: Cells, size: tuple[float, float]) -> Box:
    left, top, right, bottom = (cells * CELL * 72 / COMPARED_PPI for cells in (box[0], box[1], box[2] + 1, box[3] + 1))
    return Box(left, top, min(right, size[0]) - left, min(bottom, size[1]) - top)
