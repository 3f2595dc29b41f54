"""A hot folder: what is put into ``in`` is judged and moved to ``passed`` or ``failed``, its reports beside it.

Nothing is lost whenever the program is killed: a file stays in ``in`` until its reports are written, and is then linked
to its new place before its old name goes. Of several programs on one folder each file has one judge: whoever locks it.
A lock ends with its process, so none is left behind.
"""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import NamedTuple

from layout.errors import LayoutError, Message, UsageError
from layout.pipeline.output import write_all

IN, PASSED, FAILED = "in", "passed", "failed"

UNFINISHED = (".part", ".partial", ".tmp", ".temp", ".filepart", ".crdownload", ".download", ".opdownload")
"""How programs that fetch and copy call a file until it is whole; they then give it its name."""

STEADY = 3
"""Looks in which a file was the same in size and time before it is taken."""

PATIENCE = 30
"""The same for a file that has no PDF's beginning or end yet, and looks before one that had to stay is tried again."""

ENDS = 1024
"""Bytes in which a PDF's header and its end are looked for (ISO 32000-1, implementation notes 13 and 18)."""


@dataclass(frozen=True)
class FileOutcome:
    """The result for one file."""

    passed: bool
    said: Message
    """For whoever watches."""
    reports: Mapping[str, bytes]
    """By what is added to the file's name: ``.certificate.json``."""


Judge = Callable[[Path], "FileOutcome | Message"]
"""Judges a file; a message when it cannot be judged now, through no fault of its own, and has to stay."""


class _State(NamedTuple):
    """By what a file is known to be as it was."""

    inode: int
    size: int
    changed: int
    links: int


@dataclass
class _Look:
    """What is known of a name in ``in``."""

    state: _State
    steady: int = 0
    """In how many looks it was the same."""
    told: str = ""
    """What was said of it last: once is enough."""


@dataclass
class HotFolder:
    """One program's view of a hot folder."""

    root: Path
    judge: Judge
    say: Callable[[Message], None]
    _known: dict[str, _Look] = field(default_factory=dict)

    def prepare(self) -> None:
        """Makes ``in``, ``passed`` and ``failed``. Raises ``UsageError`` when they cannot be made."""
        for name in (IN, PASSED, FAILED):
            try:
                (self.root / name).mkdir(exist_ok=True)
            except OSError as error:
                raise UsageError(
                    Message(f"文件夹 {self.root / name} 建不起来（{error.strerror}）。",
                            f"The folder {self.root / name} cannot be made ({error.strerror})."),
                    hint=Message("查一查权限和磁盘空间。", "Check rights and space on the disk."),
                ) from error  # fmt: skip

    def look(self) -> int:
        """Looks at every file in ``in`` once, and judges those that are ready. Gives how many were moved."""
        there = sorted(path.name for path in (self.root / IN).iterdir())
        self._known = {name: look for name, look in self._known.items() if name in there}
        return sum(self._looked_at(name) for name in there)

    def _looked_at(self, name: str) -> bool:
        path = self.root / IN / name
        if name.startswith(".") or name.casefold().endswith(UNFINISHED):
            return False
        state = _state(path)
        if state is None:
            if os.path.lexists(path):
                self._tell(name, _State(0, 0, 0, 0), Message("不是文件，不看。", "It is no file and not looked at."))
            return False
        look = self._known.get(name)
        if look is None or look.state != state:
            self._known[name] = _Look(state, told=look.told if look else "")
            return False
        look.steady += 1
        if look.steady + 1 < (STEADY if _whole(path) else PATIENCE):
            return False
        return self._taken(path, state)

    def _taken(self, path: Path, state: _State) -> bool:
        """Judges a file and moves it, when nobody else is at it. Whether it is no longer there."""
        if not os.access(path, os.R_OK):
            return self._stays(path.name, state, Message("没有读取的权限。", "It may not be read."))
        with _locked(path) as ours:
            if not ours or _state(path) != state:
                return False
            return self._already_moved(path, state) or self._judged(path, state)

    def _judged(self, path: Path, state: _State) -> bool:
        """Judges a file and moves it, when it stays as it is meanwhile. Whether it was moved."""
        outcome = self.judge(path)
        if isinstance(outcome, Message):
            return self._stays(path.name, state, outcome)
        if _state(path) != state:  # it was written to: what was found is of another file
            return False
        try:
            target = self._moved(path, outcome)
        except (LayoutError, OSError) as error:
            why = error.message if isinstance(error, LayoutError) else Message(str(error), str(error))
            return self._stays(path.name, state, why)
        place = target.relative_to(self.root)
        self.say(Message(f"{place}：{outcome.said.zh}", f"{place}: {outcome.said.en}"))
        return True

    def _already_moved(self, path: Path, state: _State) -> bool:
        """Takes the old name away from a file that has its new one: the program was killed between the two."""
        if state.links < 2:
            return False
        for folder in (self.root / PASSED, self.root / FAILED):
            with os.scandir(folder) as there:
                moved = any(each.inode() == state.inode for each in there)
            if moved:
                path.unlink()
                return True
        return False

    def _moved(self, path: Path, outcome: FileOutcome) -> Path:
        """Where the file is now, its reports beside it. What lies there under its name already is never replaced."""
        folder = self.root / (PASSED if outcome.passed else FAILED)
        for target in _names(folder, path.name):
            if os.path.lexists(target):
                continue
            write_all({target.with_name(target.name + ending): content for ending, content in outcome.reports.items()})
            try:
                _rename(path, target)
            except FileExistsError:  # another program had the same name for another file
                continue
            return target
        raise AssertionError("there is always another number")

    def _stays(self, name: str, state: _State, why: Message) -> bool:
        """Says why a file has to stay, and lets it rest before it is tried again."""
        self._tell(name, state, why)
        self._known[name].steady = -PATIENCE
        return False

    def _tell(self, name: str, state: _State, message: Message) -> None:
        look = self._known.setdefault(name, _Look(state))
        if look.told != message.en:
            look.told = message.en
            self.say(Message(f"{IN}/{name}：{message.zh}", f"{IN}/{name}: {message.en}"))


