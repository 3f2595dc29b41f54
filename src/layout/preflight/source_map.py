"""Finds the source of a finding on a page of ours: story, paragraph, picture, the line of copy or template.

A build writes report.json beside its PDF, and the same as ``<issue>.report.json``. When a report knows the PDF by its
hash, the frames it lists say what lies where, and findings then name the newsroom's things instead of a spot on paper.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NotRequired, TypedDict

from layout.checks import Finding
from layout.errors import Place
from layout.flows import Drawn, Flow, PageSource
from layout.geometry import Box
from layout.preflight.built_page import BuiltPage
from layout.preflight.expected import Expected, PageSpace
from layout.preflight.geometry_reading import GeometryJson, read_geometry
from layout.preflight.page_geometry import PageGeometry, TypeProperty
from layout.preflight.page_look import LookJson, read_look
from layout.preflight.printed_text import PageText

REPORT = "report.json"
MAX_REPORT = 64 * 1024 * 1024
"""Bytes; that of a sixteen-page issue has one million."""

KINDS, DRAWING = ("frames", "pictures", "paragraphs", "marks"), "drawings"
"""The kinds of boxes of a page's geometry: text, photographs, what style sheets draw; and drawings, which fill them."""

TEXTS, PICTURES, DRAWN = ("frames", "paragraphs"), ("pictures",), ("marks", "pictures")
PLACED = "placed"
"""The kind of a box that holds a page of another file: type in it, pictures and lines are that file's."""
LOOKED_IN = {"text": TEXTS, "font": TEXTS, "image": PICTURES, "line": (*DRAWN, "frames"), "shade": DRAWN}
"""By the family of a check, the lists in which its marks can have their source; else in all."""

DECIDED_BY: Mapping[str, TypeProperty] = {"text.small": "size", "text.reversed": "size", "text.on_type": "element"}
"""What of a frame's type a finding on text is about, where it is not its ink."""

NEAR = 1.5
"""Points that a mark may stick out of its frame."""

MAX_NAMED = 3
"""Sources a finding names."""


@dataclass(frozen=True, slots=True)
class SourceSpot:
    """A box of a page and what lies in it."""

    box: Box
    sources: tuple[PageSource, ...]
    """More than one where a frame holds a chain."""
    place: Place | None
    """Where it is written, when the report says so."""
    kind: str
    types: Mapping[TypeProperty, Place] = field(default_factory=dict, hash=False)
    """Of a frame: where the style sheets set the size and the ink of its type. Of both frames and pictures: where the
    template writes the element."""

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies in it."""
        box = self.box
        return -NEAR <= x - box.x <= box.width + NEAR and -NEAR <= y - box.y <= box.height + NEAR


@dataclass(frozen=True, slots=True)
class SourceMap:
    """The sources on the pages of a PDF, from its build's report."""

    pages: tuple[tuple[int, tuple[SourceSpot, ...]], ...]
    """In the PDF's order: the page's number in the edition, and its boxes."""
    expected: Expected = field(default_factory=Expected)
    press: str = ""

    def located(self, finding: Finding) -> Finding:
        """The finding with its sources; its place is theirs when the report has lines."""
        if finding.page_no is None or not 0 < finding.page_no <= len(self.pages):
            return finding
        found = [self._source(finding, finding.page_no, box) for box in finding.boxes]
        spots = [spot for spot in found if spot is not None]
        if not spots:
            return finding
        return replace(
            finding,
            message=finding.message if finding.bare is None or None in found else finding.bare,
            place=next((spot.place for spot in spots if spot.place is not None), finding.place),
            sources=tuple(dict.fromkeys(each for spot in spots for each in spot.sources))[:MAX_NAMED],
            template=self._template(finding, finding.page_no) or _drawings(spots)[1:MAX_NAMED],
        )

    def _source(self, finding: Finding, number: int, box: Box) -> SourceSpot | None:
        """Where the mark in *box* comes from. What stands inside something in the file may be a drawing's: of a box and
        the drawing that fills it the drawing is meant then, and else the box.
        """
        kinds = LOOKED_IN.get(_family(finding), KINDS)
        is_line = _family(finding) == "line"
        found = self._lined(number, box) if is_line else self._spot(number, box, (*kinds, PLACED))
        may_be_drawn = finding.bare is not None or "marks" in kinds
        drawing = self._spot(number, box, (DRAWING,)) if may_be_drawn else None
        if drawing is None or found is None:
            return drawing or found
        larger = found.box.area - drawing.box.area
        return drawing if larger > (-1 if finding.bare is not None else 1) else found

    def _spot(self, page_no: int, box: Box, kinds: Sequence[str]) -> SourceSpot | None:
        """The smallest box around the middle of *box*."""
        x, y = box.x + box.width / 2, box.y + box.height / 2
        # Of two boxes the smaller says more.
        spots = self.pages[page_no - 1][1]
        return min((s for s in spots if s.kind in kinds and s.holds(x, y)), key=lambda s: s.box.area, default=None)

    def _drawer(self, page_no: int, line: Box) -> SourceSpot | None:
        """What draws a *line*: the smallest box of which it is an edge, else the smallest around it."""
        edged = [spot for spot in self.pages[page_no - 1][1] if spot.kind in DRAWN and _is_edge(line, spot.box)]
        kinds = (*LOOKED_IN["line"], PLACED)
        return min(edged, key=lambda spot: spot.box.area, default=None) or self._spot(page_no, line, kinds)

    def _lined(self, page_no: int, line: Box) -> SourceSpot | None:
        """The same, but in a frame the paragraph next to the line: a rule of its table, an underline of its words, the
        rule above it.
        """
        found, y = self._drawer(page_no, line), line.y + line.height / 2
        if found is None or found.kind != "frames":
            return found
        paragraphs = [spot for spot in self.pages[page_no - 1][1] if spot.kind == "paragraphs"]
        inside = [spot for spot in paragraphs if found.holds(spot.box.x + spot.box.width / 2, spot.box.y)]
        return min(inside, key=lambda spot: max(spot.box.y - y, y - spot.box.bottom, 0.0), default=found)

    def _template(self, finding: Finding, page_no: int) -> tuple[Place, ...]:
        """Where the design says what a finding is about: of type its size, or its ink; of a picture the element."""
        family = _family(finding)
        if family not in ("text", "overprint", "colour", "ink", "image", "line"):
            return ()
        what = "element" if family in ("image", "line") else DECIDED_BY.get(finding.check, "ink")
        kinds = PICTURES if family == "image" else ("frames",)
        lines = family == "line"
        frames = [self._drawer(page_no, box) if lines else self._spot(page_no, box, kinds) for box in finding.boxes]
        return tuple(dict.fromkeys(frame.types[what] for frame in frames if frame and what in frame.types))[:MAX_NAMED]


