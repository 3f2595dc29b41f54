"""One page made, from its filled template to the checked file: what a worker does.

``make_page`` and ``set_page`` depend on their task alone. What a worker keeps between tasks (fonts, shaped
paragraphs, layouts) changes how long they take and nothing else.
"""

from __future__ import annotations

import gc
import hashlib
import pickle
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Executor, Future
from dataclasses import replace
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from layout import assets
from layout.checks import Finding, Severity
from layout.copyfit.model import ComposedPage
from layout.engine.engine import Engine, PageContent, write_pdf
from layout.errors import Hint, Message
from layout.fontbook import Fontbook
from layout.fontbook.own_faces import FaceMaker, OwnFace
from layout.galley.paragraph_memory import ParagraphMemory
from layout.issue import PagePlan
from layout.outcome_cache import key_of
from layout.page.frames import SetLine
from layout.painted import BuildFace, PaintedObjects
from layout.pipeline.assistant_tasks import (
    assistant,
    draw_page,
    finish_page,
    finished_file,
    judge_page,
    load_drawing,
    load_finishing,
    painted_file,
)
from layout.pipeline.background import AHEAD, BESIDE, standing_back
from layout.pipeline.continuations import Turned, nothing_left
from layout.pipeline.job import Job, ListedPage, PageResult, PageTask, PaintedPage
from layout.pipeline.laid_page import LaidPage, PageLayouter, Stores, shared_folders
from layout.pipeline.page_part import page_part
from layout.pipeline.progress import Reporter
from layout.pipeline.reporting import uncounted, with_look
from layout.pipeline.stages import Clock
from layout.pipeline.work_ahead import WorkAhead
from layout.pipeline.worker_child import Answer
from layout.pipeline.workers import InPlace
from layout.preflight.record import Record
from layout.units import MM

if TYPE_CHECKING:
    from layout.flows import Flow
    from layout.manuscript.model import Text
    from layout.pipeline.finishing import Judged
    from layout.pipeline.inspection import PageInspection
    from layout.pipeline.read_back import ReadBack
    from layout.pipeline.sample_cache import Samples
    from layout.proof.raster import DrawnPage

STYLE = "page.css"
"""The style sheet that the pages of a design share, as ours call it."""

_FACES = 4
"""Sets of own faces whose tools are kept: the preview makes a new one whenever a font is saved."""

_WHOLE_SWEEP = 8
"""Pages of a long issue after which a worker looks through all that it holds: a tenth of a second, a fiftieth of what
these pages take."""

LISTED = 8
"""Arrangements of a page that are listed: what goes on one sheet of small pictures."""

_RECENT = 4
"""Pages with continued stories that are kept laid out: they are composed once to share the copy, then made."""


def read_design(design: Path, cache: Path | None) -> None:
    """Reads, before there is a page, what the pages of a design have in common: their style sheet takes as long as a
    layout. *cache* is where their tasks have it.

    A design with faces of its own has other tools, and is read when its page is set.
    """
    style = design / STYLE
    if style.is_file():
        tools_of(cache).read_style(style)


def set_page(task: PageTask, report: Reporter) -> ComposedPage:
    """The page set, without its lines but with all that was found while it was set. Writes only prepared pictures."""
    tools = _tools_for(task)
    clock = Clock()
    laid = tools.lay_out(task, clock, report)
    if task.plan.turns or task.plan.in_run:
        tools.remember(task, laid, clock)
    return replace(laid.page.composed, lines=(), findings=(*laid.findings(), *task.remarks))


def share_run(task: PageTask, report: Reporter) -> tuple[tuple[str, ...], ...]:
    """What stands on each page of a run that is made up, by the ids of stories and of pictures of no story."""
    report("share", 0, 1)
    return _tools_for(task).layouter(task, Clock(), report).shared_run(task.plan)


def list_arrangements(task: PageTask, report: Reporter) -> ListedPage:
    """The arrangements of a page that is made up."""
    report("arrange", 0, 1)
    layouter = _tools_for(task).layouter(task, Clock(), report)
    return ListedPage(task.plan, layouter.arrangements(task.plan, LISTED - 1))


