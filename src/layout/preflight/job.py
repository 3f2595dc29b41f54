"""The job that every check is given: the open file, the press profile and the plan. It makes their findings."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pikepdf

from layout.checks import Amount, Finding, Severity, room_checks
from layout.errors import Message, Place
from layout.geometry import Box
from layout.painted import BuildFace
from layout.preflight.events import Bounds, Event, ImagePainted, PlacedPage, Trouble, with_placed
from layout.preflight.graphics_state import overlap
from layout.preflight.objects import BAD_OBJECT, PdfValue, array, get, key, numbers, whole
from layout.preflight.page_geometry import CodeSpot, HoleRule, PageGeometry, PictureSpot
from layout.preflight.pdfx_parts import PARTS, PdfxPart
from layout.preflight.picture_data import PictureReading, facts_of
from layout.preflight.places import where
from layout.preflight.printed_text import PageText
from layout.preflight.record import Record
from layout.preflight.rule_thickness import Ruler
from layout.preflight.seen.drawing_ahead import DrawingAhead
from layout.press.model import PressProfile

ENDLESS = frozenset({"work", "nesting", "unreadable"})
"""Troubles of content that may have no end, or is too much to hold."""

MAX_BOXES = 5_000
"""Places a finding names; the number of all of them is in its sentence. A full newspaper page has some 2,000 runs of
type.
"""

ON_PAGE = "page › "
"""How the scope begins of what stands inside something else."""


@dataclass(frozen=True, slots=True)
class PageSpace:
    """The room that a page has for copy, in points from the trimmed page's top left corner."""

    area: Box
    """The type area."""
    row: float
    """Of the grid."""
    holes: HoleRule

    @classmethod
    def of(cls, geometry: PageGeometry) -> PageSpace | None:
        """The space of a page of ours; ``None`` where its report does not say."""
        return None if geometry.holes is None else cls(geometry.type_area, geometry.row, geometry.holes)


@dataclass(frozen=True, slots=True)
class Expected:
    """The file as the edition's plan has it. What is ``None`` is not known and so not checked."""

    pages: int | None = None
    trim: tuple[float, float] | None = None
    """Width and height of the trimmed page in points."""
    title: str | None = None
    faces: frozenset[str] | None = None
    """Families or PostScript names of the design's fonts."""
    own_faces: tuple[BuildFace, ...] = ()
    """The faces that the design and the issue bring, with the files that the page was set from: what its outlines can
    be held against."""
    plates: tuple[frozenset[str], ...] = ()
    """The plates that each page may use, in the file's order: ``{"K"}`` for one planned in black alone."""
    spaces: tuple[PageSpace, ...] = ()
    """Where each page has its type area, and what of its white is a hole, in the file's order."""
    codes: tuple[tuple[CodeSpot, ...], ...] = ()
    """The QR codes of each page, in the file's order."""
    pictures: tuple[tuple[PictureSpot, ...], ...] = ()
    """Where each page has its pictures, in the file's order."""
    characters: tuple[int, ...] = ()
    """How many characters each page had when it was built, in the file's order."""
    texts: tuple[PageText, ...] = ()
    """What each page read when it was built, in the file's order."""
    moved: tuple[tuple[int, int], ...] = ()
    """Pages that stand elsewhere than when the file was built: the number here, and the number then. What is known of
    them is in the order of the file as it is."""
    whole: bool = True
    """Whether the file is a whole edition: one page of several need not fill a sheet."""

    @property
    def planned(self) -> bool:
        """Whether anything is known of the edition: its people then have a design and copy to mend."""
        return replace(self, pictures=(), characters=(), texts=(), moved=()) != Expected(whole=self.whole)

    def space_of(self, page_no: int) -> PageSpace | None:
        """The space planned for page *page_no* (from 1)."""
        return self.spaces[page_no - 1] if page_no <= len(self.spaces) else None

    def codes_of(self, page_no: int) -> tuple[CodeSpot, ...]:
        """The QR codes planned for page *page_no* (from 1)."""
        return self.codes[page_no - 1] if page_no <= len(self.codes) else ()

    def pictures_of(self, page_no: int) -> tuple[PictureSpot, ...]:
        """The pictures planned for page *page_no* (from 1); an advertisement's page is none, whatever it shows."""
        return tuple(each for page in self.pictures[page_no - 1 : page_no] for each in page if not each.placed)

    def characters_of(self, page_no: int) -> int | None:
        """The characters that page *page_no* (from 1) had when it was built."""
        return self.characters[page_no - 1] if page_no <= len(self.characters) else None

    def text_of(self, page_no: int) -> PageText | None:
        """What page *page_no* (from 1) read when it was built."""
        return self.texts[page_no - 1] if page_no <= len(self.texts) else None

    def plates_of(self, page_no: int) -> frozenset[str] | None:
        """The plates planned for page *page_no* (from 1)."""
        return self.plates[page_no - 1] if page_no <= len(self.plates) else None


