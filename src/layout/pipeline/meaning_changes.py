"""What an issue prints otherwise than before, where a release changed the meaning of copy or plan.

The changes stand in ``meaning_changes.toml``; each is looked for by a function here, in the issue as it is read and in
what was found while it was set.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path

from layout.checks import Finding
from layout.errors import Message, Place, UsageError
from layout.issue import Issue, read_issue
from layout.manuscript.model import Paragraph
from layout.pipeline.options import Options
from layout.pipeline.run import check

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
class AffectedPassage:
    """Words of an issue that print otherwise."""

    place: Place
    words: str


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
    Raises ``UsageError`` for one that is neither, and what ``check`` raises.
    """
    first = _release(since)
    changes = [change for change in meaning_table().changes if _number(change.version) > first]
    issue = read_issue(folder)
    findings = check(folder, options, workers)
    for change in changes:
        if passages := tuple(dict.fromkeys(FINDERS[change.id](issue, findings))):
            yield change, passages


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


def _paragraphs(issue: Issue) -> Iterator[Paragraph]:
    """Every paragraph of every story."""
    return (paragraph for story in issue.stories for text in story.texts() for paragraph in text.paragraphs)


def raised(issue: Issue, findings: Sequence[Finding]) -> Iterator[AffectedPassage]:
    """Characters that are raised or lowered."""
    del findings
    for paragraph in _paragraphs(issue):
        for run in paragraph.runs:
            if run.level in ("super", "sub"):
                sign = "^" if run.level == "super" else "~"
                yield AffectedPassage(run.place, f"{sign}{run.text}{sign}")


def torn_figure(issue: Issue, findings: Sequence[Finding]) -> Iterator[AffectedPassage]:
    """Figures with their units that end a paragraph and are torn though they begin their line: no line holds them."""
    ends = {(each.place.file, each.place.line): each.text for each in _paragraphs(issue)}
    for finding in findings:
        if finding.check != "line.torn_unit" or finding.place is None:
            continue
        figure, _, unit = str(finding.amount["torn"]).partition("|")
        paragraph = ends.get((finding.place.file, finding.place.line), "")
        if finding.amount["line"] == figure and paragraph.endswith(figure + unit):
            yield AffectedPassage(finding.place, figure + unit)


FINDERS: Mapping[str, Callable[[Issue, Sequence[Finding]], Iterator[AffectedPassage]]] = {
    "raised": raised,
    "torn-figure": torn_figure,
}
"""By the id of a change."""
