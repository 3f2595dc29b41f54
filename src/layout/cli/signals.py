"""Told to end: Ctrl-C, a terminal that closes, a CI runner that kills. Everything is tidied up on the way out.

Python raises an exception wherever the signal finds it. That is no good place while modules are loaded: compiled ones
(pikepdf's, pydantic's) abort the process, or swallow the exception and go on. So there the signal is put off, and one
that was swallowed is given again.
"""

from __future__ import annotations

import signal
import sys
from functools import partial
from types import FrameType

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

SOON = 0.02
"""Seconds after which a signal that was put off is given again; loading the largest library takes some tenths."""

LATE = 3.0
"""Seconds after which a process that was stopped and still lives is stopped again: tidying up takes some hundredths."""


class Stopped(KeyboardInterrupt):
    """The process was told to end, and tidies up: no half-written file, no second process is left."""

    def __init__(self, number: int):
        super().__init__()
        self.number = number
        self.exit_code = 128 + number
        """As the shell counts."""


def install_signal_handlers() -> None:
    """From now on a signal to end raises ``Stopped``; one that the process was begun deaf to stays unheard."""
    for number in SIGNALS:
        if signal.getsignal(number) in (signal.SIG_DFL, signal.default_int_handler):
            signal.signal(number, _stop)
    sys.unraisablehook = _unraisable_hook


def raise_deferred_signal() -> None:
    """Raises ``Stopped`` where a signal was put off and its time has not come yet: to be called at the very end."""
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
    """By a timer, not a thread: a thread can't be begun safely wherever a signal may be heard."""
    signal.signal(signal.SIGALRM, partial(_again, number))
    signal.setitimer(signal.ITIMER_REAL, seconds)


def _again(number: int, alarm: int, frame: FrameType | None) -> None:
    del alarm
    _stop(number, frame)


def _unraisable_hook(unraisable: sys.UnraisableHookArgs) -> None:
    """Where Python can't raise (in a finaliser, in a compiled library's callback) it tells this hook and goes on."""
    if isinstance(unraisable.exc_value, Stopped):
        _defer(unraisable.exc_value.number, SOON)
    else:
        sys.__unraisablehook__(unraisable)
