"""What a verification submits to its worker, which has loaded all that judges pages while the command line was read.
Its assistant draws pages while their content is followed.
"""
# ruff: noqa: PLC0415

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from layout.checks import room_checks
from layout.pipeline.worker_child import allow_more
from layout.pipeline.workers import SECONDS, Workers

if TYPE_CHECKING:
    from layout.seal.comparison import SealComparison
    from layout.seal.model import Seal

PRELOAD = "layout.pipeline.verify_tasks:make_ready"
"""The function that the worker calls before its task."""


def make_ready() -> None:
    """Starts the worker's assistant, and loads what judges pages."""
    drawer()
    import_module("layout.seal.compare")
    room_checks("preflight")


@cache
def drawer() -> Workers:
    """The process that draws pages; it ends with this one."""
    return Workers(fork=True, preload="layout.pipeline.verify_tasks:load_drawing")


def load_drawing() -> None:
    """Loads what draws pages."""
    import_module("layout.preflight.look_drawing")


def compare_file(path: Path, seal: Seal) -> SealComparison:
    """See ``seal.compare.compare``."""
    from layout.seal.compare import compare

    allow_more(SECONDS * (len(seal.pages) - 1))
    return compare(path, seal, drawer())
