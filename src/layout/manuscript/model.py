"""A manuscript as the program holds it: stories made of texts, made of paragraphs, made of runs.

Every run knows the file and line it came from.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from layout.errors import Place
from layout.flows import Flow
from layout.manuscript.reading_notes import ReadingNote
from layout.manuscript.silences import Silence
from layout.manuscript.story_parts import story_parts

Mark = Literal["plain", "strong", "emphasis", "unit"]
"""How words are marked off; ``unit``, of a figure what follows the digits (332个), which nobody types."""
Under = Literal["dot", "line", "name", "wave"]
"""着重号, 着重线, 专名号, 书名号甲式: ``[…]{.dot}`` and so on."""
Level = Literal["", "super", "sub", "note", "jiazhu", "ruby"]
"""Raised, lowered, a note in small type or in two small rows, or an annotation to be set over the run before it."""
ParagraphKind = str
"""What a paragraph is: the part of the story that it belongs to by its name in ``story_parts.toml``, in running text
``body``, ``heading``, ``subheading``, ``quote``, ``item``, ``box``, ``box-title``, ``cell``, ``table-title`` or
``footnote`` too; else
``word``, ``figure``, ``caption``, ``credit`` or ``folio``."""

HEADINGS = frozenset({"heading", "subheading", "box-title"})
"""Kinds of paragraph that stand over others: nothing is cut from them, and they go with what stands below."""


_WITH_UNIT = re.compile(r"(\D*\d[\d.,:%‰°－-]*)([^\W\d]{1,5})")
"""A number and its unit: nothing but letters follows the last digit, and few, for a clause is no unit."""


@dataclass(frozen=True, slots=True)
class Run:
    """Characters in a row that are marked alike, and where the first of them stands."""

    text: str
    place: Place
    mark: Mark = "plain"
    under: tuple[Under, ...] = ()
    level: Level = ""
    note: str = ""
    """Of the mark of a footnote, while a manuscript is read: the footnote's label."""


ColumnAlign = Literal["", "left", "center", "right"]
"""How the manuscript wants a column of a table aligned; nothing where it leaves that to the design."""


@dataclass(frozen=True, slots=True)
class TableCell:
    """One cell of a table: the first row and column that it takes, from 0, how many of each, and its words, if any."""

    row: int
    column: int
    runs: tuple[Run, ...]
    rows: int = 1
    columns: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table: a grid that its cells cover whole, each place once. Cells stand in row order."""

    number: int
    """Which of its story's tables it is, from 1."""
    place: Place
    aligns: tuple[ColumnAlign, ...]
    head: int
    """How many of its rows are the header."""
    rows: int
    cells: tuple[TableCell, ...]
    title: tuple[Run, ...] = ()
    """Its title (表题), if it has one."""

    def paragraphs(self) -> tuple[Paragraph, ...]:
        """Its words in reading order: the title, then cell by cell, row after row; empty cells have none."""
        title = (Paragraph("table-title", self.title, table=self),) if self.title else ()
        cells = enumerate(self.cells)
        return (*title, *(Paragraph("cell", each.runs, table=self, cell=n) for n, each in cells if each.runs))


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph of copy."""

    kind: ParagraphKind
    runs: tuple[Run, ...]
    after_heading: bool = False
    """Whether it is the first under a heading."""
    table: Table | None = None
    """The table that it belongs to. What is turned over to a later page knows by it what stood before."""
    cell: int | None = None
    """Which of the table's cells it is; none for its title."""
    firm: bool = False
    """Whether its story may not be cut."""
    box: int | None = None
    """Which of its story's boxes it stands in, from 1."""

    @property
    def text(self) -> str:
        """Its characters, without annotations."""
        return "".join(run.text for run in self.runs if run.level != "ruby")

    @property
    def place(self) -> Place:
        """Where it begins."""
        return self.runs[0].place


@dataclass(frozen=True, slots=True)
class Text:
    """Paragraphs that flow together. ``flow`` is the name by which a design's frames ask for them.

    Flow names: ``<story>.`` and what ``story_parts.toml`` says, as ``<story>.headline``, ``.section-1`` (and its
    ``.section-1.heading``), ``.word.<name>``, ``.figure-1.number``; of a picture ``picture.<id>.caption`` and
    ``picture.<id>.credit``; at the page's head ``page.folio.<name>``.
    """

    flow: Flow
    paragraphs: tuple[Paragraph, ...]

    @property
    def text(self) -> str:
        """All its characters."""
        return "".join(paragraph.text for paragraph in self.paragraphs)

    def __bool__(self) -> bool:
        return bool(self.paragraphs)


@dataclass(frozen=True, slots=True)
class Section:
    """A chapter of a story: its heading and its body. What stands before the first heading has none, and number 0."""

    heading: Text
    body: Text


