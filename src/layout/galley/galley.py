"""Sets a galley: the copy of a chain down its slots, paragraph after paragraph, by the style's rules of breaks.

Headings in running text take whole rows (占行) and never end a column (背题); beside a box that stands in the column
they fit what it leaves, or stand below it. Where the design asks, no paragraph leaves fewer lines than ``--orphans`` at
a column's foot, nor carries fewer than ``--widows`` over to the next. What stays empty for the sake of that is given to
the headings above, as far as ``--rows-most`` lets them take it; the rest is counted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from layout.checks import Finding
from layout.composer import Composition
from layout.errors import Faults, LayoutError
from layout.flows import Flow
from layout.fontbook import NoGlyphError
from layout.galley.chain_opening import ChainOpening, StandingRoom
from layout.galley.css_to_setting import whole
from layout.galley.display_breaks import passed_breaks, torn_in_display
from layout.galley.heading_blocks import ChainHeadings, PlacedHeading
from layout.galley.line_clearance import cramped
from layout.galley.measures import inset_of, measure_of
from layout.galley.model import Galley, GalleyBox, GalleyLine, TextChain
from layout.galley.narrow_lines import beside_shape
from layout.galley.other_faces import other_faces
from layout.galley.paragraph_setter import Setter, even, finding_of, is_seen, place_of
from layout.galley.parting import beginning
from layout.galley.plain_marks import plain_marks
from layout.galley.run_in import run_in
from layout.galley.slots import LineSlots, Slot
from layout.galley.table_blocks import ChainTables
from layout.galley.table_lines import table_lines, type_of
from layout.geometry import Box
from layout.manuscript.model import Paragraph, Text
from layout.page.frames import FrameType
from layout.page.table_style import InkedBox

_RULE = 0.25
"""Of the column's width: the length of the rule above footnotes, as in books and journals."""
_TRIES = 4
"""How often a paragraph is set anew because breaking it between frames has changed its measures."""


def set_chain(chain: TextChain, slots: Sequence[Slot], setter: Setter, length: float = 0.0) -> Galley:
    """The copy of *chain* in its *slots*; where there is none, in lines of *length* points that know no end.

    Raises ``Faults`` naming every character that no face covers.
    """
    run = _Run(chain, tuple(slots), setter, length, {})
    galley = run.galley()
    more = run.blocks.spread(galley.empty) if galley.empty else {}
    if more:
        spread = _Run(chain, tuple(slots), setter, length, more).galley()
        if spread.used == galley.used and len(spread.empty) < len(galley.empty):
            return spread
    return galley


