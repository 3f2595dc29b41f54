"""Writes an arrangement into its ``[[page]]`` of issue.toml; every other line, comments too, stays as it is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from layout.errors import Message, UsageError
from layout.issue import ISSUE_FILE
from layout.issue_writing.plan_edits import with_arrangement

if TYPE_CHECKING:
    from layout.pipeline.job import ListedPage


def pinned(folder: Path, pages: Sequence[ListedPage], which: int) -> tuple[Path, bytes]:
    """The plan of the issue in *folder* with arrangement number *which* of the one page that is listed.

    Raises ``UsageError`` where several pages are listed, where the page has no such arrangement or is one of a run, and
    where no arrangement fills the page.
    """
    if len(pages) != 1:
        names = ", ".join(str(each.plan.number) for each in pages)
        raise UsageError(
            Message(f"钉哪一版？这一期有 {names} 版由程序组。", f"Which page? The program makes up the pages {names}."),
            hint=Message("加 --page 1。", "Add --page 1."),
        )
    page, report = pages[0].plan, pages[0].report
    every = (report.chosen, *report.others)
    if which > len(every):
        raise UsageError(
            Message(f"第 {page.number} 版只列了 {len(every)} 种。", f"Page {page.number} has but {len(every)}."),
            hint=Message(f"--pin 1 到 --pin {len(every)}。", f"--pin 1 to --pin {len(every)}."),
        )
    if page.in_run:
        raise UsageError(
            Message(f"第 {page.number} 版是连版里的一版，钉不住。", f"Page {page.number} is one of a run."),
            hint=Message("给它自己的 [[page]]，写 number。", "Give it a [[page]] of its own, with number."),
        )
    if report.height != report.rows:
        raise UsageError(
            Message(
                f"第 {page.number} 版没有排满的组版，先不钉。",
                f"No arrangement fills page {page.number}.",
            ),
            hint=Message("先照 layout build 的提示增删。", "First mend it as layout build tells."),
        )
    path = folder / ISSUE_FILE
    return path, with_arrangement(path.read_bytes().decode(), page.number, every[which - 1].words).encode()
