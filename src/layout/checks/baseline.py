"""Baselines: files of findings that are known and fail no command, so that new ones do.

A finding is known again by its check, by what it is about (file, copy, what stands there) and by its sentence without
the numbers that were measured. Pages, lines and places on the page are not compared: copy that moves to another page
keeps its known findings. Of findings that are alike in all of these, as many are known as the file counts; one that
speaks for several places is known where the file counts as many.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from layout.checks.finding import Finding, Severity
from layout.checks.registry import registry
from layout.checks.retired import retired
from layout.errors import Hint, Message, Place, UsageError, refusal

SCHEMA = 1
"""Of the file; raised when a key changes its meaning."""

STALE, UNKNOWN = "baseline.stale", "baseline.unknown"
OWN = (STALE, UNKNOWN)
"""What is said of a baseline stands in none."""

LISTED = 5
"""Entries that one sentence names; the file has the others."""

CouldFind = Callable[[str], bool]
"""Whether a command, as it was called, could find what the check of that id finds."""

_QUOTED_OR_NUMBER = re.compile(r"(“[^”]*”)|[0-9]+(?:[.,][0-9]+)*")


@dataclass(frozen=True, slots=True, order=True)
class Identity:
    """What a finding is known by."""

    check: str
    about: str
    """File, flows and sources, with blanks between."""
    text: str
    """The Chinese sentence, in every language of the program; each number outside “ ” is a ``#``."""


def _is_the_pdf(finding: Finding) -> bool:
    """Whether its place is but the PDF that was judged: a build, which knows what it judges, gives its pages alone."""
    return finding.page_no is not None and finding.place is not None and finding.place.file.endswith(".pdf")


def identity_of(finding: Finding) -> Identity:
    """What *finding* is known by from one build to the next."""
    about = [finding.place.file] if finding.place and not _is_the_pdf(finding) else []
    about += [str(each) for each in (*finding.flows, *finding.sources)]
    text = _QUOTED_OR_NUMBER.sub(lambda match: match[1] or "#", (finding.single or finding.message).zh)
    return Identity(finding.check, " ".join(dict.fromkeys(about)), text)


@dataclass(frozen=True)
class Baseline:
    """The findings that are known, and how many of each."""

    counts: Mapping[Identity, int]
    file: str = ""
    """Where it was read."""

    @classmethod
    def of(cls, findings: Iterable[Finding]) -> Baseline:
        """One that knows *findings*."""
        counts: Counter[Identity] = Counter()
        for finding in findings:
            if finding.check not in OWN:
                counts[identity_of(finding)] += finding.places
        return cls(counts)

    def compared(self, findings: Iterable[Finding], could_find: CouldFind) -> tuple[Finding, ...]:
        """*findings*, those that are known marked; then what is to be said of entries that no longer fit, once."""
        left = Counter(self.counts)
        marked: list[Finding] = []
        for finding in findings:
            identity = identity_of(finding)
            known = left[identity] >= finding.places
            left[identity] = max(left[identity] - finding.places, 0)
            marked.append(replace(finding, known=True) if known else finding)
        return (*marked, *self._no_longer(+left, could_find))

    def renewed(self, findings: Iterable[Finding], could_find: CouldFind) -> Baseline:
        """One that knows *findings*, and of this one what the command could not have found."""
        there = registry().all()
        others = {each: n for each, n in self.counts.items() if each.check in there and not could_find(each.check)}
        return Baseline(Counter(others) | Counter(Baseline.of(findings).counts), self.file)

    def _no_longer(self, left: Mapping[Identity, int], could_find: CouldFind) -> Iterator[Finding]:
        """One finding of entries that found nothing, and one of those whose check does not exist."""
        there = registry().all()
        stale = [each for each in left if each.check in there and could_find(each.check)]
        unknown = list(dict.fromkeys(each.check for each in left if each.check not in there))
        if stale:
            count = sum(left[each] for each in stale)
            zh, en = _listed([f"{each.check} {each.text}" for each in stale])
            yield self._said(
                STALE,
                Message(f"基线里有 {count} 条已经查不到了：{zh}", f"{count} entries are no longer found: {en}"),
                Message("用 --write-baseline 重写基线文件。", "Write the file anew with --write-baseline."),
            )
        if unknown:
            became = [retired()[each].message for each in unknown if each in retired()]
            zh, en = _listed(unknown)
            yield self._said(
                UNKNOWN,
                Message(f"基线里有不存在的检查项：{zh}", f"There are no such checks: {en}"),
                Message("".join(each.zh for each in became), " ".join(each.en for each in became))
                if became
                else Message("layout explain 列出全部检查项。", "layout explain lists all checks."),
            )

    def _said(self, check: str, message: Message, hint: Message) -> Finding:
        return Finding(check, Severity.NOTE, message, Place(self.file), Hint(operator=hint))

    def as_bytes(self) -> bytes:
        """The file: one entry a line, sorted, so that a change of one is a change of one line."""
        rows = [
            {"check": each.check, "about": each.about, "text": each.text, "count": count}
            for each, count in sorted(self.counts.items())
        ]
        lines = ",\n".join("  " + json.dumps(row, ensure_ascii=False) for row in rows)
        return f'{{"schema": {SCHEMA}, "known": [\n{lines}\n]}}\n'.encode()


