"""The work of one room done in a second process, beside that of the first; or here, where there is none.

The second process is forked before anything large is loaded: it loads WeasyPrint while the first reads the command line
and the copy, and draws the page while the first checks it. It writes nothing but prepared pictures. Whatever goes wrong
with it (it is killed, it meets an error nobody foresaw), the same work is done here: nothing depends on it but time.
"""

from __future__ import annotations

import ctypes
import gc
import os
import pickle
import select
import signal
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import IO, Any, NoReturn, Self

from layout.errors import LayoutError

Told = Callable[[str, int, int], None]
"""See ``options.Progress``."""

_COMMON = (
    "layout.pipeline.reporting", "layout.pipeline.options", "layout.pipeline.messages", "ctypes.util",
    "importlib.resources", "mimetypes", "tempfile", "tomllib", "urllib.request", "xml.etree.ElementTree",
)  # fmt: skip
"""What both processes load in any case: once, before the fork."""
_SET_PARENT_DEATH_SIGNAL = 1
_IDLE = 0.5
"""Seconds without work after which the second process tidies its memory."""
_GONE = (EOFError, OSError, pickle.UnpicklingError)


def open_room(cache: Path | None = None, *, many: bool = False) -> Any:
    """The room where pages are set; see ``room.Room``. Loads WeasyPrint; for *many* pages also what prints them."""
    from layout.engine.patches.table import install_patches  # noqa: PLC0415
    from layout.pipeline.cache_folder import pictures_cache  # noqa: PLC0415

    install_patches()  # before anything imports WeasyPrint
    from layout.pipeline.page_worker import Room  # noqa: PLC0415

    if many:
        import_module("layout.pipeline.page_task")
    return Room(cache or pictures_cache())


class Pending:
    """Work that was asked for."""

    def __init__(self, answer: Callable[[], Any]):
        self._answer = answer

    def result(self) -> Any:
        """What came of it; waits for it. Raises what the work raises."""
        return self._answer()


