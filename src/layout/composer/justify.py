"""A chosen line, set: who gives, who takes, and where every cluster stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from layout.composer.classes import Kind, marks
from layout.composer.evaluate import FITS, Strip
from layout.composer.gaps import SQUEEZE_OF, WORD_SPACES
from layout.composer.model import Adjustment, Line, Metrics, Placed
from layout.composer.ruby import place_note
from layout.composer.split import Part, row_at
from layout.composer.under import decorations
from layout.composer.units import Unit
from layout.fontbook.clusters import Cluster

SQUEEZE_ORDER = ("line_end", "word_space", "interpunct", "bracket", "comma", "han_latin", "stop")
"""CLREQ procedures_for_inter-character_spacing_reduction: one class after the other, equally inside each."""

BASELINE = 0.88
"""How far below the top of its em box a Han face's baseline lies."""
NOTHING = 1e-9


@dataclass(slots=True)
class _Row:
    """A line in the making: the cell of each of its units and the gap after it, by unit number."""

    strip: Strip
    first: int
    last: int
    cells: dict[int, float]
    gaps: dict[int, float]
    parts: dict[int, Part] = field(default_factory=dict)
    """By unit number the notes in two rows that stand in it."""
    adjustments: list[Adjustment] = field(default_factory=list)
    loosest: float = 0.0
    wanted: float = 0.0
    """The gap that would have filled the line, where that is more than the style allows."""

    @property
    def inner(self) -> range:
        """The units with a gap after them that lies inside the line."""
        return range(self.first, self.last)

    def note(self, kind: str, each: Sequence[float]) -> None:
        taken = tuple(amount for amount in each if amount > NOTHING)
        if taken:
            self.adjustments.append(Adjustment(kind, marks().rules[kind], taken))


def set_line(strip: Strip, i: int, j: int, room: float, *, indent: float, metrics: Metrics, last: bool) -> Line:
    """Line [i, j) in *room* em after *indent* em. Justified unless it is the *last* or the setting is ragged."""
    first, after = strip.head[i], strip.tail[j]
    hyphen = strip.breaks.hyphen.get(j, 0.0)
    row = _row(strip, first, after - 1)
    width = 0.0
    if after > first:
        need = room - strip.natural(i, j)
        need = _hang(row, need)
        justified = strip.setting.align == "justify" and not last
        if need < -FITS:
            _squeeze(row, -need)
        elif need > FITS and justified:
            _stretch(row, need)
        if justified or need < -FITS:
            _absorb(row, room - hyphen, room)
        width = sum(row.cells.values()) + sum(row.gaps.values()) + hyphen
    shift = _shift(strip, room - width)
    placed = tuple(_place(row, i, j, indent + shift, metrics, hyphen > 0))
    edges = _edges(row, indent + shift)
    under = tuple(decorations(strip.chain, edges)) if any(strip.chain.units[k].span.under for k in edges) else ()
    if strip.chain.notes:
        placed = tuple(_with_notes(strip, placed, edges))
    text = strip.chain.text[_offset(strip, i) : _offset(strip, j)]
    start = _offset(strip, i)
    return Line(
        placed,
        text,
        start,
        start + len(text),
        room + indent,
        indent + shift + width,
        tuple(row.adjustments),
        row.loosest,
        last,
        under,
        row.wanted,
    )


def _edges(row: _Row, x: float) -> dict[int, tuple[float, float]]:
    """Where each unit's cell begins and ends on the line, less what an annotation made it wider."""
    edges = {}
    for k in range(row.first, row.last + 1):
        unit = row.strip.chain.units[k]
        lead, trail = unit.lead if k == row.first else 0.0, unit.trail if k == row.last else 0.0
        edges[k] = (x + unit.pad + lead, x + row.cells[k] - unit.pad - trail)
        x += row.cells[k] + row.gaps.get(k, 0.0)
    return edges


