"""A stretch of units as a line, evaluated in constant time: how much it must be stretched or squeezed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

from layout.composer.breaks import Breaks
from layout.composer.classes import SPACES, Kind
from layout.composer.gaps import Gaps
from layout.composer.model import Setting
from layout.composer.units import Chain

FITS = 5e-4
"""Lengths within half a thousandth of an em are the same: a measure that went through a page's points still holds 13
Han."""
IMPOSSIBLE = -9.0
"""The strain of a line that cannot be squeezed enough."""

Available = Callable[[int], float]
"""The room on the paragraph's line number k, from 0, less the indent."""


@dataclass(frozen=True, slots=True)
class Strip:
    """A paragraph as one endless line, summed up from its beginning. Line [i, j) is read as differences of the sums.

    ``head[i]`` and ``tail[j]``: its first unit, and the one after its last, that are no spaces.
    """

    chain: Chain
    gaps: Gaps
    breaks: Breaks
    setting: Setting
    head: list[int]
    tail: list[int]
    width: list[float]
    gives: list[float]
    takes: list[float]
    open_gaps: list[int]
    weight: list[float]
    start_change: list[float]
    end_change: list[float]
    start_gives: list[float]
    end_gives: list[float]

    def natural(self, i: int, j: int) -> float:
        """The width of line [i, j) with every mark and gap as the style sets it, in em."""
        first, after = self.head[i], self.tail[j]
        if after <= first:
            return 0.0
        last = after - 1
        inside = self.width[after] - self.width[first] - self.gaps.gap[last]
        return inside + self.start_change[first] + self.end_change[last] + self.breaks.hyphen.get(j, 0.0)

    def capacity(self, i: int, j: int) -> float:
        """What line [i, j) can be squeezed by, in em (CLREQ procedures_for_inter-character_spacing_reduction)."""
        first, after = self.head[i], self.tail[j]
        if after <= first:
            return 0.0
        total = self.gives[after] - self.gives[first] - self.start_gives[first] + self.end_gives[after - 1]
        return max(0.0, total)

    def strain(self, i: int, j: int, room: float) -> float:
        """How far line [i, j) is from its natural width in *room*: the em added to every ordinary gap if it is short,
        minus the share of its squeezing capacity used if it is long, ``IMPOSSIBLE`` if that is not enough.
        """
        first, after = self.head[i], self.tail[j]
        if after <= first:
            return max(0.0, room)
        last = after - 1
        need = room - self.natural(i, j)
        if need < -FITS and self.gaps.hangs[last]:
            need += self.gaps.end[last]
        if need < -FITS:
            capacity = self.capacity(i, j)
            return need / capacity if capacity + FITS >= -need and capacity > 0 else IMPOSSIBLE
        need -= self.takes[last] - self.takes[first]
        if need <= FITS:
            return 0.0
        return need / max(1, self.open_gaps[last] - self.open_gaps[first])

    def short_last(self, i: int) -> bool:
        """Whether the paragraph's last line, from *i* on, is too short to stand (CLREQ
        adjustments_of_orphans_and_widows)."""
        return i > 0 and self.weight[-1] - self.weight[i] < self.setting.last_line_min_han


def build_strip(chain: Chain, gaps: Gaps, breaks: Breaks, setting: Setting) -> Strip:
    """The sums over *chain*."""
    kinds = chain.kinds
    size = len(kinds)
    starts = [gaps.gives[k] if kinds[k] is Kind.OPEN and setting.line_start == "trim" else 0.0 for k in range(size)]
    closing = (Kind.CLOSE, Kind.COMMA, Kind.STOP)
    # At a line's end a mark's own squeeze is replaced by the line-end rule, and the gap after it is gone.
    ends = [
        gaps.end_gives[k] - gaps.gap_gives[k] - (gaps.gives[k] if kinds[k] in closing else 0.0) for k in range(size)
    ]
    return Strip(
        chain=chain,
        gaps=gaps,
        breaks=breaks,
        setting=setting,
        head=_heads(chain),
        tail=_tails(chain),
        width=_sums(cell + gap for cell, gap in zip(gaps.cell, gaps.gap, strict=True)),
        gives=_sums(cell + gap for cell, gap in zip(gaps.gives, gaps.gap_gives, strict=True)),
        takes=_sums(cell + gap for cell, gap in zip(gaps.takes, gaps.gap_takes, strict=True)),
        open_gaps=list(accumulate(gaps.open_gap, initial=0)),
        weight=_sums(_weights(kinds)),
        start_change=[a - b for a, b in zip(gaps.start, gaps.cell, strict=True)],
        end_change=[a - b for a, b in zip(gaps.end, gaps.cell, strict=True)],
        start_gives=starts,
        end_gives=ends,
    )


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
