"""Turns a paragraph's runs into the composer's spans: faces and sizes from the type, marks from the manuscript."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from layout.composer import Ruby, Span
from layout.manuscript.model import Level, Paragraph, Run
from layout.page.frames import FrameType

_SMALL: dict[Level, tuple[float, float]] = {
    "super": (0.6, 0.34),
    "sub": (0.6, -0.14),
    "note": (0.8, 0.0),
    "jiazhu": (0.5, 0.0),
}
"""Size and rise in em of the words around."""
RUBY = 0.5
"""An annotation's size in em of its base."""
SMALL_LEAST = 6.0
"""Points below which a raised or lowered figure, a note's mark or a unit is not set: newsprint prints no smaller type
in one ink (``min_type.solid`` of its profile). In a table of 7.5 pt a mark would be 4.5 pt."""
ROWS_LEAST, RUBY_LEAST = 4.5, 4.0
"""The same of a note in two rows, which share the height of a line, and of an annotation: nobody reads them smaller."""


def spans_of(paragraph: Paragraph, type_: FrameType) -> Iterator[Span]:
    """The spans of *paragraph*, in order; an annotation goes with the run before it."""
    runs: list[Run | None] = [*_joined_units(paragraph.runs, type_), None]
    for run, following in pairwise(runs):
        if run is None or run.level == "ruby":
            continue
        if run.level == "jiazhu":
            yield from _in_two_rows(run, type_)
            continue
        span = _span(run, type_)
        if following is not None and following.level == "ruby":
            span = replace(span, ruby=_ruby(following, span, type_))
        yield span


def _joined_units(runs: Sequence[Run], type_: FrameType) -> Iterator[Run]:
    """*runs*; a unit that the design sets like its number is no run of its own."""
    alike = type_.roles.get("unit", type_.roles["plain"]) == type_.roles["plain"]
    if alike and len(runs) > 1 and runs[1].mark == "unit":
        yield replace(runs[0], text=runs[0].text + runs[1].text)
        yield from runs[2:]
    else:
        yield from runs


_PAIRS = dict(zip("（〔〖【［「『(", "）〕〗】］」』)", strict=True))


def _in_two_rows(run: Run, type_: FrameType) -> Iterator[Span]:
    """A note in two rows; the brackets it begins and ends with stand outside, in the size of the words around."""
    text = run.text
    enclosed = len(text) > 2 and text[0] in _PAIRS and text.find(_PAIRS[text[0]]) == len(text) - 1
    if enclosed:
        yield _span(replace(run, text=text[0], level=""), type_)
    yield replace(_span(replace(run, text=text[1:-1] if enclosed else text), type_), split=True)
    if enclosed:
        yield _span(replace(run, text=text[-1], level=""), type_)


def _span(run: Run, type_: FrameType) -> Span:
    role = type_.roles.get(run.mark, type_.roles["plain"])
    shrink, rise = _SMALL.get(run.level, (1.0, 0.0))
    least = ROWS_LEAST if run.level == "jiazhu" else SMALL_LEAST
    size = min(role.size, max(role.size * shrink, least))
    name = run.mark if run.mark in type_.roles else "plain"
    return Span(run.text, role.faces, size / type_.size, name, rise * role.size / type_.size, run.under)


def _ruby(run: Run, base: Span, type_: FrameType) -> Ruby:
    size = max(base.scale * type_.size * RUBY, RUBY_LEAST)
    return Ruby(run.text, base.faces, size / type_.size, base.role)
