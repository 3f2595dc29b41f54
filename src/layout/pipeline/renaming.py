"""Several files put in place together, so that no kill of this process leaves some of them new and some old.

The renames are done by a process of its own, which has nothing else to do: whoever kills the build, or the group of
processes that it belongs to, does not hit it. What is left when everything ends at once (the machine's power) is
finished by the next run, from a list that was written before the first rename.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from contextvars import ContextVar
from dataclasses import dataclass
from pathlib import Path

_RENAME = """
import os, sys
told = b""
while not told.endswith(b"\\0\\0"):
    more = os.read(0, 65536)
    if not more:
        sys.exit(0)
    told += more
listed, *names = told[:-2].split(b"\\0")
try:
    for draft, target in zip(names[::2], names[1::2]):
        os.replace(draft, target)
    os.unlink(listed)
except OSError as error:
    sys.exit(error.errno)
"""
"""Waits for names, each of which ends in a zero, with one more after the last: as long as that is not there, nothing
was told, and nothing is done."""
_LIST = ".layout-{}.commit"


@dataclass
class _Renamer:
    """The process that renames files, of which nobody has told it yet."""

    pid: int
    _names: int
    """The pipe to it."""

    @classmethod
    def begun(cls) -> _Renamer:
        """Raises ``OSError`` or ``NotImplementedError`` where no process may be begun."""
        read, write = os.pipe()
        try:
            pid = os.posix_spawn(
                sys.executable, [sys.executable, "-I", "-S", "-c", _RENAME], os.environ, setsid=True,
                setsigmask=[signal.SIGINT, signal.SIGTERM, signal.SIGHUP],
                file_actions=[(os.POSIX_SPAWN_DUP2, read, 0)],
            )  # fmt: skip
        except BaseException:
            os.close(write)
            raise
        finally:
            os.close(read)
        return cls(pid, write)

    def rename(self, listed: Path, waiting: Sequence[tuple[Path, Path]]) -> int:
        """Tells it, and waits: gives the number of the system's error, or 0."""
        names = [listed.absolute(), *(path.absolute() for pair in waiting for path in pair)]
        told = b"".join(os.fsencode(each) + b"\0" for each in names) + b"\0"
        with suppress(BrokenPipeError):  # somebody has ended it: what it has left undone is done here
            while told:
                told = told[os.write(self._names, told) :]
        return self._ended()

    def leave(self) -> None:
        """Ends it, as there is nothing to be renamed."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        self._ended()

    def _ended(self) -> int:
        os.close(self._names)
        try:
            return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])
        except ChildProcessError:  # the host lets the system collect children
            return 0


_READY: ContextVar[list[_Renamer] | None] = ContextVar("renamers that were begun", default=None)


@contextmanager
def renamer_ahead() -> Iterator[None]:
    """Within the context the process that renames is there before it is needed: a Python takes as long to begin as all
    that it then does.
    """
    ready: list[_Renamer] = []
    with suppress(OSError, NotImplementedError):
        ready.append(_Renamer.begun())
    token = _READY.set(ready)
    try:
        yield
    finally:
        _READY.reset(token)
        for each in ready:
            each.leave()


def put_in_place(waiting: Sequence[tuple[Path, Path]]) -> None:
    """Renames every draft to its target. Raises ``OSError`` where one cannot be."""
    if len(waiting) < 2:  # one rename is whole or is none
        for draft, target in waiting:
            draft.replace(target)
        return
    listed = waiting[0][1].parent / _LIST.format(os.getpid())
    half = listed.with_suffix(".part")
    half.write_text(json.dumps([[str(draft.absolute()), str(target.absolute())] for draft, target in waiting]))
    half.replace(listed)  # from here on the set is new
    ready = _READY.get()
    try:
        renamer = ready.pop() if ready else _Renamer.begun()
    except (OSError, NotImplementedError):  # no process may be begun
        _finish(listed)
        return
    error = renamer.rename(listed, waiting)
    if error > 0:
        listed.unlink(missing_ok=True)
        raise OSError(error, os.strerror(error))
    _finish(listed)


def finish_interrupted(folder: Path) -> None:
    """Finishes what a run that is no more had begun to put in place in *folder*."""
    for listed in folder.glob(_LIST.format("*")) if folder.is_dir() else ():
        number = listed.suffixes and listed.name.removeprefix(".layout-").removesuffix(".commit")
        if number and number.isdecimal() and not lives(int(number)):
            with suppress(OSError):
                _finish(listed)


def _finish(listed: Path) -> None:
    """Carries out what is left of a list."""
    try:
        pairs = json.loads(listed.read_text())
    except (OSError, ValueError):
        return
    for draft, target in pairs:
        with suppress(FileNotFoundError):  # it is in place already
            Path(draft).replace(target)
    listed.unlink(missing_ok=True)


def lives(pid: int) -> bool:
    """Whether another process of this number runs."""
    try:
        os.kill(pid, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # somebody else's
        return True
    return pid != os.getpid()
