"""Watches the folders of an issue and of its design for saved files."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from pathlib import Path

from watchfiles import BaseFilter, Change
from watchfiles import watch as watch_files

SOURCES = frozenset(
    [
        *(".toml", ".md", ".markdown", ".txt", ".docx"),
        *(".html", ".jinja", ".j2", ".css", ".svg"),
        *(".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".heic", ".heif", ".gif", ".bmp", ".icc", ".icm"),
    ]
)
"""Endings of the files that a page is made of."""

DEBOUNCE_MS = 250
"""An editor writes a file in several steps; they count as one save."""


class Sources(BaseFilter):
    """Files that a page is made of, outside the folders in *own* (what the program itself writes)."""

    def __init__(self, own: Sequence[Path] = ()):
        super().__init__()
        self._own = [folder.resolve() for folder in own]

    def __call__(self, change: Change, path: str) -> bool:
        """Whether *path* matters: a source, or a folder that came here with all that is in it."""
        file = Path(path)
        if file.name.startswith((".", "~")):
            return False
        if file.suffix.lower() not in SOURCES and not (change is Change.added and file.is_dir()):
            return False
        return not any(file.resolve().is_relative_to(folder) for folder in self._own)


def watch(folders: Sequence[Path], own: Sequence[Path], saved: Callable[[], None], ending: threading.Event) -> None:
    """Call *saved* after every save in *folders*, until *ending* is set."""
    there = [folder for folder in folders if folder.is_dir()]
    for _ in watch_files(
        *there,
        watch_filter=Sources(own),
        debounce=DEBOUNCE_MS,
        stop_event=ending,
        rust_timeout=500,
        raise_interrupt=False,
    ):
        saved()
