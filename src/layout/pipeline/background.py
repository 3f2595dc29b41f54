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

NICENESS = 4
"""A thread of this niceness has two fifths of what another has (see sched(7)): it comes along, and holds nobody up."""


def standing_back(work: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """The result of *work*, done in a thread with a smaller share of the processor. Raises what *work* raises."""
    with ThreadPoolExecutor(1, "layout-background", _step_back) as thread:
        return thread.submit(work, *args, **kwargs).result()


def _step_back() -> None:
    """Gives this thread the niceness, where threads have their own: see setpriority(2)."""
    if sys.platform == "linux":
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), NICENESS)
