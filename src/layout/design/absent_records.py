"""What a template sees in a draft where it asks for words, sections, figures or pictures that are not there yet."""

from __future__ import annotations

from layout.design.template_records import (
    FigureRecord,
    PageRecord,
    PictureRecord,
    SectionRecord,
    StoryRecord,
    TemplateRecord,
    TextRecord,
)


class AbsentRecords:
    """Records in place of those that the tables and lists which a template reads have not.

    Each has the flow names that the thing would have: its frame then stands on the page, empty, and is listed. What a
    template asks for by a name that nothing is called stays a fault. *pictures* is the table of the page's pictures.
    """

    def __init__(self, pictures: object):
        self._pictures = pictures
        self._read: dict[int, tuple[object, object, str]] = {}

    def read(self, owner: object, attribute: str, value: object) -> None:
        """A template has read this *value* of a record: of two that are empty alike the one read last is meant."""
        self._read[id(value)] = value, owner, attribute

    def of(self, obj: object, name: object) -> TemplateRecord | None:
        """The record in place of ``obj[name]``; None where there is none to be."""
        if obj is self._pictures and isinstance(name, str):
            return _picture(name)
        _, owner, attribute = self._read.get(id(obj), (None, None, ""))
        story = str(getattr(owner, "id", "")) if isinstance(owner, StoryRecord) else ""
        if story and attribute == "words" and isinstance(name, str):
            return _text(f"{story}.word.{name}")
        if not isinstance(name, int) or not isinstance(obj, tuple):
            return None
        number = name + 1  # as flow names count
        if isinstance(owner, PageRecord) and attribute == "pictures":
            return _picture(f"picture-{number}")
        if story and attribute == "sections":
            return _section(f"{story}.section-{number}")
        return _figure(f"{story}.figure-{number}") if story and attribute == "figures" else None


def _text(flow: str) -> TextRecord:
    return TextRecord(flow, "", ())


def _section(flow: str) -> SectionRecord:
    return SectionRecord(_text(f"{flow}.heading"), _text(flow))


def _figure(flow: str) -> FigureRecord:
    return FigureRecord("", "", "", flow, "")


def _picture(name: str) -> PictureRecord:
    flow = f"picture.{name}"
    return PictureRecord(
        name, "", _text(f"{flow}.caption"), _text(f"{flow}.credit"), "", (0.5, 0.5), None, "photograph"
    )
