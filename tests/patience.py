"""Waiting for another process or thread until it has done something, however slow a busy machine is.

The one module of the tests that looks at a clock (tests/lint/test_no_clock.py): no verdict hangs on how long a thing
takes, only the end of a run in which it never happens.
"""

from __future__ import annotations

import time
from collections.abc import Callable

PATIENCE = 300.0
"""Seconds after which what has not happened never will: a hundred times the slowest wait on a quiet machine."""

BETWEEN_LOOKS = 0.005
"""Seconds between two looks at what is waited for: shorter than anything waited for, and no load."""


def until(condition: Callable[[], object]) -> None:
    """Waits until *condition* holds; fails when it never does."""
    given_up = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < given_up, "it never happened"
        time.sleep(BETWEEN_LOOKS)
