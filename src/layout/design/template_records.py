"""The records through which a template sees an issue: frozen values of text and numbers.

A record holds str, int, float, bool, None, tuples, read-only mappings and records, and nothing else: no path, no file,
no value of the program that has methods.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, make_dataclass
from typing import ClassVar

from layout.manuscript.story_parts import story_parts


class TemplateRecord:
    """A value whose fields a template may read. A record has fields only, and no public method."""

    __slots__ = ()
    __match_args__: ClassVar[tuple[str, ...]] = ()
    """The names of its fields, in order."""


@dataclass(frozen=True, slots=True)
class ParagraphRecord(TemplateRecord):
    """A paragraph. ``kind``: ``body``, ``item``, ``quote`` and so on; ``ems`` its length, up to the next six."""

    kind: str
    text: str
    after_heading: bool
    ems: int = 0


@dataclass(frozen=True, slots=True)
class TextRecord(TemplateRecord):
    """A text of the copy; false where there are no words. ``flow`` is what a frame asks for."""

    flow: str
    text: str
    paragraphs: tuple[ParagraphRecord, ...]

    def __bool__(self) -> bool:
        return bool(self.paragraphs)


@dataclass(frozen=True, slots=True)
class SectionRecord(TemplateRecord):
    """A chapter of a story."""

    heading: TextRecord
    body: TextRecord


@dataclass(frozen=True, slots=True)
class FigureRecord(TemplateRecord):
    """A number to be set large. ``flow`` begins its flow names; ``quotation`` is the three parts together."""

    before: str
    number: str
    after: str
    flow: str
    quotation: str


_PARTS = tuple(row.name for row in story_parts().values() if row.is_copy)

StoryRecord = make_dataclass(
    "StoryRecord", ("id", *_PARTS, "tables", "boxes", "footnotes", "figures"),
    bases=(TemplateRecord,), frozen=True, slots=True,
)  # fmt: skip
"""A story: its id, every part of its copy in reading order, its tables, boxes, footnotes and
figures. A part that it lacks is false.

A part is a ``TextRecord``; ``sections`` are ``SectionRecord`` in a tuple, ``words`` texts by their names.
"""


@dataclass(frozen=True, slots=True)
class PictureRecord(TemplateRecord):
    """A picture or an advertisement, as ``kind`` says. ``source`` is the file as issue.toml names it; ``focus`` and
    ``keep`` are shares of its sides.
    """

    id: str
    source: str
    caption: TextRecord
    credit: TextRecord
    alt: str
    focus: tuple[float, float]
    keep: tuple[float, float, float, float] | None
    kind: str


@dataclass(frozen=True, slots=True)
class HeadRecord(TemplateRecord):
    """How a headline stands: its size in points, its lines, the rows that its block takes."""

    size: float
    lines: int
    rows: int


@dataclass(frozen=True, slots=True)
class PieceRecord(TemplateRecord):
    """A piece of an arrangement: a story, or a picture of no story, in a shape. ``kind`` is ``piece``; ``file`` is the
    shape's partial; ``id`` is what reports call it; ``rows`` what each
    picture takes of the grid as the page was arranged; ``span`` the columns of the first, 0 where none are chosen.
    """

    id: str
    story: TemplateRecord | None
    file: str
    columns: int
    pictures: tuple[PictureRecord, ...]
    rows: tuple[int, ...]
    span: int
    head: HeadRecord | None
    kind: str = "piece"


@dataclass(frozen=True, slots=True)
class GroupRecord(TemplateRecord):
    """Parts of an arrangement, one below the other (``kind`` is ``stack``) or side by side (``row``)."""

    kind: str
    parts: tuple[TemplateRecord, ...]
    columns: int
    """The basic columns that they take."""


@dataclass(frozen=True, slots=True)
class PageRecord(TemplateRecord):
    """The page that is being filled."""

    number: int
    through: int | None
    title: str
    kind: str
    side: str
    stories: tuple[TemplateRecord, ...]
    """``StoryRecord``, each."""
    pictures: tuple[PictureRecord, ...]
    """Its photographs."""
    advertisements: tuple[PictureRecord, ...]
    folio: Mapping[str, TextRecord]
    turns: Mapping[str, TextRecord]
    continues: tuple[str, ...]
    in_run: int | None
    ends_run: bool
    optional: tuple[str, ...]
    plates: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ContentsRecord(TemplateRecord):
    """A page in the issue's table of contents: ``stories`` and ``pictures`` are ids, ``headlines`` their words."""

    number: int
    through: int | None
    title: str
    kind: str
    side: str
    stories: tuple[str, ...]
    headlines: tuple[str, ...]
    pictures: tuple[str, ...]
    is_run: bool
    """Whether it stands for a run of pages of which it is not known yet how many there are."""


@dataclass(frozen=True, slots=True)
class DateRecord(TemplateRecord):
    """A day. ``weekday`` counts from 1, Monday; ``iso`` is ``2026-02-05``, which is also what is printed."""

    year: int
    month: int
    day: int
    weekday: int
    iso: str

    def __str__(self) -> str:
        return self.iso


@dataclass(frozen=True, slots=True)
class IssueRecord(TemplateRecord):
    """The issue."""

    id: str
    title: str
    date: DateRecord
    design: str
    sheet: str
    press: str
    paper: str
    staff: Mapping[str, str]
    pages: tuple[ContentsRecord, ...]
