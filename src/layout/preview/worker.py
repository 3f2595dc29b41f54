"""One thread that builds. Saves that come while it builds make it build once more, however many they are."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass

from layout.errors import LayoutError
from layout.preview.state import PreviewBuild, PreviewState

Progress = Callable[[str, int, int], None]
FaultOf = Callable[[Exception], LayoutError]
"""Makes a fault of an unexpected error, and logs its details."""

PATIENCE = 1.0
"""Seconds that a build may go on after a newer save: one page is done by then, and what it leaves serves the next."""


def nothing_to_cancel() -> None:
    """Lets the build go on to its end."""


@dataclass(frozen=True)
class Builder:
    """Runs a build, and cancels it from another thread; a cancelled build raises any error."""

    build: Callable[[Progress], PreviewBuild]
    cancel: Callable[[], None] = nothing_to_cancel


class Worker:
    """Builds on request, never two builds at a time, and updates *state*.

    A build that is not done *patience* seconds after a newer save is cancelled: its result is out of date.
    """

    def __init__(self, builder: Builder, state: PreviewState, fault_of: FaultOf, patience: float = PATIENCE):
        self._builder = builder
        self._state = state
        self._fault_of = fault_of
        self._patience = patience
        self._requested = threading.Event()
        self._ending = threading.Event()
        self._overtaken = threading.Event()
        self._turn = threading.Lock()
        self._done = threading.Event()
        self._done.set()
        self._thread = threading.Thread(target=self._run, name="layout-build", daemon=True)

    def start(self) -> None:
        """Starts the thread and requests a first build."""
        self._requested.set()
        self._thread.start()

    def request(self) -> None:
        """Requests a build and returns at once."""
        waits = self._requested.is_set()
        self._requested.set()
        if not waits and not self._done.is_set():
            threading.Thread(target=self._overtake, args=(self._done,), name="layout-overtake", daemon=True).start()

    def end(self, patience: float = 0.5) -> None:
        """Stops the thread and cancels its build; waits at most *patience* seconds."""
        self._ending.set()
        self._requested.set()
        if not self._done.is_set():
            self._overtaken.set()
            self._builder.cancel()
        self._thread.join(patience)

    def _overtake(self, done: threading.Event) -> None:
        """Cancels the build that sets *done*, unless it ends within ``patience``. No other begins meanwhile: it would
        be cancelled in its place.
        """
        if done.wait(self._patience):
            return
        with self._turn:
            if not done.is_set():
                self._overtaken.set()
                self._builder.cancel()

    def _run(self) -> None:
        while True:
            self._requested.wait()
            if self._ending.is_set():
                return
            self._done = threading.Event()
            self._overtaken.clear()
            self._requested.clear()
            self._build()
            with self._turn:
                self._done.set()

    def _build(self) -> None:
        self._state.begin()
        try:
            self._state.good(self._builder.build(self._state.step))
        except Exception as error:
            if not self._overtaken.is_set():  # else the next build reports
                self._state.bad(error.faults() if isinstance(error, LayoutError) else [self._fault_of(error)])
