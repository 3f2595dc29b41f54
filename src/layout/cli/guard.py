"""Error handling of the command line: every error becomes a message and an exit code, never a traceback."""

from __future__ import annotations

import os
import platform
import re
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import typer
from typer import TyperException
from typer.core import TyperArgument, TyperOption

from layout.errors import (
    ExitCode,
    Lang,
    LayoutError,
    MaterialError,
    Message,
    Place,
    PrintError,
    UsageError,
    meant,
    refusal,
)

CRASH_LOG = "layout-crash.txt"

MOST = 20
"""Faults printed one by one: a manuscript of the wrong kind has thousands."""


def guarded(work: Callable[[], int], lang: Lang, stderr: TextIO | None = None) -> int:
    """Runs *work* and returns its exit code; prints any error to *stderr* and returns the exit code for it."""
    out = stderr or sys.stderr
    try:
        with crash_log():
            code = work()
            sys.stdout.flush()
            return code
    except LayoutError as error:
        return _reported(error, lang, out)
    except typer.TyperException as fault:
        return _reported(usage_error_of(fault), lang, out)
    except (KeyboardInterrupt, typer.Abort) as stop:
        return getattr(stop, "exit_code", ExitCode.INTERRUPTED)  # that of a signal, where it was one: see ``stopping``
    except BrokenPipeError:
        # What is still buffered would break the pipe again when Python closes the stream.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.PIPE_CLOSED


def _reported(error: LayoutError, lang: Lang, out: TextIO) -> int:
    with suppress(OSError, ValueError):  # stderr may be closed; the exit code remains
        print_faults(error.faults(), lang, out)
    return error.exit_code


def print_faults(faults: Sequence[LayoutError], lang: Lang, out: TextIO) -> None:
    """Prints every fault as ``file:line:col: sentence`` and its hint below; of very many only the first."""
    for fault in faults[:MOST]:
        place = f"{short(fault.place)}: " if fault.place else ""
        print(f"{place}{fault.message.text(lang)}", file=out)
        for hint in fault.hint.lines(lang) if fault.hint else ():
            print(f"  → {hint}", file=out)
    if len(faults) > MOST:
        more = len(faults) - MOST
        print(Message(f"还有 {more} 处。", f"And {more} more.").text(lang), file=out)


def short(place: Place) -> str:
    """A place for display: files below the working folder by their path from there."""
    path = Path(place.file)
    if path.is_absolute() and path.is_relative_to(Path.cwd()):
        return str(replace(place, file=str(path.relative_to(Path.cwd()))))
    return str(place)


@contextmanager
def crash_log(folder: Path | None = None) -> Iterator[None]:
    """Turns an unexpected error into one sentence, and writes its traceback to a log.

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
    """The fault for an unexpected error; its traceback goes to a log in *folder* or the temporary folder."""
    if isinstance(error, OSError) and "cannot load library" in str(error):
        return MaterialError(
            Message("系统里缺少排版用的库（Pango）。", "A library of the system is missing (Pango)."),
            hint=Message("layout doctor 会说该装什么。", "layout doctor says what to install."),
        )
    why = refusal(error) if isinstance(error, OSError) else None
    return _refused(error, why) if isinstance(error, OSError) and why else _crashed(error, folder)


def _refused(error: OSError, why: Message) -> PrintError:
    """The fault for a file that the system does not let us read or write."""
    return PrintError(
        Message(f"读写文件出错：{why.zh}。", f"A file could not be read or written: {why.en}."),
        place=Place(os.fspath(error.filename)) if isinstance(error.filename, str | os.PathLike) else None,
        hint=Message(
            "请检查磁盘空间和文件夹权限，再试一次。",
            "Check the disk space and the folder's permissions, then try again.",
        ),
    )


def _crashed(error: Exception, folder: Path | None) -> PrintError:
    log = _written(error, folder)
    name = type(error).__name__
    where = Message(f"详情在 {log}，", f"The details are in {log}; ") if log else Message("", "")
    return PrintError(
        Message(
            f"内部错误（{name}），这是程序的毛病，不是稿件的。",
            f"Internal error ({name}): the program's fault, not yours.",
        ),
        hint=Message(f"{where.zh}请把它交给维护者。", f"{where.en}please hand it to the maintainers."),
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


if TYPE_CHECKING:
    from pydantic_core import ErrorDetails


def usage_error_of(fault: TyperException) -> UsageError:
    """The fault for a wrongly typed command, in both languages; *fault* is what Typer raised.

    Its classes are not public, so they are distinguished by their attributes; the last resort is their own message.
    """
    context = getattr(fault, "ctx", None)
    path = context.command_path if context else "layout"
    hint = Message(f"{path} -h 有用法和例子。", f"{path} -h shows how it is used, with examples.")
    option = getattr(fault, "option_name", None)
    if option and hasattr(fault, "possibilities") and context is not None:
        known = [flag for parameter in context.command.params for flag in getattr(parameter, "opts", ())]
        hint = meant(option, [flag for flag in known if flag.startswith("-")] + ["--lang", "--help"])
    return UsageError(_what_is_wrong(fault), hint=hint)


def _what_is_wrong(fault: TyperException) -> Message:
    option = getattr(fault, "option_name", None)
    name = _typed_name(getattr(fault, "param", None))
    extra = re.search(r"unexpected extra argument\S* \((.*)\)", fault.message)
    if option and hasattr(fault, "possibilities"):
        return Message(f"没有选项 {option}。", f"There is no option {option}.")
    if option:
        return Message(f"选项 {option} 少了值，或不该带值。", f"Option {option} lacks its value, or takes none.")
    if hasattr(fault, "param_type"):
        return Message(f"缺少 {name}。", f"{name} is missing.")
    if name:
        return _wrong_value(name, fault)
    if extra:
        return Message(f"多了参数：{extra[1]}。", f"There is an argument too many: {extra[1]}.")
    return Message(f"命令用法不对：{fault.message}", f"Wrong usage: {fault.message}")


def _wrong_value(name: str, fault: TyperException) -> Message:
    """An option or argument with a value that it does not take. Typer leaves the checking to pydantic."""
    errors: Sequence[ErrorDetails] = getattr(fault.__cause__, "errors", list)()
    for error in errors[:1]:
        value, context = error["input"], error.get("ctx", {})
        words = {
            "int_parsing": ("应为整数", "a whole number"),
            "float_parsing": ("应为数", "a number"),
            "greater_than_equal": (f"应不小于 {context.get('ge')}", f"at least {context.get('ge')}"),
            "less_than_equal": (f"应不大于 {context.get('le')}", f"at most {context.get('le')}"),
        }
        if error["type"] in words:
            zh, en = words[error["type"]]
            return Message(f"{name} 是“{value}”，{zh}。", f"{name} is “{value}”, and must be {en}.")
    if "not readable" in fault.message:
        return Message(f"{name} 打不开：没有权限。", f"{name} cannot be opened: permission denied.")
    return Message(f"{name} 的值不对（{fault.message}）。", f"{name} has a wrong value ({fault.message}).")


def _typed_name(parameter: TyperArgument | TyperOption | None) -> str:
    """A parameter as it stands on the command line: an option by its last name, an argument by its word in the help."""
    if parameter is None:
        return ""
    return str(parameter.display_name_raw if isinstance(parameter, TyperArgument) else parameter.opts[-1])
