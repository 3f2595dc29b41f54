"""Watches the folders of an issue and of its design for saved files."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from watchfiles import BaseFilter, Change
from watchfiles import watch as watch_files

from layout.checks import Finding, Severity
from layout.errors import Hint, Place
from layout.issue.file_names import fault, is_utf8, legible

SOURCES = frozenset(
    [
        *(".toml", ".md", ".markdown", ".txt", ".docx"),
        *(".html", ".jinja", ".j2", ".css", ".svg"),
        *(".ttf", ".otf", ".ttc", ".otc", ".woff", ".woff2"),
        *(".jpg", ".jpeg", ".png", ".webp", ".tif", ".tiff", ".heic", ".heif", ".gif", ".bmp", ".icc", ".icm"),
    ]
)
"""Endings of the files that a page is made of."""

EVERY = 1.0
"""Seconds between two looks at the folders, where the system does not tell of saves."""

DEBOUNCE_MS = 250
"""An editor writes a file in several steps; they count as one save, however long it takes up to this."""

STEP_MS = 20
"""Of quiet after which a save is taken to be over: between two writes of one save there is less than a millisecond."""


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


def watch(
    folders: Sequence[Path],
    own: Sequence[Path],
    saved: Callable[[], None],
    ending: threading.Event,
    report: Callable[[Finding], None],
) -> None:
    """Call *saved* after every save in *folders*, until *ending* is set.

    Where the system's own notices cannot be read (a name that is not UTF-8), that is reported, and the folders are
    looked at every second instead.
    """
    there = [folder for folder in folders if folder.is_dir()]
    sources = Sources(own)
    try:
        for _ in watch_files(
            *there,
            watch_filter=sources,
            debounce=DEBOUNCE_MS,
            step=STEP_MS,
            stop_event=ending,
            rust_timeout=500,
            raise_interrupt=False,
        ):
            saved()
    except (RuntimeError, OSError, UnicodeError):
        for finding in misnamed_files(there):
            report(finding)
        saved()  # what was saved meanwhile
        _look_again_and_again(there, sources, saved, ending)


def misnamed_files(folders: Sequence[Path]) -> Iterator[Finding]:
    """A finding for every file in *folders* whose name is not UTF-8."""
    for path in _files(folders):
        if not is_utf8(path.name):
            message, hint = fault(path.name)
            yield Finding("file.name", Severity.WARNING, message, Place(legible(str(path.parent))), Hint(editor=hint))


def _look_again_and_again(
    folders: Sequence[Path], sources: Sources, saved: Callable[[], None], ending: threading.Event
) -> None:
    before = _state(folders, sources)
    while not ending.wait(EVERY):
        now = _state(folders, sources)
        if now != before:
            saved()
        before = now


def _state(folders: Sequence[Path], sources: Sources) -> Mapping[Path, tuple[int, int]]:
    """Time and size of every source."""
    found: dict[Path, tuple[int, int]] = {}
    for path in _files(folders):
        with suppress(OSError):  # taken away meanwhile
            if sources(Change.modified, str(path)):
                status = path.stat()
                found[path] = status.st_mtime_ns, status.st_size
    return found


def _files(folders: Sequence[Path]) -> Iterator[Path]:
    for folder in folders:
        for top, _, names in os.walk(folder):
            yield from (Path(top, name) for name in names)
