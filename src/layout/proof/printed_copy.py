"""The copy as the pages of a round print it: paragraph by paragraph, every line with its place, and the pictures.

Proof marks hang on it, and the next round's marks are found in it again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from layout.copyfit.model import ComposedPage
from layout.flows import Flow
from layout.geometry import Box
from layout.issue.model import Picture
from layout.manuscript.model import Text
from layout.page.frames import SetLine
from layout.proof.geometry_json import PictureBoxJson
from layout.proof.report_json import PageJson, ReportJson

DIGITS = 12
"""Of the digests: 48 bits tell the few thousand lines of an issue apart."""

JOIN = 12
"""Characters on either side of a page's end by which a paragraph is known to go on there."""

ASCENT = 0.88
"""Em from the head of a level line to its baseline, as in the report's boxes of paragraphs."""


@dataclass(frozen=True, slots=True)
class PrintedLine:
    """A line on a page."""

    page: int
    """The page's number."""
    box: Box
    """In points from the trimmed page's top left corner."""
    start: int
    """Where it begins in the paragraph's text, and where it ends."""
    end: int
    digest: str
    """Of how it is set: every character, its place on the line, its face and size, and where the line stands in its
    column. It does not change when the copy above it does."""
    upright: bool = False
    """Whether it runs downwards."""

    def part(self, start: int, end: int) -> Box:
        """Where characters *start* to *end* of the paragraph stand on it, as if all were of one width."""
        long = max(self.end - self.start, 1)
        first, last = (min(max(at - self.start, 0), long) / long for at in (start, end))
        box = self.box
        if self.upright:
            return Box(box.x, box.y + first * box.height, box.width, (last - first) * box.height)
        return Box(box.x + first * box.width, box.y, (last - first) * box.width, box.height)


@dataclass(frozen=True, slots=True)
class PrintedParagraph:
    """A paragraph as printed, also where it runs over pages."""

    flow: Flow
    number: int
    """Which of its flow on the page where it begins, from 1."""
    place: str
    """File and line of its copy; empty where nothing is known."""
    text: str
    lines: tuple[PrintedLine, ...]

    @property
    def page(self) -> int:
        """The number of the page where it begins."""
        return self.lines[0].page

    def boxes(self, start: int, end: int) -> Iterator[tuple[int, Box]]:
        """Page and box of every line's share of characters *start* to *end*; of none, the place between two."""
        for line in self.lines:
            if start < end and start < line.end and end > line.start:
                yield line.page, line.part(start, end)
        if start == end and self.lines:
            line = next((each for each in self.lines if each.start <= start <= each.end), self.lines[-1])
            yield line.page, line.part(start, start)

    def digests(self, start: int, end: int) -> tuple[str, ...]:
        """The digests of the lines that characters *start* to *end* stand on."""
        return tuple(line.digest for line in self.lines if start < line.end and max(end, start + 1) > line.start)


@dataclass(frozen=True, slots=True)
class PrintedPicture:
    """A picture on a page."""

    page: int
    id: str
    file: str
    box: Box
    source: str
    """Digest of its file; empty where that cannot be read."""
    look: str
    """Digest of how it is shown: its file, what is seen of it, and its size."""
    place: str = ""
    """File and line where the issue names it."""


@dataclass(frozen=True, slots=True)
class PrintedCopy:
    """All that is printed in a round."""

    paragraphs: tuple[PrintedParagraph, ...]
    """In the order of the pages, each page's in reading order."""
    pictures: tuple[PrintedPicture, ...]
    whole: bool = True
    """Whether it is of all pages of the issue."""


def printed_copy(
    pages: Sequence[ComposedPage], report: ReportJson, copy: Mapping[Flow, Text], pictures: Iterable[Picture]
) -> PrintedCopy:
    """What *pages*, which *report* is about, print. *copy* are the issue's texts, *pictures* its pictures."""
    paragraphs: list[PrintedParagraph] = []
    for composed, page in zip(pages, report["pages"], strict=True):
        for each in _of_page(composed, page):
            earlier = _begun(paragraphs, each, copy) if each.number == 1 else None
            if earlier is None:
                paragraphs.append(each)
            else:
                paragraphs[earlier] = _joined(paragraphs[earlier], each)
    return PrintedCopy(tuple(paragraphs), tuple(_pictures(report["pages"], pictures)))


