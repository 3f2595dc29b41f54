"""Faults of single pages, collected and raised together."""

from __future__ import annotations

import errno
import signal
from collections.abc import Iterable
from concurrent.futures import Future
from typing import TypeVar

from layout.errors import Faults, LayoutError, Message, PrintError
from layout.pipeline.progress import Reporter
from layout.pipeline.stages import stage_name
from layout.pipeline.workers import MEMORY, WorkerDied

T = TypeVar("T")


def raise_together(faults: Iterable[LayoutError]) -> None:
    """Raises *faults*, given page by page, if there are any; a fault that several pages share is raised once."""
    different: dict[object, LayoutError] = {}
    for fault in (single for each in faults for single in each.faults()):
        different.setdefault((type(fault), fault.message, fault.place), fault)
    if different:
        raise next(iter(different.values())) if len(different) == 1 else Faults(list(different.values()))


def result_of(future: Future[T], number: int, report: Reporter) -> T:
    """The result of the work on page *number*, whose progress went to *report*.

    Raises what the work raises; ``PrintError`` where its process ended or took too much memory.
    """
    try:
        return future.result()
    except WorkerDied as died:
        raise _ended(number, report.stage, died.signal) from died
    except (MemoryError, OSError) as error:
        if isinstance(error, OSError) and error.errno != errno.ENOMEM:
            raise
        raise _too_large(number, report.stage) from error


def _ended(number: int, stage: str, sign: int) -> PrintError:
    name = signal.Signals(sign).name if sign in signal.valid_signals() else ""
    at = _at(stage)
    return PrintError(
        Message(f"第{number}版没有做成：做它的进程中途结束了（{at.zh}{name and '，'}{name}）。",
                f"Page {number} was not made: its process ended before it was done ({at.en}{name and ', '}{name})."),
        hint=Message("内存够不够？再试一次；还是这样，就从这一版的图片和版式里找原因。",
                  "Is there memory enough? Try again; if it stays so, look to the page's pictures and its design."),
    )  # fmt: skip


def _too_large(number: int, stage: str) -> PrintError:
    at, most = _at(stage), f"{MEMORY / (1 << 30):g} GiB"
    return PrintError(
        Message(f"第{number}版没有做成：内存超过了上限（{at.zh}）。",
                f"Page {number} was not made: it took more memory than a page may ({at.en})."),
        hint=Message(f"一版最多用 {most}；把这一版的图片或 SVG 做小些。",
                     f"A page may take {most}: make its pictures or SVG drawings smaller."),
    )  # fmt: skip


def _at(stage: str) -> Message:
    return Message(stage_name(stage, "zh"), stage_name(stage, "en")) if stage else Message("还没开始", "not yet begun")