@dataclass(frozen=True, slots=True)
class Figure:
    """A number to be set large, quoted from the copy: ``重点项目{332个}`` must stand in it as 重点项目332个.

    ``before`` and ``after`` are the quoted words on either side of ``number``. Either may be empty.
    """

    before: str
    number: str
    after: str
    place: Place
    source: Place
    """Where in the copy the quotation stands."""
    flow: Flow
    """What its texts belong to: ``<story>.figure-1``."""

    @property
    def quotation(self) -> str:
        """The words as they stand in the copy."""
        return self.before + self.number + self.after

    def text(self, part: Literal["before", "number", "after"]) -> Text:
        """One part of it as a text that a frame can ask for; empty when there are no such words."""
        words: str = getattr(self, part)
        runs = self._number() if part == "number" else (Run(words, self.place),)
        return Text(self.flow.with_sub(part), (Paragraph("figure", runs),) if words else ())

    def _number(self) -> tuple[Run, ...]:
        """The number, and its unit as a run of its own: a design may set that smaller."""
        found = _WITH_UNIT.fullmatch(self.number)
        if found is None:
            return (Run(self.number, self.place),)
        return Run(found[1], self.place), Run(found[2], self.place, mark="unit")

    def texts(self) -> Iterator[Text]:
        """Its non-empty texts in reading order."""
        parts: tuple[Literal["before", "number", "after"], ...] = ("before", "number", "after")
        yield from (text for text in map(self.text, parts) if text)


Value_co = TypeVar("Value_co", covariant=True)


class FrozenMap(Mapping[str, Value_co]):
    """A mapping that keeps its order, is not changed, and can be pickled."""

    __slots__ = ("_values",)

    def __init__(self, values: Iterable[tuple[str, Value_co]] = ()):
        self._values = dict(values)

    def __getitem__(self, name: str) -> Value_co:
        return self._values[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)

    def __repr__(self) -> str:
        return f"FrozenMap({self._values!r})"


PartCopy = Text | tuple[Section, ...] | Mapping[str, Text]
"""A part of a story: one text, its sections, or its words by their names."""


@dataclass(frozen=True, slots=True)
class Story:
    """One story (稿)."""

    id: str
    file: str
    parts: Mapping[str, PartCopy]
    """Its copy, by the names of ``story_parts.toml`` and in that order, which is that of reading. What the story does
    not have is empty."""
    figures: tuple[Figure, ...] = ()
    protected: tuple[str, ...] = ()
    """Names and phrases that no line may break inside."""
    notes: tuple[ReadingNote, ...] = ()
    """What of it is not set as it was typed."""
    firm: bool = False
    """Whether it may not be cut."""
    short: Run | None = None
    """Its headline as other lines print it: 下转第×版."""
    silences: tuple[Silence, ...] = ()
    """Findings that its editor has looked at and does not want."""

    @property
    def headline(self) -> Text:
        """主题: the one part that every story has."""
        return self.text("headline")

    @property
    def lede(self) -> Text:
        """The words that it begins with, in type of their own: its first paragraph, or those marked as such."""
        return self.text("lede")

    @property
    def sections(self) -> tuple[Section, ...]:
        """The chapters of its body."""
        part = self.parts["sections"]
        return part if isinstance(part, tuple) else ()

    @property
    def closing(self) -> Text:
        """The copy after the last section's break."""
        return self.text("closing")

    @property
    def tables(self) -> tuple[Table, ...]:
        """The tables in its running text, in order."""
        found = (paragraph.table for text in self.running() for paragraph in text.paragraphs)
        return tuple({table.number: table for table in found if table is not None}.values())

    @property
    def boxes(self) -> tuple[tuple[Paragraph, ...], ...]:
        """The boxes in its running text, in order: of each its title and its copy."""
        found: dict[int, list[Paragraph]] = {}
        for paragraph in (each for text in self.running() for each in text.paragraphs):
            if paragraph.box is not None:
                found.setdefault(paragraph.box, []).append(paragraph)
        return tuple(map(tuple, found.values()))

    @property
    def footnotes(self) -> tuple[Paragraph, ...]:
        """The footnotes, which stand at the end of its running text."""
        return tuple(each for text in self.running() for each in text.paragraphs if each.kind == "footnote")

    def text(self, name: str) -> Text:
        """The part *name*, which must be one text. Raises ``TypeError`` where it is several."""
        part = self.parts[name]
        if not isinstance(part, Text):
            raise TypeError(f"{name} is not one text")
        return part

    def texts(self) -> Iterator[Text]:
        """Every text that is not empty, in reading order: words, headline, lede, sections, closing, credits and others.

        Figures are not among them, for they are quoted from these.
        """
        for part in self.parts.values():
            yield from filter(None, _texts(part))

    def running(self) -> Iterator[Text]:
        """Of these the running text: lede, sections with their headings, closing."""
        for name, part in self.parts.items():
            if story_parts()[name].is_running:
                yield from filter(None, _texts(part))

    def with_texts(self, texts: Mapping[Flow, Text]) -> Story:
        """The story with *texts*, by their flows, in the place of its own. Words and sections left empty are gone."""
        parts = ((name, _changed(part, lambda own: texts.get(own.flow, own))) for name, part in self.parts.items())
        return replace(self, parts=FrozenMap(parts))


def _texts(part: PartCopy) -> Iterator[Text]:
    match part:
        case Text():
            yield part
        case tuple():
            for section in part:
                yield section.heading
                yield section.body
        case _:
            yield from part.values()


def _changed(part: PartCopy, change: Callable[[Text], Text]) -> PartCopy:
    match part:
        case Text():
            return change(part)
        case tuple():
            sections = (replace(each, heading=change(each.heading), body=change(each.body)) for each in part)
            return tuple(each for each in sections if each.heading or each.body)
        case _:
            return FrozenMap((name, text) for name, own in part.items() if (text := change(own)))