def _drawings(spots: Sequence[SourceSpot]) -> tuple[Place, ...]:
    """The files of drawings, and the lines of templates that draw."""
    return tuple(dict.fromkeys(spot.place for spot in spots if spot.kind == DRAWING and spot.place is not None))


def _is_edge(line: Box, box: Box) -> bool:
    """Whether *line* runs along a whole side of *box*, or all round it."""
    sides = (line.x - box.x, line.y - box.y, line.right - box.right, line.bottom - box.bottom)
    return sum(abs(side) <= NEAR for side in sides) >= len(sides) - 1


def _family(finding: Finding) -> str:
    return finding.check.partition(".")[0]


class _File(TypedDict):
    name: str
    sha256: str


class _Characters(TypedDict):
    page: int


class _Page(TypedDict):
    number: int
    characters: NotRequired[_Characters]
    fonts: Sequence[str]
    plates: NotRequired[Sequence[str]]
    geometry: GeometryJson
    look: NotRequired[LookJson | None]


class _Press(TypedDict):
    name: str


class _Finding(TypedDict):
    check: str
    page: NotRequired[int | None]


class _Report(TypedDict):
    """What is read of a ``report.json``; a file may hold anything, and then raises where it is read."""

    files: Sequence[_File]
    issue: NotRequired[str]
    title: str
    press: _Press
    pages: Sequence[_Page]
    findings: NotRequired[Sequence[_Finding]]


def source_map(pdf: Path) -> SourceMap | None:
    """The map of *pdf* from the report beside it; ``None`` when there is none or it is about another file."""
    maps = (_mapped(pdf, path) for path in reports_beside(pdf))
    return next((found for found in maps if found is not None), None)


def outdated_report(pdf: Path) -> tuple[Path, str, Expected] | None:
    """The report beside *pdf* that names it and knows it by another hash, since the file was saved again by whatever
    program; its press profile, and what it says of the edition and of each page.

    ``None`` where there is none such.
    """
    for path in reports_beside(pdf):
        try:
            report = _read(path)
            if _known(report, pdf) != _digest(pdf):
                made = _map(report, pdf.name)
                built = tuple(_built(report, page) for page in _pages(report, pdf.name))
                return path, made.press, replace(made.expected, again=True, built=built)
        except _UNREADABLE:
            continue
    return None