@dataclass(frozen=True, slots=True)
class PreflightJob:
    """One file being judged."""

    name: str
    """What messages call the file."""
    source: bytes | Path
    """The file itself, for reading it a second way."""
    pdf: pikepdf.Pdf
    press: PressProfile
    expected: Expected
    record: Record = field(default_factory=Record, compare=False)
    """What was carried out on it."""
    repairs: list[str] = field(default_factory=list, compare=False)
    """What qpdf has mended so far, in its words: it tells each once."""
    copies: list[bytes] = field(default_factory=list, compare=False, repr=False)
    """The file as qpdf has mended it, where another program asked for it."""
    ahead: DrawingAhead | None = field(default=None, compare=False, repr=False)
    """The drawings of its only page, where they were begun before."""
    programs: dict[tuple[int, int], bytes] = field(default_factory=dict, compare=False, repr=False)
    """Font programs that were unpacked already, by their streams' numbers."""
    placed: bool = False
    """Whether what is judged is a page of somebody else's that is placed on ours: ``name`` is then its file."""

    @property
    def part(self) -> PdfxPart:
        """The part of PDF/X by which the file is judged."""
        return PARTS[self.press.pdfx]

    @property
    def takes_transparency(self) -> bool:
        """Whether both the press and the part of PDF/X take what is transparent."""
        return self.press.transparency and self.part.transparency

    def finding(
        self,
        check: str,
        zh: str,
        en: str,
        *,
        page_no: int | None = None,
        severity: Severity | None = None,
        **amount: Amount,
    ) -> Finding:
        """A finding of *check* with the table's severity (unless given) and remedy. *amount* holds measured values."""
        entry = room_checks("preflight")[check]
        return Finding(
            check=check,
            severity=entry.severity if severity is None else severity,
            message=Message(zh, en),
            place=Place(self.name),
            hint=entry.hint(ours=self.expected.planned and not self.placed),
            page_no=page_no,
            amount=amount,
        )

    def on(
        self,
        sheet: ExaminedPage,
        check: str,
        zh: str,
        en: str,
        *,
        boxes: Iterable[Bounds | None] = (),
        events: Iterable[Event] = (),
        severity: Severity | None = None,
        repeats: bool = False,
        **amount: Amount,
    ) -> Finding:
        """A finding on one page. *boxes* are in the page's own points; *events* give theirs, and the forms and patterns
        that they stand in.

        *repeats* says that the check which the table names under ``repeats`` reports the same before there is a PDF.
        """
        events = list(events)
        path = path_of(events)
        found = self.finding(check, zh + path.zh, en + path.en, page_no=sheet.number, severity=severity, **amount)
        return replace(
            found,
            boxes=sheet.boxes([*boxes, *map(where, events)]),
            repeats=room_checks("preflight")[check].repeats if repeats else "",
        )

    def of_placed(self, source: str) -> PreflightJob:
        """The job for a placed page: its findings name its own file, and speak to whoever made that."""
        return replace(self, name=source, placed=True)

    def readable(self) -> bytes | Path:
        """The file for programs that mend nothing: itself, or what qpdf made of it."""
        if not (self.recovered or self.miscounted):
            return self.source
        if not self.copies:
            try:
                self.copies.append(mended(self.pdf))
            except BAD_OBJECT:
                return self.source
        return self.copies[0]

    @property
    def pages(self) -> list[pikepdf.Page]:
        """Its pages; none where the tree that holds them is broken."""
        try:
            return list(self.pdf.pages)
        except BAD_OBJECT:
            return []

    @property
    def miscounted(self) -> bool:
        """Whether the tree of pages says another number than it holds, at its root or further out."""
        return miscounted(get(self.pdf.Root, "Pages"))

    @property
    def recovered(self) -> bool:
        """Whether its table of objects was lost, and what is judged is what a search could find of it."""
        return any("reconstruct cross-reference" in warning for warning in self.repairs)

    def limit(self, check: str, key: str) -> float:
        """A limit of the table of checks, where that is a number."""
        return limit(check, key)

    def words(self, check: str, key: str) -> Sequence[str]:
        """A limit of the table of checks, where that is a word or several."""
        words = room_checks("preflight")[check].limits[key]
        assert not isinstance(words, int | float)
        return (words,) if isinstance(words, str) else words


MAX_NODES = 10_000
"""Of a tree of pages; a file of ten thousand pages has a thousand."""


def miscounted(root: PdfValue) -> bool:
    """Whether a node of the tree of pages counts more or fewer pages than there are under it."""
    nodes = [root]
    for at, node in enumerate(nodes):  # from the root outwards: the list grows as it is walked
        if at >= MAX_NODES:
            return False
        nodes += [each for each in array(get(node, "Kids")) if get(each, "Kids") is not None]
    under: dict[tuple[int, int] | None, int] = {}
    wrong = False
    for node in reversed(nodes):
        kids = array(get(node, "Kids"))
        under[key(node)] = sum(under.get(key(each), 0) if get(each, "Kids") is not None else 1 for each in kids)
        wrong |= whole(get(node, "Count")) != under[key(node)]
    return wrong


