"""Cuts a text in two where a page ends; marks and annotations stay whole on either side. Takes tables out of a text."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import replace

from layout.flows import Flow
from layout.manuscript.model import Paragraph, Run, Table, Text


def after(text: Text, paragraph: int, offset: int) -> Text:
    """*text* from character *offset* of a paragraph on."""
    first = text.paragraphs[paragraph]
    cut = replace(first, runs=tuple(since(first, offset)))
    return replace(text, paragraphs=(cut, *text.paragraphs[paragraph + 1 :]))


def before(text: Text, rest: Text) -> Text:
    """*text* without the *rest* that was cut off it."""
    kept = len(text.paragraphs) - len(rest.paragraphs)
    split = text.paragraphs[kept]
    size = len(_words(split)) - len(_words(rest.paragraphs[0]))
    head = (replace(split, runs=tuple(until(split, size))),) if size else ()
    return replace(text, paragraphs=(*text.paragraphs[:kept], *head))


def table_flow(flow: Flow, table: Table) -> Flow:
    """The flow of a table in the text *flow*: a frame that asks for it takes the table out of the running text."""
    return Flow(flow.story, "table", table.number)


def own_flow(flow: Flow, paragraph: Paragraph) -> Flow | None:
    """The flow by which a frame may ask for *paragraph* of the text *flow* apart from it: a table's, a box's, the
    footnotes'.
    """
    if paragraph.table is not None:
        return table_flow(flow, paragraph.table)
    if paragraph.box is not None:
        return Flow(flow.story, "box", paragraph.box)
    return Flow(flow.story, "footnotes") if paragraph.kind == "footnote" else None


def apart(text: Text, flows: Collection[Flow]) -> tuple[Text, tuple[Text, ...]]:
    """*text* without those of its tables, boxes and footnotes that *flows* name, and these."""
    found: dict[Flow, list[Paragraph]] = {}
    rest: list[Paragraph] = []
    for paragraph in text.paragraphs:
        flow = own_flow(text.flow, paragraph)
        (found.setdefault(flow, []) if flow is not None and flow in flows else rest).append(paragraph)
    if not found:
        return text, ()
    own = replace(text, paragraphs=tuple(rest))
    return own, tuple(Text(flow, tuple(paragraphs)) for flow, paragraphs in found.items())


def parted(paragraph: Paragraph, offset: int) -> tuple[Paragraph, Paragraph]:
    """*paragraph* up to character *offset*, and from there on."""
    first, rest = until(paragraph, offset), since(paragraph, offset)
    return replace(paragraph, runs=tuple(first)), replace(paragraph, runs=tuple(rest))


def _words(paragraph: Paragraph) -> str:
    return "".join(run.text for run in paragraph.runs if run.level != "ruby")


def since(paragraph: Paragraph, offset: int) -> Iterator[Run]:
    """The runs of *paragraph* from character *offset* on, with their annotations."""
    for run in paragraph.runs:
        length = 0 if run.level == "ruby" else len(run.text)
        if run.level == "ruby" and offset > 0:
            continue
        if offset < length or run.level == "ruby":
            yield _from(run, max(0, offset)) if run.level != "ruby" else run
        offset = max(0, offset - length)


def until(paragraph: Paragraph, offset: int) -> Iterator[Run]:
    """The runs of *paragraph* up to character *offset*, with the annotations of what is left."""
    for run in paragraph.runs:
        if offset <= 0 and run.level != "ruby":
            return
        if run.level == "ruby":
            yield run
            continue
        yield replace(run, text=run.text[:offset])
        offset -= len(run.text)


def _from(run: Run, offset: int) -> Run:
    """*run* from its character *offset* on, which has a place of its own."""
    place, skipped = run.place, run.text[:offset]
    if offset and place is not None and place.line is not None and place.column is not None:
        lines = skipped.count("\n")
        column = offset - skipped.rfind("\n") if lines else place.column + offset
        place = replace(place, line=place.line + lines, column=column)
    return replace(run, text=run.text[offset:], place=place)
