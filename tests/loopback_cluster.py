"""A dask cluster on this machine: a scheduler and workers, each a process of its own, as people start them."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from patience import until

SOURCE = Path(__file__).parents[1] / "src"
TICKS = (11, 12)
"""Where /proc/PID/stat has the ticks of a process in the program and in the system, behind its name: see proc(5)."""


class LoopbackCluster:
    """The scheduler and its workers. What they print goes to files in *home*."""

    def __init__(self, home: Path):
        self._home, self._count = home, 0
        self._file = home / "scheduler.json"
        self.workers: list[subprocess.Popen[bytes]] = []
        self._scheduler = self._started("dask_scheduler", "--port", "0")
        until(self._file.is_file)
        self.address: str = json.loads(self._file.read_bytes())["address"].removeprefix("tcp://")

    def add_worker(self, source: Path = SOURCE) -> subprocess.Popen[bytes]:
        """One worker more, with the program in *source*."""
        worker = self._started("dask_worker", "--nthreads", "1", "--no-nanny", "--local-directory", str(self._home),
                               source=source)  # fmt: skip
        self.workers.append(worker)
        return worker

    def wait_for(self, count: int) -> None:
        """Waits until the scheduler has *count* workers."""
        log = self._home / "dask_scheduler-0.log"
        until(lambda: self._present(log.read_text()) == count)

    @staticmethod
    def _present(log: str) -> int:
        return log.count("Register worker addr") - log.count("Remove worker addr")

    def _started(self, program: str, *more: str, source: Path = SOURCE) -> subprocess.Popen[bytes]:
        log = self._home / f"{program}-{self._count}.log"
        self._count += 1
        command = [sys.executable, "-m", f"distributed.cli.{program}", "--scheduler-file", str(self._file),
                   "--host", "127.0.0.1", "--no-dashboard", *more]  # fmt: skip
        with log.open("wb") as told:
            return subprocess.Popen(command, stdout=told, stderr=told, env=_environment(source))

    def end(self) -> None:
        """Ends every process."""
        for process in (*self.workers, self._scheduler):
            process.kill()
        for process in (*self.workers, self._scheduler):
            process.wait()


def _environment(source: Path) -> Mapping[str, str]:
    tests = Path(__file__).parent
    return {**os.environ, "PYTHONPATH": f"{source}{os.pathsep}{tests}"}


@contextmanager
def loopback_cluster(home: Path) -> Iterator[LoopbackCluster]:
    """A scheduler on loopback, yet without workers; all ends with the context."""
    cluster = LoopbackCluster(home)
    try:
        yield cluster
    finally:
        cluster.end()


def ticks(pid: int) -> int:
    """How much a process and its children have computed, in the system's ticks; 0 of one that is gone."""
    try:
        words = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        children = [
            int(each) for file in Path(f"/proc/{pid}/task").glob("*/children") for each in file.read_text().split()
        ]
    except OSError:
        return 0
    return sum(int(words[place]) for place in TICKS) + sum(map(ticks, children))
