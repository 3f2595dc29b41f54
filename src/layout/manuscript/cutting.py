"""Cuts a text in two where a page ends; marks and annotations stay whole on either side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from layout.manuscript.model import Paragraph, Run, Text


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
