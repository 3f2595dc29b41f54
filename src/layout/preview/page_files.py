"""The finished pages that browsers may ask for, as files, each by a key that stands for all that it is made from."""

from __future__ import annotations

import threading
from pathlib import Path

MOST = 60
"""Pages that are kept: forty of a long issue, and those that a browser may still be asking for."""


class PageFiles:
    """Press-ready pages in a folder, the last *MOST* that were put there or asked for. May be used by any thread."""

    def __init__(self, folder: Path, most: int = MOST):
        self._folder = folder
        self._most = most
        self._lock = threading.Lock()
        self._known: dict[str, Path] = {}

    def put(self, key: str, pdf: bytes) -> None:
        """The page *key*; another file of the same page takes the place of the first, at one stroke: whoever has that
        open goes on reading it, and there is a file at any time.
        """
        with self._lock:
            path, draft = self._folder / f"{key}.pdf", self._folder / f"{key}.part"
            draft.write_bytes(pdf)
            draft.replace(path)
            self._known.pop(key, None)
            self._known[key] = path
            while len(self._known) > self._most:
                self._known.pop(next(iter(self._known))).unlink(missing_ok=True)

    def path(self, key: str) -> Path | None:
        """Where the page lies; None where there is no such page, or no more."""
        with self._lock:
            if (path := self._known.pop(key, None)) is not None:
                self._known[key] = path
            return path

    def content(self, key: str) -> bytes | None:
        """The page's file."""
        with self._lock:
            path = self._known.get(key)
            return None if path is None else path.read_bytes()
