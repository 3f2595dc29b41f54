"""Progress callbacks: which stage a build is in, and how much of it is done."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with the stage (a key of ``stages.toml``), how much of it is done and how much there is."""


def quiet(stage: str, done: int, total: int) -> None:
    """Ignores progress."""
    del stage, done, total


class Reporter:
    """Forwards progress to *progress* and remembers the last stage.

    It may be an argument of a function that ``Workers`` carry out: the child gets one that reports here. Pickled for
    any other process it becomes one that does nothing.
    """

    def __init__(self, progress: Progress = quiet):
        self._progress = progress
        self.stage = ""
        """The stage last reported."""

    def __call__(self, stage: str, done: int, total: int) -> None:
        """*done* of *total* of *stage* are done."""
        self.stage = stage
        self._progress(stage, done, total)

    def __reduce__(self) -> tuple[type[Reporter], tuple[()]]:
        return Reporter, ()
