"""Lines in a manuscript that silence one finding of the paragraph below: ``<!-- 不改 copy.sum：四舍五入 -->``."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_LINE = re.compile(r"<!--\s*(?:不改|keep)\s+(?P<check>copy\.\w+)\s*[：:]?\s*(?P<reason>.*?)\s*-->")


@dataclass(frozen=True, slots=True)
class Silence:
    """The finding *check* is not made of the copy at *covers*; ``line`` is that of the silence itself."""

    check: str
    reason: str
    """Why; without a reason a silence has no effect."""
    line: int
    covers: int
    """The line that it stands for: the first below that holds copy."""


def read_silence(line: str) -> tuple[str, str] | None:
    """The check and the reason of a line that is a silence and nothing else; None for any other line."""
    found = _LINE.fullmatch(line.strip())
    return (found["check"], found["reason"]) if found else None


def without_silences(lines: Sequence[str]) -> tuple[list[str], tuple[Silence, ...]]:
    """*lines* with those that are silences left empty, so that the others keep their numbers, and the silences."""
    rest, found = list(lines), []
    for number, line in enumerate(lines, 1):
        if "<!--" in line and (silence := read_silence(line)):
            rest[number - 1] = ""
            found.append((number, *silence))
    covered = (
        Silence(check, reason, number, next((n for n in range(number + 1, len(rest) + 1) if rest[n - 1].strip()), 0))
        for number, check, reason in found
    )
    return rest, tuple(covered)