def mended(pdf: pikepdf.Pdf) -> bytes:
    """The file as qpdf writes it, its pages in one list that is counted anew."""
    written = io.BytesIO()
    pdf.save(written)
    with pikepdf.open(written) as copy:
        # Whatever adds a page makes one list of the tree.
        copy.pages.append(copy.pages[0])
        del copy.pages[-1]
        out = io.BytesIO()
        copy.save(out)
    return out.getvalue()


def path_of(events: Sequence[Event]) -> Message:
    """The forms, patterns and glyphs that the first of *events* stands in, from the page inwards; nothing for those
    that stand on the page itself.
    """
    inside = dict.fromkeys(event.scope.removeprefix(ON_PAGE) for event in events if event.scope.startswith(ON_PAGE))
    if not inside:
        return Message("", "")
    first, more = next(iter(inside)), len(inside) - 1
    return Message(
        f"（在 {first} 里" + (f"，另有 {more} 处嵌套）" if more else "）"),
        f" (Inside {first}" + (f", and in {more} more.)" if more else ".)"),
    )


def limit(check: str, key: str) -> float:
    """A limit of the table of checks, where that is a number."""
    found = room_checks("preflight")[check].limits[key]
    assert isinstance(found, int | float)
    return found


@dataclass(frozen=True, slots=True)
class ExaminedPage:
    """One page of the job, followed to the end."""

    number: int
    """From 1."""
    page: pikepdf.Page
    events: tuple[Event, ...]
    spots: dict[str, tuple[float, ...]] = field(default_factory=dict)
    """The spot inks of the pages before, and the CMYK equivalent of each: shared by the pages of a file."""
    pictures: dict[tuple[int, int], PictureReading] = field(default_factory=dict)
    """What reading the data of each picture has shown: shared by the pages of a file."""
    drawn: dict[str, int] = field(default_factory=dict)
    """The first page of each drawing, by its digest: shared by the pages of a file."""
    ruler: Ruler = field(default_factory=Ruler)
    """For measuring the lines among what it fills."""

    def facts(self, picture: ImagePainted) -> PictureReading:
        """What reading a picture's data shows; each is read once."""
        number = key(picture.stream)
        if number is None or number not in self.pictures:
            found = facts_of(picture)
            if number is not None:
                self.pictures[number] = found
            return found
        return self.pictures[number]

    def box(self, key: str) -> Bounds | None:
        """A page box with its corners in order, or ``None``."""
        found = numbers(get(self.page, key))
        if len(found) != 4:
            return None
        left, right = sorted((found[0], found[2]))
        bottom, top = sorted((found[1], found[3]))
        return left, bottom, right, top

    @property
    def followed(self) -> bool:
        """Whether its content came to an end: if not, other programs are not let near it."""
        return not any(isinstance(event, Trouble) and event.what in ENDLESS for event in with_placed(self.events))

    @property
    def whole(self) -> ExaminedPage:
        """The page with what the pages placed on it paint as if it were its own: for checks of all that is seen."""
        return replace(self, events=with_placed(self.events)) if self.placed else self

    @property
    def placed(self) -> tuple[PlacedPage, ...]:
        """The pages of other files that are placed on it."""
        return tuple(event for event in self.events if isinstance(event, PlacedPage))

    def of_placed(self, placed: PlacedPage) -> ExaminedPage:
        """What a placed page paints, as if it were a page."""
        return replace(self, events=placed.events)

    @property
    def trim(self) -> Bounds:
        """The TrimBox; without one the MediaBox; without that A4."""
        return self.box("TrimBox") or self.box("MediaBox") or (0.0, 0.0, 595.0, 842.0)

    @property
    def paper(self) -> Bounds:
        """The page with its bleed: what lies beyond is cut off and for the printer alone."""
        return self.box("BleedBox") or self.trim

    @property
    def media(self) -> Bounds:
        """The MediaBox, the page's own or one that it inherits; of a page without one what serves as its trim."""
        try:
            left, bottom, right, top = (float(each) for each in self.page.mediabox)
        except BAD_OBJECT:
            return self.trim
        return min(left, right), min(bottom, top), max(left, right), max(bottom, top)

    @property
    def sheet(self) -> Bounds:
        """The page with its bleed, as far as it lies on the sheet."""
        return overlap(self.paper, self.media)

    def boxes(self, found: Iterable[Bounds | None]) -> tuple[Box, ...]:
        """Boxes as findings hold them: from the trimmed page's top left corner, the first few."""
        first = list(dict.fromkeys(box for box in found if box is not None))[:MAX_BOXES]
        return tuple(box.rounded(1) for box in self.all_boxes(first))

    def all_boxes(self, found: Iterable[Bounds | None]) -> Iterator[Box]:
        """Boxes from the trimmed page's top left corner."""
        left, _, _, top = self.trim
        return (Box(box[0] - left, top - box[3], box[2] - box[0], box[3] - box[1]) for box in found if box is not None)


FileCheck = Callable[[PreflightJob], Iterator[Finding]]
PageCheck = Callable[[PreflightJob, ExaminedPage], Iterator[Finding]]
