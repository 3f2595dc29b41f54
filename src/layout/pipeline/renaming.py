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
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

_RENAME = """
import os, sys
try:
    names = sys.argv[2:]
    for draft, target in zip(names[::2], names[1::2]):
        os.replace(draft, target)
    os.unlink(sys.argv[1])
except OSError as error:
    sys.exit(error.errno)
"""
_LIST = ".layout-{}.commit"


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
    try:
        pid = _begun(listed, waiting)
    except (OSError, NotImplementedError):  # no process may be begun
        _finish(listed)
        return
    error = 0
    with suppress(ChildProcessError):  # where the host lets the system collect children
        error = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if error > 0:
        listed.unlink(missing_ok=True)
        raise OSError(error, os.strerror(error))
    _finish(listed)


def _begun(listed: Path, waiting: Sequence[tuple[Path, Path]]) -> int:
    names = [str(path.absolute()) for pair in waiting for path in pair]
    program = [sys.executable, "-I", "-S", "-c", _RENAME, str(listed.absolute()), *names]
    signals = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
    return os.posix_spawn(sys.executable, program, os.environ, setsid=True, setsigmask=signals)


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
