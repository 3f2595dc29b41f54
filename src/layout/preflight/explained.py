"""What the findings on a page explain already, so that one fault is told once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from layout.checks import Finding
from layout.geometry import Box
from layout.preflight.page_shift import Point

OF_THE_PAGE = frozenset({
    "page.turned", "page.size", "page.alike", "page.repeated", "page.blank", "image.page", "content.sound",
    "preflight.incomplete",
})  # fmt: skip
"""Checks whose findings explain whatever of a page looks otherwise."""

NEVER = ("ink.", "pdfx.", "page.hole", "page.bleed", "page.safe", "overprint.")
"""How checks begin that measure what prints, and say nothing of what was changed."""

MOSTLY = 0.5
"""Share of what looks otherwise that findings must lie upon to explain it."""

BESIDE = 3.0
"""Points around a finding's box that are its own: type sticks out of its em box by less."""


@dataclass(frozen=True, slots=True)
class Explained:
    """The places of a page that its findings speak of, from the trimmed page's top left corner."""

    boxes: tuple[Box, ...]
    whole: bool = False
    """Whether one of them is about all of the page."""

    @classmethod
    def by(cls, findings: Iterable[Finding], page_no: int, known: frozenset[str]) -> Explained:
        """What *findings* explain on page *page_no*, but for those of the checks *known* to the report of the build:
        they were there when it was built.
        """
        own = [each for each in findings if each.page_no == page_no and _explains(each, known)]
        boxes = tuple(box for each in own for box in each.boxes)
        return cls(boxes, any(each.check in OF_THE_PAGE for each in own))

    def also(self, boxes: Iterable[Box]) -> Explained:
        """The same with more places."""
        return replace(self, boxes=(*self.boxes, *boxes))

    def points(self, points: Sequence[Point]) -> bool:
        """Whether half of the *points* or more lie in one of its places."""
        return sum(any(_holds(box, point) for box in self.boxes) for point in points) >= MOSTLY * len(points)

    def box(self, box: Box) -> bool:
        """Whether half of a *box* or more lies in one of its places."""
        return any(_shared(box, each) >= MOSTLY * box.area for each in self.boxes)

    def around(self, by: float) -> Iterator[Box]:
        """Its places, each *by* so many points larger on all sides."""
        for each in self.boxes:
            yield Box(each.x - by, each.y - by, each.width + 2 * by, each.height + 2 * by)


def _explains(finding: Finding, known: frozenset[str]) -> bool:
    return finding.check not in known and not finding.check.startswith(NEVER)


def _holds(box: Box, point: Point) -> bool:
    x, y = point
    return -BESIDE <= x - box.x <= box.width + BESIDE and -BESIDE <= y - box.y <= box.height + BESIDE


def _shared(one: Box, other: Box) -> float:
    wide = min(one.right, other.right) - max(one.x, other.x)
    high = min(one.bottom, other.bottom) - max(one.y, other.y)
    return wide * high if wide > 0 and high > 0 else 0.0
