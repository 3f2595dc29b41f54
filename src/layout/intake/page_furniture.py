"""Recognises what stands on a page beside its copy: folios, dates, jump lines, repeated heads, the page's own names.

Nothing is dropped by itself: a reader takes these paragraphs out of the copy and lists each, with its place.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from layout.errors import Message

_LONGEST = 80
"""Characters of a line of furniture; what is longer is copy."""
_REPEATED = 3
"""How often a short line stands in a file that is the head of its pages."""
_LONGEST_REPEATED = 24

JUMP = re.compile(
    r"[（(【\[]\s*(?:(?P<to>下转|转)|(?P<back>上接|紧?接|续))\s*(?:今日)?(?:第\s*)?[A-H]?\d{1,3}\s*版[^）)】\]]{0,16}[）)】\]]"
)
"""A jump line in brackets, which may stand in the line of the copy that it belongs to."""


@dataclass(frozen=True, slots=True)
class _Patterns:
    whole: tuple[tuple[Message, re.Pattern[str], bool], ...]
    """Kind, pattern, and whether copy has such lines too."""
    folio: tuple[re.Pattern[str], ...]
    staff: re.Pattern[str]


JUMP_LINE = Message("转版行", "jump line")
PART_NUMBER = Message("分节的序号", "number of a part")
_REPEATED_HEAD = Message("各页重复的字", "words that every page repeats")
_FOLIO = Message("报眉", "folio")
STAFF = Message("版面署名", "names of the page's editors")


@cache
def _patterns() -> _Patterns:
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    staff = _staff()
    folio = tuple(re.compile(each.replace("{staff}", staff)) for each in table["words"]["folio"])
    name = r"[\u4e00-\u9fff·]{2,4}|[\u4e00-\u9fff]\s[\u4e00-\u9fff]|[A-Za-z0-9.@_\-—]+"
    one = rf"(?:本版)?(?:{staff})\s*[:：/／\s]\s*(?:{name})(?:[\s、，]+(?!(?:{staff}))(?:{name}))*"
    return _Patterns(
        tuple(
            (Message(**row["kind"]), re.compile(row["pattern"]), row.get("weak", False)) for row in table["furniture"]
        ),
        folio,
        re.compile(rf"[（(]?\s*{one}(?:[\s,，;；|｜]*{one})*\s*[）)]?"),
    )


def furniture_of(line: str, repeated: frozenset[str] = frozenset(), *, paged: bool = False) -> Message | None:
    """What kind of furniture a line is, all of it; None for copy.

    *repeated*: the heads of the file's pages. *paged*: whether the file is known to come out of pages, so that a number
    or a date by itself is theirs and not the copy's.
    """
    words = line.strip()
    if not words or len(words) > _LONGEST or "。" in words:
        return None
    known = _patterns()
    if words in repeated:
        return _REPEATED_HEAD
    for kind, pattern, weak in known.whole:
        if (paged or not weak) and pattern.fullmatch(words):
            return kind
    if known.staff.fullmatch(words) and (re.search("[:：/／]", words) or len(staff_in(words)) > 1):
        return STAFF
    if sum(bool(part.search(words)) for part in known.folio) > 1 and "，" not in words:
        return _FOLIO
    return None


def comes_out_of_pages(lines: Sequence[str]) -> bool:
    """Whether a file was taken out of pages: one of its lines is furniture whatever the file."""
    return any(furniture_of(line) for line in lines)


def numbered_parts(lines: Sequence[str]) -> frozenset[str]:
    """The numbers 01, 02 … that stand by themselves above the parts of a story, each once and in their order."""
    numbers = [line.strip() for line in lines if re.fullmatch(r"0\d", line.strip())]
    return (
        frozenset(numbers)
        if len(numbers) > 1 and numbers == [f"0{count}" for count in range(1, len(numbers) + 1)]
        else frozenset()
    )


def is_date(words: str) -> bool:
    """Whether *words* are a date, and nothing else."""
    return (
        re.fullmatch(
            r"(20\d\d|[二〇零○一二三四五六七八九]{4})年[\d一二三四五六七八九十]{1,3}月[\d一二三四五六七八九十]{1,3}日",
            words.strip(),
        )
        is not None
    )


def without_jumps(line: str) -> tuple[str, tuple[str, ...]]:
    """*line* without the jump lines in brackets at its ends, and these."""
    text, found = line, []
    for match in reversed(list(JUMP.finditer(line))):
        if not text[match.end() :].strip() or not text[: match.start()].strip():
            found.append(match[0])
            text = (text[: match.start()] + text[match.end() :]).strip()
    return text, tuple(reversed(found))


def repeated_heads(lines: Sequence[str]) -> frozenset[str]:
    """Short lines without a sentence that stand in a file three times or more."""
    counts = Counter(each.strip() for each in lines if len(each) <= _LONGEST_REPEATED)
    return frozenset(
        words
        for words, count in counts.items()
        if words and count >= _REPEATED and not re.search("[。！？；：，、]", words)
    )


def staff_in(words: str) -> tuple[tuple[str, str], ...]:
    """Offices and names in a line that is ``STAFF``: 责编：张三 校对：李四."""
    found = re.findall(
        rf"(?:本版)?({_staff()})\s*[:：/／\s]\s*(.*?)(?=(?:[\s,，;；|｜]*(?:本版)?(?:{_staff()})\s*[:：/／])|$)", words
    )
    return tuple((office, name.strip(" \u3000,，;；|｜）)")) for office, name in found)


@cache
def _staff() -> str:
    """A pattern of the offices, the longer first."""
    table = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
    return "|".join(sorted(map(re.escape, table["words"]["staff"]), key=len, reverse=True))
