"""Annotations over words: the room they need, and where they stand (CLREQ, interlinear annotations)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from layout.composer.model import Metrics, Placed, Span
from layout.composer.units import Annotation, Chain, shaped

BETWEEN = 0.25
"""The least space between two annotations, in em of their own size: pinyin of two characters must not run together."""
LIFT = 1.0
"""How far an annotation's baseline lies above its base's, in em of the paragraph: its descenders clear the Han."""
BESIDE = 0.5
"""Vertical lines: how far from the column's axis an annotation's foot stands, in em of the paragraph."""
DESCENT = 0.12


def annotate(chain: Chain, spans: Sequence[Span], metrics: Metrics) -> Chain:
    """*chain* with the annotations of *spans*; a base that is narrower than its annotation is spaced out evenly."""
    units, notes, offset = list(chain.units), [], 0
    for span in spans:
        if span.ruby is not None and span.text:
            first, last = chain.at(offset), chain.at(offset + len(span.text) - 1)
            clusters = tuple(shaped(span.ruby.faces, span.ruby.text, metrics))
            note = Annotation(first, last, span.ruby, clusters)
            notes.append(note)
            size = last - first + 1
            wanted = note.width + BETWEEN * span.ruby.scale
            pad = (wanted - sum(unit.width for unit in units[first : last + 1])) / size / 2
            if pad > 0:
                for k in range(first, last + 1):
                    units[k] = replace(units[k], width=units[k].width + 2 * pad, pad=pad)
        offset += len(span.text)
    return replace(chain, units=tuple(units), notes=tuple(notes)) if notes else chain


def place_note(note: Annotation, start: float, end: float, offset: int, *, vertical: bool) -> Iterator[Placed]:
    """The clusters of *note*, centred over *start* to *end* on a line. They take no length of it."""
    ruby = note.ruby
    pen = (start + end - note.width) / 2
    for cluster in note.clusters:
        yield Placed(
            cluster,
            pen,
            0.0,
            ruby.scale,
            ruby.role,
            offset,
            across=BESIDE + DESCENT * ruby.scale if vertical else 0.0,
            rotated=vertical,
            rise=0.0 if vertical else LIFT,
            annotation=True,
        )
        pen += cluster.advance * ruby.scale
