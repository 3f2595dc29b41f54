"""Work that stands back for what a build waits for: three processes are at work on what may be two processors."""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

BESIDE = 4
"""Niceness of work that ends at about the time of what goes on beside it: it has two fifths of the other's share of a
processor (see sched(7))."""

AHEAD = 10
"""Niceness of work that is wanted later: it has a tenth, where there is no processor to spare."""


def standing_back(niceness: int, work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """The result of *work*, done in a thread of some *niceness*. Raises what *work* raises."""
    with ThreadPoolExecutor(1, "layout-background", _step_back, (niceness,)) as thread:
        return thread.submit(work, *args, **kwargs).result()


def _step_back(niceness: int) -> None:
    """Gives this thread the niceness, where threads have their own: see setpriority(2)."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), niceness)