class _Run:
    """One chain, being set. *more* are the rows that headings take beyond what they want, by number of paragraph."""

    def __init__(
        self, chain: TextChain, slots: tuple[Slot, ...], setter: Setter, length: float, more: Mapping[int, int]
    ):
        self._chain, self._slots, self._setter = chain, slots, setter
        self._beyond = slots[-1].length if slots else length
        self._items = list(chain.items())
        self.blocks = ChainHeadings(chain.type, slots, self._beyond, more, setter)
        self.tables = ChainTables(chain.type, slots, self._beyond, setter, chain.turns)
        self._taken: set[int] = set()
        self._boxes: list[GalleyBox] = []
        self._repeated: list[Text] = []
        self._spare = 0.0
        self._unbroken: frozenset[int] = frozenset()
        self._opening = ChainOpening(chain.type, setter, self._first())
        self._lines: list[GalleyLine] = []
        self._tracking: dict[tuple[Flow, int], float] = {}
        self._findings: list[Finding] = []

    def galley(self) -> Galley:
        missing: list[LayoutError] = []
        at = 1 if self._items and self._run_in() else 0
        for index, (_, _, paragraph) in enumerate(self._items if at == 0 else ()):
            if self._room() == 0:
                break
            try:
                at = self._set(index, at)
            except NoGlyphError as fault:
                lacking = self._setter.lacking(paragraph, self._type(index), fault)
                missing += [each.at(place_of(paragraph, each.character)) for each in lacking]
        if missing:
            raise missing[0] if len(missing) == 1 else Faults(missing)
        chain = self._chain
        return Galley(
            chain.name,
            chain.type,
            tuple(self._lines),
            (
                *self._findings,
                *self._opening.told,
                *self._cramped(),
                *plain_marks(chain.name, chain.type, self._copy()),
                *other_faces(chain.name, self._lines, self._setter.fontbook),
            ),
            self._slots,
            self._tracking,
            at if self._chain.stop is None else max((line.slot + 1 for line in self._lines), default=0),
            tuple(sorted(set(range(min(at, len(self._slots)))) - self._taken)) if self._chain.stop is None else (),
            tuple(self._boxes),
            tuple(self._repeated),
            self._spare,
            self._unbroken,
        )

    def _room(self) -> int | None:
        """How many lines more are to stand here, where their number is known."""
        return None if self._chain.stop is None else self._chain.stop - len(self._lines)

    def _set(self, index: int, at: int) -> int:
        """Sets paragraph *index* from slot *at* on; gives the first slot after it."""
        if self._items[index][2].table is not None:
            return self._table(index, at)
        if index and self._begins_notes(index):
            at = self._rule(index, at)
        return self._heading(index, at) if self._takes_rows(index) else self._body(index, at)

    def _begins_notes(self, index: int) -> bool:
        """Whether it is the first footnote below copy."""
        before, own = self._items[index - 1][2].kind, self._items[index][2].kind
        return own == "footnote" != before

    def _rule(self, index: int, at: int) -> int:
        """The rule above the footnotes, in the middle of a line of its own, which is not parted from the first."""
        rule, leading = self._type(index).rule, self._chain.type.leading
        at = max(at, self._opening.after)
        if at < len(self._slots) and self._frame(self._broken(index, at + 1)[0].first) != self._frame(at):
            at += self._left(at)
        self._taken.add(at)
        if rule is not None and not self._chain.type.vertical:
            box = Box(0.0, (leading - rule.width) / 2, _RULE * self._length(at), rule.width)
            self._boxes.append(GalleyBox(at, InkedBox(box, rule.ink)))
        return at + 1

    def _table(self, index: int, at: int) -> int:
        """Sets a whole table with its first paragraph."""
        if index and self._items[index - 1][2].table == self._items[index][2].table:
            return at
        table = self._items[index][2].table
        own = [each for each in self._items[index:] if each[2].table == table]
        last = index + len(own) == len(self._items)
        at = max(at, self._opening.after)  # no table stands beside a drop cap
        found = table_lines(self.tables, self._chain.name, own, at, last=last)
        self._lines += found.lines
        self._boxes += found.boxes
        self._repeated += found.repeated
        self._findings += found.findings
        self._taken |= found.taken
        self._spare = found.spare
        self._unbroken |= found.unbroken
        return found.end

    def _run_in(self) -> bool:
        """Sets the flows on one line where the design asks for that; False where it does not, or a line is too few."""
        type_ = self._chain.type
        made = None if type_.parts is None else run_in(self._items, type_, self._length(0), self._setter)
        for (flow, number, paragraph), each in zip(self._items, made.lines if made else (), strict=False):
            self._lines.append(GalleyLine(each.line, flow, number, paragraph.place, type_, 0, None, each.at))
        self._findings += made.findings if made else ()
        self._taken |= {0} if made else set()
        return made is not None

    def _cramped(self) -> Iterator[Finding]:
        """What marks find no room between the lines; a line alone has none to touch."""
        if len(self._lines) > 1:
            yield from cramped(self._chain.name, self._copy())

    def _copy(self) -> Iterator[tuple[Paragraph, FrameType]]:
        """Every paragraph with its type."""
        return ((paragraph, self._type(index)) for index, (_, _, paragraph) in enumerate(self._items))

    def _type(self, index: int) -> FrameType:
        flow, _, paragraph = self._items[index]
        return type_of(self._chain.type, flow, paragraph)

    def _first(self) -> int:
        """The first paragraph of running text, which has the type of an opening; -1 where it began on another page.
        The rest of a lede is none.
        """
        own = (k for k in range(len(self._items)) if self._items[k][0] in self._chain.name.flows)
        plain = (k for k in own if self._items[k][2].table is None and not self._takes_rows(k))
        first = next((k for k in plain if self._type(k).options.get("break") != "sense"), -1)
        return -1 if first == 0 and self._chain.resumed else first

    def _takes_rows(self, index: int) -> bool:
        """Kinds set otherwise than the frame's own take whole rows: those with ``--rows``, and broken by sense."""
        type_ = self._type(index)
        return type_ is not self._chain.type and ("rows" in type_.options or type_.options.get("break") == "sense")

    def _length(self, slot: int) -> float:
        """The room in *slot*, in points; slots past the last are like it."""
        return self._whole_length(slot) - self._opening.inset(slot)

    def _measure(self, type_: FrameType, slot: int) -> float:
        """The measure in *slot*, in em: lines beside a drop cap end where the others do."""
        return measure_of(type_, self._whole_length(slot)) - self._opening.inset(slot) / type_.size

    def _whole_length(self, slot: int) -> float:
        """The same, of the lines beside a drop cap with what it takes of them."""
        return self._slots[slot].length if slot < len(self._slots) else self._beyond

    def _frame(self, slot: int) -> int:
        return self._slots[slot].frame if slot < len(self._slots) else -1

    def _left(self, slot: int) -> int:
        """How many slots the frame has from *slot* on."""
        frame = self._frame(slot)
        return sum(1 for each in self._slots[slot:] if each.frame == frame)

    def _block(self, index: int, at: int) -> PlacedHeading:
        """Heading *index* where it would stand from slot *at* on."""
        return self.blocks.block(index, self._items[index][2], self._type(index), at)

    def _company(self, index: int, at: int) -> int:
        """How many rows must follow heading *index* in its column: headings that come next, and lines after them."""
        following = index + 1
        if following == len(self._items):
            return 0
        flow, _, paragraph = self._items[following]
        if paragraph.table is not None:
            return self.tables.least(flow, paragraph.table, at)
        if self._takes_rows(following):
            return self._block(following, at).rows + self._company(following, at)
        type_, wanted = self._type(following), whole(self._type(index), "keep-next", 2)
        return beginning(paragraph, type_, self._measure(type_, at), self._setter, wanted)

    def _heading(self, index: int, at: int) -> int:
        at = max(at, self._opening.after)  # no heading stands beside a drop cap
        block = self._block(index, at)
        wanted = block.rows + self._company(index, at)
        left = self._left(block.at)
        if at < len(self._slots) and left < wanted and (left < block.rows or self._next_holds(at, wanted)):
            block = self._block(index, at + self._left(at))
        type_, at = self._type(index), block.at
        above = block.above(self._chain.type, type_)
        self._taken |= set(range(at, at + block.rows))
        self._put(
            index,
            block.composition,
            lambda _: at,
            lambda number: above + number * type_.leading,
            inset=lambda _: block.inset,
        )
        return at + block.rows

    def _next_holds(self, at: int, rows: int) -> bool:
        following = at + self._left(at)
        return following >= len(self._slots) or self._left(following) >= rows

    def _body(self, index: int, at: int) -> int:
        spots, composition, tracking = self._broken(index, at)
        flow, number, _ = self._items[index]
        type_ = self._type(index)
        if tracking:
            self._tracking[flow, number] = tracking
        self._put(
            index,
            composition,
            spots.__getitem__,
            lambda _: None,
            inset=lambda k: inset_of(type_, self._whole_length(spots[k])),
        )
        return spots[len(composition.lines) - 1] + 1

    def _broken(self, index: int, at: int) -> tuple[LineSlots, Composition, float]:
        """Paragraph *index* in lines, the slots that they take from *at* on, and by how much it is tracked."""
        flow, number, paragraph = self._items[index]
        type_ = self._type(index)
        resumed = self._chain.resumed and index == 0
        holes: frozenset[int] = frozenset()
        for _ in range(_TRIES):
            spots = LineSlots(at, holes)
            rows = self._left(at) if at < len(self._slots) else None
            cap = self._opening.stand(index, paragraph, type_, StandingRoom(at, rows, self._whole_length))
            measure = even(lambda k, spots=spots: self._measure(type_, spots[k]), self._guess(index, spots))  # type: ignore[misc]
            tracking = self._chain.tracking.get((flow, number), 0.0)
            if not tracking and not callable(measure) and not resumed and cap is None:
                tracking = self._setter.without_runt(paragraph, type_, measure)
            composition = self._opening.lines(index, paragraph, type_, measure, tracking, resumed=resumed)
            better = self._mended(type_, spots, len(composition.lines))
            if better is None:
                break
            at, holes = better
        return spots, composition, tracking

    def _guess(self, index: int, spots: LineSlots) -> int:
        """More lines than the paragraph can take."""
        narrow = min(self._length(spots[k]) for k in (0, 1, 2))
        return 4 + int(1.2 * len(self._items[index][2].text) * self._type(index).size / max(narrow, 1.0))

    def _mended(self, type_: FrameType, spots: LineSlots, lines: int) -> tuple[int, frozenset[int]] | None:
        """Where the paragraph should begin and which slots it should leave, if its breaks offend; None if not."""
        orphans, widows = whole(type_, "orphans", 1), whole(type_, "widows", 1)
        for number in range(1, lines):
            before, after = spots[number - 1], spots[number]
            beyond = after >= len(self._slots)
            if self._frame(before) == self._frame(after) or (beyond and not self._chain.turns):
                continue
            head = sum(1 for k in range(number) if self._frame(spots[k]) == self._frame(before))
            tail = lines - number
            if number == head < min(orphans, lines):
                return after, frozenset()
            if tail < min(widows, lines) and (beyond or self._left(after) >= tail):
                wanting = widows - tail
                if number == head and head - wanting < orphans:
                    return after, frozenset()
                return spots.first, spots.holes | set(range(before - wanting + 1, before + 1))
        return None

    def _put(
        self,
        index: int,
        composition: Composition,
        slot: Callable[[int], int],
        drop: Callable[[int], float | None],
        *,
        inset: Callable[[int], float],
    ) -> None:
        flow, number, paragraph = self._items[index]
        room = self._room()
        type_ = self._type(index)
        for remark in composition.remarks:
            if is_seen(remark) and (room is None or remark.line < room):
                at = slot(min(remark.line, len(composition.lines) - 1))
                finding = finding_of(remark, composition, paragraph, self._setter.protected)
                self._findings.append(beside_shape(finding, remark, (type_, self._chain.type), self._slots, at))
        self._findings += torn_in_display(composition, paragraph, type_)
        self._findings += passed_breaks(composition, paragraph, type_)
        for k, line in enumerate(composition.lines[:room]):
            self._taken.add(slot(k))
            beside = inset(k) + (self._opening.inset(slot(k)) if drop(k) is None else 0.0)
            self._lines.append(GalleyLine(line, flow, number, paragraph.place, type_, slot(k), drop(k), beside))
