"""What workers are asked to do: functions to submit, each the door of a module that only the worker loads.

A program that builds an issue never loads WeasyPrint, and a worker loads only what its tasks need: pikepdf, PDFium and
the press's checks take as long to load as WeasyPrint.
"""
# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layout.checks import Finding
    from layout.copyfit.model import ComposedPage
    from layout.issue import PagePlan
    from layout.manuscript.model import Text
    from layout.pipeline.job import Job, PageResult, PageTask
    from layout.pipeline.progress import Reporter
    from layout.preflight.record import Record


PRELOAD = "layout.pipeline.page_making"
"""The module that a worker for pages loads before it is asked for anything."""


def page_task(task: PageTask, report: Reporter) -> PageResult:
    """The finished page. Typed, pure, and for any process: see ``page_making.make_page``."""
    from layout.pipeline.page_making import make_page

    return make_page(task, report)


def compose_page(task: PageTask, report: Reporter) -> ComposedPage:
    """The page set and no more: see ``page_making.set_page``."""
    from layout.pipeline.page_making import set_page

    return set_page(task, report)


def load_finishing() -> None:
    """Loads what ``finish_page`` and ``judge_page`` need."""
    import layout.pipeline.finishing  # noqa: F401


def finish_page(painted: bytes, task: PageTask, trim: tuple[float, float], faces: Mapping[str, str]) -> bytes:
    """See ``finishing.finished``."""
    from layout.pipeline.finishing import finished

    return finished(painted, task, trim, faces)


def judge_page(page: PageResult, task: PageTask, plan: PagePlan, unset: Mapping[str, Text]) -> PageResult:
    """The page packed and checked: see ``finishing.judged``."""
    from layout.pipeline.finishing import judged

    return judged(page, task, plan, unset)


def load_drawing() -> None:
    """Loads what ``draw_page`` needs."""
    import layout.proof.raster  # noqa: F401


def draw_page(pdf: bytes, ppi: float) -> bytes:
    """The page of *pdf* as a PNG."""
    from layout.proof.raster import page_png

    return page_png(pdf, 0, ppi)


def bind_pages(job: Job, pages: Sequence[PageResult], target: Path) -> tuple[tuple[Finding, ...], Record]:
    """See ``binding.bound``."""
    from layout.pipeline.binding import bound

    return bound(job, pages, target)
