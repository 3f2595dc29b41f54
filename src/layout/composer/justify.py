"""Sets a chosen line: squeezes or stretches it to its measure and places every cluster."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from layout.composer.allowances import FITS, UNLIMITED, AdjustmentStep, Opening
from layout.composer.classes import CharClass, marks
from layout.composer.decorations import decorations
from layout.composer.evaluate import Strip
from layout.composer.inline_notes import NotePart, row_at
from layout.composer.model import Adjustment, Line, Metrics, Placed
from layout.composer.ruby import place_note
from layout.composer.units import Unit
from layout.fontbook.clusters import Cluster

BASELINE = 0.88
"""How far below the top of its em box a Han face's baseline lies."""
NOTHING = 1e-9


@dataclass(slots=True)
class _Row:
    """A line being set: the width of each unit's cell and of the gap after it, by unit number."""

    strip: Strip
    first: int
    last: int
    cells: dict[int, float]
    gaps: dict[int, float]
    parts: dict[int, NotePart] = field(default_factory=dict)
    """By unit number the notes in two rows that stand in it."""
    adjustments: list[Adjustment] = field(default_factory=list)
    loosest: float = 0.0
    wanted: float = 0.0
    """The gap that would have filled the line, where that is more than the style allows."""

    @property
    def inner(self) -> range:
        """The units with a gap after them that lies inside the line."""
        return range(self.first, self.last)

    def part(self, step: AdjustmentStep | Opening) -> dict[int, float]:
        """The widths that *step* changes."""
        return self.gaps if step.in_gap else self.cells

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
        hanging = strip.hung(need, j)
        need += hanging
        if hanging:
            row.cells[row.last] -= hanging
            row.note("hang", [hanging])
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
    table = strip.allowances
    row = _Row(strip, first, last, table.cell.along(first, last), {k: table.gap.inside[k] for k in range(first, last)})
    if last >= first:
        for part in strip.splits.parts(first, last + 1) if strip.splits else ():
            row.parts |= dict.fromkeys(range(part.first, part.after), part)
            row.cells |= dict.fromkeys(range(part.first, part.after), 0.0) | {part.first: part.width}
        for kind, amount in table.trims(first, last):
            row.note(kind, [amount])
    return row


def share(amount: float, limits: Sequence[float]) -> list[float]:
    """Equal shares of *amount*, none above its limit. If *amount* is too much, every share is its limit."""
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
    """Takes *need* em from the line, step by step."""
    for step in row.strip.allowances.squeezes(row.first, row.last):
        need -= _change(row, step, need, -1)
        if need <= NOTHING:
            return


def _stretch(row: _Row, need: float) -> None:
    """Gives the line *need* em more, step by step; past the last limit it is opened evenly."""
    for step in row.strip.allowances.stretches(row.first, row.last):
        need -= _change(row, step, need, +1)
    if need <= NOTHING:
        return
    table = row.strip.allowances
    found = table.opening(row.first, row.last)
    if table.eased.limit < UNLIMITED:
        need -= _ease(row, need, len(found[1]) if found and found[0] is table.openings[0] else 0)
    if need <= NOTHING:
        return
    if found is None:
        row.wanted = need
        return
    opening, places = found
    _open_evenly(row, row.part(opening), places, need, opening.kind)
    row.loosest = max(row.loosest, opening.least)


def _ease(row: _Row, need: float, places: int) -> float:
    """Gives Han–Latin gaps their part of *need* em, the rest of which goes to ordinary gaps at so many *places*;
    returns how much they have taken."""
    eased = row.strip.allowances.eased
    parts = eased.parts.limits(row.first, row.last)
    if not parts:
        return 0.0
    each = eased.each(need, sum(parts.values()), places)
    for k, part in parts.items():
        row.gaps[k] += each * part
    row.note("han_latin+", [each * part for part in parts.values()])
    row.loosest = each
    return each * sum(parts.values())


def _change(row: _Row, step: AdjustmentStep, amount: float, sign: int) -> float:
    """Distributes *amount* em over the places of *step* and returns how much of it they took."""
    shares = share(amount, list(step.limits.values()))
    part = row.part(step)
    for k, own in zip(step.limits, shares, strict=True):
        part[k] += sign * own
    row.note(step.kind, shares)
    return sum(shares)


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
    """Spreads the rounding error over the line's gaps, so that its advances add up to its room exactly."""
    rest = wanted - sum(row.cells.values()) - sum(row.gaps.values())
    places = [k for k in row.inner if row.strip.allowances.spare.inside[k]] or list(row.inner)
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
    if kind is CharClass.OPEN:
        return row.cells[k] - unit.width
    if kind is CharClass.INTERPUNCT or row.strip.allowances.left[k]:
        return (row.cells[k] - unit.width) / 2
    return 0.0


def _in_cell(unit: Unit, pen: float, advance: float, cell: float) -> Iterator[Placed]:
    scale, role = unit.span.scale, unit.span.role
    if not unit.turned and len(unit.clusters) == 1:  # nearly all of a page
        yield Placed(unit.clusters[0], pen + unit.pad, advance, scale, role, unit.offset, rise=unit.span.rise)
        return
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


def _in_row(strip: Strip, part: NotePart, k: int, begun: float, advance: float) -> Iterator[Placed]:
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
