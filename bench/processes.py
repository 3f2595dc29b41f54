"""A process and all that it has begun: their processor time and their memory, from /proc."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path


def children(pid: int) -> Iterator[int]:
    """The processes that a process has begun, and those of its own that were left to it."""
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        yield from map(int, task.read_text().split())


def family(root: int) -> Iterator[int]:
    """A process and all that it has begun."""
    yield root
    for child in children(root):
        yield from family(child)


def spent(pid: int) -> float:
    """CPU seconds of a process so far, its waited children included."""
    words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, words[11:15])) / os.sysconf("SC_CLK_TCK")


def memory(root: int) -> float:
    """MiB of a process and its children, shared pages shared out (PSS)."""
    total = 0
    for pid in family(root):
        try:
            found = re.search(r"Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text())
        except OSError:
            continue
        total += int(found[1]) if found else 0
    return total / 1024
