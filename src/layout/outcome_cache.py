"""Caches outcomes by the content that they follow from: in memory, and between runs in a folder of this user alone.

A key is a hash of all that an outcome depends on, so none is ever out of date. An entry on disk begins with the version
of the program that made it and a hash of the rest: one that is damaged, or of another version, is none and is made
again. Whoever can write there decides what is found: a folder that others own, or may so much as read, is not used.
"""

from __future__ import annotations

import hashlib
import io
import os
import pickle
import stat
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from functools import cache, partial
from pathlib import Path
from typing import Any, Generic, TypeVar

T = TypeVar("T")

MEMORY = 64 * 1024 * 1024
"""Bytes of outcomes that one cache holds in memory: those of a design's drawings take one or two million."""

DISK = 256 * 1024 * 1024
"""Bytes of entries in a folder; the oldest go first. Those of the three samples take some five million."""

FOLDER = "outcomes"
"""The folder below the cache of prepared pictures."""


@dataclass(frozen=True)
class Codec(Generic[T]):
    """How the outcomes of one kind are written and read."""

    kind: str
    """How the names of their files end."""
    pack: Callable[[T], bytes]
    unpack: Callable[[bytes], T]
    """Raises ``ValueError`` for what it has not written."""
    version: Callable[[], str]
    """What of the program decides them: see ``program_version``. Asked for when there is a file to be read."""


def values_codec(kind: str, classes: Iterable[type], version: Callable[[], str]) -> Codec[Any]:
    """How outcomes are written that are made of Python's values and of *classes*: reading one runs no other code."""
    allowed = {(each.__module__, each.__qualname__): each for each in classes}

    class Reader(pickle.Unpickler):
        def find_class(self, module: str, name: str) -> type:
            if (module, name) not in allowed:
                raise pickle.UnpicklingError(name)
            return allowed[module, name]

    def unpack(packed: bytes) -> object:
        try:
            return Reader(io.BytesIO(packed)).load()
        except (pickle.UnpicklingError, TypeError, AttributeError, EOFError, LookupError) as error:
            raise ValueError(kind) from error

    return Codec(kind, partial(pickle.dumps, protocol=5), unpack, version)


@dataclass
class Tally:
    """What a cache was asked, in counts."""

    found: int = 0
    missing: int = 0
    refused: int = 0
    """Entries on disk that were damaged, or of another version."""


@dataclass
class OutcomeCache(Generic[T]):
    """The outcomes of one kind, by key: in memory, and in *folder* where one is given."""

    codec: Codec[T]
    folder: Path | None = None
    memory: int = MEMORY
    disk: int = DISK
    tally: Tally = field(default_factory=Tally)
    _entries: dict[str, tuple[T, int]] = field(default_factory=dict)
    _size: int = 0
    _unsaved: list[str] = field(default_factory=list)

    def get(self, key: str) -> T | None:
        """The outcome of that key, where it is known."""
        entry = self._entries.pop(key, None)
        if entry is not None:
            self._entries[key] = entry  # the latest is last
            self.tally.found += 1
            return entry[0]
        found = self._read(key)
        self.tally.found += found is not None
        self.tally.missing += found is None
        return found

    def put(self, key: str, outcome: T, size: int) -> None:
        """Remembers an outcome of some *size* bytes; on disk it is when ``save`` is called."""
        self._hold(key, outcome, size)
        if self.folder is not None:
            self._unsaved.append(key)

    def save(self) -> None:
        """Writes what was put since. A folder that cannot be written to, or is not private, is no fault."""
        unsaved, self._unsaved = self._unsaved, []
        if self.folder is None or not unsaved or not is_private(self.folder):
            return
        with suppress(OSError):
            for key in unsaved:
                if key in self._entries:
                    _put(self._path(self.folder, key), self._sealed(key, self.codec.pack(self._entries[key][0])))
            _prune(self.folder, self.disk)

    def _hold(self, key: str, outcome: T, size: int) -> None:
        before = self._entries.pop(key, None)
        self._size += size - (before[1] if before else 0)
        self._entries[key] = outcome, size
        while self._size > self.memory and len(self._entries) > 1:
            self._size -= self._entries.pop(next(iter(self._entries)))[1]

    def _path(self, folder: Path, key: str) -> Path:
        return folder / f"{key}.{self.codec.kind}"

    def _read(self, key: str) -> T | None:
        if self.folder is None or not is_private(self.folder):
            return None
        try:
            content = self._path(self.folder, key).read_bytes()
        except OSError:
            return None
        _, _, body = content.partition(b"\n")
        try:
            if content != self._sealed(key, body):
                raise ValueError(key)
            outcome = self.codec.unpack(body)
        except ValueError:
            self.tally.refused += 1
            return None
        self._hold(key, outcome, len(body))
        return outcome

    def _sealed(self, key: str, body: bytes) -> bytes:
        """An entry as it lies on disk."""
        version = self.codec.version()
        checksum = hashlib.sha256(f"{self.codec.kind} {key} {version}\n".encode() + body).hexdigest()
        return f"{version} {checksum}\n".encode() + body


def key_of(*parts: bytes | str) -> str:
    """The key of what follows from *parts*, in hexadecimal."""
    digest = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass") if isinstance(part, str) else part
        digest.update(b"%d " % len(data) + data)
    return digest.hexdigest()


@cache
def program_version(rooms: tuple[str, ...], libraries: tuple[str, ...] = ()) -> str:
    """A hash of the files of *rooms* (packages and modules of ours) and of the versions of *libraries*: whoever changes
    what decides an outcome has it made anew, and counts no version.
    """
    top = Path(__file__).parent
    found = hashlib.sha256(" ".join(libraries).encode())
    for room in rooms:
        files = [top / room] if room.endswith(".py") else _files(top / room)
        for path in files:
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            found.update(f"{path.relative_to(top)} {content} ".encode())
    return found.hexdigest()


def _files(room: Path) -> Iterable[Path]:
    return sorted(path for pattern in ("*.py", "*.toml") for path in room.rglob(pattern))


def is_private(folder: Path) -> bool:
    """Whether *folder* is this user's, and nobody else may look into it. It is made where it is not there."""
    try:
        with suppress(FileExistsError):
            folder.mkdir(mode=0o700, parents=True)
        status = folder.lstat()
    except OSError:
        return False
    return stat.S_ISDIR(status.st_mode) and status.st_uid == os.geteuid() and not status.st_mode & 0o077


def _put(path: Path, content: bytes) -> None:
    """Writes a file, whole or not at all. Raises ``OSError``."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=path.suffix, dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        Path(name).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(name).unlink()
        raise


def _prune(folder: Path, most: int) -> None:
    """Deletes the oldest entries until the rest come to *most* bytes."""
    entries = []
    for path in folder.iterdir():
        with suppress(OSError):
            status = path.stat()
            entries.append((status.st_mtime_ns, status.st_size, path))
    room = most
    for _, size, path in sorted(entries, reverse=True):
        room -= size
        if room < 0:
            with suppress(OSError):
                path.unlink()
