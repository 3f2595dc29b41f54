"""Rectangles of a page. All lengths in points, from the trimmed page's top left corner, downwards."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle: left, top, width, height."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """Its right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.y + self.height

    @property
    def area(self) -> float:
        """Width times height."""
        return self.width * self.height

    def beside(self, other: Box) -> bool:
        """Whether the two share some height (so that they stand side by side or overlap)."""
        return min(self.bottom, other.bottom) - max(self.y, other.y) > 0.01

    def above_or_below(self, other: Box) -> bool:
        """Whether the two share some width."""
        return min(self.right, other.right) - max(self.x, other.x) > 0.01

    def moved(self, dx: float, dy: float) -> Box:
        """The same, so much further to the right and down."""
        return Box(self.x + dx, self.y + dy, self.width, self.height)

    def rounded(self, digits: int) -> Box:
        """The same with all four lengths rounded to *digits* decimals."""
        return Box(*(round(each, digits) for each in (self.x, self.y, self.width, self.height)))

    def as_json(self) -> dict[str, float]:
        """The box as reports hold it."""
        return {"x": self.x, "y": self.y, "width": self.width, "height": self.height}
