"""The entry point. The worker of a build or a verification is started first: see ``pipeline.workers``."""
# ruff: noqa: PLC0415

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from typing import TYPE_CHECKING, NoReturn

from layout.cli.language import choose_language
from layout.cli.signals import install_signal_handlers, raise_deferred_signal
from layout.errors import ExitCode, Lang, UsageError

if TYPE_CHECKING:
    from layout.pipeline.workers import Workers

TASKS: Mapping[str, str] = {"build": "worker_tasks", "verify": "verify_tasks"}
"""Of the commands that have a worker from the beginning the module with its tasks."""


def main() -> NoReturn:
    """Runs the command of ``sys.argv`` and exits with its exit code."""
    # Whatever else is installed has no say in how an issue is read, and is not searched for: pydantic would load it.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    try:
        _prepare_streams()
        _run_and_exit(sys.argv[1:])
    except KeyboardInterrupt as stop:  # before, or after, anything could be done about it
        os._exit(getattr(stop, "exit_code", ExitCode.INTERRUPTED))


def _run_and_exit(arguments: list[str]) -> NoReturn:
    install_signal_handlers()
    _exit(run(arguments, early=True))


def _exit(code: int) -> NoReturn:
    """Exits without freeing memory, which takes a twentieth of a build; a preview's thread might be building still."""
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    raise_deferred_signal()
    os._exit(code)


def _prepare_streams() -> None:
    """Opens closed standard streams on ``/dev/null``, and gives streams an encoding that can print Chinese.

    Where the system's encoding is not UTF-8, Python is restarted in its UTF-8 mode (PEP 540): names of files with
    characters that the encoding lacks could not be written into a report.
    """
    while (number := os.open(os.devnull, os.O_RDWR)) <= 2:  # a file opened later would take the place of a stream
        os.set_inheritable(number, True)
    os.close(number)
    sys.stdin = sys.stdin or open(0, encoding="utf-8")  # noqa: SIM115
    sys.stdout = sys.stdout or open(1, "w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or open(2, "w", encoding="utf-8")  # noqa: SIM115
    if sys.getfilesystemencoding() != "utf-8" and not sys.flags.utf8_mode:
        encoding = sys.stdout.encoding if _encodes_chinese(sys.stdout.encoding) else "utf-8"
        environment = {"PYTHONIOENCODING": f"{encoding}:backslashreplace", **os.environ, "PYTHONUTF8": "1"}
        os.execve(sys.executable, [sys.executable, *sys.orig_argv[1:]], environment)
    for stream in (sys.stdout, sys.stderr):
        encoding = stream.encoding if _encodes_chinese(stream.encoding) else "utf-8"
        stream.reconfigure(encoding=encoding, errors="backslashreplace")  # type: ignore[union-attr]  # they are files


def _encodes_chinese(encoding: str) -> bool:
    try:
        "版 →".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return False
    return True


def run(arguments: Sequence[str], *, early: bool = False) -> int:
    """Runs one command; prints to stdout and stderr, gives the exit code, raises nothing but ``SystemExit``.

    *early*: nothing but this module has been loaded, so that the worker of a build or a verification may be forked,
    which loads WeasyPrint, or what judges pages, while this process loads the commands and reads the copy or the seal.
    """
    try:
        lang, words = choose_language(arguments, os.environ)
    except UsageError as error:
        from layout.cli.guard import print_faults

        print_faults([error], "zh", sys.stderr)
        return error.exit_code
    others = ("-h", "--help", "--in-place", "--cluster")  # no worker here
    tasks = TASKS.get(words[0], "") if words else ""
    if not early or not tasks or any(word.split("=")[0] in others for word in words):
        return _run_command(lang, words)
    gc.disable()  # it ends before there is anything to collect
    from layout.pipeline.workers import Workers

    workers = Workers(fork=True, preload=import_module(f"layout.pipeline.{tasks}").PRELOAD)
    try:
        return _run_command(lang, words, workers)
    finally:
        workers.shutdown(wait=False)  # killed, it takes a moment to end: there is nothing left to wait for


def _run_command(lang: Lang, words: Sequence[str], workers: Workers | None = None) -> int:
    from layout.cli.app import run_command

    return run_command(lang, words, workers)
