"""What a page turns over to a later one: the copy from its first line without a place on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from layout.copyfit.galley import Chain, Galley
from layout.copyfit.model import Rest
from layout.copyfit.pour import overset
from layout.manuscript.model import Paragraph, Run, Text


def rest_of(galleys: Mapping[str, Galley], chains: Mapping[str, Chain]) -> Rest:
    """The rest of every chain that turns over."""
    texts: dict[str, Text] = {}
    resumed: set[str] = set()
    for flow, galley in galleys.items():
        lines = overset(galley)
        if not chains[flow].turns or not lines:
            continue
        first = lines[0]
        flows = [text.flow for text in chains[flow].texts]
        for text in chains[flow].texts[flows.index(first.flow) :]:
            texts[text.flow] = text
        texts[first.flow] = after(texts[first.flow], first.paragraph, first.line.start)
        if first.line.start > 0:
            resumed.add(first.flow)
    return Rest(texts, frozenset(resumed))


def after(text: Text, paragraph: int, offset: int) -> Text:
    """*text* from character *offset* of a paragraph on."""
    first = text.paragraphs[paragraph]
    cut = replace(first, runs=tuple(_after(first, offset)))
    return replace(text, paragraphs=(cut, *text.paragraphs[paragraph + 1 :]))


def before(text: Text, rest: Text) -> Text:
    """*text* without the *rest* that was cut off it."""
    kept = len(text.paragraphs) - len(rest.paragraphs)
    split = text.paragraphs[kept]
    size = len(_words(split)) - len(_words(rest.paragraphs[0]))
    head = (replace(split, runs=tuple(_before(split, size))),) if size else ()
    return replace(text, paragraphs=(*text.paragraphs[:kept], *head))


def _words(paragraph: Paragraph) -> str:
    return "".join(run.text for run in paragraph.runs if run.level != "ruby")


def _after(paragraph: Paragraph, offset: int) -> Iterator[Run]:
    for run in paragraph.runs:
        length = 0 if run.level == "ruby" else len(run.text)
        if run.level == "ruby" and offset > 0:
            continue
        if offset < length or run.level == "ruby":
            yield replace(run, text=run.text[max(0, offset) :]) if run.level != "ruby" else run
        offset = max(0, offset - length)


def _before(paragraph: Paragraph, offset: int) -> Iterator[Run]:
    for run in paragraph.runs:
        if offset <= 0 and run.level != "ruby":
            return
        if run.level == "ruby":
            yield run
            continue
        yield replace(run, text=run.text[:offset])
        offset -= len(run.text)
