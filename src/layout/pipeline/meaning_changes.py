"""What an issue prints otherwise than before, where a release changed the meaning of copy or plan.

The changes stand in ``meaning_changes.toml``; ``meaning_finders`` looks for each. A rule of composition that breaks
lines elsewhere changes no meaning and has no row.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from pathlib import Path

from layout.errors import LayoutError, Message, UsageError
from layout.issue import read_issue
from layout.page.frames import SetLine
from layout.pipeline.meaning_finders import FINDERS, AffectedPassage, ExaminedIssue
from layout.pipeline.options import Options
from layout.pipeline.run import build_files, workplace

_VERSION = re.compile(r"(\d{1,4})(?:\.(\d{1,4}))?(?:\.(\d{1,4}))?")
_IN_REPORT = re.compile(rb'"program": "lianghui-layout (\d[\d.]*)"')
_HEAD = 4096
"""Bytes of a report in which its program stands: it is the second key."""


@dataclass(frozen=True, slots=True)
class MeaningChange:
    """A row of the table: what a release prints otherwise than the one before."""

    id: str
    version: str
    title: Message
    before: Message
    now: Message
    advice: Message


@dataclass(frozen=True, slots=True)
class MeaningTable:
    """All changes, and the releases they came with."""

    releases: tuple[str, ...]
    changes: tuple[MeaningChange, ...]


@cache
def meaning_table() -> MeaningTable:
    """The table as it is shipped."""
    table = tomllib.loads(files("layout.pipeline").joinpath("meaning_changes.toml").read_text(encoding="utf-8"))
    texts = ("title", "before", "now", "advice")
    return MeaningTable(
        tuple(table["releases"]),
        tuple(
            MeaningChange(row["id"], row["version"], *(Message(**row[text]) for text in texts))
            for row in table["change"]
        ),
    )


def changed_meanings(
    folder: Path, since: str, options: Options, workers: Executor | None = None
) -> Iterator[tuple[MeaningChange, tuple[AffectedPassage, ...]]]:
    """The changes after release *since* that the issue in *folder* meets, each with its places.

    *since* is a release, or the path of a report.json, whose build is meant; empty for the release before this one.
    Where the pages cannot be set, which may be because of what has changed, first come the changes that are seen in the
    copy alone. Raises ``UsageError`` for a release that is none, and what ``build`` raises.
    """
    first = _release(since)
    changes = [change for change in meaning_table().changes if _number(change.version) > first]
    failed: LayoutError | None = None
    lines: tuple[SetLine, ...] = ()
    try:
        with workplace(workers) as place:  # the pages are set, and nothing is written
            built, _ = build_files(folder, replace(options, png=False, keep=True), place)
        lines = tuple(line for page in built.pages for line in page.lines)
    except LayoutError as fault:
        failed = fault
    examined = ExaminedIssue(read_issue(folder), lines)
    for change in changes:
        if passages := tuple(dict.fromkeys(FINDERS[change.id](examined))):
            yield change, passages
    if failed is not None:
        raise failed


def _release(since: str) -> tuple[int, ...]:
    """The release that *since* names, as a number that can be compared."""
    if not since:
        return _number(meaning_table().releases[-2])
    if _VERSION.fullmatch(since):
        return _number(since)
    try:
        with Path(since).open("rb") as report:
            found = _IN_REPORT.search(report.read(_HEAD))
    except OSError:
        found = None
    if found is None:
        raise UsageError(
            Message(f"--since 不是版本号，也不是报告：“{since}”。", f"--since is no release and no report: “{since}”."),
            hint=Message(
                f"写成 0.1.0，或上次出版的 report.json；有过的版本：{'、'.join(meaning_table().releases)}。",
                f"Write 0.1.0, or the last build's report.json; releases: {', '.join(meaning_table().releases)}.",
            ),
        )
    return _number(found[1].decode())


def _number(version: str) -> tuple[int, ...]:
    match = _VERSION.match(version)
    return tuple(int(part or 0) for part in match.groups()) if match else (0, 0, 0)
