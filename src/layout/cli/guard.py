"""Between a command and the user: every error becomes a sentence and an exit code; no traceback gets through."""

from __future__ import annotations

import os
import platform
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TextIO

import typer

from layout.cli.usage_errors import misuse
from layout.errors import Lang, LayoutError, MaterialError, Place, PrintError, Said, refusal

INTERRUPTED = 130
"""128 + SIGINT, as the shell counts."""

PIPE_CLOSED = 141
"""128 + SIGPIPE, as the shell counts."""

CRASH_LOG = "layout-crash.txt"

MOST = 20
"""Faults told one by one: a manuscript of the wrong kind has thousands."""


def guarded(work: Callable[[], int], lang: Lang, stderr: TextIO | None = None) -> int:
    """Do *work* and return its exit code; on any error print what happened to *stderr* and return the code for it."""
    out = stderr or sys.stderr
    try:
        with crash_log():
            code = work()
            sys.stdout.flush()
            return code
    except LayoutError as error:
        return _reported(error, lang, out)
    except typer.TyperException as fault:
        return _reported(misuse(fault), lang, out)
    except (KeyboardInterrupt, typer.Abort) as stop:
        return getattr(stop, "exit_code", INTERRUPTED)  # that of a signal, where it was one: see ``stopping``
    except BrokenPipeError:
        # What is still buffered would break the pipe again when Python closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return PIPE_CLOSED


def _reported(error: LayoutError, lang: Lang, out: TextIO) -> int:
    with suppress(OSError, ValueError):  # nobody listens: the exit code still tells
        tell(error.faults(), lang, out)
    return error.exit_code


def tell(faults: Sequence[LayoutError], lang: Lang, out: TextIO) -> None:
    """Print every fault as ``file:line:col: sentence`` and its hint below; of very many the first."""
    for fault in faults[:MOST]:
        place = f"{short(fault.place)}: " if fault.place else ""
        print(f"{place}{fault.said.text(lang)}", file=out)
        if fault.hint:
            print(f"  → {fault.hint.text(lang)}", file=out)
    if len(faults) > MOST:
        more = len(faults) - MOST
        print(Said(f"还有 {more} 处。", f"And {more} more.").text(lang), file=out)


def short(place: Place) -> str:
    """A place as a reader wants it: files below the working folder by their path from there."""
    path = Path(place.file)
    if path.is_absolute() and path.is_relative_to(Path.cwd()):
        return str(replace(place, file=str(path.relative_to(Path.cwd()))))
    return str(place)


@contextmanager
def crash_log(folder: Path | None = None) -> Iterator[None]:
    """Turn an error nobody foresaw into one sentence, and keep what a programmer needs in a log.

    It is ``layout-crash.txt`` in *folder*, or a file in the temporary folder when that cannot be written. Success
    removes the log of an earlier crash.
    """
    try:
        yield
    except (LayoutError, typer.TyperException, typer.Exit, typer.Abort, BrokenPipeError):
        raise
    except Exception as error:
        raise as_fault(error, folder) from error
    if folder is not None:
        (folder / CRASH_LOG).unlink(missing_ok=True)


def as_fault(error: Exception, folder: Path | None = None) -> LayoutError:
    """A sentence for an error nobody foresaw; its details go to a log in *folder* or the temporary folder."""
    if isinstance(error, OSError) and "cannot load library" in str(error):
        return MaterialError(
            Said("系统里缺少排版用的库（Pango）。", "A library of the system is missing (Pango)."),
            hint=Said("layout doctor 会说该装什么。", "layout doctor says what to install."),
        )
    why = refusal(error) if isinstance(error, OSError) else None
    return _refused(error, why) if isinstance(error, OSError) and why else _crashed(error, folder)


def _refused(error: OSError, why: Said) -> PrintError:
    """The machine said no to reading or writing a file."""
    return PrintError(
        Said(f"读写文件出错：{why.zh}。", f"A file could not be read or written: {why.en}."),
        place=Place(os.fspath(error.filename)) if isinstance(error.filename, str | os.PathLike) else None,
        hint=Said(
            "请检查磁盘空间和文件夹权限，再试一次。",
            "Check the disk space and the folder's permissions, then try again.",
        ),
    )


def _crashed(error: Exception, folder: Path | None) -> PrintError:
    log = _written(error, folder)
    name = type(error).__name__
    where = Said(f"详情在 {log}，", f"The details are in {log}; ") if log else Said("", "")
    return PrintError(
        Said(
            f"内部错误（{name}），这是程序的毛病，不是稿件的。",
            f"Internal error ({name}): the program's fault, not yours.",
        ),
        hint=Said(f"{where.zh}请把它交给维护者。", f"{where.en}please hand it to the maintainers."),
    )


def installed_version() -> str:
    """The version that is installed."""
    from importlib import metadata  # noqa: PLC0415  (a twentieth of a second, hardly ever needed)

    try:
        return metadata.version("lianghui-layout")
    except metadata.PackageNotFoundError:
        return "0 (not installed)"


def _written(error: Exception, folder: Path | None) -> Path | None:
    head = f"layout {installed_version()}, Python {platform.python_version()}, {platform.platform()}\n{sys.argv}\n\n"
    text = head + "".join(traceback.format_exception(error))
    try:
        if folder is None:
            # A name of its own: the temporary folder is everybody's.
            number, name = tempfile.mkstemp(prefix="layout-crash-", suffix=".txt")
            os.close(number)
            log = Path(name)
        else:
            folder.mkdir(parents=True, exist_ok=True)
            log = folder / CRASH_LOG
        log.write_text(text, encoding="utf-8")
    except OSError:
        return _written(error, None) if folder else None
    return log
