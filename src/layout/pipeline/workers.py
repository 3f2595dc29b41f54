"""An Executor of child processes, each of which can be killed at any moment and is limited in memory and work.

``concurrent.futures.ProcessPoolExecutor`` would not do: before Python 3.14 its processes cannot be ended while they
work; it begins them at the first ``submit``, when ours should be loading WeasyPrint already; where processes are
spawned it runs the host's main module again in each; and one process that dies breaks the pool.

Functions are sent by reference, values pickled; ``worker_child`` is the other side of the pipe.
"""

from __future__ import annotations

import fcntl
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import BrokenExecutor, Executor, Future, ThreadPoolExecutor
from concurrent.futures import wait as wait_for
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from queue import SimpleQueue
from typing import IO, Any, ParamSpec, TypeVar

from layout.pipeline.progress import Reporter, quiet
from layout.pipeline.worker_child import Limits, send, serve

P = ParamSpec("P")
T = TypeVar("T")

MEMORY = 3 << 30
"""Bytes of its own that a child may take: ten times the 270 MiB of the heaviest sample."""

SECONDS = 60
"""Seconds of the processor that a child may take for one task: ten times the six of the heaviest sample's page, with
all that is loaded for it, on the slowest machine that was tried. The counts of ``design`` and ``engine`` come first:
this is for what they do not know."""

_SPAWN = "import sys; sys.path[:] = sys.argv[1].split(chr(10)); from layout.pipeline.worker_child import main; main()"


class WorkerDied(BrokenExecutor):
    """The child ended before it replied."""

    def __init__(self, number: int = 0):
        super().__init__(number)
        self.signal = number
        """The signal that ended it; 0 where it exited by itself, or where the signal is unknown."""


class InPlace(Executor):
    """Runs every task at once in this process: for tests and for debugging."""

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """See ``Executor.submit``; the future that comes back is done."""
        future: Future[T] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


class Workers(Executor):
    """*count* child processes, started at once, each calling *preload* (``module:function``) first.

    With *fork* they are forked, where that is safe: only for a process that has loaded nothing which another program
    may have loaded and has no thread, such as our own command line at its beginning. Else each is a new Python. They
    die with the thread that began them and with this process.
    """

    def __init__(
        self, count: int = 1, *, fork: bool = False, preload: str = "", memory: int = MEMORY, seconds: int = SECONDS
    ):
        self._fork = fork
        self._preload = preload
        self._limits = Limits(memory, seconds)
        self._children: list[Child] = []
        self._free: SimpleQueue[Child] = SimpleQueue()
        self._lock = threading.Lock()
        self._threads: ThreadPoolExecutor | None = None
        self._pending: set[Future[Any]] = set()
        self._closed = False
        self.grow(count)

    @property
    def count(self) -> int:
        """How many children there are."""
        return len(self._children)

    @property
    def pids(self) -> tuple[int, ...]:
        """Their process ids."""
        return tuple(child.pid for child in self._children)

    def grow(self, count: int) -> None:
        """Begins children until there are *count*; to be called before anything is submitted."""
        while len(self._children) < count:
            self._children.append(self._begun())
            self._free.put(self._children[-1])

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Future[T]:
        """See ``Executor.submit``. The future raises what *fn* raises, and ``WorkerDied`` where its child ended.

        Where a child is free it comes back when the request has been sent: what this thread does next would hold it up.
        """
        sent = threading.Event()
        with self._lock:
            if self._threads is None:
                self._threads = ThreadPoolExecutor(len(self._children), "layout-worker")
            future = self._threads.submit(self._call, sent, fn, args, kwargs)
            self._pending.add(future)
            free = sum(not each.done() for each in self._pending) <= len(self._children)
        future.add_done_callback(self._pending.discard)
        future.add_done_callback(lambda _: sent.set())  # where it is cancelled
        if free:
            sent.wait()
        return future

    def ahead(self, fn: Callable[P, object], /, *args: P.args, **kwargs: P.kwargs) -> None:
        """Has a child that has nothing to do call *fn* before its next task. What comes of it nobody learns, nor waits
        for: neither this process, which is at work itself, nor the next task's request.
        """
        with self._lock:
            if not self._pending and not self._closed and self._children[0].alive():
                self._children[0].tell(fn, args, kwargs)

    def cancel(self) -> None:
        """Kills the busy children, starts others, and cancels what waits. May be called by any thread."""
        for future in list(self._pending):
            future.cancel()
        for child in list(self._children):
            if child.busy:
                child.kill()

    def settle(self, seconds: float) -> None:
        """Ends what is in work and has not come to its end after *seconds*."""
        if wait_for(list(self._pending), timeout=seconds).not_done:
            self.cancel()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = True) -> None:
        """Kills the children at once: they have nothing to clean up."""
        self._closed = True
        for child in self._children:
            child.kill()
        if self._threads is not None:
            self._threads.shutdown(wait=wait, cancel_futures=cancel_futures)
        for child in self._children if wait else ():
            child.wait()

    def _begun(self) -> Child:
        fork = self._fork and may_fork()
        return (_forked if fork else _spawned)(self._preload, self._limits)

    def _call(
        self, sent: threading.Event, fn: Callable[..., T], args: tuple[object, ...], kwargs: dict[str, object]
    ) -> T:
        child = self._free.get()
        try:
            if not child.alive():  # it ended between two tasks
                child = self._replaced(child)
            return child.call(sent, fn, args, kwargs)
        finally:
            self._free.put(child if child.alive() or self._closed else self._replaced(child))

    def _replaced(self, child: Child) -> Child:
        child.wait()
        other = _spawned(self._preload, self._limits)
        self._children[self._children.index(child)] = other
        return other


