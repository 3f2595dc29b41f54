"""The table of what a line can give and take, one for each paragraph.

``evaluate.Strip`` sums the table's columns up to weigh breaks, and ``justify.set_line`` reads the same columns unit by
unit to place a chosen line. The widths and limits come from ``gaps``. The order of the steps, and what is opened when
every limit is reached, are stated here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import add, sub

from layout.composer.classes import ENDING, WORD_SPACES, CharClass
from layout.composer.gaps import Gaps
from layout.composer.model import Setting
from layout.composer.units import UnitChain

FITS = 5e-4
"""Lengths that differ by half a thousandth of an em or less are the same: a measure that was computed from a page's
points still holds 13 Han."""

UNLIMITED = 1e6
"""More em than any gap gets: the limit where nothing has one. It is finite because it is multiplied by nought."""

SQUEEZE_ORDER = ("line_end", "word_space", "interpunct", "bracket", "comma", "han_latin", "stop")
"""CLREQ procedures_for_inter-character_spacing_reduction: one class after the other, equally inside each."""
SQUEEZE_OF = {
    CharClass.INTERPUNCT: "interpunct",
    CharClass.OPEN: "bracket",
    CharClass.CLOSE: "bracket",
    CharClass.COMMA: "comma",
    CharClass.STOP: "stop",
    CharClass.SPACE: "word_space",
    CharClass.NBSP: "word_space",
}

Sums = tuple[list[float], list[float]]
"""``left`` and ``right`` of one column: what the line from unit *i* to unit *j* comes to is ``right[j] - left[i]``."""


@dataclass(frozen=True, slots=True)
class UnitAmounts:
    """One amount for each unit of a paragraph, in em.

    ``inside`` is the amount when the unit stands inside a line. ``at_start`` and ``at_end`` are added to it when the
    unit is the line's first or last one.
    """

    inside: Sequence[float]
    at_start: Sequence[float]
    at_end: Sequence[float]

    def on(self, k: int, first: int, last: int) -> float:
        """The amount of unit *k* on the line of units *first* to *last*."""
        return self.inside[k] + (self.at_start[k] if k == first else 0.0) + (self.at_end[k] if k == last else 0.0)

    def along(self, first: int, last: int) -> dict[int, float]:
        """The amounts on the line of units *first* to *last*, by unit."""
        amounts = dict(zip(range(first, last + 1), self.inside[first : last + 1], strict=True))
        if amounts:
            amounts[first] += self.at_start[first]
            amounts[last] += self.at_end[last]
        return amounts

    def limits(self, first: int, last: int) -> dict[int, float]:
        """The amounts above 0 on the line of units *first* to *last*, by unit."""
        return {k: amount for k, amount in self.along(first, last).items() if amount > 0}

    def sums(self, heads: Sequence[int], tails: Sequence[int]) -> Sums:
        """The sums of ``along`` over lines that begin with unit ``heads[i]`` and end before unit ``tails[j]``."""
        total = list(accumulate(self.inside, initial=0.0))
        starts, ends = [*self.at_start, 0.0], [0.0, *self.at_end]
        return [total[k] - starts[k] for k in heads], [total[k] + ends[k] for k in tails]

    def with_gaps(self, gaps: GapAmounts) -> UnitAmounts:
        """This amount of every unit together with that of the gap after it, which a line's last unit has not."""
        return UnitAmounts(
            list(map(add, self.inside, gaps.inside)), self.at_start, list(map(sub, self.at_end, gaps.inside))
        )


@dataclass(frozen=True, slots=True)
class GapAmounts:
    """One amount for the gap after each unit, or for a word space as a gap: a line's last unit has none."""

    inside: Sequence[float]

    def limits(self, first: int, last: int) -> dict[int, float]:
        """The amounts above 0 on the line of units *first* to *last*, by unit."""
        return {k: self.inside[k] for k in range(first, last) if self.inside[k] > 0}

    def sums(self, heads: Sequence[int], tails: Sequence[int]) -> Sums:
        """The sums over lines that begin with unit ``heads[i]`` and end before unit ``tails[j]``."""
        total = list(accumulate(self.inside, initial=0))
        return [total[k] for k in heads], [total[k - 1] if k else 0 for k in tails]


@dataclass(frozen=True, slots=True)
class AdjustmentStep:
    """One step of squeezing or stretching on one line: ``limits[k]`` is the most that unit *k* changes by, in em."""

    kind: str
    in_gap: bool
    """Whether the gap after the unit changes, not the unit's own cell."""
    limits: dict[int, float]


@dataclass(frozen=True, slots=True)
class Opening:
    """Places that share equally what a line still lacks when every limit is reached; ``places`` counts them."""

    kind: str
    in_gap: bool
    places: GapAmounts
    least: float = 0.0
    """A line opened here counts as at least this loose, in em."""


@dataclass(frozen=True, slots=True)
class Eased:
    """Han–Latin gaps that grow together with the places that a line opens, each up to a limit of its own.

    ``parts`` are their limits over ``limit``, the widest: of what the line's ordinary gaps get, each gets that part,
    until all are at their limits together.
    """

    parts: GapAmounts
    limit: float

    def each(self, need: float, parts: float, places: float) -> float:
        """What a whole part gets of *need* em on a line that has so many *parts*, and ordinary gaps at so many
        *places*."""
        return min(self.limit, need / (parts + places))


