"""The child process of ``workers.Workers``: reads requests from a pipe and writes replies."""

from __future__ import annotations

import ctypes
import gc
import io
import os
import pickle
import resource
import select
import signal
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from importlib import import_module
from typing import IO, Generic, NamedTuple, NoReturn, TypeVar

from layout.errors import LayoutError
from layout.pipeline.progress import Progress, Reporter
from layout.pipeline.python_stack import call_with_room

T = TypeVar("T")

_SET_PARENT_DEATH_SIGNAL = 1
_IDLE = 0.5
"""Seconds without work after which the child tidies its memory."""
_SWITCH = 0.0005
"""Seconds after which a thread that sends or receives has its turn, while another computes."""
_GONE = (EOFError, OSError, pickle.UnpicklingError)


def main() -> NoReturn:
    """The entry point of a spawned child: pipes are standard input and output, options are in ``sys.argv``."""
    parent, memory, seconds, preload = sys.argv[2:6]
    requests, replies = os.dup(0), os.dup(1)
    serve(requests, replies, parent=int(parent), preload=preload, limits=Limits(int(memory), int(seconds)))


class Answer(NamedTuple, Generic[T]):
    """What a function gives that has something to do when its result is on its way: work ahead of the next request."""

    result: T
    afterwards: Callable[[], object] | None
    """Done by the child alone; whoever asked finds ``None`` here."""


class Limits(NamedTuple):
    """What the system holds a child to: bytes of its own, and seconds of the processor for one task."""

    memory: int
    seconds: int


def serve(requests: int, replies: int, *, parent: int, preload: str, limits: Limits) -> NoReturn:
    """Serves requests until the process *parent* closes the pipe, and ends with it."""
    try:
        _end_with(parent)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent handles Ctrl-C
        for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGXCPU):
            signal.signal(number, signal.SIG_DFL)
        quiet = os.open(os.devnull, os.O_RDWR)
        os.dup2(quiet, 0)
        os.dup2(quiet, 1)
        _limit_memory(limits.memory)
        sys.setswitchinterval(_SWITCH)
        gc.disable()
        if preload:
            module, _, function = preload.partition(":")
            with suppress(Exception):  # whatever it is, the first task raises it again
                getattr(import_module(module), function)()
        gc.freeze()
        with os.fdopen(requests, "rb") as request_pipe, os.fdopen(replies, "wb") as reply_pipe:
            _serve_requests(request_pipe, reply_pipe, limits.seconds)
    except _GONE:
        pass
    finally:
        os._exit(0)  # nothing inherited is flushed twice


def _end_with(parent: int) -> None:
    """Makes the system end this process when its parent ends: see prctl(2)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:  # it ended meanwhile
        os._exit(0)


def _limit_memory(most: int) -> None:
    """At most *most* bytes of its own; shared files, such as fonts, count for nothing."""
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_CORE, (0, resource.getrlimit(resource.RLIMIT_CORE)[1]))
        _, hard = resource.getrlimit(resource.RLIMIT_DATA)
        soft = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(resource.RLIMIT_DATA, (soft, hard))


def _limit_time(seconds: int) -> None:
    """The process is ended by SIGXCPU when it has computed for *seconds* from now."""
    with suppress(OSError, ValueError):
        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        _, hard = resource.getrlimit(resource.RLIMIT_CPU)
        soft = int(used) + 1 + seconds
        resource.setrlimit(resource.RLIMIT_CPU, (soft if hard == resource.RLIM_INFINITY else min(soft, hard), hard))


def allow_more(seconds: int) -> None:
    """The task that calls this may take *seconds* more than others. Nothing where there is no limit."""
    with suppress(OSError, ValueError):
        soft, hard = resource.getrlimit(resource.RLIMIT_CPU)
        if soft != resource.RLIM_INFINITY:
            more = soft + seconds
            resource.setrlimit(resource.RLIMIT_CPU, (more if hard == resource.RLIM_INFINITY else min(more, hard), hard))


def _serve_requests(requests: IO[bytes], replies: IO[bytes], seconds: int) -> NoReturn:
    wish = "task"
    while True:
        # After work ahead the task may have been read into the buffer already, where the system does not see it.
        if wish == "task" and not select.select([requests], [], [], _IDLE)[0]:
            gc.collect()  # while no request waits
        wish, request = pickle.load(requests)
        _limit_time(seconds)
        kind, result, afterwards = _reply_to(request, replies)
        if wish == "ahead":
            continue  # whatever was raised, the task that needs it raises it again
        send(replies, kind, result)
        if afterwards is not None:
            with suppress(Exception):  # whatever it is, the task that needs it raises it again
                afterwards()


def _reply_to(request: bytes, replies: IO[bytes]) -> tuple[str, bytes, Callable[[], object] | None]:
    """The kind of the reply (``done``, ``raised``), the result or the error, pickled, and what is to be done then."""

    def report(stage: str, done: int, total: int) -> None:
        send(replies, "progress", (stage, done, total))

    try:
        function, args, kwargs = _Unpickler(io.BytesIO(request), report).load()
        result, afterwards = call_with_room(function, args, kwargs), None
        if isinstance(result, Answer):
            result, afterwards = result._replace(afterwards=None), result.afterwards
        return "done", pickle.dumps(result, pickle.HIGHEST_PROTOCOL), afterwards
    except Exception as error:
        return "raised", _packed(error), None


class _Unpickler(pickle.Unpickler):
    """Unpickles the parent's ``Reporter`` as one that sends progress to the parent."""

    def __init__(self, file: IO[bytes], report: Progress):
        super().__init__(file)
        self._report = report

    def find_class(self, module_name: str, global_name: str, /) -> object:
        found = super().find_class(module_name, global_name)
        return partial(Reporter, self._report) if found is Reporter else found


def _packed(error: Exception) -> bytes:
    """*error* pickled, with its traceback as a note; only its message where it cannot be pickled."""
    if not isinstance(error, LayoutError):
        error.add_note("".join(traceback.format_exception(error)))
    try:
        packed = pickle.dumps(error, pickle.HIGHEST_PROTOCOL)
        pickle.loads(packed)
    except Exception:
        other = RuntimeError(f"{type(error).__name__}: {error}")
        other.add_note("".join(traceback.format_exception(error)))
        return pickle.dumps(other, pickle.HIGHEST_PROTOCOL)
    return packed


def send(pipe: IO[bytes], *message: object) -> None:
    """Writes one message. Its parts are pickled already, so that an error cannot leave half a message in the pipe."""
    pickle.dump(message[0] if len(message) == 1 else message, pipe, pickle.HIGHEST_PROTOCOL)
    pipe.flush()
