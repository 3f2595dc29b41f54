"""Writes a set of files again and again, and is killed each time at another line of the code that writes them.

``python -m hostile.killed FOLDER SIGNAL NUMBER`` tries NUMBER moments, evenly spread, and prints one line of JSON. Each
attempt is a child of this process, which collects it and whatever it has begun before it looks at the files.
"""

from __future__ import annotations

import ctypes
import json
import os
import signal
import sys
from collections.abc import Collection, Mapping
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn

from layout.cli.signals import Stopped, install_signal_handlers
from layout.pipeline import output, renaming
from layout.pipeline.output import write_all

NAMES = ("issue.pdf", "issue-round-1.html", "issue-round-1-proof.pdf", "summary.md", "report.json", "issue.report.json")
_CODE = {output.__file__, renaming.__file__}
_SET_CHILD_SUBREAPER = 36


def files(folder: Path, words: str) -> Mapping[Path, bytes]:
    return {folder / name: f"{name} {words}".encode() for name in NAMES}


class Lines:
    """Counts the lines of *code*, by itself that which writes files, and calls *reached* at one of them."""

    def __init__(self, moment: int, reached: Any, code: Collection[str] = frozenset(_CODE)):
        self.count = 0
        self._code = code
        self._moment = moment
        self._reached = reached

    def __call__(self, frame: FrameType, event: str, _: object) -> Any:
        if frame.f_code.co_filename not in self._code:
            return None
        if event == "line":
            self.count += 1
            if self.count == self._moment:
                self._reached()
        return self


def killed(folder: Path, sign: int, moment: int) -> NoReturn:
    """Writes the new files; *sign* comes at the line *moment*."""
    install_signal_handlers()
    try:
        sys.settrace(Lines(moment, lambda: os.kill(os.getpid(), sign)))
        write_all(files(folder, "new"))
    except Stopped:
        os._exit(1)
    finally:
        os._exit(0)


def attempt(folder: Path, sign: int, moment: int) -> str:
    """What is there after a kill: ``old``, ``new`` or what is mixed; then the next run's files must be there alone."""
    write_all(files(folder, "old"))
    if os.fork() == 0:
        killed(folder, sign, moment)
    while True:
        try:
            os.wait()
        except ChildProcessError:
            break
    there = {(folder / name).read_text().removeprefix(f"{name} ") for name in NAMES}
    drafts = [path.name for path in folder.iterdir() if path.name not in NAMES]
    if sign == signal.SIGTERM and drafts:
        return f"left: {drafts}"
    write_all(files(folder, "next"))
    if sorted(path.name for path in folder.iterdir()) != sorted(NAMES):
        return f"not swept: {sorted(path.name for path in folder.iterdir())}"
    return " and ".join(sorted(there))


def main(folder: Path, sign: int, number: int) -> None:
    ctypes.CDLL(None).prctl(_SET_CHILD_SUBREAPER, 1)
    lines = Lines(0, None)
    write_all(files(folder, "old"))
    sys.settrace(lines)
    write_all(files(folder, "old"))
    sys.settrace(None)
    moments = [1 + (lines.count - 1) * each // max(1, number - 1) for each in range(number)]
    print(json.dumps({str(moment): attempt(folder, sign, moment) for moment in moments}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]))
