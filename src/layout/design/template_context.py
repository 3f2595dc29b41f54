"""Makes the records that a template sees of an issue, its pages, stories and pictures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from types import MappingProxyType

from layout.design.labels import Label, label_flow
from layout.design.template_records import (
    ContentsRecord,
    DateRecord,
    FigureRecord,
    IssueRecord,
    PageRecord,
    ParagraphRecord,
    PictureRecord,
    SectionRecord,
    StoryRecord,
    TemplateRecord,
    TextRecord,
)
from layout.flows import Flow
from layout.issue.model import Issue, PageContents, PagePlan, Picture
from layout.manuscript.characters import ems
from layout.manuscript.cutting import apart, own_flow
from layout.manuscript.model import Figure, PartCopy, Section, Story, Text
from layout.manuscript.story_parts import story_parts

_LENGTHS = 6
"""Ems to which the length of a paragraph is rounded up: templates give room by it, and what is measured for one caption
holds for others that are about as long."""


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
