"""From the painted page to the verdict: finished for the press, every character accounted for, judged.

Several finished pages are bound into one file here, and the file is judged as a whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time
from functools import cache
from io import BytesIO
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import pikepdf

from layout.checks import Finding
from layout.errors import Place
from layout.geometry import Box
from layout.issue import PagePlan
from layout.painted import BuildFace
from layout.pipeline.job import Job, PageResult, PageTask, PaintedPage
from layout.pipeline.outcomes import outcomes_of
from layout.pipeline.shown_copy import as_shown, boxed
from layout.pipeline.stored_pages import heads
from layout.preflight.expected import Expected, PageSpace
from layout.preflight.job import PreflightJob, limit
from layout.preflight.judge import judge, of_file
from layout.preflight.last_page import LastPage
from layout.preflight.object_hashes import PageObjects
from layout.preflight.page_geometry import PageGeometry, PictureSpot
from layout.preflight.page_objects import HashedPage, hashed
from layout.preflight.pdfium import PDFIUM, open_beside, page_of
from layout.preflight.reading import read_characters
from layout.preflight.record import ACCOUNTED, Record
from layout.preflight.seen.drawing_ahead import drawing_ahead
from layout.preflight.source_map import sources
from layout.preflight.unpacked_streams import remembered
from layout.prepress import SlugLine, finish
from layout.prepress.finish import gather
from layout.seal.model import EDITION_SEAL, PAGE_SEAL, digest_of_pages


def finished(page: PaintedPage, task: PageTask) -> bytes:
    """The PDF that the press gets. It bears the hash of the page's own part of the seal."""
    assert isinstance(page.pdf, bytes), "a page is finished from its content"
    issue, plan, note = task.job.issue, task.plan, task.job.slug_note
    known = outcomes_of(task)
    label = f"第{plan.number}版 {plan.title}" + (f" · {note}" if note else "")
    return finish(
        page.pdf,
        objects=page.objects,
        profile=task.job.profile,
        title=issue.title,
        document_date=datetime.combine(issue.date, time()),
        trim=page.trim,
        faces=page.faces,
        slug=SlugLine(issue.title, issue.date, (label,)),
        identifier=PAGE_SEAL + page.part.sha256,
        known=known.finished if known is not None else None,
        packed=True,
    )


class Judged(NamedTuple):
    """What reading a finished page back has shown, but for its text."""

    found: tuple[Finding, ...]
    """With their sources and the page's number."""
    record: Record
    objects: PageObjects
    """What its file paints it with."""


def judged(page: PageResult, task: PageTask, plan: PagePlan) -> Judged:
    """*page*, finished, read back: every check carried out. *plan* has only the copy that stands on it."""
    pdf, record, plan = _content(page.pdf), Record(), as_shown(plan, page)
    last, outcomes = None if task.fresh else last_page(), outcomes_of(task)
    known = outcomes.followed if outcomes is not None else None
    with remembered(last.streams if last is not None else None), open_beside(pdf) as document:
        painted_with = _hashed(pdf)
        if last is not None:
            last.next(f"{task.job.issue.folder} {page.number}", painted_with, held=task.inspect)
        begin = last is None or last.drawings is None
        with PDFIUM:
            opened = page_of(document, 0)
        read_characters(pdf, 0, document, opened)  # while PDFium draws, nobody else may use it
        with drawing_ahead(document, opened, limit("text.invisible", "ppi"), begin=begin) as ahead:
            found = judge(pdf, task.job.profile, _expected(page, task, plan), record, ahead, known=known, last=last)
    record.ran(*ACCOUNTED)
    geometry = [(page.number, page.report.geometry)]
    return Judged(tuple(located(found, geometry, task.job)), record, painted_with.objects)


def _content(pdf: bytes | Path) -> bytes:
    return pdf if isinstance(pdf, bytes) else pdf.read_bytes()


@cache
def last_page() -> LastPage:
    """The page that this process judged last."""
    return LastPage()


