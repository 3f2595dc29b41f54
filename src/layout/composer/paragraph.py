"""Composes a paragraph: finds where its lines end, sets them, and remarks on their faults."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from layout.composer.allowances import FITS
from layout.composer.breaks import ADDRESS, FREE, ITEM, NAME, TITLE, UNIT, WITHIN, WORD, find_breaks
from layout.composer.classes import CharClass, marks
from layout.composer.evaluate import Available, Strip, build_strip
from layout.composer.first_fit import first_fit, mend_runt
from layout.composer.gaps import find_gaps
from layout.composer.justify import set_line
from layout.composer.model import Composition, Line, Measure, Metrics, Remark, Setting, Span
from layout.composer.optical import line_edges, with_even_marks, with_hanging_room
from layout.composer.ruby import annotate
from layout.composer.total_fit import total_fit
from layout.composer.units import build_chain

LEAST_ITEM = 4.0
"""Em that must be left for an item's words; in a narrower column its turn-over lines stand full left."""


def compose(
    spans: Sequence[Span], setting: Setting, measure: Measure, metrics: Metrics, *, first_line: int = 0
) -> Composition:
    """Composes *spans* as one paragraph in lines of *measure* em.

    Its first line is number *first_line* to a measure given per line, and is indented. A newline in the text ends a
    line. A line that cannot be set within the limits is set as far as they go, short of its measure or beyond it, and
    a remark says which and by how much.
    Raises ``FontError`` from *metrics* when no face has a character.
    """
    strip = prepare(spans, setting, measure, metrics, first_line)
    narrow = measure(first_line) if callable(measure) else measure
    turn_over = _turn_over(strip, narrow)
    available = available_room(setting, measure, first_line, turn_over)
    ends = _line_ends(strip, with_hanging_room(strip, available), constant=not callable(measure))
    return set_lines(strip, ends, available, metrics, turn_over)


def _turn_over(strip: Strip, measure: float) -> float:
    """The indent of an item's turn-over lines: to the words after its number, where the column has room for that."""
    match = marks().item.match(strip.chain.text) if strip.setting.items == "hanging" else None
    if match is None:
        return 0.0
    number = strip.width[strip.chain.at(match.end() - 1) + 1] + strip.allowances.cell.at_start[strip.head[0]]
    indent = strip.setting.indent + number
    return indent if indent <= measure - LEAST_ITEM else 0.0


def prepare(spans: Sequence[Span], setting: Setting, measure: Measure, metrics: Metrics, first_line: int = 0) -> Strip:
    """The paragraph's units with their widths, limits and breaks, before any line is broken."""
    chain = build_chain(spans, metrics, vertical=setting.vertical)
    chain = annotate(chain, spans, metrics, setting.ruby_overhang)
    narrow = measure(first_line) if callable(measure) else measure
    return build_strip(chain, find_gaps(chain, setting), find_breaks(chain, setting, metrics, narrow), setting)


def available_room(setting: Setting, measure: Measure, first_line: int, turn_over: float = 0.0) -> Available:
    """The room on each line of a paragraph that begins on line *first_line* of *measure*, less its indent, and less
    *turn_over* on the lines after."""
    if not callable(measure):
        first, after = measure - setting.indent, measure - turn_over
        return lambda number: after if number else first

    def room(number: int) -> float:
        return measure(first_line + number) - (setting.indent if number == 0 else turn_over)

    return room


def _line_ends(strip: Strip, available: Available, *, constant: bool) -> list[int]:
    """Where the lines end, stretch by stretch between the newlines."""
    ends: list[int] = []
    start, size, forced = 0, len(strip.chain.units), strip.breaks.forced
    stops = [k + 1 for k, kind in enumerate(strip.chain.kinds) if kind is CharClass.NEWLINE or k + 1 in forced]
    if not stops or stops[-1] < size:
        stops.append(size)
    for stop in stops:
        found = first_fit(strip, start, stop, available, len(ends))
        if stop == size:
            found = mend_runt(strip, start, found, available, len(ends))
        if strip.setting.fit == "total" and len(found) > 1:
            found = total_fit(strip, start, found, available, len(ends), constant=constant)
        ends += found
        start = stop
    return ends


