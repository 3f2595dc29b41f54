"""The job that every check is given: the open file, the press profile and the plan. It makes their findings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pikepdf

from layout.checks import Amount, Finding, Severity, room_checks
from layout.errors import Message, Place
from layout.outcome_cache import OutcomeCache
from layout.preflight.events import Bounds, Event
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.expected import Expected
from layout.preflight.form_outcomes import FormOutcome
from layout.preflight.found_text import TextAgain
from layout.preflight.last_page import LastPage
from layout.preflight.looks_now import LooksNow
from layout.preflight.objects import BAD_OBJECT, get
from layout.preflight.page_tree import mended, miscounted
from layout.preflight.pdfx_parts import PARTS, PdfxPart
from layout.preflight.places import where
from layout.preflight.record import Record
from layout.preflight.seen.drawing_ahead import DrawingAhead
from layout.preflight.seen.drawings import PageDrawings
from layout.press.model import PressProfile

ON_PAGE = "page › "
"""How the scope begins of what stands inside something else."""


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
    known: OutcomeCache[FormOutcome] | None = field(default=None, compare=False, repr=False)
    """Forms that were followed before."""
    last: LastPage | None = field(default=None, compare=False, repr=False)
    """The page that was judged last, for the only page of this file."""
    programs: dict[tuple[int, int], bytes] = field(default_factory=dict, compare=False, repr=False)
    """Font programs that were unpacked already, by their streams' numbers."""
    again: dict[int, TextAgain] = field(default_factory=dict, compare=False, repr=False)
    """The text of each page against that of its build, by the page's number, where the file was saved again."""
    looks: LooksNow = field(default_factory=LooksNow, compare=False, repr=False)
    """What pages look like now, of those that are compared."""
    drawings: dict[int, PageDrawings] = field(default_factory=dict, compare=False, repr=False)
    """Drawings of pages that were made before they were asked for, by number."""
    followed: dict[int, tuple[Event, ...]] = field(default_factory=dict, compare=False, repr=False)
    """The events of pages whose content was followed before their checks, by number."""
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
            bare=Message(zh, en) if path.zh else None,
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
        assert not isinstance(words, (int, float))
        return (words,) if isinstance(words, str) else words


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
    assert isinstance(found, (int, float))
    return found


FileCheck = Callable[[PreflightJob], Iterator[Finding]]
PageCheck = Callable[[PreflightJob, ExaminedPage], Iterator[Finding]]
