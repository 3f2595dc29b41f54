"""Reads ``marks.json``: the marks that a reader of the proof page typed and downloaded."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass as checked

from layout.errors import Message, Place, UsageError, refusal
from layout.geometry import Box
from layout.proof.marks.kinds import mark_kinds

SCHEMA = 1
"""Of the file; raised when a key changes its meaning."""

MAX_BYTES = 16_000_000
"""A thousand marks with the paragraphs they stand in have one."""

MAX_MARKS = 5_000
"""A page of a broadsheet has five thousand characters."""

Words = Annotated[str, Field(max_length=20_000)]
"""A paragraph; the longest that a newspaper prints has two thousand characters."""
Name = Annotated[str, Field(max_length=200)]
Digest = Annotated[str, Field(pattern="^[0-9a-f]{0,64}$")]
Length = Annotated[float, Field(ge=-100_000, le=100_000)]
Offset = Annotated[int, Field(ge=0, le=20_000)]

_STRICT = ConfigDict(extra="forbid", allow_inf_nan=False)


@checked(frozen=True, config=_STRICT)
class MarkBox:
    """A place on a page, in points from the trimmed page's top left corner."""

    x: Length
    y: Length
    width: Length
    height: Length

    def box(self) -> Box:
        """The same as a box."""
        return Box(self.x, self.y, self.width, self.height)


@checked(frozen=True, config=_STRICT)
class Mark:
    """One mark, with all by which it is found again in another round."""

    id: Name
    kind: Name
    page: Annotated[int, Field(ge=1, le=10_000)]
    box: MarkBox
    """Where it stood: the last resort."""
    text: Words = ""
    """What was typed with it: see ``kinds.toml``."""
    note: Words = ""
    by: Name = ""
    """Who made it."""
    flow: Name = ""
    paragraph: Offset = 0
    """Which of its flow, from 1."""
    copy: Words = ""
    """The paragraph as it was printed then."""
    start: Offset = 0
    """Where in it the marked words begin, and where they end."""
    end: Offset = 0
    place: Words = ""
    """File and line of the copy, then."""
    lines: Annotated[tuple[Digest, ...], Field(max_length=2_000)] = ()
    """Digests of the lines on which the words stood."""
    picture: Name = ""
    source: Digest = ""
    look: Digest = ""

    @property
    def quote(self) -> str:
        """The words that are marked."""
        return self.copy[self.start : self.end]


@checked(frozen=True, config=_STRICT)
class _File:
    schema: Literal[1]
    issue: Name
    round: Annotated[int, Field(ge=1, le=1_000)]
    marks: Annotated[tuple[Mark, ...], Field(max_length=MAX_MARKS)]


@dataclass(frozen=True, slots=True)
class MarksFile:
    """The marks of one reader on one round."""

    file: str
    issue: str
    round: int
    marks: tuple[Mark, ...]


_DOWNLOADED = Message(
    "要校样页（…-round-N.html）里“下载 marks.json”得来的那个文件；别的程序写的，照 docs/marks.schema.json 改。",
    "It is the file that “Download marks.json” on the proof page (…-round-N.html) gives; one that another program "
    "wrote must be as docs/marks.schema.json says.",
)


def read_marks(path: Path, issue: str) -> MarksFile:
    """The marks in the file *path*, made on a proof of *issue*.

    Raises ``UsageError`` for a file that is not there, cannot be read, is none of ours, or is about another issue.
    """
    place = Place(str(path))
    try:
        large = path.stat().st_size > MAX_BYTES
        content = b"" if large else path.read_bytes()
    except FileNotFoundError as error:
        message = Message("没有这个批注文件。", "There is no such file of marks.")
        raise UsageError(message, place=place, hint=_DOWNLOADED) from error
    except OSError as error:
        why = refusal(error) or Message(str(error.strerror), str(error.strerror))
        message = Message(f"批注文件打不开：{why.zh}。", f"The file of marks cannot be opened: {why.en}.")
        raise UsageError(message, place=place) from error
    if large:
        size = MAX_BYTES // 1_000_000
        message = Message(f"批注文件超过 {size} MB。", f"The file of marks is larger than {size} MB.")
        raise UsageError(message, place=place, hint=_DOWNLOADED)
    try:
        read = TypeAdapter(_File).validate_json(content)
    except ValidationError as error:
        raise UsageError(_wrong(error), place=_broken_at(content, place), hint=_DOWNLOADED) from error
    for message in _not_meant(read, issue):
        raise UsageError(message, place=place, hint=_DOWNLOADED)
    return MarksFile(path.name, read.issue, read.round, read.marks)


def _broken_at(content: bytes, file: Place) -> Place:
    """Line and column from which on it is no JSON; the *file* alone where it is, or is no text."""
    try:
        json.loads(content)
    except json.JSONDecodeError as error:
        return Place(file.file, error.lineno, error.colno)
    except (UnicodeDecodeError, RecursionError):
        return file
    return file


def _wrong(error: ValidationError) -> Message:
    """The first mistake: which mark, and which of its keys."""
    first = error.errors()[0]
    match first["loc"]:
        case ("marks", int(number), *rest):
            key = ".".join(str(each) for each in rest if isinstance(each, str)) or "marks"
            return Message(f"第 {number + 1} 条批注的 {key} 不对。", f"Mark {number + 1}: its {key} is wrong.")
        case (str(key), *_):
            return Message(f"这不是批注文件：{key} 不对。", f"This is no file of marks: its {key} is wrong.")
        case _:
            return Message("这不是批注文件。", "This is no file of marks.")


def _not_meant(read: _File, issue: str) -> Iterator[Message]:
    if read.issue != issue:
        yield Message(
            f"这是 {read.issue} 的批注，不是 {issue} 的。", f"These marks are about {read.issue}, not about {issue}."
        )
    kinds = mark_kinds()
    for number, mark in enumerate(read.marks, start=1):
        if mark.kind not in kinds:
            yield Message(
                f"第 {number} 条批注的 kind 不认得：“{mark.kind}”。", f"Mark {number} is of no kind: “{mark.kind}”."
            )
        if not mark.start <= mark.end <= len(mark.copy):
            yield Message(
                f"第 {number} 条批注的 start、end 不在那一段里。", f"Mark {number}: start and end are not in its copy."
            )
