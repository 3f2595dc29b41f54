"""Files written all or none: a failed or killed build leaves the last good ones."""

from __future__ import annotations

import errno
import json
import os
import shutil
import signal
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path

from layout.errors import Message, Place, PrintError, UsageError, refusal
from layout.pipeline.renaming import finish_interrupted, lives, put_in_place

Files = dict[Path, "bytes | Path"]
"""What is to be written: contents, or files that hold them."""

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def write_all(files: Mapping[Path, bytes | Path]) -> None:
    """Writes *files* beside their targets first, then puts them all in place. A path stands for the file it names.

    Raises ``UsageError`` when the folder cannot be made, ``PrintError`` when it cannot be written to.
    """
    waiting: list[tuple[Path, Path]] = []
    target = Path()
    for folder in {target.parent for target in files}:
        finish_interrupted(folder)
    try:
        for target, content in files.items():
            _make_folder(target.parent)
            if target.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(target))
            _sweep(target)
            draft = target.with_name(f".{target.name}.{os.getpid()}.part")
            waiting.append((draft, target))
            if isinstance(content, Path):
                shutil.copyfile(content, draft)
            else:
                draft.write_bytes(content)
        with _signals_deferred():
            put_in_place(waiting)
    except OSError as error:
        raise _not_written(target, error) from error
    finally:
        for draft, _ in waiting:
            with suppress(OSError):  # where nothing can be written there is nothing to take away
                draft.unlink(missing_ok=True)


def _sweep(target: Path) -> None:
    """Takes away the drafts of *target* that a run which was killed has left. One that is still at work keeps its own.

    A draft's name bears the process id of its run.
    """
    for draft in target.parent.glob(f".{escape(target.name)}.*.part"):
        number = draft.name.removesuffix(".part").rpartition(".")[2]
        if number.isdecimal() and not lives(int(number)):
            with suppress(OSError):
                draft.unlink()


@contextmanager
def _signals_deferred() -> Iterator[None]:
    """Signals to end are deferred until the context ends: half of the files would be new, half the last good ones."""
    if threading.current_thread() is not threading.main_thread():  # Python runs no handler in any other
        yield
        return
    received: list[int] = []
    # A mask would not do: another thread would take the signal, and the handler runs in this one all the same.
    before = {each: signal.signal(each, lambda number, _: received.append(number)) for each in _ENDING}
    try:
        yield
    finally:
        for each, handler in before.items():
            signal.signal(each, handler if handler is not None else signal.SIG_DFL)
        for number in received:
            signal.raise_signal(number)


def _not_written(target: Path, error: OSError) -> PrintError:
    why = refusal(error) or Message(str(error.strerror), str(error.strerror))
    return PrintError(
        Message(f"写不进：{why.zh}。上一次的成品原样留着。", f"cannot be written: {why.en}. The last good files stay."),
        place=Place(str(target)),
        hint=Message(
            "检查磁盘空间和权限，或用 -o 换一个文件夹。", "Check space and rights, or choose another folder with -o."
        ),
    )


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except (FileExistsError, NotADirectoryError) as error:
        raise UsageError(
            Message(
                f"{folder} 不是文件夹，成品没处放。", f"{folder} is not a folder: there is no place for the output."
            ),
            hint=Message("用 -o 换一个输出文件夹。", "Choose another output folder with -o."),
        ) from error


def report_files(out: Path, issue_id: str, report: Mapping[str, object]) -> dict[Path, bytes]:
    """The report twice: ``report.json``, which the next issue in the same folder replaces, and one that stays."""
    content = report_bytes(report)
    return {out / "report.json": content, out / f"{issue_id}.report.json": content}


def report_bytes(report: Mapping[str, object]) -> bytes:
    """A report as ``report.json`` holds it."""
    # A file's name may not be UTF-8: what stands for its bytes is written as JSON escapes it.
    return (json.dumps(report, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