@dataclass(frozen=True, slots=True)
class Allowances:
    """The table of a paragraph. All columns are in em.

    ``cell`` is a unit's own width and ``gap`` the space after it. ``gives`` and ``gap_gives`` say what the cell and the
    gap can be squeezed by, ``takes`` and ``gap_takes`` what they can be stretched by before any other; ``eased`` are
    gaps that are stretched together with others, ``in_order`` says that there are none. ``hanging`` is what a unit
    takes at a line's end and may leave outside the measure. ``left`` is what is cut off a cell's left side (negative)
    or added to both. ``spare`` are the gaps that may be opened at all.
    """

    chain: UnitChain
    cell: UnitAmounts
    gap: GapAmounts
    gives: UnitAmounts
    gap_gives: GapAmounts
    takes: GapAmounts
    gap_takes: GapAmounts
    eased: Eased
    in_order: bool
    openings: tuple[Opening, ...]
    """In order of preference; a line uses the first that it has a place for."""
    hanging: Sequence[float]
    left: Sequence[float]
    spare: GapAmounts

    def sharing(self) -> GapAmounts:
        """The gaps that grow together: ordinary ones, a part each, and the parts of those that are eased."""
        ordinary = self.openings[0].places
        if self.eased.limit == UNLIMITED:
            return ordinary
        return GapAmounts(list(map(add, ordinary.inside, self.eased.parts.inside)))

    def trims(self, first: int, last: int) -> Iterator[tuple[str, float]]:
        """The kinds of adjustment that the line's edges make whatever room there is, and by how many em."""
        kinds, units = self.chain.kinds, self.chain.units
        if kinds[first] is CharClass.OPEN:
            yield "line_start", units[first].width - self.cell.inside[first] - self.cell.at_start[first]
        if kinds[last] in ENDING:
            yield "line_end", units[last].width - self.cell.inside[last] - self.cell.at_end[last]

    def squeezes(self, first: int, last: int) -> list[AdjustmentStep]:
        """The steps by which the line of units *first* to *last* is squeezed, in order. Their limits add up to its
        ``gives`` and ``gap_gives``."""
        kinds = self.chain.kinds
        limits: dict[str, dict[int, float]] = {kind: {} for kind in SQUEEZE_ORDER}
        for k, limit in self.gives.limits(first, last).items():
            kind = "line_end" if k == last and kinds[k] in ENDING else SQUEEZE_OF[kinds[k]]
            limits[kind][k] = limit
        limits["han_latin"] = self.gap_gives.limits(first, last)
        return [AdjustmentStep(kind, kind == "han_latin", limits[kind]) for kind in SQUEEZE_ORDER]

    def stretches(self, first: int, last: int) -> Iterator[AdjustmentStep]:
        """The steps by which the line is stretched within the published limits before all gaps are, in order (CLREQ
        procedures_for_inter-character_space_expansion). Their limits add up to its ``takes`` and ``gap_takes``."""
        yield AdjustmentStep("word_space+", in_gap=False, limits=self.takes.limits(first, last))
        if self.in_order:
            yield AdjustmentStep("han_latin+", in_gap=True, limits=self.gap_takes.limits(first, last))

    def opening(self, first: int, last: int) -> tuple[Opening, list[int]] | None:
        """What the line opens when that is not enough, and the units at which it does; nothing if it has no place."""
        for opening in self.openings:
            places = list(opening.places.limits(first, last))
            if places:
                return opening, places
        return None


def find_allowances(chain: UnitChain, gaps: Gaps, setting: Setting) -> Allowances:
    """The table of *chain* under *setting*, from the widths and limits in *gaps*."""
    cell = UnitAmounts(gaps.cell, _less(gaps.start, gaps.cell), _less(gaps.end, gaps.cell))
    gives = UnitAmounts(gaps.gives, _less(gaps.start_gives, gaps.gives), _less(gaps.end_gives, gaps.gives))
    spaces = [kind in WORD_SPACES and width > 0 for kind, width in zip(chain.kinds, gaps.cell, strict=True)]
    spare = GapAmounts(gaps.spare_gap)
    # Past a published limit a line is loose however little it is opened, so that a remark is made on it. What a
    # Han–Latin gap gets past its limit is inter-character space like any other.
    beyond = setting.gap_warn + 2 * FITS
    even = setting.stretch == "even"
    openings = (
        Opening("inter_char+", in_gap=True, places=GapAmounts(gaps.open_gap)),
        Opening("word_space+", in_gap=False, places=GapAmounts(spaces), least=beyond),
        Opening("inter_char+", in_gap=True, places=GapAmounts([limit > 0 for limit in gaps.gap_takes]), least=beyond),
        Opening("inter_char+", in_gap=True, places=spare),
    )
    return Allowances(
        chain=chain,
        cell=cell,
        gap=GapAmounts(gaps.gap),
        gives=gives,
        gap_gives=GapAmounts(gaps.gap_gives),
        takes=GapAmounts(gaps.takes),
        gap_takes=GapAmounts([0.0] * len(gaps.gap_takes) if even else gaps.gap_takes),
        eased=_eased(gaps.gap_takes if even else [0.0] * len(gaps.gap_takes)),
        in_order=not even,
        openings=openings,
        hanging=[width if hangs else 0.0 for width, hangs in zip(gaps.end, gaps.hangs, strict=True)],
        left=gaps.left,
        spare=spare,
    )


def _eased(limits: Sequence[float]) -> Eased:
    """The gaps that have *limits*."""
    widest = max(limits, default=0.0) or UNLIMITED
    return Eased(GapAmounts([limit / widest for limit in limits]), widest)


def _less(amounts: Sequence[float], others: Sequence[float]) -> list[float]:
    return list(map(sub, amounts, others))
