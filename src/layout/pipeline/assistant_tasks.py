"""The functions that a worker submits to its assistant; each imports the module that it calls in the assistant alone.

The assistant finishes and checks pages: pikepdf, PDFium and the press's checks take as long to load as WeasyPrint, and
are loaded beside it.
"""
# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from layout.checks import room_checks
from layout.pipeline.background import AHEAD, standing_back
from layout.pipeline.worker_child import Answer
from layout.pipeline.workers import Workers

if TYPE_CHECKING:
    from layout.fontbook.subsets import SubsetOrder
    from layout.issue import PagePlan
    from layout.page.frames import SetLine
    from layout.pipeline.finishing import Judged
    from layout.pipeline.job import FinishedPage, PageResult, PageTask, PaintedPage
    from layout.proof.raster import DrawnPage
    from layout.proof.redrawing import LastDrawing


READ_AHEAD = 6_000_000
"""Bytes of pictures that are read while a page gets its last layout and is painted: the sample's page has two thirds of
it, which takes a third of that time."""


@cache
def assistant() -> Workers:
    """The process that finishes and checks pages while this one goes on; it ends with this one.

    Forked before WeasyPrint is loaded: what it does not need it does not have to copy.
    """
    return Workers(fork=True)


def load_finishing() -> None:
    """Loads what ``finish_page`` and ``judge_page`` need, before there is a page."""
    standing_back(AHEAD, _load_finishing)  # the worker, which is setting the page, and the parent are busy too


def _load_finishing() -> None:
    import_module("layout.pipeline.finishing")
    import_module("PIL.Image").preinit()  # the formats of pictures
    import_module("layout.preflight.known_faces").read_ahead()
    room_checks("preflight")


def load_drawing() -> None:
    """Loads what ``draw_page`` and ``read_back`` need."""
    import_module("layout.proof.raster")
    import_module("layout.pipeline.read_back")


def read_pictures(prepared: Sequence[Path]) -> None:
    """Reads prepared pictures as the checks will, which then know what they show by their digests: the smallest first,
    as many as the painting of a page leaves time for.
    """
    from layout.preflight.picture_data import read_ahead

    room = READ_AHEAD
    for size, path in sorted((path.stat().st_size, path) for path in prepared):
        room -= size
        if room > 0:
            read_ahead(path)


@cache
def last_drawing() -> LastDrawing:
    """The page that this process drew last."""
    from layout.proof.redrawing import LastDrawing

    return LastDrawing()


def subset_faces(orders: Sequence[SubsetOrder]) -> list[bytes]:
    """See ``subsets.subset_files``."""
    from layout.fontbook.subsets import subset_files

    return subset_files(orders)


def finish_page(page: PaintedPage, task: PageTask) -> FinishedPage:
    """See ``finishing.finished``. An assistant is given the page in a file and leaves it in one, for megabytes take
    long through a pipe.
    """
    from layout.pipeline.finishing import finished
    from layout.pipeline.job import FinishedPage
    from layout.pipeline.page_part import with_painted

    painted = page.pdf if isinstance(page.pdf, bytes) else _taken(page.pdf)
    part = with_painted(page.part, painted, page.objects)
    content = finished(replace(page, pdf=painted, part=part), task)
    if not task.assisted:
        return FinishedPage(content, part)
    path = finished_file(task)
    path.write_bytes(content)
    return FinishedPage(path, part)


def finished_file(task: PageTask) -> Path:
    """Where an assistant leaves the finished page of *task*."""
    return task.spare / f"{task.plan.number}-finished.pdf"


def painted_file(task: PageTask) -> Path:
    """Where a worker leaves what the page of *task* is painted with, for whoever shows it: pickled, its ground and its
    lines, as ``DrawnContent`` has them.
    """
    return task.spare / f"{task.plan.number}-painted.lines"


def _taken(path: Path) -> bytes:
    """What the file holds, which nobody else wants: a long issue would fill the disk."""
    content = path.read_bytes()
    path.unlink()
    return content


def judge_page(page: PageResult, task: PageTask, plan: PagePlan) -> Answer[Judged]:
    """The page checked: see ``finishing.judged``. Of one that is to be inspected the preview draws tiles meanwhile,
    which somebody waits for. What is to be remembered of it is written when an assistant has answered.
    """
    from layout.pipeline.finishing import judged
    from layout.pipeline.outcomes import outcomes_of

    known = outcomes_of(task)
    checked = standing_back(AHEAD, judged, page, task, plan) if task.inspect else judged(page, task, plan)
    if known is not None and not task.assisted:
        known.save()
    return Answer(checked, known.save if known is not None and task.assisted else None)


def stamp_draft(page: PageResult, absent: frozenset[str], ppi: float) -> PageResult:
    """*page*, a draft, stamped, with the names of *absent* pictures in their boxes; its picture at *ppi*, where it has
    one, drawn anew.
    """
    from layout.proof.draft_stamp import stamped_draft
    from layout.proof.raster import drawn_page

    boxes = {each.picture: each.box for each in page.report.geometry.pictures if each.picture in absent}
    pdf = stamped_draft(page.pdf, page.trim, boxes)
    return replace(page, pdf=pdf, png=None if page.png is None else drawn_page(pdf, ppi, page.trim).png)


def draw_page(
    pdf: bytes | Path, ppi: float, trim: tuple[float, float], ground: str, lines: Sequence[SetLine]
) -> DrawnPage:
    """The page of *pdf* as a PNG, beside a file in another, with its look: see ``raster.drawn_page``. Without a
    *ground* all of it is drawn.
    """
    from layout.proof.raster import DrawnPage, drawn_page
    from layout.proof.redrawing import DrawnContent

    drawn = drawn_page(pdf, ppi, trim, *((DrawnContent(ground, lines), last_drawing()) if ground else ()))
    if isinstance(pdf, bytes) or isinstance(drawn.png, Path):
        return drawn
    png = pdf.with_suffix(".png")
    png.write_bytes(drawn.png)
    return DrawnPage(png, drawn.look)
