"""What a received file holds, as values: blocks in their order, with the place of each in that file.

A reader is a function from bytes to ``Received``; ``story_draft`` sorts one or several of them into a story's parts
(``StoryDraft``); ``markdown_writer`` writes that as a manuscript. Nothing here knows Word, HTML or Markdown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from layout.checks import Finding
from layout.errors import Message, Place

PlaceUnit = Literal["line", "paragraph"]
"""What a received file is counted in: text has lines; a Word file has none until it is printed, so paragraphs."""
CopyLevel = Literal["", "super", "sub"]
CopyUnder = Literal["dot", "line"]
"""着重号, 着重线."""


@dataclass(frozen=True, slots=True)
class CopyPlace:
    """Where something stands in a received file: the number of its line or paragraph, from 1, empty ones counted."""

    file: str
    number: int
    unit: PlaceUnit = "line"
    within: Message | None = None
    """What it stands in besides the running text, whose paragraphs are counted by themselves: a note, a text box."""

    @property
    def where(self) -> Message:
        """As messages say it: 第 12 段."""
        unit = {"line": ("行", "line"), "paragraph": ("段", "paragraph")}[self.unit]
        inside = (self.within.zh, f" of {self.within.en}") if self.within else ("", "")
        return Message(f"{inside[0]}第 {self.number} {unit[0]}", f"{unit[1]} {self.number}{inside[1]}")

    @property
    def place(self) -> Place:
        """As findings and faults hold it. A paragraph's number is no line, so that no editor opens the wrong one."""
        return Place(self.file, self.number if self.unit == "line" else None)


@dataclass(frozen=True, slots=True)
class CopyRun:
    """Characters in a row that are marked alike."""

    text: str
    strong: bool = False
    emphasis: bool = False
    """Italic: in Chinese copy another face, mostly 楷体."""
    under: tuple[CopyUnder, ...] = ()
    level: CopyLevel = ""
    ruby: str = ""
    """The reading over ``text``, if it has one."""
    note: str = ""
    """Of the mark of a note: the label of the note. Its ``text`` is then empty."""

    def is_set_like(self, other: CopyRun) -> bool:
        """Whether both are marked alike, and neither has a reading or is the mark of a note."""
        alone = self.ruby or self.note or other.ruby or other.note
        own = (self.strong, self.emphasis, self.under, self.level)
        return not alone and own == (other.strong, other.emphasis, other.under, other.level)


CopyRole = Literal["body", "title", "heading", "caption", "quote", "item"]
"""What the file itself says a paragraph is, by its style or tag; ``title`` is the one of the whole document.
What it says nothing of is "body", until ``story_draft`` guesses."""
CopyAlign = Literal["", "left", "center", "right"]


@dataclass(frozen=True, slots=True)
class CopyParagraph:
    """A paragraph. Of one with several lines (a hard break) the runs hold ``\\n``."""

    runs: tuple[CopyRun, ...]
    place: CopyPlace
    role: CopyRole = "body"
    level: int = 0
    """Of a heading: which level, from 1."""
    number: str = ""
    """What the program numbered it with, made into characters: 一、 or 1. It is copy, and stands before the runs."""
    align: CopyAlign = ""
    size: float | None = None
    """The size of its type in points, where all of it has one and the file says so."""
    style: str = ""
    """The name of its style, as the file's writer sees it."""
    indent: int = 0
    """Ideographic spaces that stood before its words, and are no copy."""

    @property
    def text(self) -> str:
        """Its characters with its number, without readings and marks of notes."""
        return self.number + "".join(run.text for run in self.runs)

    @property
    def bold(self) -> bool:
        """Whether all its words are in bold type."""
        words = [run for run in self.runs if run.text.strip()]
        return bool(words) and all(run.strong for run in words)


@dataclass(frozen=True, slots=True)
class CopyCell:
    """One cell of a table: its first row and column, from 0, how many of each, and its paragraphs."""

    row: int
    column: int
    paragraphs: tuple[CopyParagraph, ...]
    rows: int = 1
    columns: int = 1
    align: CopyAlign = ""

    @property
    def text(self) -> str:
        """Its characters, a line for each paragraph."""
        return "\n".join(each.text for each in self.paragraphs)


