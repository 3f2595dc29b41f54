"""The records through which a template sees an issue: frozen values of text and numbers.

A record holds str, int, float, bool, None, tuples, read-only mappings and records, and nothing else: no path, no file,
no value of the program that has methods.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, make_dataclass
from types import MappingProxyType
from typing import ClassVar

from layout.design.labels import Label, label_flow
from layout.flows import Flow
from layout.issue.model import Issue, PageContents, PagePlan, Picture
from layout.manuscript.characters import ems
from layout.manuscript.cutting import apart, own_flow
from layout.manuscript.model import Figure, PartCopy, Section, Story, Text
from layout.manuscript.story_parts import story_parts

_LENGTHS = 6
"""Ems to which the length of a paragraph is rounded up: templates give room by it, and what is measured for one caption
holds for others that are about as long."""


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


def page_context(
    issue: Issue,
    plan: PagePlan,
    labels: Mapping[str, Label] = MappingProxyType({}),
    contents: Sequence[PageContents] | None = None,
) -> Mapping[str, object]:
    """What the template of *plan* may name: ``issue``, ``page``, ``story`` (the first), ``stories``, ``pictures`` by
    id, ``labels`` by name. *contents* are those of the issue's pages, where *issue* itself has not all of them.
    """
    page = _page(plan)
    return {
        "issue": _issue(issue, tuple(map(PageContents.of_page, issue.pages)) if contents is None else contents),
        "page": page,
        "story": page.stories[0] if page.stories else None,
        "stories": page.stories,
        "labels": MappingProxyType({name: _label(name, label) for name, label in labels.items()}),
        "pictures": MappingProxyType({picture.id: picture for picture in (*page.pictures, *page.advertisements)}),
    }


def picture_record(picture: Picture) -> PictureRecord:
    """The record of *picture*."""
    return _picture(picture)


def _label(name: str, label: Label) -> TextRecord:
    return TextRecord(str(label_flow(name)), label.words, (ParagraphRecord("folio", label.words, after_heading=False),))


def chain(story: TemplateRecord) -> str:
    """The flows of a story's running text, in order: lede, sections with their headings, closing.

    A template writes ``data-flow="{{ chain(story) }}"`` on a frame in which all of it runs on.
    """
    texts: list[TextRecord] = []
    for row in story_parts().values():
        part = getattr(story, row.name) if row.is_running else ()
        texts += [part] if isinstance(part, TextRecord) else [own for each in part for own in (each.heading, each.body)]
    return " ".join(text.flow for text in texts if text)


def figure_record(figure: Figure) -> FigureRecord:
    """The record of *figure*."""
    return FigureRecord(figure.before, figure.number, figure.after, str(figure.flow), figure.quotation)


def _issue(issue: Issue, contents: Sequence[PageContents]) -> IssueRecord:
    day = issue.date
    return IssueRecord(
        id=issue.id,
        title=issue.title,
        date=DateRecord(day.year, day.month, day.day, day.isoweekday(), day.isoformat()),
        design=issue.design,
        sheet=issue.sheet,
        press=issue.press,
        paper=issue.paper,
        staff=MappingProxyType(dict(issue.staff)),
        # Of the other pages only the contents: whole records for each page of each would grow with the square.
        pages=tuple(map(_contents, contents)),
    )


def _contents(page: PageContents) -> ContentsRecord:
    return ContentsRecord(**{each.name: getattr(page, each.name) for each in fields(page)})


def _page(plan: PagePlan) -> PageRecord:
    return PageRecord(
        number=plan.number,
        through=plan.through,
        title=plan.title,
        kind=plan.kind,
        side=plan.side,
        stories=tuple(_story(story) for story in plan.stories),
        pictures=tuple(map(_picture, plan.photographs)),
        advertisements=tuple(_picture(picture) for picture in plan.pictures if picture.kind == "advertisement"),
        folio=_texts(plan.folio),
        turns=_texts(plan.turns),
        continues=plan.continues,
        in_run=plan.in_run,
        ends_run=plan.ends_run,
        optional=plan.optional,
        plates=plan.plates,
    )


def _story(story: Story) -> TemplateRecord:
    parts = {name: _part(part) for name, part in story.parts.items()}
    framed = {each.flow: each for each in _apart(story)}
    boxes = [framed.pop(flow) for flow in list(framed) if Flow.parse(flow).part == "box"]
    notes = f"{story.id}.footnotes"
    footnotes = framed.pop(notes, TextRecord(notes, "", ()))
    record: TemplateRecord = StoryRecord(
        id=story.id,
        **parts,
        tables=tuple(framed.values()),
        boxes=tuple(boxes),
        footnotes=footnotes,
        figures=tuple(figure_record(each) for each in story.figures),
    )
    return record


def _apart(story: Story) -> Iterator[TextRecord]:
    """The tables, boxes and footnotes in its running text, each as a text that a frame may ask for."""
    for text in story.running():
        flows = {flow for each in text.paragraphs if (flow := own_flow(text.flow, each)) is not None}
        yield from map(_text, apart(text, flows)[1])


def _part(part: PartCopy) -> TextRecord | tuple[SectionRecord, ...] | Mapping[str, TextRecord]:
    match part:
        case Text():
            return _text(part)
        case tuple():
            return tuple(_section(section) for section in part)
        case _:
            return _texts(part)


def _section(section: Section) -> SectionRecord:
    return SectionRecord(_text(section.heading), _text(section.body))


def _picture(picture: Picture) -> PictureRecord:
    return PictureRecord(
        id=picture.id,
        source=picture.source,
        caption=_text(picture.caption),
        credit=_text(picture.credit),
        alt=picture.alt,
        focus=picture.focus,
        keep=picture.keep,
        kind=picture.kind,
    )


def _texts(texts: Mapping[str, Text]) -> Mapping[str, TextRecord]:
    return MappingProxyType({name: _text(text) for name, text in texts.items()})


def _text(text: Text) -> TextRecord:
    paragraphs = tuple(
        ParagraphRecord(each.kind, each.text, each.after_heading, ems(each.text, _LENGTHS)) for each in text.paragraphs
    )
    return TextRecord(str(text.flow), "".join(each.text for each in paragraphs), paragraphs)
