"""The hard rules of make-up that hold between two parts of a page, one definition for search and for those who check.

碰题: headlines of neighbours that overlap in height differ in size, or one is set off by a box, by a picture on top or
by running downwards. Ranks: the lead's headline is larger than any other by a third; within a rank nothing lighter
is larger. Pictures of two stories do not touch across a gutter; none is larger than that of the heaviest story that has
any. 断版: no gap runs from side to side but where the page is cut there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple, TypeAlias

MEETING = 1.3
"""Headlines that stand beside each other differ in size by so much (rule 3);"""
MEETING_LINES = 1.15
"""or by so much where their lines differ in number."""
LEAD = 1.35
"""The lead's headline is so many times the next (rule 2)."""
Tops: TypeAlias = Mapping[str, int]
"""How many pieces a page may have of each of the tops of which it has but few."""
MOST: Tops = {"vertical": 1, "box": 4}
"""Vertical headlines and boxes of a page, at most;"""
USUAL: Tops = {"vertical": 1, "box": 2}
"""and where so many suffice: more are hardly an ornament any longer, and yet better than a page with holes."""
DOMINANT = 0.4
"""The share of the page that no picture exceeds (rule 7)."""


class EdgeMark(NamedTuple):
    """What stands along an edge of a part: a headline or a picture, from row to row."""

    kind: Literal["headline", "picture"]
    top: int
    bottom: int
    size: float = 0.0
    lines: int = 0
    set_off: bool = False
    """Of a headline: whether a box, a picture over it or its own direction sets it off."""

    def down(self, rows: int) -> EdgeMark:
        """The same, so many rows lower."""
        return self._replace(top=self.top + rows, bottom=self.bottom + rows)

    def overlaps(self, other: EdgeMark) -> bool:
        """Whether both share some height."""
        return min(self.bottom, other.bottom) > max(self.top, other.top)


@dataclass(frozen=True, slots=True)
class Rank:
    """A story's place among the others: its weight, 0 the heaviest; its role; its headline's size."""

    weight: int
    role: str
    size: float
    top: str = "headline"
    """What stands at the head of its piece."""


class Shown(NamedTuple):
    """The largest pictures of a part, as areas: that of the heaviest story on the page that has any, and of the others.
    Pictures of no story are not looked at.
    """

    dominant: float = 0.0
    others: float = 0.0

    def joined(self, other: Shown) -> Shown:
        """Those of both parts together."""
        return Shown(max(self.dominant, other.dominant), max(self.others, other.others))

    def outdoes(self, other: Shown) -> bool:
        """Whether it may be wherever *other*, of the same stories, may be."""
        return self.dominant >= other.dominant and self.others <= other.others

    @property
    def may_be(self) -> bool:
        """Whether the heaviest story has the largest of them, as far as it is there (rule 7)."""
        return not self.dominant or self.others <= self.dominant


def gap_across(one: int, other: int, height: int) -> int:
    """The rows that are white in two parts side by side, both *height* rows high, where *one* and *other* are theirs;
    as bits. White at their foot belongs to what stands below them.
    """
    common = one & other
    while height and common >> (height - 1) & 1:
        height -= 1
        common ^= 1 << height
    return common


def may_stand_beside(left: Sequence[EdgeMark], right: Sequence[EdgeMark]) -> bool:
    """Whether two parts with these edges may stand on either side of a gutter (rules 3 and 7)."""
    return not any(one.overlaps(other) and _meet(one, other) for one in left for other in right)


def _meet(one: EdgeMark, other: EdgeMark) -> bool:
    if one.kind != other.kind:
        return False
    if one.kind == "picture":
        return True
    if one.set_off or other.set_off:
        return False
    larger, smaller = max(one.size, other.size), min(one.size, other.size)
    wanted = MEETING if one.lines == other.lines else MEETING_LINES
    return larger < wanted * smaller


def ranks_agree(one: Sequence[Rank], other: Sequence[Rank]) -> bool:
    """Whether stories of these ranks may stand on one page (rule 2)."""
    tops = [each.top for each in (*one, *other)]
    few = all(tops.count(top) <= most for top, most in MOST.items())
    return few and all(_agree(a, b) for a in one for b in other)


def _agree(one: Rank, other: Rank) -> bool:
    if not one.size or not other.size:
        return True
    heavier, lighter = (one, other) if one.weight < other.weight else (other, one)
    if heavier.role == "lead":
        return heavier.size >= LEAD * lighter.size
    return heavier.role != lighter.role or heavier.size >= lighter.size
