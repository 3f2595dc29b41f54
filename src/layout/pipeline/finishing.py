"""From the painted page to the verdict: finished for the press, every character accounted for, judged.

Several finished pages are bound into one file here, and the file is judged as a whole.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time
from functools import cache, lru_cache
from io import BytesIO
from itertools import chain
from pathlib import Path

import pikepdf

from layout.checks import Finding
from layout.errors import Place
from layout.flows import Flow
from layout.geometry import Box
from layout.issue import Issue, PagePlan
from layout.manuscript.cutting import before
from layout.manuscript.model import Text
from layout.painted import BuildFace
from layout.pipeline.advertisement_text import own_texts, unlabelled
from layout.pipeline.boxless_pictures import boxless
from layout.pipeline.job import Job, PageResult, PageTask, PaintedPage
from layout.pipeline.outcomes import outcomes_of
from layout.pipeline.reporting import counted, looked_at
from layout.pipeline.stored_pages import heads
from layout.preflight.expected import Expected, PageSpace
from layout.preflight.job import PreflightJob, limit
from layout.preflight.judge import judge, of_file
from layout.preflight.last_page import LastPage
from layout.preflight.page_geometry import PageGeometry, PictureSpot
from layout.preflight.page_objects import HashedPage, hashed
from layout.preflight.pdfium import open_beside
from layout.preflight.printed_text import with_printed
from layout.preflight.reading import PageChar
from layout.preflight.record import ACCOUNTED, Record
from layout.preflight.seen.drawing_ahead import drawing_ahead
from layout.preflight.source_map import sources
from layout.preflight.text import Accounting, Passage, account, passages, read_text
from layout.prepress import SlugLine, finish, pack
from layout.prepress.finish import gather
from layout.prepress.slug import room
from layout.seal.model import EDITION_SEAL, PAGE_SEAL, digest_of_pages
from layout.units import MM


def finished(page: PaintedPage, task: PageTask) -> bytes:
    """The PDF that the press gets, but for its packing. It bears the hash of the page's own part of the seal."""
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
    )


@lru_cache(maxsize=1)
def packed(page: bytes | Path) -> tuple[bytes, bytes | Path]:
    """A finished *page* packed: its content, and where that is; of a page in a file, in another beside it.

    An assistant packs the page that it has finished before it is asked to judge it.
    """
    if isinstance(page, bytes):
        content = pack(page)
        return content, content
    content, path = pack(page.read_bytes()), page.with_stem(f"{page.stem}-packed")
    path.write_bytes(content)
    return content, path


DRAFT = "page.draft"
"""The check by which is told what a draft lacks."""
OF_UNFINISHED = frozenset({"page.blank", "page.hole", "image.flat"})
"""What follows from that: white where copy is to stand, and grey where pictures are."""


def judged(page: PageResult, task: PageTask, plan: PagePlan, unset: Mapping[Flow, Text]) -> PageResult:
    """*page*, finished, packed and read back: every character accounted for, every check carried out.

    *plan* has only the copy that stands on it, *unset* is what of that is overset, by flow.
    """
    (pdf, place), record, plan = packed(page.pdf), Record(), _as_shown(plan, page)
    packed.cache_clear()  # it is judged once
    boxed, painted_with, last = _boxed(plan, page), _hashed(pdf), None if task.fresh else last_page()
    if last is not None:
        last.next(f"{task.job.issue.folder} {page.number}", painted_with, held=task.inspect)
    with open_beside(pdf) as document:
        stream = read_text(pdf, 0, document)  # first: while PDFium draws, nobody else may use it
        begin = last is None or last.drawings is None
        with drawing_ahead(document, limit("text.invisible", "ppi"), begin=begin) as ahead:
            account = _account(stream, task.job.issue, plan, unset, boxed)
            record.ran(*ACCOUNTED)
            outcomes = outcomes_of(task)
            followed = outcomes.followed if outcomes is not None else None
            found = judge(pdf, task.job.profile, _expected(page, task, plan), record, ahead, known=followed, last=last)
    known = located(found, [(page.number, page.report.geometry)], task.job)
    labels: list[Finding] = []
    beyond = task.job.profile.bleed_mm * MM + room(task.job.profile)
    if any(picture.kind == "advertisement" for picture in boxed.pictures):
        labels += unlabelled(boxed, page.report.geometry, stream, beyond)
    lost = without_overset(page.findings, account.findings)
    findings = (*lost, *labels, *without_repeats([*page.findings, *account.findings], known))
    if any(each.check == DRAFT for each in page.findings):
        findings = tuple(each for each in findings if each.check not in OF_UNFINISHED)
    report = looked_at(counted(page.report, account), record.looks)
    report = replace(report, geometry=with_printed(report.geometry, stream, beyond))
    return replace(page, pdf=place, report=report, judged=findings, record=record, objects=painted_with.objects)


@cache
def last_page() -> LastPage:
    """The page that this process judged last."""
    return LastPage()


def _hashed(pdf: bytes) -> HashedPage:
    with pikepdf.open(BytesIO(pdf)) as document:
        return hashed(document.pages[0])


