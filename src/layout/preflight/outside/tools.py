"""Runs other programs on a file that may be hostile: with limits on time, memory and what they write."""

from __future__ import annotations

import os
import resource
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

SECONDS = 60
"""How long one program may take over one page."""

MEMORY = 3 * 1024**3
"""Address space it may take, in bytes."""

OUTPUT = 512 * 1024**2
"""Bytes of a file it may write."""

MESSAGES = 64 * 1024
"""Characters of its messages that are read."""


@dataclass(frozen=True, slots=True)
class ProgramRun:
    """The result of a program that was run."""

    code: int | None
    """Its exit code, negative for a signal; ``None`` when its time was up."""
    messages: str
    """What it wrote to stderr and stdout."""

    @property
    def failed(self) -> bool:
        """Whether it did not do its work."""
        return self.code != 0

    def lines(self) -> list[str]:
        """Its messages, line by line, blank ones left out."""
        return [line.strip() for line in self.messages.splitlines() if line.strip()]


def found(program: str) -> str | None:
    """Where the program is, or ``None`` when this machine has none."""
    return shutil.which(program)


def run(command: Sequence[str], folder: Path, *, seconds: float = SECONDS) -> ProgramRun:
    """Run *command* in *folder* within the limits of time, memory and output. Never raises for what it does."""
    environment = {key: os.environ[key] for key in ("PATH", "HOME", "TMPDIR") if key in os.environ}
    try:
        done = subprocess.run(
            list(command),
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=seconds,
            env={**environment, "LC_ALL": "C"},
            preexec_fn=partial(_fence, seconds),
            check=False,
        )
    except subprocess.TimeoutExpired as late:
        return ProgramRun(None, _text(late.stdout))
    except OSError as error:
        return ProgramRun(127, str(error))
    return ProgramRun(done.returncode, _text(done.stdout))


def _fence(seconds: float) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (OUTPUT, OUTPUT))
    resource.setrlimit(resource.RLIMIT_CPU, (int(seconds) + 1, int(seconds) + 1))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _text(message: bytes | None) -> str:
    return (message or b"")[:MESSAGES].decode("utf-8", "replace")