@dataclass(frozen=True, slots=True)
class CopyTable:
    """A table: its cells in row order cover the grid, each place once."""

    rows: int
    columns: int
    cells: tuple[CopyCell, ...]
    place: CopyPlace
    head: int = 0
    """How many of its rows are said to be the header."""
    title: CopyParagraph | None = None


@dataclass(frozen=True, slots=True)
class CopyPicture:
    """A picture that stood in the copy, or came with it."""

    name: str
    """The name for its file: that of the received one, or made from it and its number; with its ending."""
    data: bytes = field(repr=False)
    place: CopyPlace
    caption: str = ""
    credit: str = ""
    alt: str = ""
    """What the program that wrote the file says is seen in it."""
    file: str = ""
    """The file that it was read from, where it is one of its own and stood in no other."""


@dataclass(frozen=True, slots=True)
class CopyBox:
    """Copy that stands apart from the running text: a text box, an ``<aside>``."""

    paragraphs: tuple[CopyParagraph, ...]
    place: CopyPlace
    title: CopyParagraph | None = None


@dataclass(frozen=True, slots=True)
class CopyNote:
    """A footnote or endnote."""

    label: str
    paragraphs: tuple[CopyParagraph, ...]
    place: CopyPlace


CopyBlock = CopyParagraph | CopyTable | CopyPicture | CopyBox


def paragraphs_of(blocks: Iterable[CopyBlock]) -> tuple[CopyParagraph, ...]:
    """All the words of *blocks* as paragraphs, which is what a table's cell can hold: those of tables and boxes where
    these stand, their titles first.
    """
    found: list[CopyParagraph] = []
    for each in blocks:
        if isinstance(each, CopyParagraph):
            found.append(each)
        elif isinstance(each, CopyTable | CopyBox):
            found += [each.title] if each.title else []
            parts = each.cells if isinstance(each, CopyTable) else (each,)
            found += [paragraph for part in parts for paragraph in part.paragraphs]
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Received:
    """One received file, read."""

    file: str
    """Its name, as messages give it."""
    blocks: tuple[CopyBlock, ...]
    notes: tuple[CopyNote, ...] = ()
    """In the order in which they are referred to."""
    findings: tuple[Finding, ...] = ()
    """What was noticed and not carried, what was changed or chosen in reading: of the checks ``intake.*``."""

    def paragraphs(self) -> Iterator[CopyParagraph]:
        """The paragraphs of the running text, in order; not those of tables, boxes and notes."""
        yield from (each for each in self.blocks if isinstance(each, CopyParagraph))

    def pictures(self) -> Iterator[CopyPicture]:
        """Its pictures, in order."""
        yield from (each for each in self.blocks if isinstance(each, CopyPicture))


CopyReader = Callable[[bytes, str], Received]
"""Reads the bytes of a file, whose name is the second argument. Raises ``ManuscriptError`` where it cannot."""


@dataclass(frozen=True, slots=True)
class StoryDraft:
    """A received story, its parts guessed: what becomes one manuscript."""

    id: str
    """The story's name, which its file is called after; ``markdown_writer`` does not write it."""
    front: Mapping[str, tuple[CopyParagraph, ...]]
    """The parts that stand in the front matter, by the names of ``story_parts.toml``: headline, byline, credits …"""
    blocks: tuple[CopyBlock, ...]
    """The body without these and without pictures. Headings are of level 1 (``##``) or 2 (``###``)."""
    closing: tuple[CopyBlock, ...] = ()
    lede: int | None = None
    """How many paragraphs at the beginning of the body are the lede, where that is not the first alone; 0: none."""
    notes: tuple[CopyNote, ...] = ()
    pictures: tuple[CopyPicture, ...] = ()
    findings: tuple[Finding, ...] = ()
    """Those of its files, and what was guessed (``intake.guess_*``) or is left open (``intake.open``)."""
    captions: tuple[CopyParagraph, ...] = ()
    """Captions that stood in the copy, and for which no picture came with it."""
