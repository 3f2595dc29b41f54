"""Writes an arrangement into its ``[[page]]`` of issue.toml; every other line, comments too, stays as it is.

A page of a run gets a ``[[page]]`` of its own, and so do the others of its run, each with the arrangement that it has.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from layout.errors import Message, UsageError
from layout.issue import ISSUE_FILE
from layout.issue_writing.parted_runs import PartedPage, with_run_parted
from layout.issue_writing.plan_edits import with_arrangement

if TYPE_CHECKING:
    from layout.pipeline.job import ListedPage


@dataclass(frozen=True)
class WrittenPlan:
    """An issue.toml to be written, and what was changed in it."""

    path: Path
    content: bytes
    told: Message


def pinned(folder: Path, pages: Sequence[ListedPage], which: int, number: int | None = None) -> WrittenPlan:
    """The plan of the issue in *folder* with arrangement number *which* of page *number*, or of the one that is listed.

    Raises ``UsageError`` where no number is given and several pages are listed, where the page has no such arrangement,
    and where no arrangement fills it.
    """
    if number is None and len(pages) != 1:
        names = ", ".join(str(each.plan.number) for each in pages)
        raise UsageError(
            Message(f"钉哪一版？这一期有 {names} 版由程序组。", f"Which page? The program makes up the pages {names}."),
            hint=Message("加 --page 1。", "Add --page 1."),
        )
    listed = next(each for each in pages if number in (None, each.plan.number))
    page, report = listed.plan, listed.report
    every = (report.chosen, *report.others)
    if which > len(every):
        raise UsageError(
            Message(f"第 {page.number} 版只列了 {len(every)} 种。", f"Page {page.number} has but {len(every)}."),
            hint=Message(f"--pin 1 到 --pin {len(every)}。", f"--pin 1 to --pin {len(every)}."),
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
    text, words = path.read_bytes().decode(), every[which - 1].words
    told = Message(f"写进了 {path}：第 {page.number} 版 arrangement",
                   f"Written into {path}: arrangement of page {page.number}")  # fmt: skip
    if page.in_run is None:
        return WrittenPlan(path, with_arrangement(text, page.number, words).encode(), told)
    run = [_parted(each, words if each is listed else "") for each in _run_of(listed, pages)]
    last = run[-1].number
    told = Message(
        f"写进了 {path}：连版 {run[0].number}-{last} 拆成一版一段 [[page]]，各照现在的组版写定；"
        f"第 {page.number} 版是第 {which} 种",
        f"Written into {path}: the run {run[0].number}-{last} became a [[page]] for each page, with the arrangements "
        f"that they have; page {page.number} has number {which}",
    )
    return WrittenPlan(path, with_run_parted(text, run).encode(), told)


def _run_of(listed: ListedPage, pages: Sequence[ListedPage]) -> list[ListedPage]:
    """The pages of the run of *listed*, which are counted from 1 in it."""
    first = listed.plan.number - (listed.plan.in_run or 1)
    return [each for each in pages if each.plan.in_run is not None and each.plan.number - each.plan.in_run == first]


def _parted(listed: ListedPage, words: str) -> PartedPage:
    """A page of a run with the arrangement of these *words*, or as it is arranged where that is full."""
    plan, report = listed.plan, listed.report
    as_it_is = report.chosen.words if report.height == report.rows else ""
    stories, pictures = ({each.id for each in own} for own in (plan.stories, plan.pictures))
    return PartedPage(plan.number, plan.title, stories, pictures, words or as_it_is)
