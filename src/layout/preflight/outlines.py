"""Outlines of glyphs as lists of points, so that one can be held against another."""

from __future__ import annotations

from collections.abc import Sequence

Point = tuple[float, float]
GlyphOutline = tuple[tuple[Point, ...], ...]
"""The contours in the program's order, with the points of their curves, in 1/1000 em."""

LIKE = 2.0
"""Thousandths of an em by which two points of one outline may lie apart: what rounding to another grid of units comes
to. The stroke of a light face is 20 thick."""


class OutlinePen:
    """Takes down the points that a glyph is drawn with: a pen as fontTools and HarfBuzz know it."""

    def __init__(self, em: float) -> None:
        self._scale = 1000 / em
        self._contours: list[list[Point]] = []
        self.composed = False
        """Whether it is put together from other glyphs, which are not drawn here."""

    def moveTo(self, point: Point, /) -> None:  # noqa: N802, D102
        self._contours.append([])
        self._add(point)

    def lineTo(self, point: Point, /) -> None:  # noqa: N802, D102
        self._add(point)

    def curveTo(self, *points: Point) -> None:  # noqa: N802, D102
        for point in points:
            self._add(point)

    def qCurveTo(self, *points: Point) -> None:  # noqa: N802, D102
        for point in points:
            self._add(point)

    def closePath(self) -> None:  # noqa: N802, D102
        return

    def endPath(self) -> None:  # noqa: N802, D102
        return

    def addComponent(self, *component: object) -> None:  # noqa: N802, D102
        del component
        self.composed = True

    def _add(self, point: Point) -> None:
        if self._contours:
            self._contours[-1].append((point[0] * self._scale, point[1] * self._scale))

    def outline(self) -> GlyphOutline:
        """What was drawn. A contour that comes back to its beginning does not say so twice: some pens draw the last
        side, some leave it to the end of the path.
        """
        ended = (each[:-1] if len(each) > 1 and each[0] == each[-1] else each for each in self._contours)
        return tuple(tuple(each) for each in ended if len(each) > 1)


def size_of(outline: GlyphOutline) -> tuple[int, ...]:
    """How many points each contour has: the same in outlines that are alike."""
    return tuple(map(len, outline))


def alike(one: GlyphOutline, other: GlyphOutline) -> bool:
    """Whether two outlines are the same but for rounding, and for where on the line they begin: renderers shift a glyph
    by its left side bearing, which may be wrong while the outline is right.
    """
    if size_of(one) != size_of(other):
        return False
    shift = _left(one) - _left(other)
    return all(_beside(a, b, shift) for a, b in zip(one, other, strict=True))


def _left(outline: GlyphOutline) -> float:
    return min((x for contour in outline for x, _ in contour), default=0.0)


def _beside(one: Sequence[Point], other: Sequence[Point], shift: float) -> bool:
    return all(abs(a[0] - b[0] - shift) <= LIKE and abs(a[1] - b[1]) <= LIKE for a, b in zip(one, other, strict=True))


def extent_of(outline: GlyphOutline) -> tuple[float, float] | None:
    """Width and height around all points; ``None`` of a glyph that draws nothing."""
    points = [point for contour in outline for point in contour]
    if not points:
        return None
    across, up = zip(*points, strict=True)
    return max(across) - min(across), max(up) - min(up)
