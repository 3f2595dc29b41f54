"""Signal handlers: SIGINT, SIGTERM and SIGHUP raise an exception, so that temporary files and children are cleaned up.

Python raises the exception wherever the signal arrives. While modules are imported that is not safe: compiled ones
(pikepdf's, pydantic's) abort the process, or swallow the exception and go on. There the signal is deferred, and a
signal that was swallowed is raised again.
"""

from __future__ import annotations

import atexit
import signal
import sys
from functools import partial
from types import FrameType

from layout.errors import ExitCode

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

SOON = 0.02
"""Seconds after which a deferred signal is raised again; importing the largest library takes some tenths."""

LATE = 3.0
"""Seconds after which the signal is raised again in a process that still runs: cleaning up takes some hundredths."""


class Stopped(KeyboardInterrupt):
    """A signal asked the process to end: cleaning up leaves no half-written file and no child process."""

    def __init__(self, number: int):
        super().__init__()
        self.number = number
        self.exit_code = ExitCode(128 + number)
        """As the shell counts."""


def install_signal_handlers() -> None:
    """Makes the signals raise ``Stopped``, except those that the parent process had set to be ignored."""
    for number in SIGNALS:
        if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _stop)
    sys.unraisablehook = _unraisable_hook
    # Python takes its handlers away as it ends: a timer that still runs would then end the process by its own signal.
    atexit.register(signal.setitimer, signal.ITIMER_REAL, 0)


def raise_deferred_signal() -> None:
    """Raises ``Stopped`` where a deferred signal is still pending; called right before the process exits."""
    if signal.getitimer(signal.ITIMER_REAL)[0]:
        signal.raise_signal(signal.SIGALRM)


def _stop(number: int, frame: FrameType | None) -> None:
    if _is_importing(frame):
        _defer(number, SOON)
    else:
        _defer(number, LATE)  # compiled code may swallow it without a word
        raise Stopped(number)


def _is_importing(frame: FrameType | None) -> bool:
    while frame is not None:
        if frame.f_code.co_filename.startswith("<frozen importlib"):
            return True
        frame = frame.f_back
    return False


def _defer(number: int, seconds: float) -> None:
    """Raises the signal again after *seconds*, by a timer: a thread cannot be started safely in a signal handler."""
    signal.signal(signal.SIGALRM, partial(_again, number))
    signal.setitimer(signal.ITIMER_REAL, seconds)


def _again(number: int, alarm: int, frame: FrameType | None) -> None:
    del alarm
    _stop(number, frame)


def _unraisable_hook(unraisable: sys.UnraisableHookArgs) -> None:
    """Called where Python cannot raise (in a finaliser, in a callback of a compiled library): defers the signal."""
    if isinstance(unraisable.exc_value, Stopped):
        _defer(unraisable.exc_value.number, SOON)
    else:
        sys.__unraisablehook__(unraisable)