def is_pdf(path: Path) -> bool:
    """Whether a file begins as a PDF does."""
    with path.open("rb") as file:
        return b"%PDF-" in file.read(ENDS)


def _whole(path: Path) -> bool:
    """Whether a file has a PDF's beginning and its end."""
    try:
        with path.open("rb") as file:
            head = file.read(ENDS)
            file.seek(max(0, os.fstat(file.fileno()).st_size - ENDS))
            return b"%PDF-" in head and b"%%EOF" in file.read()
    except OSError:
        return False


def _state(path: Path) -> _State | None:
    """None for what is gone, and for a folder, a link and whatever else is no file."""
    try:
        found = path.lstat()
    except OSError:
        return None
    if not stat.S_ISREG(found.st_mode):
        return None
    return _State(found.st_ino, found.st_size, found.st_mtime_ns, found.st_nlink)


@contextmanager
def _locked(path: Path) -> Iterator[bool]:
    """Whether the file is ours until the context ends: no other program has it, and its name still means it."""
    handle = None
    try:
        try:
            handle = os.open(path, os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC)  # a network's lock is for writers
        except PermissionError:
            handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        ours = os.fstat(handle).st_ino == path.lstat().st_ino
    except OSError:  # another has it, or has moved it away
        ours = False
    try:
        yield ours
    finally:
        if handle is not None:
            os.close(handle)


def _names(folder: Path, name: str) -> Iterator[Path]:
    """``ad.pdf``, ``ad-2.pdf``, ``ad-3.pdf`` …"""
    path = folder / name
    yield path
    yield from (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in count(2))


def _rename(path: Path, target: Path) -> None:
    """Moves a file to a name that is free. Raises ``FileExistsError`` when it no longer is."""
    try:
        os.link(path, target, follow_symlinks=False)
    except FileExistsError:
        raise
    except OSError:  # a disk that knows no links (FAT, some networks'): the lock on the file must do
        if os.path.lexists(target):
            raise FileExistsError(target) from None
        path.rename(target)
    else:
        path.unlink()
