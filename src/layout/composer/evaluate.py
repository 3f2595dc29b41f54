"""Evaluates any run of units as a line, in constant time: how far it must be stretched or squeezed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import add

from layout.composer.allowances import FITS, Allowances, GapAmounts, Sums, find_allowances
from layout.composer.breaks import Breaks
from layout.composer.classes import SPACES, CharClass
from layout.composer.gaps import Gaps
from layout.composer.inline_notes import Splits
from layout.composer.model import Setting
from layout.composer.units import UnitChain

IMPOSSIBLE = -9.0
"""The strain of a line that cannot be squeezed enough."""

Available = Callable[[int], float]
"""The room on the paragraph's line number k, from 0, less the indent."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A paragraph as one endless line, with the columns of its table of allowances summed up from the beginning.

    ``head[i]`` and ``tail[j]``: of a line from *i* to *j* the first unit, and the one after the last, that are no
    spaces. ``hanging[j]``: how much of its last mark may hang outside; empty where no mark hangs.
    """

    chain: UnitChain
    breaks: Breaks
    setting: Setting
    allowances: Allowances
    head: list[int]
    tail: list[int]
    width: list[float]
    weight: list[float]
    widths: Sums
    gives: Sums
    takes: Sums
    sharing: Sums
    """The ordinary gaps, those of the first kind of opening, and the parts of the Han–Latin gaps that grow together
    with them until each whole part has ``ease`` em."""
    ease: float
    openings: tuple[tuple[list[float], list[float], float], ...]
    """Left, right and least looseness of each kind of opening, in order of preference."""
    hanging: list[float]
    splits: Splits | None = None

    def natural(self, i: int, j: int) -> float:
        """The width of line [i, j) with every mark and gap as the style sets it, in em."""
        if self.tail[j] <= self.head[i]:
            return 0.0
        left, right = self.widths
        return right[j] - left[i] + (self.splits.beyond(i, j) if self.splits else 0.0)

    def hung(self, need: float, j: int) -> float:
        """How many em of the last mark of a line that ends at *j*, and lacks *need* em, hang outside the measure: a
        pause mark that does not fit hangs (CLREQ hanging_punctuation_marks_at_line_end)."""
        return self.hanging[j] if self.hanging and need < -FITS else 0.0

    def strain(self, i: int, j: int, room: float) -> float:
        """How far line [i, j) is from its natural width in *room*: the em added to every ordinary gap if it is short,
        minus the share of its squeezing capacity used if it is long, ``IMPOSSIBLE`` if that is not enough.

        CLREQ procedures_for_inter-character_spacing_reduction and …_expansion.
        """
        if self.tail[j] <= self.head[i]:
            return max(0.0, room)
        left, right = self.widths
        need = room - right[j] + left[i]
        if self.splits:
            need -= self.splits.beyond(i, j)
        if need < -FITS:
            if self.hanging:
                need += self.hung(need, j)
            if need < -FITS:
                left, right = self.gives
                capacity = right[j] - left[i]
                return need / capacity if capacity + FITS >= -need and capacity > 0 else IMPOSSIBLE
        left, right = self.takes
        need -= right[j] - left[i]
        if need <= FITS:
            return 0.0
        left, right = self.sharing
        shares = right[j] - left[i]
        if shares and need / shares <= self.ease:
            return need / shares
        left, right, _ = self.openings[0]
        need -= (shares - right[j] + left[i]) * self.ease
        for left, right, least in self.openings:
            places = right[j] - left[i]
            if places:
                gap = need / places
                return gap if gap > least else least
        return need

    def short_last(self, i: int) -> bool:
        """Whether the paragraph's last line, from *i* on, is too short to stand (CLREQ
        adjustments_of_orphans_and_widows)."""
        return i > 0 and self.weight[-1] - self.weight[i] < self.setting.last_line_min_han


def build_strip(chain: UnitChain, gaps: Gaps, breaks: Breaks, setting: Setting) -> Strip:
    """The table of *chain*, and its sums."""
    splits = Splits.of(chain, breaks, gaps)
    table = find_allowances(chain, gaps, setting)
    head, tail = _heads(chain), _tails(chain)
    width = table.cell.with_gaps(table.gap)
    left, right = width.sums(head, tail)
    for j, hyphen in breaks.hyphen.items():
        right[j] += hyphen
    return Strip(
        chain=chain,
        breaks=breaks,
        setting=setting,
        allowances=table,
        head=head,
        tail=tail,
        width=_sums(width.inside),
        weight=_sums(_weights(chain.kinds)),
        widths=(left, right),
        gives=table.gives.with_gaps(table.gap_gives).sums(head, tail),
        takes=GapAmounts(list(map(add, table.takes.inside, table.gap_takes.inside))).sums(head, tail),
        sharing=table.sharing().sums(head, tail),
        ease=table.eased.limit,
        openings=tuple((*one.places.sums(head, tail), one.least) for one in table.openings),
        hanging=[table.hanging[k - 1] if k else 0.0 for k in tail] if any(table.hanging) else [],
        splits=splits,
    )


def _sums(values: Iterable[float]) -> list[float]:
    return list(accumulate(values, initial=0.0))


def _weights(kinds: Sequence[CharClass]) -> list[float]:
    """What each unit adds to a last line's length. Marks and spaces add nothing: 荒。 is as short as 荒."""
    return [1.0 if kind in (CharClass.HAN, CharClass.WIDE, CharClass.LATIN) else 0.0 for kind in kinds]


def _heads(chain: UnitChain) -> list[int]:
    """A line's leading spaces hang before it; a full-width space that indents a paragraph by hand stays."""
    kinds = chain.kinds
    head = list(range(len(kinds) + 1))
    for index in range(len(kinds) - 1, -1, -1):
        if kinds[index] in SPACES and kinds[index] is not CharClass.NEWLINE:
            head[index] = head[index + 1]
    for index in range(len(kinds)):
        if (index == 0 or kinds[index - 1] is CharClass.NEWLINE) and kinds[index] is CharClass.FIXED:
            head[index] = index
    return head


def _tails(chain: UnitChain) -> list[int]:
    """A line's trailing spaces hang after it."""
    tail = list(range(len(chain.kinds) + 1))
    for index, kind in enumerate(chain.kinds):
        if kind in SPACES:
            tail[index + 1] = tail[index]
    return tail
