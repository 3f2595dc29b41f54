"""Marks under a line: 着重号, lines, proper-noun marks (GB/T 15834 4.10, 4.15, 5.1.8; CLREQ handling_interlinear…)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from layout.composer.classes import CharClass
from layout.composer.model import Decoration
from layout.composer.units import UnitChain

APART = 0.07
"""How much a proper-noun mark stays inside its words at either end, so that two neighbours are two, in em."""
_DOTTED = frozenset({CharClass.HAN, CharClass.LATIN, CharClass.WIDE})


def decorations(chain: UnitChain, edges: Mapping[int, tuple[float, float]]) -> Iterator[Decoration]:
    """The marks under the units whose *edges* (begin and end on the line, in em) are given, span by span."""
    group: list[int] = []
    for k in edges:
        if group and (chain.units[k].span is not chain.units[group[0]].span or k != group[-1] + 1):
            yield from _of_span(chain, group, edges)
            group = []
        if chain.units[k].span.under:
            group.append(k)
    if group:
        yield from _of_span(chain, group, edges)


def _of_span(chain: UnitChain, group: list[int], edges: Mapping[int, tuple[float, float]]) -> Iterator[Decoration]:
    span = chain.units[group[0]].span
    start, end = edges[group[0]][0], edges[group[-1]][1]
    centres = tuple(sum(edges[k]) / 2 for k in group if chain.kinds[k] in _DOTTED)
    lined = any(kind != "dot" for kind in span.under)
    for kind in span.under:
        inset = APART * span.scale if kind in ("name", "wave") else 0.0
        dots = centres if kind == "dot" else ()
        if kind != "dot" or dots:
            outer = kind == "dot" and lined
            yield Decoration(kind, start + inset, end - inset, dots, span.scale, span.role, outer)