def _with_notes(strip: Strip, placed: Sequence[Placed], edges: Mapping[int, tuple[float, float]]) -> Iterator[Placed]:
    """*placed* with every annotation after the last cluster of its base: the order in which they are read."""
    units = strip.chain.units
    notes = {units[note.last].offset + len(units[note.last].text): note for note in strip.chain.notes}
    for one in placed:
        yield one
        note = notes.get(one.offset + len(one.cluster.text)) if not one.inserted else None
        if note is not None:
            # Of a base that was broken all the same, or ends in spaces, the annotation goes with what is here of it.
            here = [edges[k] for k in range(note.first, note.last + 1) if k in edges] or [(one.x, one.x)]
            offset = units[note.first].offset
            yield from place_note(note, here[0][0], here[-1][1], offset, vertical=strip.setting.vertical)


def _offset(strip: Strip, index: int) -> int:
    units = strip.chain.units
    return units[index].offset if index < len(units) else len(strip.chain.text)


def _shift(strip: Strip, spare: float) -> float:
    return {"end": spare, "center": spare / 2}.get(strip.setting.align, 0.0)


def _row(strip: Strip, first: int, last: int) -> _Row:
    gaps = strip.gaps
    row = _Row(
        strip,
        first,
        last,
        {k: gaps.cell[k] for k in range(first, last + 1)},
        {k: gaps.gap[k] for k in range(first, last)},
    )
    if last >= first:
        for part in strip.splits.parts(first, last + 1) if strip.splits else ():
            row.parts |= dict.fromkeys(range(part.first, part.after), part)
            row.cells |= dict.fromkeys(range(part.first, part.after), 0.0) | {part.first: part.width}
        row.cells[first] += strip.start_change[first]
        row.cells[last] += strip.end_change[last]
        if strip.chain.kinds[first] is Kind.OPEN:
            row.note("line_start", [strip.chain.units[first].width - gaps.start[first]])
        if strip.chain.kinds[last] in (Kind.CLOSE, Kind.COMMA, Kind.STOP):
            row.note("line_end", [strip.chain.units[last].width - gaps.end[last]])
    return row


def _hang(row: _Row, need: float) -> float:
    """A pause mark that does not fit hangs outside the measure (CLREQ hanging_punctuation_marks_at_line_end)."""
    if need < -FITS and row.strip.gaps.hangs[row.last]:
        need += row.cells[row.last]
        row.note("hang", [row.cells[row.last]])
        row.cells[row.last] = 0.0
    return need


def share(amount: float, limits: Sequence[float]) -> list[float]:
    """*amount* dealt out equally, no share above its limit; all of every limit if it is too much."""
    shares = [0.0] * len(limits)
    open_places = [k for k, limit in enumerate(limits) if limit > NOTHING]
    while amount > NOTHING and open_places:
        each = min(amount / len(open_places), *(limits[k] - shares[k] for k in open_places))
        for k in open_places:
            shares[k] += each
        amount -= each * len(open_places)
        open_places = [k for k in open_places if limits[k] - shares[k] > NOTHING]
    return shares


def _squeeze(row: _Row, need: float) -> None:
    """Takes *need* em from the line in the published order."""
    for kind in SQUEEZE_ORDER:
        in_gap = kind == "han_latin"
        places = _givers(row, kind)
        shares = share(need, [limit for _, limit in places])
        for (k, _), amount in zip(places, shares, strict=True):
            (row.gaps if in_gap else row.cells)[k] -= amount
        row.note(kind, shares)
        need -= sum(shares)
        if need <= NOTHING:
            return


def _givers(row: _Row, kind: str) -> list[tuple[int, float]]:
    strip = row.strip
    if kind == "line_end":
        return [(row.last, strip.gaps.end_gives[row.last])]
    if kind == "han_latin":
        return [(k, strip.gaps.gap_gives[k]) for k in row.inner if strip.gaps.gap_gives[k] > 0]
    kinds, gives = strip.chain.kinds, strip.gaps.gives
    inside = [k for k in range(row.first, row.last + 1) if gives[k] > 0 and SQUEEZE_OF.get(kinds[k]) == kind]
    return [(k, gives[k]) for k in inside if not _at_edge(row, k)]


