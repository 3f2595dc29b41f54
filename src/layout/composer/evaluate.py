"""A stretch of units as a line, evaluated in constant time: how much it must be stretched or squeezed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from operator import add

from layout.composer.breaks import Breaks
from layout.composer.classes import SPACES, Kind
from layout.composer.gaps import WORD_SPACES, Gaps
from layout.composer.model import Setting
from layout.composer.split import Splits
from layout.composer.units import Chain

FITS = 5e-4
"""Lengths within half a thousandth of an em are the same: a measure that went through a page's points still holds 13
Han."""
IMPOSSIBLE = -9.0
"""The strain of a line that cannot be squeezed enough."""

Available = Callable[[int], float]
"""The room on the paragraph's line number k, from 0, less the indent."""


@dataclass(frozen=True, slots=True)
class Side:
    """What every place that could be a line's start (or its end) adds to the line's sums; see ``Strip``."""

    width: list[float]
    gives: list[float]
    takes: list[float]
    opens: list[int]


@dataclass(frozen=True, slots=True)
class Strip:
    """A paragraph as one endless line, summed up from its beginning. What line [i, j) comes to is read as ``right`` at
    *j* less ``left`` at *i*.

    ``head[i]`` and ``tail[j]``: its first unit, and the one after its last, that are no spaces. ``hanging[j]``:
    how much of its last mark may hang outside.
    """

    chain: Chain
    gaps: Gaps
    breaks: Breaks
    setting: Setting
    head: list[int]
    tail: list[int]
    width: list[float]
    weight: list[float]
    start_change: list[float]
    end_change: list[float]
    left: Side
    right: Side
    hanging: list[float]
    beyond: tuple[list[int], list[int], list[int]]
    """Summed up by unit: word spaces, Han–Latin gaps, and gaps that open when no other can."""
    splits: Splits | None = None

    def natural(self, i: int, j: int) -> float:
        """The width of line [i, j) with every mark and gap as the style sets it, in em."""
        if self.tail[j] <= self.head[i]:
            return 0.0
        beyond = self.splits.beyond(i, j) if self.splits else 0.0
        return self.right.width[j] - self.left.width[i] + beyond

    def strain(self, i: int, j: int, room: float) -> float:
        """How far line [i, j) is from its natural width in *room*: the em added to every ordinary gap if it is short,
        minus the share of its squeezing capacity used if it is long, ``IMPOSSIBLE`` if that is not enough.

        CLREQ procedures_for_inter-character_spacing_reduction and …_expansion.
        """
        if self.tail[j] <= self.head[i]:
            return max(0.0, room)
        left, right = self.left, self.right
        need = room - right.width[j] + left.width[i]
        if self.splits:
            need -= self.splits.beyond(i, j)
        if need < -FITS:
            need += self.hanging[j]
            if need < -FITS:
                capacity = right.gives[j] - left.gives[i]
                return need / capacity if capacity + FITS >= -need and capacity > 0 else IMPOSSIBLE
        need -= right.takes[j] - left.takes[i]
        if need <= FITS:
            return 0.0
        opens = right.opens[j] - left.opens[i]
        return need / opens if opens else self._beyond(i, j, need)

    def _beyond(self, i: int, j: int, need: float) -> float:
        """The gap that fills a line with no ordinary one: ``justify`` then opens word spaces, else Han–Latin gaps, else
        those beside connectors; past a published limit the line is loose however little it is."""
        first, last = self.head[i], self.tail[j] - 1
        spaces, joints, spare = (sums[last] - sums[first] for sums in self.beyond)
        gap = need / (spaces or joints or spare or 1)
        return max(gap, self.setting.gap_warn + 2 * FITS) if spaces or joints else gap

    def short_last(self, i: int) -> bool:
        """Whether the paragraph's last line, from *i* on, is too short to stand (CLREQ
        adjustments_of_orphans_and_widows)."""
        return i > 0 and self.weight[-1] - self.weight[i] < self.setting.last_line_min_han


