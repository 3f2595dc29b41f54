"""How all of a page lies now against how it lay when it was built: moved, scaled, mirrored, turned round."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from layout.geometry import Box

Point = tuple[float, float]

SCALED = 0.005
"""By how much, as a share, all of a page's text may be larger or smaller than it was: less is rounding."""

MOVED = 2.8
"""Points by which all of a page may have moved, a millimetre: register has half of that."""

FLAT = 72.0
"""Points that the text of a page must be wide and high for its scale to be measured."""

ALL = 0.85
"""Share of the places of a page's text that one shift explains, from which it is the page's: a touch-up may have moved
a line besides.
"""

NEAR = 1.5
"""Points by which a place may miss where the shift puts it."""

FEW = 6
"""Places without which nothing is said of the whole page."""


@dataclass(frozen=True, slots=True)
class PageShift:
    """A place (x, y) of the page as it was built is at (across·x + right, down·y + lower) now."""

    across: float = 1.0
    right: float = 0.0
    down: float = 1.0
    lower: float = 0.0

    @property
    def still(self) -> bool:
        """Whether the page lies as it did, but for rounding."""
        return self == PageShift()

    @property
    def scale(self) -> float:
        """By how much it is enlarged, the mean of both directions."""
        return (abs(self.across) + abs(self.down)) / 2

    def point(self, point: Point) -> Point:
        """Where a place is now."""
        return self.across * point[0] + self.right, self.down * point[1] + self.lower

    def box(self, box: Box) -> Box:
        """Where a box is now."""
        left, top = self.point((box.x, box.y))
        right, bottom = self.point((box.right, box.bottom))
        return Box(min(left, right), min(top, bottom), abs(right - left), abs(bottom - top))


def shift_of(pairs: Sequence[tuple[Point, Point]]) -> PageShift | None:
    """The shift that takes the first place of nearly all *pairs* to the second; ``None`` where no one does, or where
    there are too few places to tell.
    """
    if len(pairs) < FEW:
        return None
    across, right = _line([(then[0], now[0]) for then, now in pairs])
    down, lower = _line([(then[1], now[1]) for then, now in pairs])
    if not (across and down):
        return None
    found = PageShift(across, right, down, lower)
    near = sum(_near(found.point(then), now) for then, now in pairs)
    if near < ALL * len(pairs):
        return None
    unscaled = across == down == 1.0
    return PageShift() if unscaled and max(abs(right), abs(lower)) <= MOVED else found


def distance_words(right: float, lower: float) -> tuple[str, str]:
    """How far something has moved, in millimetres, in Chinese and English words."""
    zh, en = [], []
    if abs(right) >= TENTH:
        zh.append(f"{'右' if right > 0 else '左'}移 {abs(right):.1f} mm")
        en.append(f"{abs(right):.1f} mm to the {'right' if right > 0 else 'left'}")
    if abs(lower) >= TENTH:
        zh.append(f"{'下' if lower > 0 else '上'}移 {abs(lower):.1f} mm")
        en.append(f"{abs(lower):.1f} mm further {'down' if lower > 0 else 'up'}")
    return "，".join(zh) or "不到 0.1 mm", ", ".join(en) or "less than 0.1 mm"


TENTH = 0.05
"""Millimetres that are no tenth."""


def _near(one: Point, other: Point) -> bool:
    return max(abs(one[0] - other[0]), abs(one[1] - other[1])) <= NEAR


def _line(pairs: Sequence[tuple[float, float]]) -> tuple[float, float]:
    """Slope and intercept of the line through most of *pairs*: medians, which a few that lie elsewhere do not change.

    A slope within rounding of 1 or -1 is that; 0 where the pairs are too close together to tell.
    """
    ordered = sorted(pairs)
    half = len(ordered) // 2
    apart = [(one, other) for one, other in zip(ordered, ordered[half:], strict=False) if other[0] - one[0] >= FLAT / 2]
    if not apart or ordered[-1][0] - ordered[0][0] < FLAT:
        return 0.0, 0.0
    slope = median((other[1] - one[1]) / (other[0] - one[0]) for one, other in apart)
    slope = round(slope) if abs(abs(slope) - 1) <= SCALED else slope
    return slope, median(now - slope * then for then, now in pairs)