def _at_edge(row: _Row, k: int) -> bool:
    """Whether the line's edge already decided what the mark gives."""
    kind = row.strip.chain.kinds[k]
    if k == row.first and kind is Kind.OPEN and row.strip.setting.line_start == "trim":
        return True
    return k == row.last and kind in (Kind.CLOSE, Kind.COMMA, Kind.STOP)


def _stretch(row: _Row, need: float) -> None:
    """Gives the line *need* em more in the published order (CLREQ procedures_for_inter-character_space_expansion)."""
    gaps = row.strip.gaps
    spaces = [k for k in row.inner if gaps.takes[k] > 0]
    shares = share(need, [gaps.takes[k] for k in spaces])
    for k, amount in zip(spaces, shares, strict=True):
        row.cells[k] += amount
    row.note("word_space+", shares)
    need -= sum(shares)
    joints = [k for k in row.inner if gaps.gap_takes[k] > 0]
    shares = share(need, [gaps.gap_takes[k] for k in joints])
    for k, amount in zip(joints, shares, strict=True):
        row.gaps[k] += amount
    row.note("han_latin+", shares)
    need -= sum(shares)
    if need <= NOTHING:
        return
    open_gaps = [k for k in row.inner if gaps.open_gap[k]]
    if open_gaps:
        _open_evenly(row, row.gaps, open_gaps, need, "inter_char+")
    else:
        _go_beyond(row, joints, need)


def _go_beyond(row: _Row, joints: Sequence[int], need: float) -> None:
    """Where the line has no ordinary gap: what has a limit goes beyond it, and a remark will say so. What a Han–Latin
    gap gets past its own limit is inter-character space like any other."""
    gaps, kinds = row.strip.gaps, row.strip.chain.kinds
    spaces = [k for k in row.inner if kinds[k] in WORD_SPACES and gaps.cell[k] > 0]
    spare = joints or [k for k in row.inner if gaps.spare_gap[k]]
    if spaces:
        _open_evenly(row, row.cells, spaces, need, "word_space+")
    elif spare:
        _open_evenly(row, row.gaps, spare, need, "inter_char+")
    else:
        row.wanted = need
    # Past a published limit a line is loose however little it is: it must be remarked on.
    row.loosest = max(row.loosest, row.strip.setting.gap_warn + 2 * FITS) if spaces or joints else row.loosest


def _open_evenly(row: _Row, where: dict[int, float], places: Sequence[int], need: float, kind: str) -> None:
    """Gives each of *places* its part of *need*, none more than ``gap_error``: the line is then left short."""
    each = need / len(places)
    if each > row.strip.setting.gap_error + FITS and not row.strip.setting.overstretch:
        row.wanted, each = each, row.strip.setting.gap_error
    for k in places:
        where[k] += each
    before = next((a for a in row.adjustments if a.kind == kind), None)
    if before is not None and len(before.each) == len(places):  # it had already gone to its limit
        row.adjustments.remove(before)
        row.note(kind, [each + amount for amount in before.each])
    else:
        row.note(kind, [each] * len(places))
    row.loosest = each


def _absorb(row: _Row, wanted: float, room: float) -> None:
    """Spreads what rounding left, so that the line's advances add up to its room exactly."""
    rest = wanted - sum(row.cells.values()) - sum(row.gaps.values())
    places = [k for k in row.inner if row.strip.gaps.spare_gap[k]] or list(row.inner)
    if places and abs(rest) <= 2 * FITS and room > 0:
        for k in places:
            row.gaps[k] += rest / len(places)


