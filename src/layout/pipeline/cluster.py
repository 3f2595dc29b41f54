"""Pages and issues made on several machines, by dask.distributed; nothing of the scheduling is ours.

The one module that knows it. It is an extra of the package: whoever imports this module has it.
"""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from urllib.parse import urlsplit

from distributed import Client
from distributed.scheduler import KilledWorker

from layout.errors import Message, PrintError, UsageError
from layout.pipeline.cache_folder import unusable
from layout.pipeline.machine_tasks import MachineReport, look_around, on_machine, refuse_other
from layout.pipeline.program_identity import this_program
from layout.pipeline.remote import RemoteExecutor
from layout.pipeline.workers import WorkerDied

P = ParamSpec("P")
T = TypeVar("T")

ANSWERS_WITHIN = 5
"""Seconds in which a scheduler must answer: on a LAN it takes milliseconds; dask's own thirty are for other nets."""


class DaskCluster(RemoteExecutor):
    """The machines of a dask cluster, as an executor. ``on_cluster`` makes one."""

    def __init__(self, client: Client, shared: Path, cwd: Path | None):
        super().__init__(shared)
        self._machines = client.get_executor()
        self._program, self._cwd = this_program(), cwd

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """See ``Executor.submit``. The future raises ``WorkerDied`` where machine after machine was lost over *fn*."""
        assert not kwargs, "tasks are called by position"
        inner: Future[T] = self._machines.submit(on_machine, self._program, self._cwd, fn, *args)
        outer: Future[T] = Future()
        inner.add_done_callback(lambda done: _settle(outer, done))
        outer.add_done_callback(lambda mine: inner.cancel() if mine.cancelled() else None)
        return outer

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Takes back what has not been begun. The machines go on: they are not ours."""
        del cancel_futures
        self._machines.shutdown(wait=wait)


def _settle(outer: Future[T], done: Future[T]) -> None:
    """Gives *outer* what *done* has come to, in words of ours."""
    if not outer.set_running_or_notify_cancel():
        return
    if done.cancelled():
        outer.set_exception(
            PrintError(
                Message("和集群的调度器断了联系。", "The connection to the cluster's scheduler was lost."),
                hint=Message("看看调度器还在不在，再来一次。", "See whether the scheduler is still there; try again."),
            )
        )
    elif (error := done.exception()) is None:
        outer.set_result(done.result())
    else:
        outer.set_exception(WorkerDied() if isinstance(error, KilledWorker) else error)


@contextmanager
def on_cluster(address: str, folders: Sequence[Path], cache: Path) -> Iterator[DaskCluster]:
    """The cluster whose scheduler is at *address*. *folders* are those of issues and of what is written for them,
    *cache* is where prepared pictures lie: its machines must see all of them, at the same paths.

    Raises ``UsageError`` where nobody answers, no machine has come, or one of them has another program or does not see
    a folder.
    """
    where = _reached(address)
    why = unusable(cache)
    if why is not None:
        raise UsageError(
            Message(f"各机共用的缓存 {cache} 用不了：{why.zh}。", f"The cache {cache} cannot be used: {why.en}."),
            hint=_shared_cache(),
        )
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # what goes wrong is told once, by us
    with _client(where, address) as client:
        cwd = None if all(folder.is_absolute() for folder in folders) else Path.cwd()
        _look_at_machines(client, address, [*folders, *([cwd] if cwd else [])], cache)
        cluster = DaskCluster(client, cache, cwd)
        try:
            yield cluster
        finally:
            cluster.shutdown(wait=False)


def _reached(address: str) -> str:
    """*address* as dask wants it. Raises ``UsageError`` for what is none, and where nobody listens."""
    where = address if "://" in address else f"tcp://{address}"
    try:
        parts = urlsplit(where)
        host, port = parts.hostname, parts.port
    except ValueError:
        host = port = None
    if not host or not port:
        raise UsageError(
            Message(f"--cluster 不认得“{address}”。", f"--cluster does not understand “{address}”."),
            hint=Message("写调度器的地址，例：--cluster 192.168.1.10:8786",
                         "Write the scheduler's address, e.g. --cluster 192.168.1.10:8786"),
        )  # fmt: skip
    try:
        socket.create_connection((host, port), ANSWERS_WITHIN).close()
    except OSError as error:
        raise _nobody(address) from error
    return where


def _nobody(address: str) -> UsageError:
    port = address.rpartition(":")[2]
    return UsageError(
        Message(f"{address} 没有调度器应答。", f"No scheduler answers at {address}."),
        hint=Message(f"在那台机器上起一个：dask scheduler --port {port}；或改 --cluster 的地址。",
                     f"Start one on that machine: dask scheduler --port {port}; or write another address."),
    )  # fmt: skip


@contextmanager
def _client(where: str, address: str) -> Iterator[Client]:
    try:
        client = Client(where, timeout=ANSWERS_WITHIN, set_as_default=False)
    except (OSError, ValueError) as error:  # a timeout; something that listens and is no scheduler
        raise _nobody(address) from error
    try:
        yield client
    finally:
        client.close(timeout=ANSWERS_WITHIN)


def _look_at_machines(client: Client, address: str, folders: Sequence[Path], cache: Path) -> None:
    """Raises ``UsageError`` where there is no machine, or one that must not work for us."""
    shared = [Path(os.path.abspath(folder)) for folder in folders]  # noqa: PTH100  (links stay as they are named)
    reports: Mapping[str, Any] = client.run(look_around, shared, cache, on_error="return")
    if not reports:
        raise UsageError(
            Message(f"集群 {address} 里还没有机器。", f"No machine has come to the cluster at {address} yet."),
            hint=Message(f"在各台机器上：dask worker {address} --nworkers auto",
                         f"On each machine: dask worker {address} --nworkers auto"),
        )  # fmt: skip
    for worker, report in sorted(reports.items()):
        if not isinstance(report, MachineReport):
            raise UsageError(
                Message(f"{worker} 上没有这一版的程序（{type(report).__name__}）。",
                        f"The program of this version is not on {worker} ({type(report).__name__})."),
                hint=Message("在那里装上，再从那个环境起 dask worker。",
                             "Install it there, and start dask worker from that environment."),
            )  # fmt: skip
        machine = f"{report.name}（{worker}）"
        refuse_other(this_program(), report.program, machine)
        if report.unseen:
            raise UsageError(
                Message(f"{machine} 看不到 {report.unseen[0]}，或不能往里写。",
                        f"{machine} does not see {report.unseen[0]}, or may not write to it."),
                hint=_shared_cache() if report.unseen[0] == cache else Message(
                    "期和成品的文件夹要在各机共用的文件夹里，路径相同。",
                    "Issues and their output must lie in a folder that all machines share, at the same path."),
            )  # fmt: skip


def _shared_cache() -> Message:
    example = "LAYOUT_CACHE=/srv/layout/cache"
    return Message(f"把缓存放在各机共用的文件夹里，例：{example}",
                   f"Put the cache into a folder that all machines share, e.g. {example}")  # fmt: skip
