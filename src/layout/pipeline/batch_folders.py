"""The issues of a batch: folders that hold an issue.toml, below those that are named, and where each is written."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from layout.errors import Message, UsageError
from layout.issue import ISSUE_FILE


@dataclass(frozen=True, slots=True)
class BatchIssue:
    """An issue of a batch."""

    folder: Path
    name: str
    """Where it is written below the batch's folder: its path from the folder that was named, with ``/``."""


def issues_below(folders: Sequence[Path], out: Path) -> tuple[BatchIssue, ...]:
    """Every issue in *folders*, itself one or holding some at any depth, in the order of their names.

    What lies in *out* and in hidden folders is none. Raises ``UsageError`` for a folder that holds no issue, and where
    two issues would be written to the same place.
    """
    found: dict[Path, BatchIssue] = {}
    for folder in folders:
        below = list(_below(folder, out))
        if not below:
            raise _none_in(folder)
        for issue in below:
            found.setdefault(issue.folder.resolve(), issue)  # named twice, it is one
    places: dict[str, BatchIssue] = {}
    for issue in found.values():
        other = places.setdefault(issue.name.casefold(), issue)
        if other is not issue:
            raise UsageError(
                Message(f"{other.folder} 和 {issue.folder} 会写到同一处：{out / issue.name}。",
                        f"{other.folder} and {issue.folder} would be written to the same place: {out / issue.name}."),
                hint=Message("给出它们共同的上级文件夹，或分两批做。",
                             "Name the folder that holds both, or make two batches."),
            )  # fmt: skip
    return tuple(found.values())


def _below(folder: Path, out: Path) -> Iterator[BatchIssue]:
    if (folder / ISSUE_FILE).is_file():
        yield BatchIssue(folder, folder.resolve().name)
        return
    for top, names, files in os.walk(folder):
        here = Path(top)
        if ISSUE_FILE in files:
            names.clear()  # no issue lies in another
            yield BatchIssue(here, here.relative_to(folder).as_posix())
            continue
        names[:] = sorted(
            name for name in names if not name.startswith(".") and (here / name).resolve() != out.resolve()
        )


def _none_in(folder: Path) -> UsageError:
    if not folder.is_dir():
        return UsageError(
            Message(f"没有文件夹 {folder}。", f"There is no folder {folder}."),
            hint=Message("查一查路径。", "Check the path."),
        )
    return UsageError(
        Message(f"{folder} 里一期也没有。", f"There is no issue in {folder}."),
        hint=Message(f"给出含 {ISSUE_FILE} 的文件夹，或装着这种文件夹的文件夹。",
                     f"Name a folder with an {ISSUE_FILE}, or one that holds such folders."),
    )  # fmt: skip
