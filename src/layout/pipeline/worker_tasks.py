"""The functions that are submitted to workers; each imports the module that it calls in the worker alone.

A program that builds an issue loads neither WeasyPrint nor pikepdf. Any executor may carry them out; in one of threads
they take turns, as caches and PDFium are a process's own.
"""
# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

from layout.pipeline.assistant_tasks import assistant
from layout.pipeline.worker_child import allow_more
from layout.pipeline.workers import SECONDS

if TYPE_CHECKING:
    from layout.checks import Finding
    from layout.copyfit.model import ComposedPage
    from layout.pipeline.job import Job, ListedPage, PageResult, PageTask
    from layout.pipeline.progress import Reporter
    from layout.preflight.record import Record


OF_BOTH = (
    "layout.fontbook", "layout.pictures.forms", "layout.pipeline.reporting", "urllib.request", "xml.etree.ElementTree",
)  # fmt: skip
"""What a worker needs to make pages, and its assistant to finish and check them: with it come HarfBuzz and Pillow."""

AT_WORK = Lock()
"""Held by the one task that a process carries out."""

PRELOAD = "layout.pipeline.worker_tasks:make_ready"
"""The function that a worker for pages calls before its first task."""


def make_ready() -> None:
    """Loads what the worker's assistant needs as well, once for both; then starts it, and loads the engine."""
    for name in OF_BOTH:
        import_module(name)
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

    with AT_WORK:
        return make_page(task, report)


def compose_page(task: PageTask, report: Reporter) -> ComposedPage:
    """The page set and no more: see ``page_making.set_page``."""
    load_engine()
    from layout.pipeline.page_making import set_page

    with AT_WORK:
        return set_page(task, report)


def share_run(task: PageTask, report: Reporter) -> tuple[tuple[str, ...], ...]:
    """The stories of each page of a run that is made up: see ``page_making.share_run``."""
    load_engine()
    from layout.pipeline.page_making import share_run as shared

    with AT_WORK:
        return shared(task, report)


def list_arrangements(task: PageTask, report: Reporter) -> ListedPage:
    """The arrangements of a page that is made up: see ``page_making.list_arrangements``."""
    load_engine()
    from layout.pipeline import page_making

    with AT_WORK:
        return page_making.list_arrangements(task, report)


def read_design(design: Path, cache: Path | None) -> None:
    """See ``page_making.read_design``."""
    load_engine()
    from layout.pipeline import page_making

    page_making.read_design(design, cache)


def bind_pages(job: Job, pages: Sequence[PageResult], target: Path) -> tuple[tuple[Finding, ...], Record]:
    """See ``finishing.bound``."""
    from layout.pipeline.finishing import bound

    allow_more(SECONDS * (len(pages) - 1))
    with AT_WORK:
        return bound(job, pages, target)