def _hashed(pdf: bytes) -> HashedPage:
    with pikepdf.open(BytesIO(pdf)) as document:
        return hashed(document)


def _expected(page: PageResult, task: PageTask, plan: PagePlan) -> Expected:
    """What *page* is held to; *plan* has only the copy that stands on it."""
    wanted = without_unused(boxed(task.plan, page), {story.id for story in plan.stories})
    return Expected(
        pages=1,
        trim=page.trim,
        title=task.job.issue.title,
        faces=_names(page.faces),
        own_faces=tuple(face for face in page.faces if face.is_own),
        plates=(frozenset(task.plan.plates),),
        spaces=tuple(each for each in [PageSpace.of(page.report.geometry)] if each is not None),
        codes=(page.report.geometry.codes,),
        pictures=((*page.report.geometry.pictures, *_unplaced(page.report.geometry, wanted)),),
        whole=task.whole,
    )


def without_unused(plan: PagePlan, standing: Collection[str]) -> PagePlan:
    """*plan*, if its page is made up, without the pictures of stories that are not *standing* on it: one of the pool
    (备稿) may be left out, and its pictures with it.
    """
    if plan.auto is None:
        return plan
    return replace(plan, pictures=tuple(each for each in plan.pictures if not each.story or each.story in standing))


def _unplaced(geometry: PageGeometry, plan: PagePlan) -> Iterator[PictureSpot]:
    """The pictures of a page that its design shows nowhere (``display: none``), but for those that the editor lets go:
    they have a place without extent.
    """
    placed = {spot.picture for spot in geometry.pictures}
    for each in plan.pictures:
        if each.id not in placed and each.id not in plan.optional:
            yield PictureSpot("", each.id, each.place, Box(0.0, 0.0, 0.0, 0.0))


def _names(faces: Iterable[BuildFace]) -> frozenset[str]:
    return frozenset(face.postscript_name for face in faces)


def located(findings: Iterable[Finding], pages: Sequence[tuple[int, PageGeometry]], job: Job) -> list[Finding]:
    """*findings* of the finished file, with their sources and the numbers of the edition's pages.

    *pages*, in the file's order, are their numbers and their geometry.
    """
    known = sources(pages)
    # Of the file itself there is but one, and where a page is known it need not be named.
    whole = Place(f"{job.issue.id}.pdf")
    own = {"PDF", whole.file}  # what is found in an advertisement's objects keeps the advertisement's file
    placed = [
        known.located(replace(each, place=None if each.page_no else whole))
        if each.page_no or each.place is None or each.place.file in own
        else each
        for each in findings
    ]
    return [replace(each, page_no=pages[each.page_no - 1][0]) if each.page_no else each for each in placed]


def bound(job: Job, pages: Sequence[PageResult], target: Path) -> tuple[tuple[Finding, ...], Record]:
    """Writes one file with all *pages*, which lie in files, to *target*.

    Gives what was found in the file as a whole, and which checks were carried out, on it and on every page of it.
    """
    moment = datetime.combine(job.issue.date, time())
    every = [(Path(str(page.pdf)), page.part, page.trim, page.faces, page.record) for page in heads(pages)]
    files, parts, trims, faces, records = map(list, zip(*every, strict=True))
    gather(files, target, title=job.issue.title, document_date=moment, identifier=EDITION_SEAL + digest_of_pages(parts))
    record = Record()
    record.of_streams(records)
    sizes = set(trims)
    expected = Expected(
        len(pages),
        sizes.pop() if len(sizes) == 1 else None,
        job.issue.title,
        _names(chain.from_iterable(faces)),
        whole=len(pages) == len(job.issue.pages),
    )
    with pikepdf.open(target, access_mode=pikepdf.AccessMode.stream) as document:
        found = list(of_file(PreflightJob(target.name, target, document, job.profile, expected, record)))
    record.of_whole(records)
    geometry = [(page.number, page.report.geometry) for page in pages] if found else []
    return tuple(located(found, geometry, job)), record