def _as_shown(plan: PagePlan, page: PageResult) -> PagePlan:
    """*plan* with those of the design's words that the page has frames for, and those QR codes that stand on it: a word
    that is neither drawn nor set is missing.
    """
    shown = {flow for frame in page.report.geometry.frames for flow in frame.chain.flows}
    labels = {flow: text for flow, text in plan.labels.items() if flow in shown}
    return replace(plan, labels=labels, codes=plan.codes & {each.flow for each in page.report.geometry.codes})


def _boxed(plan: PagePlan, page: PageResult) -> PagePlan:
    """*plan* without the pictures that are told to have no box: neither they nor their own words can be on the page."""
    gone = boxless(page.findings)
    return replace(plan, pictures=tuple(each for each in plan.pictures if each.id not in gone)) if gone else plan


def _expected(page: PageResult, task: PageTask, plan: PagePlan) -> Expected:
    """What *page* is held to; *plan* has only the copy that stands on it."""
    wanted = without_unused(_boxed(task.plan, page), {story.id for story in plan.stories})
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


def without_overset(known: Sequence[Finding], lost: Sequence[Finding]) -> list[Finding]:
    """*lost*, what the page lacks of its copy, without what *known* has as overset: as many characters, or more."""
    told = sum(_characters(each) for each in known if each.check == "page.overset")
    unset = [each for each in lost if each.repeats == "page.overset"]
    # What a draft has no frame for is listed: the copy that is overset is known without counting.
    covered = sum(map(_characters, unset)) <= told or any(each.check == DRAFT for each in known)
    return [each for each in lost if not (covered and each in unset)]


def _characters(finding: Finding) -> float:
    count = finding.amount.get("characters", 0)
    return count if isinstance(count, (int, float)) else 0


def without_repeats(found: Iterable[Finding], judged: Iterable[Finding]) -> list[Finding]:
    """*judged* without what repeats a finding made before there was a PDF: that a picture has too few pixels, that a
    text lies off the sheet or on another, that a column is underset.
    """
    known = list(found)
    return [each for each in judged if not _is_said(each, known)]


def _is_said(each: Finding, known: Iterable[Finding]) -> bool:
    """Whether findings *known* before say what *each* repeats: one of all that it is about, or all of its place."""
    same = [other for other in known if other.check == each.repeats and other.page_no == each.page_no]
    if any(_is_about(other, each) for other in same):
        return True
    boxes = [box for other in same for box in other.boxes]  # a hole may reach over columns of which each was told
    return any(_mostly(box, boxes) for box in each.boxes)


def _is_about(known: Finding, each: Finding) -> bool:
    about = {*known.sources, *known.flows}
    return known.sources == each.sources or (bool(each.sources) and about.issuperset(each.sources))


def _mostly(box: Box, others: Sequence[Box]) -> bool:
    """Whether half of a box or more lies in *others*, of which none lies upon another."""
    across = (max(0.0, min(box.right, other.right) - max(box.x, other.x)) for other in others)
    down = (max(0.0, min(box.bottom, other.bottom) - max(box.y, other.y)) for other in others)
    return sum(wide * high for wide, high in zip(across, down, strict=True)) >= box.area / 2 > 0


def _account(
    stream: Sequence[PageChar], issue: Issue, plan: PagePlan, unset: Mapping[Flow, Text], boxed: PagePlan
) -> Accounting:
    copy = [
        [part for text in story.texts() if text.flow not in plan.codes for part in _parts(text, unset)]
        for story in plan.stories
    ]
    copy += [list(_parts(text, unset)) for text in plan.apart]
    others = [text for kind, text in issue.texts_of_page(plan) if kind not in ("copy", "apart")]
    others += plan.labels.values()
    furniture = [list(_whole(_parts(text, unset if text not in plan.repeated else {}))) for text in others]
    own = [[Passage(text, place)] for text, place in own_texts(boxed, stream)]
    return account(stream, copy, [*furniture, *own], page_no=plan.number)


def _parts(text: Text, unset: Mapping[Flow, Text]) -> tuple[Passage, ...]:
    """The passages of *text*, those marked that are overset."""
    if text.flow not in unset:
        return passages(text)
    rest = unset[text.flow]
    return (*passages(before(text, rest)), *(replace(part, unset=True) for part in passages(rest)))


def _whole(parts: Sequence[Passage]) -> Iterator[Passage]:
    """One passage of all that should stand on the page, and one of all that does not."""
    for unset in (False, True):
        if some := [part for part in parts if part.unset is unset]:
            yield replace(some[0], text="".join(part.text for part in some))


def bound(job: Job, pages: Sequence[PageResult], target: Path) -> tuple[tuple[Finding, ...], Record]:
    """Writes one file with all *pages*, which lie in files, to *target*.

    Gives what was found in the file as a whole, and which checks were carried out, on it and on every page of it.
    """
    moment = datetime.combine(job.issue.date, time())
    every = [(Path(str(page.pdf)), page.part, page.trim, page.faces, page.record) for page in heads(pages)]
    files, parts, trims, faces, records = map(list, zip(*every, strict=True))
    gather(files, target, title=job.issue.title, document_date=moment, identifier=EDITION_SEAL + digest_of_pages(parts))
    record = Record()
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
