"""The finished pages that browsers may ask for, as files, each by a key that stands for all that it is made from."""

from __future__ import annotations

import pickle
import threading
from pathlib import Path

from layout.proof.redrawing import DrawnContent

MOST = 60
"""Pages that are kept: forty of a long issue, and those that a browser may still be asking for."""

PAINTED = ".lines"
"""Ending of the file beside a page's that has what it is painted with."""


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
                gone = self._known.pop(next(iter(self._known)))
                gone.unlink(missing_ok=True)
                gone.with_suffix(PAINTED).unlink(missing_ok=True)

    def path(self, key: str) -> Path | None:
        """Where the page lies; None where there is no such page, or no more."""
        with self._lock:
            if (path := self._known.pop(key, None)) is not None:
                self._known[key] = path
            return path

    def put_painted(self, key: str, painted: bytes) -> None:
        """What the page *key*, which is there, is painted with: see ``painted_file``."""
        with self._lock:
            if key in self._known:
                self._known[key].with_suffix(PAINTED).write_bytes(painted)

    def painted(self, key: str) -> DrawnContent | None:
        """What the page is painted with; None where that is not known."""
        with self._lock:
            path = self._known[key].with_suffix(PAINTED) if key in self._known else None
            content = path.read_bytes() if path is not None and path.is_file() else b""
        return DrawnContent(*pickle.loads(content)) if content else None

    def content(self, key: str) -> bytes | None:
        """The page's file."""
        with self._lock:
            path = self._known.get(key)
            return None if path is None else path.read_bytes()