def _listed(names: list[str]) -> tuple[str, str]:
    more = len(names) - LISTED
    zh, en = "；".join(names[:LISTED]), "; ".join(names[:LISTED])
    return (f"{zh}；等等", f"{en}; and {more} more") if more > 0 else (zh, en)


def read_baseline(path: Path) -> Baseline:
    """The baseline in the file *path*.

    Raises ``UsageError`` for a file that is not there, cannot be read, is no JSON or none of ours.
    """
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise UsageError(
            Message("没有这个基线文件。", "There is no such baseline."),
            place=Place(str(path)),
            hint=Message("加 --write-baseline 就写一份。", "With --write-baseline one is written."),
        ) from error
    except OSError as error:
        why = refusal(error) or Message(str(error.strerror), str(error.strerror))
        message = Message(f"基线文件打不开：{why.zh}。", f"The baseline cannot be opened: {why.en}.")
        raise UsageError(message, place=Place(str(path))) from error
    except (ValueError, RecursionError) as error:
        place = Place(str(path), getattr(error, "lineno", None), getattr(error, "colno", None))
        raise _not_ours(place) from error
    if not isinstance(data, dict) or data.get("schema") != SCHEMA or not isinstance(data.get("known"), list):
        raise _not_ours(Place(str(path)))
    return Baseline(Counter(_entries(data["known"], path)), str(path))


def _entries(rows: list[object], path: Path) -> Iterator[Identity]:
    for number, row in enumerate(rows, start=1):
        match row:
            case {"check": str(check), "about": str(about), "text": str(text), "count": int(count)} if (
                count is not True and 0 < count <= MAX_COUNT
            ):
                renamed = retired()[check].renamed if check in retired() else ""
                yield from [Identity(renamed or check, about, text)] * count
            case _:
                message = Message(
                    f"基线第 {number} 条不对：要有 check、about、text 和 count（1–{MAX_COUNT}）。",
                    f"Entry {number} of the baseline lacks check, about, text or count (1–{MAX_COUNT}).",
                )
                raise UsageError(message, place=Place(str(path)), hint=_ANEW)


MAX_COUNT = 10_000
"""Alike findings; a story of a million characters has fewer slips of one kind."""

_ANEW = Message(
    "如果确是基线，删去它，再用 --write-baseline 写一份。",
    "If it is a baseline, delete it and write it anew with --write-baseline.",
)


def _not_ours(place: Place) -> UsageError:
    message = Message(f"这不是基线文件（schema {SCHEMA}）。", f"This is no baseline of ours (schema {SCHEMA}).")
    return UsageError(message, place=place, hint=_ANEW)