def make_page(task: PageTask, report: Reporter) -> PageResult:
    """The page made: set, painted, finished, read back, judged, drawn. Raises whatever its stages raise."""
    beside: Executor = assistant() if task.assisted else InPlace()
    beside.submit(load_finishing)
    tools, clock, ahead = _tools_for(task), Clock(), WorkAhead(beside) if task.assisted else None
    laid = tools.lay_out(task, clock, report, ahead)
    if ahead is not None:
        ahead.read(laid.page.pictures.values())
    with clock.stage("render"):
        report("render", 0, 1)
        painted, objects = tools.painted(laid, task.job)
    with clock.stage("prepress"):
        report("prepress", 0, 1)
        composed = laid.page.composed
        trim = (composed.page.width, composed.page.height)
        faces = tools.faces(composed)
        plan = Turned().take(laid.page.plan, composed)
        part = page_part(laid.page, plan, task.job.profile, faces)
        finishing = beside.submit(
            finish_page, PaintedPage(_handed_over(painted, task), objects, trim, faces, part), task
        )
        if task.inspect:
            painted_file(task).write_bytes(pickle.dumps((_ground(objects, task, composed, faces), composed.lines)))
            finishing.result()
            report("preflight", 0, 1)  # somebody waits for the picture: what is found on it is counted afterwards
        counts = uncounted(laid.with_origins())
        findings = (*_with_design_lines(laid, task.job), *task.remarks, *_nothing_turned(task.plan))
        page = PageResult(
            number=task.plan.number,
            # Of an assistant it is known where it will leave the page: it is told to judge it before it is done.
            pdf=finished_file(task) if task.assisted else finishing.result().pdf,
            png=None,
            trim=trim,
            report=counts,
            findings=findings,
            judged=(),
            record=Record(),
            seconds={},
            composed=None,
            faces=faces,
            part=part,
        )
        # Whoever does both reads the text first: what is judged then finds its characters known.
        read = None if task.assisted else _read(page, task, plan, composed.unset)
        judging = beside.submit(judge_page, page, task, plan)
        load_drawing()
        page = replace(page, part=finishing.result().part)
    with clock.stage("preflight"):
        report("preflight", 0, 1)
        with clock.stage("proof"):
            report("proof", 0, 1)
            ground = "" if task.fresh else _ground(objects, task, composed, faces)
            drawn = _drawn(page.pdf, task, trim, ground, composed.lines) if task.png_ppi else None
        inspection = standing_back(AHEAD, tools.inspected, laid, task.job) if task.inspect else None
        read = read or _read(page, task, plan, composed.unset)
        page = replace(_put_together(page, judging, read), inspection=inspection)
    if drawn is not None:
        page = replace(page, png=drawn.png, report=with_look(page.report, drawn.look))
    return replace(page, composed=composed if task.keep else None, seconds=clock.seconds)


def _read(page: PageResult, task: PageTask, plan: PagePlan, unset: Mapping[Flow, Text]) -> ReadBack:
    """The text of the page, read back: by a worker with an assistant while that judges it."""
    from layout.pipeline.read_back import read_back  # noqa: PLC0415  (loaded while it is finished)

    return read_back(page, task, plan, unset)


def _put_together(page: PageResult, judging: Future[Answer[Judged]], read: ReadBack) -> PageResult:
    from layout.pipeline.read_back import put_together  # noqa: PLC0415

    return put_together(page, judging.result().result, read)


def _handed_over(painted: bytes, task: PageTask) -> bytes | Path:
    """The page *painted*; for an assistant in a file."""
    if not task.assisted:
        return painted
    path = task.spare / f"{task.plan.number}-painted.pdf"
    path.write_bytes(painted)
    return path


def _ground(objects: PaintedObjects, task: PageTask, composed: ComposedPage, faces: Sequence[BuildFace]) -> str:
    """All that decides what the picture of a page shows, but for its lines; nothing where it is not known."""
    if not objects.ground or objects.pictures:
        return ""
    job = task.job
    labels = (job.issue.title, job.issue.date, task.plan.number, task.plan.title, job.slug_note)
    return key_of(objects.ground, repr((labels, job.profile, job.profile.icc_sha256(), composed.boxes, faces)))


def _drawn(
    pdf: bytes | Path, task: PageTask, trim: tuple[float, float], ground: str, lines: Sequence[SetLine]
) -> DrawnPage:
    """The page as a PNG, with its look. An assistant that judges it meanwhile has the longer work: the system lets
    that go first.
    """
    if not task.assisted:
        return draw_page(pdf, task.png_ppi, trim, ground, lines)
    return standing_back(BESIDE, draw_page, pdf, task.png_ppi, trim, ground, lines)


