"""What a machine of a cluster does for a build: it says which program it has, and carries tasks out.

Each thread of the cluster's worker has a child of its own for it (``Workers``), as a build on one machine has: held to
its memory and work, and one that dies takes nothing along. Which machine does what, and what becomes of the tasks of
one that is lost, the cluster's scheduler decides.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from platform import node
from typing import TypeVar

from layout.errors import Message, UsageError
from layout.pipeline.program_identity import Program, this_program
from layout.pipeline.worker_tasks import PRELOAD
from layout.pipeline.workers import Workers

T = TypeVar("T")


@dataclass(frozen=True)
class MachineReport:
    """What a machine says of itself."""

    name: str
    program: Program
    unseen: tuple[Path, ...]
    """Folders of those that it should share which it cannot see, or not write to."""


def look_around(shared: Sequence[Path], written: Path) -> MachineReport:
    """What this machine is, and which of the folders *shared*, and *written*, to which it writes, it cannot use."""
    unseen = [folder for folder in shared if not folder.is_dir()]
    unseen += [] if os.access(written, os.W_OK | os.X_OK) else [written]
    return MachineReport(node(), this_program(), tuple(dict.fromkeys(unseen)))


def on_machine(program: Program, cwd: Path | None, work: Callable[..., T], *args: object) -> T:
    """The result of *work*, done in a child of this thread. Raises what *work* raises, ``UsageError`` where the program
    here is not *program*, and ``WorkerDied`` where the child ended. Names of files are taken from *cwd*,
    if that is given.
    """
    return _children_of(threading.get_ident()).submit(_in_child, program, cwd, work, *args).result()


@cache
def _children_of(thread: int) -> Workers:  # noqa: ARG001  (the key)
    return Workers(preload=PRELOAD)


def _in_child(program: Program, cwd: Path | None, work: Callable[..., T], *args: object) -> T:
    refuse_other(program, this_program(), node())
    if cwd is not None:
        os.chdir(cwd)
    return work(*args)


def refuse_other(here: Program, there: Program, machine: str) -> None:
    """Raises ``UsageError`` where the program of *machine*, which is *there*, is not the one that is *here*."""
    difference = there.difference(here)
    if difference is not None:
        raise UsageError(
            Message(f"{machine} 上的程序和这里的不是同一版：{difference.zh}。",
                    f"The program on {machine} is not the one that is here: {difference.en}."),
            hint=Message("各机装同一版，装在同一处（最省事：装在共用的文件夹里），再起那里的 dask worker。",
                         "Install the same version in the same place on every machine (in the shared folder, say), "
                         "and start its dask worker again."),
        )  # fmt: skip
