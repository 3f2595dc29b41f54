"""Scratch folders, those of a kind in one folder: what a killed process has left there is swept by the next."""

from __future__ import annotations

import fcntl
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from layout.pipeline.job import PageResult

_PREFIX = "layout-scratch-"
_LOCK = ".lock"


@contextmanager
def scratch_folder(top: Path | None = None) -> Iterator[Path]:
    """A folder of this process alone in *top*, or in the temporary folder; gone when the context ends.

    A lock in it is held as long as the process lives: a folder whose lock is free belongs to nobody any more.
    """
    top = top or Path(tempfile.gettempdir())
    sweep(top)
    with (
        tempfile.TemporaryDirectory(prefix=_PREFIX, dir=top, ignore_cleanup_errors=True) as name,
        (Path(name) / _LOCK).open("w") as lock,
    ):
        with suppress(OSError):  # a file system without locks; then nobody can take it away either
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield Path(name)


def sweep(top: Path) -> None:
    """Removes the scratch folders in *top* whose processes were killed."""
    for folder in top.glob(f"{_PREFIX}*"):
        with suppress(OSError):  # somebody else's, or taken away by another meanwhile
            if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
                continue
            with (folder / _LOCK).open() as lock:  # one without is only just being made
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder, ignore_errors=True)


def stored(page: PageResult, desk: Path) -> PageResult:
    """*page* with its PDF and its picture in files: a long issue has no room for them in memory."""
    pdf, png = desk / f"{page.number}.pdf", desk / f"{page.number}.png"
    return replace(page, pdf=_stored(page.pdf, pdf), png=None if page.png is None else _stored(page.png, png))


def _stored(content: bytes | Path, path: Path) -> Path:
    if isinstance(content, Path):
        return content
    path.write_bytes(content)
    return path