class _Tools:
    """The caches that one page leaves for the next: fonts, shaped paragraphs, WeasyPrint's layouts."""

    def __init__(self, cache: Path | None, own: tuple[OwnFace, ...] = (), store: Path | None = None):
        self._fontbook = Fontbook(assets.fonts_dir(), own, _maker(store) if own and store else None)
        self._engine = Engine(self._fontbook, cache)
        self._memory = ParagraphMemory()
        self._samples: dict[str, Samples] = {}
        self._swept = 0
        self._recent: list[tuple[PageTask, LaidPage, Mapping[str, float]]] = []

    def faces(self, composed: ComposedPage) -> tuple[BuildFace, ...]:
        """The faces that there are for a page, by value."""
        return self._fontbook.known({placed.cluster.face for line in composed.lines for placed in line.line.placed})

    def read_style(self, style: Path) -> None:
        """Reads a style sheet for the pages to come."""
        self._engine.read_style(style, shared_folders())

    def lay_out(self, task: PageTask, clock: Clock, report: Reporter, ahead: WorkAhead | None = None) -> LaidPage:
        """The page of *task*, laid out; *ahead* learns what will stand on it as soon as that is known."""
        for known, laid, seconds in self._recent:
            if known == task:
                clock.add(seconds)
                return laid
        if not task.whole:
            self._sweep()
        return self.layouter(task, clock, report, ahead).lay_out(task.plan)

    def _sweep(self) -> None:
        """Frees what the last pages have left: layouts are full of circles, and nothing else frees them in a worker.

        What was made since the last sweep is looked through; all that there is, which takes twenty times as long, now
        and then: a layout that was remembered for a while is among it.
        """
        self._swept = (self._swept + 1) % _WHOLE_SWEEP
        gc.collect(1 if self._swept else 2)

    def layouter(self, task: PageTask, clock: Clock, report: Reporter, ahead: WorkAhead | None = None) -> PageLayouter:
        """What lays the page of *task* out."""
        stores = Stores(task.cache, task.spare, task.no_cache)
        return PageLayouter(task.job, self._engine, stores, clock, report, self._memory, ahead, self._samples)

    def remember(self, task: PageTask, laid: LaidPage, clock: Clock) -> None:
        """Caches *laid* for the next request of the same page, and the seconds that it took."""
        self._engine.hold(laid.document)
        self._recent = [*self._recent[1 - _RECENT :], (task, laid, clock.seconds)]

    def inspected(self, laid: LaidPage, job: Job) -> PageInspection:
        """What stands on the page, and where each thing comes from."""
        from layout.pipeline.inspection import inspected  # noqa: PLC0415  (a build loads none of it)

        return inspected(job, laid, self._fontbook)

    def painted(self, laid: LaidPage, job: Job) -> tuple[bytes, PaintedObjects]:
        """The page as WeasyPrint and the glyph painter draw it, and what finishing must do to single objects of it."""
        identifier = hashlib.sha256(job.issue.id.encode()).digest()[:16]
        composed = laid.page.composed
        restored = {each.path.name: each.restored for each in laid.page.pictures.values() if each.restored is not None}
        vacant = {frame.id for frame in composed.page.frames} - {line.frame for line in composed.lines}
        pages = [PageContent(laid.document, composed.lines, composed.boxes, frozenset(vacant))]
        return write_pdf(
            self._engine, pages, title=job.issue.title, identifier=identifier, restored=restored,
            bleed=job.profile.bleed_mm * MM,
        )  # fmt: skip


tools_of = lru_cache(maxsize=_FACES)(_Tools)


def _tools_for(task: PageTask) -> _Tools:
    """The tools for the faces of *task*: each set of own faces has a font map of its own, so that no page finds those
    of another design."""
    own = task.job.faces
    return tools_of(task.cache, own, (task.cache or task.spare) / "faces") if own else tools_of(task.cache)


def _maker(store: Path) -> FaceMaker:
    from layout.fontbook.prepared_faces import prepared_face  # noqa: PLC0415  (loads fontTools)

    return partial(prepared_face, store=store)


def _with_design_lines(laid: LaidPage, job: Job) -> tuple[Finding, ...]:
    """What was found on the page, with the lines of the design that decide it."""
    findings = laid.findings()
    if not any(each.elements and each.severity >= Severity.WARNING for each in findings):
        return findings
    from layout.pipeline.design_elements import with_design_lines  # noqa: PLC0415  (loads what fills templates)

    return with_design_lines(findings, job, laid)


def _nothing_turned(plan: PagePlan) -> Iterator[Finding]:
    for name in nothing_left(plan):
        yield Finding(
            "page.turn",
            Severity.ERROR,
            Message(f"稿件 {name} 没有转到第{plan.number}版", f"nothing of {name} is left for page {plan.number}"),
            plan.place,
            Hint(editor=Message("删去 continues，或增写。", "Take it out of continues, or add copy.")),
            plan.number,
        )
