"""What a template sees in a draft where it asks for words, sections, figures or pictures that are not there yet."""

from __future__ import annotations

from collections.abc import Mapping

from layout.design.template_records import (
    FigureRecord,
    PictureRecord,
    SectionRecord,
    TemplateRecord,
    TextRecord,
)


class AbsentRecords:
    """Records in place of those that the tables and lists of a template's *context* have not.

    Each has the flow names that the thing would have: its frame then stands on the page, empty, and is listed. What a
    template asks for by a name that nothing is called stays a fault.
    """

    def __init__(self, context: Mapping[str, object]):
        self._pictures: list[object] = [context.get("pictures"), getattr(context.get("page"), "pictures", None)]
        self._of_stories: list[tuple[object, str]] = []
        """Every table of words and every list of a story's, and what the flow names in it begin with."""
        stories = context.get("stories")
        for story in stories if isinstance(stories, tuple) else ():
            own = (story.words, "word."), (story.sections, "section-"), (story.figures, "figure-")
            self._of_stories += [(found, f"{story.id}.{part}") for found, part in own]

    def of(self, obj: object, name: object) -> TemplateRecord | None:
        """The record in place of ``obj[name]``; None where there is none to be."""
        word = isinstance(obj, Mapping)
        if not word and not isinstance(name, int):
            return None
        own = name if isinstance(name, str) or not isinstance(name, int) else name + 1  # as flow names count
        if any(obj is each for each in self._pictures):
            return _picture(str(own) if word else f"picture-{own}")
        before = next((flow for found, flow in self._of_stories if found is obj), None)
        if before is None:
            return None
        flow = f"{before}{own}"
        return _text(flow) if word else _section(flow) if before.endswith("section-") else _figure(flow)


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
