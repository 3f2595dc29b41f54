"""One thread that builds. Saves that come while it builds make it build once more, however many they are."""

from __future__ import annotations

import threading
from collections.abc import Callable

from layout.errors import LayoutError
from layout.preview.state import Built, PreviewState

Progress = Callable[[str, int, int], None]
Builder = Callable[[Progress], Built]
Unforeseen = Callable[[Exception], LayoutError]
"""Makes a sentence of an error nobody foresaw, and keeps its details somewhere."""


class Worker:
    """Builds when asked, never twice at a time, and tells *state* how it went."""

    def __init__(self, builder: Builder, state: PreviewState, unforeseen: Unforeseen):
        self._builder = builder
        self._state = state
        self._unforeseen = unforeseen
        self._asked = threading.Event()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="layout-build", daemon=True)

    def start(self) -> None:
        """Begin, with a first build."""
        self._asked.set()
        self._thread.start()

    def ask(self) -> None:
        """Ask for a build. Returns at once."""
        self._asked.set()

    def end(self, patience: float = 0.5) -> None:
        """Stop after the build under way, waiting at most *patience* seconds for it: nobody will look at it."""
        self._ending.set()
        self._asked.set()
        self._thread.join(patience)

    def _run(self) -> None:
        while True:
            self._asked.wait()
            if self._ending.is_set():
                return
            self._asked.clear()
            self._build()

    def _build(self) -> None:
        self._state.begin()
        try:
            self._state.good(self._builder(self._state.step))
        except LayoutError as error:
            self._state.bad(error.faults())
        except Exception as error:
            self._state.bad([self._unforeseen(error)])