@dataclass(eq=False)
class Child:
    """A child process and the two pipes to it."""

    pid: int
    requests: IO[bytes]
    replies: IO[bytes]
    busy: bool = False
    _killed: bool = False
    _status: int | None = None
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def call(
        self, sent: threading.Event, fn: Callable[..., T], args: tuple[object, ...], kwargs: dict[str, object]
    ) -> T:
        """The result of *fn* in the child, which is *sent* first. Raises what it raises there; ``WorkerDied`` when no
        reply comes.
        """
        report = next((each for each in (*args, *kwargs.values()) if isinstance(each, Reporter)), quiet)
        self.busy = True
        try:
            send(self.requests, "task", pickle.dumps((fn, args, kwargs), pickle.HIGHEST_PROTOCOL))
            sent.set()
            while (message := pickle.load(self.replies))[0] == "progress":  # our own process wrote it
                report(*message[1])
        except (EOFError, OSError, pickle.UnpicklingError):  # it ended, perhaps in the middle of a message
            self.kill()
            raise WorkerDied(self.wait()) from None
        finally:
            self.busy = False
        kind, result = message[0], pickle.loads(message[1])
        if kind == "raised":
            if isinstance(result, MemoryError):  # what else the child holds is not to be relied on
                self.kill()
            raise result
        value: T = result
        return value

    def tell(self, fn: Callable[..., object], args: tuple[object, ...], kwargs: dict[str, object]) -> None:
        """Sends *fn*, to be called before the next task."""
        with suppress(OSError):  # it ended: the next task learns of that
            send(self.requests, "ahead", pickle.dumps((fn, args, kwargs), pickle.HIGHEST_PROTOCOL))

    def alive(self) -> bool:
        """Whether the process runs."""
        with self._lock:
            if self._status is None:
                with suppress(ChildProcessError):
                    pid, status = os.waitpid(self.pid, os.WNOHANG)
                    self._status = status if pid else None
            return self._status is None and not self._killed

    def kill(self) -> None:
        """Kills the process."""
        with self._lock, suppress(ProcessLookupError):
            self._killed = True
            if self._status is None:
                os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """Waits for its end and closes the pipes; gives the signal that ended it, or 0."""
        with self._lock:
            if self._status is None:
                with suppress(ChildProcessError):
                    self._status = os.waitpid(self.pid, 0)[1]
                self._status = self._status or 0
            for pipe in (self.requests, self.replies):
                with suppress(OSError):  # a request half written
                    pipe.close()
            return os.WTERMSIG(self._status) if os.WIFSIGNALED(self._status) else 0


def may_fork() -> bool:
    """Whether a fork is safe: no thread, of Python's or anyone else's, would be lost."""
    if sys.platform != "linux" or threading.active_count() > 1:
        return False
    try:
        return len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        return False


def _forked(preload: str, limits: Limits) -> Child:
    request_end, request_start = _pipe()
    reply_end, reply_start = _pipe()
    parent = os.getpid()
    pid = os.fork()
    if pid == 0:
        os.close(request_start)
        os.close(reply_end)
        serve(request_end, reply_start, parent=parent, preload=preload, limits=limits)
    return _child(pid, (request_end, request_start), (reply_end, reply_start))


def _spawned(preload: str, limits: Limits) -> Child:
    request_end, request_start = _pipe()
    reply_end, reply_start = _pipe()
    options = [str(os.getpid()), str(limits.memory), str(limits.seconds), preload]
    arguments = [sys.executable, "-c", _SPAWN, "\n".join(sys.path), *options]
    pipes = [(os.POSIX_SPAWN_DUP2, request_end, 0), (os.POSIX_SPAWN_DUP2, reply_start, 1)]
    # Ctrl-C is for this process to handle, from the child's first moment.
    pid = os.posix_spawn(sys.executable, arguments, os.environ, file_actions=pipes, setsigmask=[signal.SIGINT])
    return _child(pid, (request_end, request_start), (reply_end, reply_start))


def _pipe() -> tuple[int, int]:
    """A pipe as wide as one may be had: pages are some megabytes."""
    ends = os.pipe()
    with suppress(OSError, AttributeError):  # Linux only, and there is a limit of all pipes of a user
        fcntl.fcntl(ends[0], fcntl.F_SETPIPE_SZ, 1 << 20)
    return ends


def _child(pid: int, requests: Sequence[int], replies: Sequence[int]) -> Child:
    os.close(requests[0])
    os.close(replies[1])
    return Child(pid, os.fdopen(requests[1], "wb"), os.fdopen(replies[0], "rb"))