class Here:
    """A room in this process, opened when it is first needed."""

    def __init__(self, make: Callable[[], Any] = open_room):
        self._make = make
        self._room: Any = None

    def begin(self, work: str, *given: Any, progress: Told) -> Pending:
        """Asks for the room's method *work*. It is done when its result is asked for."""
        return Pending(partial(self._do, work, given, progress))

    def _do(self, work: str, given: tuple[Any, ...], progress: Told) -> Any:
        if self._room is None:
            self._room = self._make()
        return getattr(self._room, work)(progress, *given)

    def end(self) -> None:
        """Nothing to end."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()


class Elsewhere(Here):
    """A room in a second process. Work begins at once; the second piece when the first is answered."""

    def __init__(self, make: Callable[[], Any] = open_room):
        super().__init__(make)
        self._line = _forked(make) if _may_fork() else None
        self._waiting: _Answer | None = None

    def begin(self, work: str, *given: Any, progress: Told) -> Pending:
        """Asks for the room's method *work*, which is begun now."""
        here = partial(self._do, work, given, progress)
        if self._waiting is not None:
            self._waiting.arrive()
        if self._line is None or not self._line.ask(work, given):
            return Pending(here)
        self._waiting = _Answer(self._line, progress)
        return Pending(partial(self._answered, self._waiting, here))

    def _answered(self, answer: _Answer, here: Callable[[], Any]) -> Any:
        kind, what = answer.arrive()
        if kind == "broken":  # gone, or an error that nobody foresaw: it is met again here, and told in full
            self.end()
            return here()
        came: Any = pickle.loads(what)  # our own process wrote it
        if kind == "fault":
            raise came
        return came

    def cpu(self) -> float:
        """CPU seconds that the second process has taken so far."""
        if self._line is None:
            return 0.0
        words = Path(f"/proc/{self._line.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(words[11]) + int(words[12])) / os.sysconf("SC_CLK_TCK")

    def hang_up(self) -> None:
        """Tells the second process to end, which takes it a moment; what is still to be done is done here."""
        if self._line is not None:
            self._line.cut()

    def end(self) -> None:
        """Ends the second process, whatever it does, and waits for its end."""
        self.hang_up()
        line, self._line, self._waiting = self._line, None, None
        if line is not None:
            line.wait()


class _Answer:
    """An answer on its way; what is told before it is passed on when it arrives."""

    def __init__(self, line: _Line, progress: Told):
        self._line = line
        self._progress = progress
        self._came: tuple[str, bytes] | None = None

    def arrive(self) -> tuple[str, bytes]:
        """Done or fault with what belongs to it, still packed, or broken. Waits for it."""
        while self._came is None:
            kind, what = self._line.heard()
            if kind == "told":
                self._progress(*what)
            else:
                self._came = kind, what
        return self._came


@dataclass(frozen=True)
class _Line:
    """The two pipes to the second process."""

    pid: int
    questions: IO[bytes]
    answers: IO[bytes]

    def ask(self, work: str, given: tuple[Any, ...]) -> bool:
        """Whether the question could be put."""
        try:
            _send(self.questions, (work, given))
        except (OSError, ValueError):  # it is gone; it has been hung up on
            return False
        return True

    def heard(self) -> tuple[str, Any]:
        """The next thing said: told, done or fault with what belongs to it, else broken."""
        try:
            kind, what = pickle.load(self.answers)  # our own process wrote it
        except Exception:  # it was cut off in the middle of a word
            return "broken", None
        return kind, what

    def cut(self) -> None:
        """Ends the process at once: it has nothing to tidy."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)
        for pipe in (self.answers, self.questions):
            with suppress(OSError):  # a question half written
                pipe.close()

    def wait(self) -> None:
        """Waits until the process has ended."""
        with suppress(ChildProcessError):
            os.waitpid(self.pid, 0)


def _send(pipe: IO[bytes], what: object) -> None:
    pickle.dump(what, pipe, pickle.HIGHEST_PROTOCOL)
    pipe.flush()


def _may_fork() -> bool:
    """Whether a fork is safe (no thread of Python's or anyone else's would be lost) and worth it."""
    if sys.platform != "linux" or threading.active_count() > 1 or len(os.sched_getaffinity(0)) < 2:
        return False
    try:
        return len(list(Path("/proc/self/task").iterdir())) == 1
    except OSError:
        return False


def _forked(make: Callable[[], Any]) -> _Line | None:
    """The line to a process that makes a room and waits; None where there can be no more processes."""
    for name in _COMMON:
        import_module(name)
    ask_out, ask_in = os.pipe()
    answer_out, answer_in = os.pipe()
    try:
        pid = os.fork()
    except OSError:
        for end in (ask_out, ask_in, answer_out, answer_in):
            os.close(end)
        return None
    if pid == 0:
        os.close(ask_in)
        os.close(answer_out)
        _serve(make, ask_out, answer_in)
    os.close(ask_out)
    os.close(answer_in)
    return _Line(pid, os.fdopen(ask_in, "wb"), os.fdopen(answer_out, "rb"))


def _serve(make: Callable[[], Any], ask_out: int, answer_in: int) -> NoReturn:
    """The second process, from its first to its last: answers until the first one hangs up."""
    try:
        _end_with_parent()
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the first one's to answer
        quiet = os.open(os.devnull, os.O_RDWR)
        os.dup2(quiet, 0)
        os.dup2(quiet, 1)
        gc.disable()
        room = make()
        gc.freeze()
        with os.fdopen(ask_out, "rb") as questions, os.fdopen(answer_in, "wb") as answers:
            while True:
                if not select.select([questions], [], [], _IDLE)[0]:
                    gc.collect()
                work, given = pickle.load(questions)  # our own process wrote it
                _answer(room, work, given, answers)
                room.between()
    except _GONE:
        pass
    finally:
        os._exit(0)  # nothing inherited is flushed twice


def _end_with_parent() -> None:
    """Whatever ends the process that began this one ends this one too: see prctl(2)."""
    parent = os.getppid()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL)
    if os.getppid() != parent:  # it ended meanwhile
        os._exit(0)


def _answer(room: Any, work: str, given: tuple[Any, ...], answers: IO[bytes]) -> None:
    def told(stage: str, done: int, total: int) -> None:
        _send(answers, ("told", (stage, done, total)))

    try:
        kind, answer = "done", getattr(room, work)(told, *given)
    except LayoutError as fault:
        kind, answer = "fault", fault
    # Packed twice: it is taken in at once, and unpacked when it is wanted.
    _send(answers, (kind, pickle.dumps(answer, pickle.HIGHEST_PROTOCOL)))
