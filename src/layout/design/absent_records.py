"""What a template sees in a draft where it asks for words, sections, figures or pictures that are not there yet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

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


class DraftTable(Mapping[object, object]):
    """A table of a draft, which has a record for what ``get`` looks for in vain; like all of those it is false."""

    def __init__(self, table: Mapping[Any, Any], absent: AbsentRecords):
        self._table, self._absent = table, absent

    def __getitem__(self, key: object) -> object:
        return self._table[key]

    def __iter__(self) -> Iterator[object]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)

    def get(self, key: object, default: object = None) -> object:
        """What is under *key*; where nothing is, *default*, or else a record in its place, if there is to be one."""
        if key in self._table:
            return self._table[key]
        return self._absent.of(self._table, key) if default is None else default


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