def set_lines(
    strip: Strip, ends: Sequence[int], available: Available, metrics: Metrics, turn_over: float = 0.0
) -> Composition:
    """Sets the lines that end at *ends*, and remarks on their faults."""
    lines: list[Line] = []
    remarks: list[Remark] = []
    start = 0
    for number, end in enumerate(ends):
        last = _is_last(strip, end)
        indent = strip.setting.indent if number == 0 else turn_over
        edges = line_edges(strip, start, end, metrics, first=number == 0, last=end == len(strip.chain.units))
        room, begin = available(number) + edges.start + edges.end, indent - edges.start
        line = set_line(strip, start, end, room, indent=begin, metrics=metrics, last=last)
        line = with_even_marks(strip, line, metrics)
        lines.append(line)
        # An address that the next line begins with, or holds further on, decides where this one ends.
        after = ends[number + 1] if number + 1 < len(ends) else end
        beside = not strip.breaks.addresses.isdisjoint(range(start, after))
        own = _remarks(strip, line, number, room, beside_address=beside)
        remarks += own
        if _is_told(strip, end, short=any(remark.missing for remark in own)):
            remarks.append(_torn(strip, line, end, number))
        start = end
    if len(ends) > 1 and not _is_last(strip, ends[-2]) and strip.short_last(ends[-2]):
        remarks.append(Remark(len(ends) - 1, "runt", strip.weight[-1] - strip.weight[ends[-2]]))
    return Composition(tuple(lines), tuple(remarks))


LONGEST_NAME = 3
"""Characters of a name as most are; of four, torn in the middle (人心|思齐), two words are left whole."""

_TORN: dict[int, Literal["torn_address", "torn_title", "torn_item", "torn_unit", "torn_name", "torn_word"]] = {
    FREE: "torn_address",
    ADDRESS: "torn_address",
    ITEM: "torn_item",
    TITLE: "torn_title",
    UNIT: "torn_unit",
    WITHIN: "torn_unit",
    NAME: "torn_name",
    WORD: "torn_word",
}


def _is_told(strip: Strip, end: int, *, short: bool) -> bool:
    """Whether what a line that ends at *end* tears is sure to be a whole; a *short* line tells of its address."""
    grade = strip.breaks.grade[end]
    if grade not in _TORN or end not in strip.breaks.whole:
        return False
    if grade in (FREE, ADDRESS):
        return end in strip.breaks.addresses and not short
    start, after = strip.breaks.whole[end]
    return grade != ITEM or after - start <= LONGEST_NAME


def _torn(strip: Strip, line: Line, end: int, number: int) -> Remark:
    """The remark on a line end that tears a name, a title, a unit or a word."""
    start, after = strip.breaks.whole[end]
    at, text = strip.chain.units[end].offset, strip.chain.text
    torn = f"{text[start:at]}|{text[at:after]}"
    return Remark(number, _TORN[strip.breaks.grade[end]], line.loosest_gap, torn)


def _is_last(strip: Strip, end: int) -> bool:
    """Whether a line that ends at *end* is not justified."""
    kinds = strip.chain.kinds
    return end == len(kinds) or kinds[end - 1] is CharClass.NEWLINE or end in strip.breaks.forced


def _remarks(strip: Strip, line: Line, number: int, room: float, *, beside_address: bool) -> list[Remark]:
    setting = strip.setting
    beyond = line.width - line.measure
    if setting.align in ("center", "end"):  # it sticks out at its start as well, or there only
        beyond = sum(one.advance for one in line.placed) - room
    if beyond > FITS:
        return [Remark(number, "overlong", beyond)]
    short = line.measure - line.width if setting.align == "justify" and not line.last else 0.0
    if short > FITS:  # refused: what it has to open is open as far as the style allows
        what: Literal["short_address", "very_loose"] = "short_address" if beside_address else "very_loose"
        return [Remark(number, what, line.wanted_gap or short, missing=short)]
    if line.loosest_gap > setting.gap_error + FITS:  # stretched all the same, because the setting says so
        return [Remark(number, "very_loose", line.loosest_gap)]
    if line.loosest_gap > setting.gap_warn + FITS:
        return [Remark(number, "loose", line.loosest_gap)]
    return []