def _of_page(composed: ComposedPage, page: PageJson) -> Iterator[PrintedParagraph]:
    corners = {frame.id: (frame.box.x, frame.box.y) for frame in composed.page.frames}
    groups: dict[tuple[Flow, int], list[SetLine]] = {}
    for line in composed.lines:
        group = groups.setdefault((line.flow, line.paragraph), [])
        if not group or line.line.start >= group[-1].line.end:  # a table's header that stands again is no new copy
            group.append(line)
    for (flow, number), lines in groups.items():
        text, printed = "", []
        for each in lines:
            text = text.ljust(each.line.start) + each.line.text  # a blank between two lines may be in neither
            printed.append(_line(page["number"], each, corners.get(each.frame, (0.0, 0.0))))
        yield PrintedParagraph(flow, number + 1, _place(page, flow, printed[0].box), text, tuple(printed))


def _line(page_no: int, line: SetLine, corner: tuple[float, float]) -> PrintedLine:
    em, long = line.type.size, line.line.width * line.type.size
    wide, high, top = (em, long, line.baseline) if line.vertical else (long, em, line.baseline - ASCENT * em)
    inset = line.baseline - corner[1] if line.vertical else line.x - corner[0]
    parts = [f"{line.vertical} {em:.3f} {inset:.1f}"]
    parts += [
        f"{each.cluster.text} {each.cluster.face} {each.x:.3f} {each.scale:g} {each.rise:g} {each.rotated}"
        for each in line.line.placed
    ]
    box = Box(line.x, top, wide, high).turned(line.turn).rounded(1)
    digest = _digest("\n".join(parts).encode())
    end = line.line.start + len(line.line.text.rstrip())  # a blank at its end takes no room
    return PrintedLine(page_no, box, line.line.start, end, digest, line.vertical)


def _place(page: PageJson, flow: Flow, box: Box) -> str:
    """File and line of the copy whose paragraph's box holds *box*'s middle."""
    x, y = box.x + box.width / 2, box.y + box.height / 2
    for each in page["geometry"]["paragraphs"]:
        inside = each["x"] <= x <= each["x"] + each["width"] and each["y"] <= y <= each["y"] + each["height"]
        if inside and each["flow"] == str(flow):
            return each["place"] or ""
    return ""


def _begun(paragraphs: Sequence[PrintedParagraph], new: PrintedParagraph, copy: Mapping[Flow, Text]) -> int | None:
    """Which of *paragraphs* goes on in *new*, the first of its flow on a later page: the copy has both in one."""
    for index in range(len(paragraphs) - 1, -1, -1):
        before = paragraphs[index]
        if before.flow == new.flow and before.lines[-1].page != new.page:
            seam = _plain(before.text[-JOIN:] + new.text[:JOIN])
            text = copy.get(new.flow)
            there = text is not None and any(seam in _plain(each.text) for each in text.paragraphs)
            return index if there else None
    return None


def _plain(text: str) -> str:
    return "".join(text.split())


def _joined(before: PrintedParagraph, after: PrintedParagraph) -> PrintedParagraph:
    shift = len(before.text)
    moved = tuple(replace(line, start=line.start + shift, end=line.end + shift) for line in after.lines)
    return replace(before, text=before.text + after.text, lines=before.lines + moved)


def _pictures(pages: Iterable[PageJson], pictures: Iterable[Picture]) -> Iterator[PrintedPicture]:
    known = {each.id: (_file_digest(each), str(each.place)) for each in pictures}
    for page in pages:
        uses = {each["id"]: each for each in page["pictures"]}
        for spot in page["geometry"]["pictures"]:
            name = spot["picture"]
            use, (source, place) = uses.get(name), known.get(name, ("", ""))
            shown = (spot["look"], use and (use["kept"], use["zoom"], use["width_mm"], use["height_mm"]))
            look = _digest(f"{source} {shown}".encode())
            yield PrintedPicture(page["number"], name, use["file"] if use else "", _box(spot), source, look, place)


def _box(spot: PictureBoxJson) -> Box:
    return Box(spot["x"], spot["y"], spot["width"], spot["height"])


def _file_digest(picture: Picture) -> str:
    try:
        with picture.path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()[:DIGITS]
    except OSError:
        return ""


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:DIGITS]
