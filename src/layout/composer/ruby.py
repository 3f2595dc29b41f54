"""Ruby: the room that annotations need, and where they stand (CLREQ, interlinear annotations)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from layout.composer.classes import MARKS, CharClass
from layout.composer.model import Metrics, Placed, Span
from layout.composer.units import Annotation, UnitChain, shaped

LIFT = 0.97
"""How far an annotation's baseline lies above its base's, in em of the paragraph: its descenders clear the Han."""
HIGH, DEEP = 0.84, 0.09
"""How high an annotation's letters stand, tone marks included, in em of its own; how deep Han reach below the line."""
BESIDE = 0.5
"""Vertical lines: how far from the column's axis an annotation's foot stands, in em of the paragraph."""
DESCENT = 0.12


def annotate(chain: UnitChain, spans: Sequence[Span], metrics: Metrics, overhang: float = 0.0) -> UnitChain:
    """*chain* with the annotations of *spans*.

    An annotation wider than its base reaches over the neighbours by at most *overhang* em on either side (CLREQ: over
    adjacent base text as long as the least space between annotations is kept); beyond that the base is spaced out.
    """
    notes = tuple(_notes(chain, spans, metrics))
    if not notes:
        return chain
    units, of = list(chain.units), {k: note for note in notes for k in range(note.first, note.last + 1)}
    for note in notes:
        excess = note.room - _base(chain, note)
        if excess <= 0:
            continue
        over = min(excess / 2, *(_lent(chain, of, k, step, overhang) for k, step in ((note.first, -1), (note.last, 1))))
        pad = (excess - 2 * over) / (note.last - note.first + 1) / 2
        for k in range(note.first, note.last + 1):
            units[k] = replace(units[k], width=units[k].width + 2 * pad, pad=pad)
        units[note.first] = replace(units[note.first], lead=over)
        units[note.last] = replace(units[note.last], trail=over)
    return replace(chain, units=tuple(units), notes=notes)


def _notes(chain: UnitChain, spans: Sequence[Span], metrics: Metrics) -> Iterator[Annotation]:
    offset = 0
    for span in spans:
        if span.ruby is not None and span.text:
            first, last = chain.at(offset), chain.at(offset + len(span.text) - 1)
            yield Annotation(first, last, span.ruby, tuple(shaped(span.ruby.faces, span.ruby.text, metrics)))
        offset += len(span.text)


def _base(chain: UnitChain, note: Annotation) -> float:
    return sum(unit.width for unit in chain.units[note.first : note.last + 1])


def _lent(chain: UnitChain, of: Mapping[int, Annotation], k: int, step: int, overhang: float) -> float:
    """How far an annotation may reach over what stands beside unit *k* of its base, in em: over half of it at most, for
    from its other side another may come; over what is annotated itself, only where that leaves room."""
    k += step
    if not 0 <= k < len(chain.units):
        return overhang  # only a line's edge is there, and it gives way
    if k in of:
        return min(overhang, max(0.0, _base(chain, of[k]) - of[k].room) / 2)
    if chain.kinds[k] not in _LENDING:
        return 0.0
    scale = chain.units[k].span.scale
    return min(overhang, (chain.units[k].width if chain.kinds[k] is CharClass.HAN else HALF * scale) / 2)


_LENDING = frozenset({CharClass.HAN, CharClass.WIDE}) | MARKS
HALF = 0.5
"""What is left of a mark that has given up its space, in em of its own."""


def reach(scale: float, *, vertical: bool) -> float:
    """The least distance of two lines, in em, at which an annotation of *scale* stays clear of the line beside it."""
    return 2 * BESIDE + scale if vertical else LIFT + HIGH * scale + DEEP


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
