"""Reports of progress: how far a stage has come, told by whoever does the work to whoever shows it."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str, int, int], None]
"""Called with the stage (a key of ``stages.toml``), how much of it is done and how much there is."""


def quiet(stage: str, done: int, total: int) -> None:
    """Says nothing."""
    del stage, done, total


class Reporter:
    """Passes reports on to *progress* and knows the last.

    It may be an argument of a function that ``Workers`` carry out: the child gets one that reports here. Pickled for
    any other process it becomes one that nobody hears.
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
