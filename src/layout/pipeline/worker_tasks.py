"""The functions that are submitted to workers; each imports the module that it calls in the worker alone.

A program that builds an issue loads neither WeasyPrint nor pikepdf. A worker's assistant finishes and checks pages:
pikepdf, PDFium and the press's checks take as long to load as WeasyPrint, and are loaded beside it.
"""
# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from layout.pipeline.workers import Workers

if TYPE_CHECKING:
    from layout.checks import Finding
    from layout.copyfit.model import ComposedPage
    from layout.flows import Flow
    from layout.issue import PagePlan
    from layout.manuscript.model import Text
    from layout.painted import PaintedObjects
    from layout.pipeline.job import Job, PageResult, PageTask
    from layout.pipeline.progress import Reporter
    from layout.preflight.record import Record


PRELOAD = "layout.pipeline.worker_tasks:make_ready"
"""The function that a worker for pages calls before its first task."""
FINISHING = "layout.pipeline.finishing"
"""What ``finish_page`` and ``judge_page`` need."""
DRAWING = "layout.proof.raster"
"""What ``draw_page`` needs."""


def make_ready() -> None:
    """Starts the worker's assistant while there is little in memory to share, then loads the engine."""
    assistant()
    load_engine()


def load_engine() -> None:
    """Loads WeasyPrint, with our patches, and all that makes pages."""
    from layout.engine.patches.table import install_patches

    install_patches()  # before anything imports WeasyPrint
    import_module("layout.pipeline.page_making")


def page_task(task: PageTask, report: Reporter) -> PageResult:
    """The finished page. Typed, pure, and for any process: see ``page_making.make_page``."""
    load_engine()
    from layout.pipeline.page_making import make_page

    return make_page(task, report)


def compose_page(task: PageTask, report: Reporter) -> ComposedPage:
    """The page set and no more: see ``page_making.set_page``."""
    load_engine()
    from layout.pipeline.page_making import set_page

    return set_page(task, report)


def bind_pages(job: Job, pages: Sequence[PageResult], target: Path) -> tuple[tuple[Finding, ...], Record]:
    """See ``finishing.bound``."""
    from layout.pipeline.finishing import bound

    return bound(job, pages, target)


@cache
def assistant() -> Workers:
    """The process that finishes and checks pages while this one goes on; it ends with this one.

    Forked before WeasyPrint is loaded it shares little memory that either would have to copy.
    """
    return Workers(fork=True)


def load(module: str) -> None:
    """Imports *module* before the first task that needs it."""
    import_module(module)


def finish_page(
    painted: bytes, objects: PaintedObjects, task: PageTask, trim: tuple[float, float], faces: Mapping[str, str]
) -> bytes:
    """See ``finishing.finished``."""
    from layout.pipeline.finishing import finished

    return finished(painted, objects, task, trim, faces)


def judge_page(page: PageResult, task: PageTask, plan: PagePlan, unset: Mapping[Flow, Text]) -> PageResult:
    """The page packed and checked: see ``finishing.judged``."""
    from layout.pipeline.finishing import judged

    return judged(page, task, plan, unset)


def draw_page(pdf: bytes, ppi: float) -> bytes:
    """The page of *pdf* as a PNG."""
    from layout.proof.raster import page_png

    return page_png(pdf, 0, ppi)
