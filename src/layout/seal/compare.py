"""Holds a file against the seal of its build, from the file alone: by its bytes, its objects, its text and its look.

What is cheap and certain is asked first. A file of the sealed bytes is that file; a page of the sealed objects is that
page, however it is packed. What was painted anew is read, drawn and judged by the preflight's own checks.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path

from layout.checks import Finding, Severity
from layout.errors import Message, PrintError
from layout.preflight.built_page import BuiltPage
from layout.preflight.events import TextShown
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.expected import Expected
from layout.preflight.job import PageCheck, PreflightJob
from layout.preflight.judge import PageChecks, job_for, of_pages
from layout.preflight.layers import layers_of
from layout.preflight.objects import BAD_OBJECT, get, text
from layout.preflight.page_geometry import NO_GEOMETRY
from layout.preflight.paper import Paper
from layout.preflight.pdfium import PDFIUM_VERSION
from layout.preflight.places import grown
from layout.preflight.printed_text import PageText, page_printed, placed
from layout.preflight.reading import read_text
from layout.preflight.record import WHY, about, checks_of
from layout.preflight.rules import (
    characters_printed,
    colour,
    content,
    forbidden,
    incomplete_pictures,
    mirrored,
    pages,
    pictures,
    printed,
    seen,
    unseen_pictures,
)
from layout.preflight.rules.built_looks import looks_of, tiles_of
from layout.preflight.source_map import sources
from layout.preflight.walk import FileContext, walk
from layout.seal.comparison import SealComparison, as_written
from layout.seal.model import Seal, SealedPage
from layout.seal.page_matches import PART, PageMatches, page_matches
from layout.seal.text_mark import TextMark
from layout.seal.text_marks import text_marks

OF_PICTURES: tuple[PageCheck, ...] = (pictures.sound, *incomplete_pictures.CHECKS, *unseen_pictures.CHECKS)
"""What says of a picture that looks otherwise what has become of it."""


@about(*(check for each in OF_PICTURES for check in checks_of(each)))
def pictures_there(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """The findings on pictures, where one looks otherwise: those whose every tile is as it was are there and seen."""
    looks = looks_of(job, sheet)
    places = [spot.box for spot in job.expected.pictures_of(sheet.number)]
    if looks is None or looks.changed() & tiles_of(looks.then, places):
        for check in OF_PICTURES:
            yield from check(job, sheet)


def drawn_meanwhile(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """Finds nothing: draws a page that has other fonts for ``text_seen``, while another process draws its look. That
    look will differ wherever there is type, so that the drawings are needed whatever it shows.
    """
    built = job.expected.built_of(sheet.number)
    if built is not None and not built.drawn_alike and job.looks.in_work(sheet.number):
        seen.draw(job, sheet)
    return iter(())


@about("text.invisible")
def text_seen(job: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
    """The findings on type that nobody sees. Of a page that is drawn as it was, to the last tile but where its text
    reads otherwise, there is none; nor of type in whose place everything is drawn as it was.
    """
    looks, again = looks_of(job, sheet), job.again.get(sheet.number)
    if looks is not None and looks.exact and again is not None:
        otherwise = [each.spot.box for each in (*again.changed, *again.added)]
        if looks.changed() <= tiles_of(looks.then, otherwise):
            job.drawings.pop(sheet.number, None)
            return

    def doubtful(run: TextShown) -> bool:
        place = sheet.all_boxes([grown(run.box, run.size / 2)])  # ink may stick out of the em
        return looks is None or not looks.at_all_others.isdisjoint(tiles_of(looks.then, place))

    yield from seen.invisible(job, sheet, doubtful)
    job.drawings.pop(sheet.number, None)  # where no type is in doubt nobody has asked for them


CHECKS: tuple[PageCheck, ...] = (
    *printed.CHECKS, pages.size, pages.turned, pages.blank, *characters_printed.CHECKS, *content.TEXT_CHECKS,
    *mirrored.CHECKS, colour.spaces, forbidden.notes, forbidden.not_printed, drawn_meanwhile, pictures_there,
    text_seen,
)  # fmt: skip
"""The checks by which copy and pictures are the sealed ones, whole, once and seen; that of the text, by which others
know what reads otherwise, first.
"""

GRAVE = frozenset({
    "text.complete", "text.extra", "text.order", "text.twice", "text.invisible", "text.shape", "image.missing",
    "image.invisible", "image.sound", "colour.space", "font.unicode", "page.size", "page.turned", "page.blank",
    "forbidden.layers",
})  # fmt: skip
"""What of their findings is a difference where it is an error: a sealed page has none of these, or says so."""

ANY = frozenset({"text.place", "image.changed", "page.looks", "forbidden.annotation"})
"""What is one however grave it is: no sealed page has any of it."""

OURS = "lianghui-layout"
"""How the name begins of what writes our files."""

NEEDED = ("text.complete", "text.order", "page.looks")
"""The checks without which nothing can be said of a page that was painted anew."""


def compare(path: Path, seal: Seal, drawers: Executor | None = None) -> SealComparison:
    """What the file at *path* comes to, held against *seal*. *drawers* draw pages while their content is followed here.

    Raises ``PrintError`` for what is no PDF, is damaged past repair or wants a password.
    """
    if (written := as_written(path, seal)) is not None:
        return written
    # What a plant lets through is a difference all the same; but where it takes other colours, sealed pages have them.
    press = replace(seal.press, levels=tuple(each for each in seal.press.levels if each.check == "colour.space"))
    with job_for(path, press) as job:
        return _Held(job, path, seal, page_matches(job.pdf, path, seal)).comparison(drawers)


@dataclass(frozen=True, slots=True)
class _Held:
    """A file whose bytes are not the sealed ones, opened, with its pages matched."""

    job: PreflightJob
    path: Path
    seal: Seal
    matches: PageMatches

    def comparison(self, drawers: Executor | None) -> SealComparison:
        """The whole of it."""
        identical = frozenset(page_no for page_no in self.matches.sealed if self.matches.same_objects(page_no))
        anew = [page_no for page_no in self.matches.sealed if page_no not in identical]
        job = replace(self.job, expected=self._expected())
        if drawers is not None:
            _begin_looks(job, anew, drawers)
        changed = [page_no for page_no in anew if not self._looks_and_reads_the_same(job, page_no)]
        papers: dict[int, Paper] = {}
        found = list(self._of_pages(job, changed, papers)) if changed else []
        doubts = [each.message for each in found if each.check == "preflight.incomplete"]
        differences = (*self._of_order(), *(each for each in found if each.check != "preflight.incomplete"))
        if changed and not differences:
            doubts += self._doubts(job)
        return SealComparison(
            self.path.name,
            self.seal,
            as_written=False,
            producer=self._producer(),
            pages={page_no: page.number for page_no, page in sorted(self.matches.sealed.items())},
            identical=identical,
            findings=differences,
            marks=dict(self._marks(job)),
            doubts=tuple(dict.fromkeys(doubts)),
            remarks=self._remarks(),
            papers=papers,
        )

    def _producer(self) -> str:
        """What the file says wrote it last; nothing where that is still us: many programs that save a file leave it."""
        said = text(get(self.job.pdf.docinfo, "Producer"))
        return "" if said.startswith(OURS) else said

    def _expected(self) -> Expected:
        """The pages of the file as their seal has them, in the file's order."""
        held = [self.matches.sealed.get(page_no) for page_no in range(1, len(self.job.pages) + 1)]
        sizes = {(page.part.width, page.part.height) for page in held if page is not None}
        return Expected(
            trim=sizes.pop() if len(sizes) == 1 else None,
            pictures=tuple(page.geometry.pictures if page else () for page in held),
            characters=tuple(page.characters[2] if page else 0 for page in held),
            texts=tuple(PageText.of(page.geometry) if page else PageText((), None, None) for page in held),
            codes=tuple(page.geometry.codes if page else () for page in held),
            built=tuple(self._built(at, page) for at, page in enumerate(held, start=1)),
            again=True,
        )

    def _built(self, page_no: int, page: SealedPage | None) -> BuiltPage:
        if page is None:
            return BuiltPage(None, ())
        own, then = self.matches.objects.get(page_no), page.objects
        return replace(
            BuiltPage.of(page.geometry, page.look),
            drawn_alike=self._same_renderer and own is not None and own.fonts == then.fonts,
            same_pictures=own is not None and own.pictures == then.pictures,
        )

    @property
    def _same_renderer(self) -> bool:
        return self.seal.versions.get("pypdfium2") == PDFIUM_VERSION

    def _looks_and_reads_the_same(self, job: PreflightJob, page_no: int) -> bool:
        """Whether a page whose fonts are the sealed ones reads the same and is drawn the same to the last tile, in
        inks: its instructions were only written otherwise. It need not be judged.
        """
        built, page = job.expected.built_of(page_no), self.matches.sealed[page_no]
        sheet = ExaminedPage(page_no, job.pages[page_no - 1], ())
        if built is None or not built.drawn_alike or built.look is None or get(sheet.page, "Annots"):
            return False
        try:
            read = page_printed(placed(read_text(job.readable(), page_no - 1), sheet.trim[0], sheet.trim[3]))
        except PrintError:  # PDFium mends less than qpdf, which has opened it
            return False
        if read != page.geometry.printed or not self._upright(page_no) or _in_other_colours(job, page_no):
            return False
        return job.looks.of(job.readable(), sheet, built.look.ppi) == built.look

    def _upright(self, page_no: int) -> bool:
        """Whether viewers show all of the page, upright."""
        page = self.job.pages[page_no - 1]
        return not any(get(page, key) for key in ("Rotate", "UserUnit"))

    def _of_pages(self, job: PreflightJob, changed: Sequence[int], papers: dict[int, Paper]) -> Iterator[Finding]:
        """What is found on the pages that were painted otherwise."""

        def measured(_: PreflightJob, sheet: ExaminedPage) -> Iterator[Finding]:
            papers[sheet.number] = sheet.as_viewed()
            return iter(())

        known = sources(
            [
                (page_no, page.geometry if (page := self.matches.sealed.get(page_no)) else NO_GEOMETRY)
                for page_no in range(1, len(job.pages) + 1)
            ]
        )
        for each in of_pages(job, PageChecks(CHECKS, (), _is_difference), measured, frozenset(changed)):
            yield known.located(each)

    def _of_order(self) -> Iterator[Finding]:
        """Pages that are missing, that are none of the issue's, or that stand elsewhere."""
        wanted, sealed = self.matches.wanted, self.matches.sealed
        there = {page.number for page in sealed.values()}
        gone = [str(page.number) for page in wanted if page.number not in there]
        more = [str(page_no) for page_no in range(1, len(self.job.pages) + 1) if page_no not in sealed]
        if gone:
            zh, en = "、".join(gone), ", ".join(gone)
            yield self.job.finding("page.count", f"缺第 {zh} 版。", f"Page {en} is missing.", pages=len(self.job.pages))
        if more:
            zh, en = "、".join(more), ", ".join(more)
            yield self.job.finding(
                "page.count", f"文件的第 {zh} 页不是这一期的版。", f"Page {en} of the file is none of the issue's.",
                pages=len(self.job.pages),
            )  # fmt: skip
        order = [page.number for _, page in sorted(sealed.items())]
        right = [page.number for page in wanted if page.number in there]
        if order != right:
            zh, en = "、".join(map(str, order)), ", ".join(map(str, order))
            yield self.job.finding(
                "page.order", f"各版次序不对：文件里依次是第 {zh} 版。", f"The pages stand in another order: {en}."
            )

    def _doubts(self, job: PreflightJob) -> list[Message]:
        why = [job.record.left[check] for check in NEEDED if check in job.record.left]
        if why:
            return [WHY[each] for each in dict.fromkeys(why)]
        return [] if all(check in job.record.done for check in NEEDED) else [WHY["unread"]]

    def _marks(self, job: PreflightJob) -> Iterator[tuple[int, tuple[TextMark, ...]]]:
        for page_no, again in sorted(job.again.items()):
            marks = text_marks(again, self.matches.sealed[page_no].geometry.rest)
            if marks:
                yield page_no, marks

    def _remarks(self) -> tuple[Message, ...]:
        part = (PART,) if len(self.matches.wanted) < len(self.seal.pages) else ()
        return (*self.matches.remarks, *part)


def _begin_looks(job: PreflightJob, pages: Sequence[int], drawers: Executor) -> None:
    """Has those pages drawn of which it is known what they looked like."""
    for page_no in pages:
        built = job.expected.built_of(page_no)
        if built is not None and built.look is not None:
            job.looks.begin(drawers, job.readable(), ExaminedPage(page_no, job.pages[page_no - 1], ()), built.look.ppi)


def _in_other_colours(job: PreflightJob, page_no: int) -> bool:
    """Whether a page has marks in colours that are no inks, however alike they look; or cannot be gone through."""
    page = job.pages[page_no - 1]
    context = FileContext(programs=job.programs, layers=layers_of(job.pdf))
    try:
        job.followed[page_no] = walk(page, context)
        return any(colour.spaces(job, ExaminedPage(page_no, page, job.followed[page_no])))
    except BAD_OBJECT:
        return True


def _is_difference(found: Finding) -> bool:
    if found.check == "preflight.incomplete":
        return True
    return found.check in ANY or (found.check in GRAVE and found.severity is Severity.ERROR)