def build_strip(chain: Chain, gaps: Gaps, breaks: Breaks, setting: Setting) -> Strip:
    """The sums over *chain*."""
    splits, kinds = Splits.of(chain, breaks, gaps), chain.kinds
    head, tail = _heads(chain), _tails(chain)
    starts = [a - b for a, b in zip(gaps.start, gaps.cell, strict=True)]
    ends = [a - b for a, b in zip(gaps.end, gaps.cell, strict=True)]
    sums = Side(
        _sums(map(add, gaps.cell, gaps.gap)),
        _sums(map(add, gaps.gives, gaps.gap_gives)),
        _sums(map(add, gaps.takes, gaps.gap_takes)),
        list(accumulate(gaps.open_gap, initial=0)),
    )
    return Strip(
        chain=chain,
        gaps=gaps,
        breaks=breaks,
        setting=setting,
        head=head,
        tail=tail,
        width=sums.width,
        weight=_sums(_weights(chain.kinds)),
        start_change=starts,
        end_change=ends,
        left=_left(sums, head, starts, chain, gaps, setting),
        right=_right(sums, tail, ends, chain, gaps, breaks),
        hanging=[gaps.end[k - 1] if k and gaps.hangs[k - 1] else 0.0 for k in tail],
        beyond=(
            list(
                accumulate((k in WORD_SPACES and cell > 0 for k, cell in zip(kinds, gaps.cell, strict=True)), initial=0)
            ),
            list(accumulate((takes > 0 for takes in gaps.gap_takes), initial=0)),
            list(accumulate(gaps.spare_gap, initial=0)),
        ),
        splits=splits,
    )


def _left(  # noqa: PLR0917
    sums: Side, head: Sequence[int], starts: Sequence[float], chain: Chain, gaps: Gaps, setting: Setting
) -> Side:
    """The sums before each line start. An opening mark's own squeeze is replaced by the line-start rule."""
    trim, size = setting.line_start == "trim", len(starts)
    spared = [gives if trim and kind is Kind.OPEN else 0.0 for gives, kind in zip(gaps.gives, chain.kinds, strict=True)]
    return Side(
        [sums.width[k] - (starts[k] if k < size else 0.0) for k in head],
        [sums.gives[k] + (spared[k] if k < size else 0.0) for k in head],
        [sums.takes[k] for k in head],
        [sums.opens[k] for k in head],
    )


def _right(  # noqa: PLR0917
    sums: Side, tail: Sequence[int], ends: Sequence[float], chain: Chain, gaps: Gaps, breaks: Breaks
) -> Side:
    """The sums up to each line end. A mark's own squeeze is replaced by the line-end rule, and the gap after the last
    unit is gone."""
    gives = [
        gaps.end_gives[k] - gaps.gap_gives[k] - (gaps.gives[k] if kind in _ENDING else 0.0)
        for k, kind in enumerate(chain.kinds)
    ]
    hyphen = breaks.hyphen
    return Side(
        [
            sums.width[k] + (ends[k - 1] - gaps.gap[k - 1] if k else 0.0) + hyphen.get(j, 0.0)
            for j, k in enumerate(tail)
        ],
        [sums.gives[k] + (gives[k - 1] if k else 0.0) for k in tail],
        [sums.takes[k - 1] if k else 0.0 for k in tail],
        [sums.opens[k - 1] if k else 0 for k in tail],
    )


_ENDING = frozenset({Kind.CLOSE, Kind.COMMA, Kind.STOP})


def _sums(values: Iterable[float]) -> list[float]:
    return list(accumulate(values, initial=0.0))


def _weights(kinds: Sequence[Kind]) -> list[float]:
    """What each unit counts towards a last line's length: marks and spaces nothing, so 荒。 is as short as 荒."""
    return [1.0 if kind in (Kind.HAN, Kind.WIDE, Kind.LATIN) else 0.0 for kind in kinds]


def _heads(chain: Chain) -> list[int]:
    """A line's leading spaces hang before it; a full-width space that indents a paragraph by hand stays."""
    kinds = chain.kinds
    head = list(range(len(kinds) + 1))
    for index in range(len(kinds) - 1, -1, -1):
        if kinds[index] in SPACES and kinds[index] is not Kind.NEWLINE:
            head[index] = head[index + 1]
    for index in range(len(kinds)):
        if (index == 0 or kinds[index - 1] is Kind.NEWLINE) and kinds[index] is Kind.FIXED:
            head[index] = index
    return head


def _tails(chain: Chain) -> list[int]:
    """A line's trailing spaces hang after it."""
    tail = list(range(len(chain.kinds) + 1))
    for index, kind in enumerate(chain.kinds):
        if kind in SPACES:
            tail[index + 1] = tail[index]
    return tail