def _place(row: _Row, i: int, j: int, x: float, metrics: Metrics, hyphen: bool) -> Iterator[Placed]:  # noqa: PLR0917
    """Every cluster of units [i, j): hanging spaces take no width, and the rest stand in their cells."""
    strip, begun = row.strip, x
    for k in range(i, j):
        unit = strip.chain.units[k]
        if not row.first <= k <= row.last:
            yield from _in_cell(unit, x, 0.0, 0.0)
            continue
        cell, gap = row.cells[k], row.gaps.get(k, 0.0)
        if k in row.parts:
            begun = x if k == row.parts[k].first else begun
            yield from _in_row(strip, row.parts[k], k, begun, cell + gap)
        else:
            yield from _in_cell(unit, x + _pen(row, k), cell + gap, cell)
        x += cell + gap
        if k == row.last and hyphen:
            yield from _hyphen(unit, x, metrics)


def _pen(row: _Row, k: int) -> float:
    """Where the pen lies in the cell: before it for a mark cut on its left, shared for an interpunct."""
    kind, unit = row.strip.chain.kinds[k], row.strip.chain.units[k]
    if k == row.first and unit.lead:
        return unit.lead
    if kind is Kind.OPEN:
        return row.cells[k] - unit.width
    if kind is Kind.INTERPUNCT or row.strip.gaps.left[k]:
        return (row.cells[k] - unit.width) / 2
    return 0.0


def _in_cell(unit: Unit, pen: float, advance: float, cell: float) -> Iterator[Placed]:
    scale, role = unit.span.scale, unit.span.role
    if unit.turned == "combined":
        yield from _combined(unit, pen, advance)
        return
    turned = (0.5 - BASELINE) * (1.0 if unit.span.rise else scale) + unit.span.rise
    across = {"rotated": turned, "upright": -unit.clusters[0].advance * scale / 2}.get(unit.turned, 0.0)
    pen += unit.pad + (BASELINE * scale if unit.turned == "upright" else 0.0)
    offset, taken = unit.offset, 0.0
    for number, cluster in enumerate(unit.clusters):
        rest = number == len(unit.clusters) - 1
        own = advance - taken if rest else min(cluster.advance * scale, cell)
        rotated, rise = unit.turned == "rotated", unit.span.rise
        yield Placed(cluster, pen, own, scale, role, offset, across=across, rotated=rotated, rise=rise)
        offset += len(cluster.text)
        pen += 0.0 if unit.turned == "upright" else cluster.advance * scale
        taken += own


def _in_row(strip: Strip, part: Part, k: int, begun: float, advance: float) -> Iterator[Placed]:
    """Unit *k* of a note in two rows that begins at *begun* on the line."""
    unit, row, vertical = strip.chain.units[k], part.row(k), strip.setting.vertical
    pen = begun + (strip.splits.pen(part, k) if strip.splits else 0.0)
    away = row_at(unit.span.scale, row, vertical=vertical)
    for placed in _in_cell(unit, pen, advance, unit.width):
        yield replace(placed, across=placed.across + away) if vertical else replace(placed, rise=placed.rise + away)


def _combined(unit: Unit, x: float, advance: float) -> Iterator[Placed]:
    """纵中横排: digits side by side in one em, centred on the column's axis, narrowed if they are wider."""
    scale = unit.span.scale
    total = sum(cluster.advance for cluster in unit.clusters) * scale
    narrow = min(1.0, scale / total) if total else 1.0
    across, offset = -total * narrow / 2, unit.offset
    for number, cluster in enumerate(unit.clusters):
        own = 0.0 if number else advance
        pen = x + BASELINE * scale
        yield Placed(cluster, pen, own, scale, unit.span.role, offset, across=across, combined=True, scale_x=narrow)
        offset += len(cluster.text)
        across += cluster.advance * scale * narrow


def _hyphen(unit: Unit, x: float, metrics: Metrics) -> Iterator[Placed]:
    clusters: Sequence[Cluster] = metrics.clusters(unit.span.faces, "-")
    offset = unit.offset + len(unit.text)
    for cluster in clusters:
        yield Placed(
            cluster, x, cluster.advance * unit.span.scale, unit.span.scale, unit.span.role, offset, inserted=True
        )
        x += cluster.advance * unit.span.scale
