"""The functions that a worker submits to its assistant; each imports the module that it calls in the assistant alone.

The assistant finishes and checks pages: pikepdf, PDFium and the press's checks take as long to load as WeasyPrint, and
are loaded beside it.
"""
# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from layout.checks import room_checks
from layout.pipeline.workers import Workers

if TYPE_CHECKING:
    from layout.flows import Flow
    from layout.issue import PagePlan
    from layout.manuscript.model import Text
    from layout.painted import BuildFace, PaintedObjects
    from layout.pipeline.job import PageResult, PageTask
    from layout.proof.raster import DrawnPage


@cache
def assistant() -> Workers:
    """The process that finishes and checks pages while this one goes on; it ends with this one.

    Forked before WeasyPrint is loaded it shares little memory that either would have to copy.
    """
    return Workers(fork=True)


def load_finishing() -> None:
    """Loads what ``finish_page`` and ``judge_page`` need, before there is a page."""
    import_module("layout.pipeline.finishing")
    room_checks("preflight")


def load_drawing() -> None:
    """Loads what ``draw_page`` needs."""
    import_module("layout.proof.raster")


def finish_page(
    painted: bytes, objects: PaintedObjects, task: PageTask, trim: tuple[float, float], faces: tuple[BuildFace, ...]
) -> bytes:
    """See ``finishing.finished``."""
    from layout.pipeline.finishing import finished

    return finished(painted, objects, task, trim, faces)


def judge_page(page: PageResult, task: PageTask, plan: PagePlan, unset: Mapping[Flow, Text]) -> PageResult:
    """The page packed and checked: see ``finishing.judged``."""
    from layout.pipeline.finishing import judged

    return judged(page, task, plan, unset)


def draw_page(pdf: bytes, ppi: float, trim: tuple[float, float]) -> DrawnPage:
    """The page of *pdf* as a PNG, with its look: see ``raster.drawn_page``."""
    from layout.proof.raster import drawn_page

    return drawn_page(pdf, ppi, trim)