def _built(report: _Report, page: _Page) -> BuiltPage:
    known = frozenset(each["check"] for each in report.get("findings", ()) if each.get("page") == page["number"])
    return BuiltPage.of(read_geometry(page["geometry"]), read_look(page.get("look")), known)


def reports_beside(pdf: Path) -> Sequence[Path]:
    """The places where the report of the build that made *pdf* may lie."""
    stems = dict.fromkeys([pdf.stem, _PAGE.sub("", pdf.stem)])
    return [*(pdf.with_name(f"{stem}.{REPORT}") for stem in stems), pdf.with_name(REPORT)]


_UNREADABLE = (
    OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, StopIteration, RecursionError,
    OverflowError,
)  # fmt: skip
"""What a report raises that is none, is too large, or is about other files."""


def _read(path: Path) -> _Report:
    if path.stat().st_size > MAX_REPORT:
        raise ValueError
    report: _Report = json.loads(path.read_bytes())
    return report


def _known(report: _Report, pdf: Path) -> str:
    """The hash by which the report knows *pdf*."""
    return next(each["sha256"] for each in report["files"] if each["name"] == pdf.name)


def _digest(pdf: Path) -> str:
    return hashlib.sha256(pdf.read_bytes()).hexdigest()


_PAGE = re.compile(r"-\d+$")
"""What a page's own file has behind the issue's name."""


def _mapped(pdf: Path, path: Path) -> SourceMap | None:
    """The map from the report at *path*, where that is about *pdf*."""
    try:
        report = _read(path)
        return _map(report, pdf.name) if _known(report, pdf) == _digest(pdf) else None
    except _UNREADABLE:
        return None


def sources(pages: Sequence[tuple[int, PageGeometry]]) -> SourceMap:
    """The map of pages that are being built: their numbers and their geometry."""
    return SourceMap(tuple((number, tuple(_spots(geometry))) for number, geometry in pages))


def _pages(report: _Report, name: str) -> Sequence[_Page]:
    """The pages of the file *name*: one that was written as a file of its own is that page."""
    whole = report["pages"]
    return [page for page in whole if name == f"{report.get('issue')}-{page['number']}.pdf"] or whole


def _map(report: _Report, name: str) -> SourceMap:
    whole, pages = report["pages"], _pages(report, name)
    known = [(int(page["number"]), read_geometry(page["geometry"])) for page in pages]
    sizes = {(geometry.width, geometry.height) for _, geometry in known}
    return replace(
        sources(known),
        expected=Expected(
            pages=len(pages),
            trim=sizes.pop() if len(sizes) == 1 else None,
            title=str(report["title"]),
            faces=frozenset(str(face) for page in pages for face in page["fonts"]),
            plates=tuple(frozenset(map(str, page.get("plates", "CMYK"))) for page in pages),
            spaces=tuple(space for _, geometry in known if (space := PageSpace.of(geometry)) is not None),
            codes=tuple(geometry.codes for _, geometry in known),
            pictures=tuple(geometry.pictures for _, geometry in known),
            characters=tuple(int(page["characters"]["page"]) for page in pages if "characters" in page),
            texts=tuple(PageText.of(geometry) for _, geometry in known),
            whole=len(pages) == len(whole),
        ),
        press=str(report["press"]["name"]),
    )


def _spots(page: PageGeometry) -> Iterator[SourceSpot]:
    types: dict[str, dict[TypeProperty, Place]] = {}
    for each in page.types:
        types.setdefault(each.frame, {})[each.property] = each.place
    for frame in page.frames:
        yield SourceSpot(frame.box, frame.chain.flows, frame.place, "frames", types.get(frame.id, {}))
    for picture in page.pictures:
        kind = PLACED if picture.placed else "pictures"
        yield SourceSpot(
            picture.box, (Flow.of_picture(picture.picture),), picture.place, kind, types.get(picture.id, {})
        )
    for paragraph in page.paragraphs:
        yield SourceSpot(paragraph.box, (paragraph.flow,), paragraph.place, "paragraphs")
    for code in page.codes:
        yield SourceSpot(code.box.turned(code.turn), (code.flow,), code.place, "marks")
    for mark in page.marks:
        kind = DRAWING if mark.kind == "drawing" else "marks"
        yield SourceSpot(mark.box, (Drawn(mark.name),), mark.place, kind)
