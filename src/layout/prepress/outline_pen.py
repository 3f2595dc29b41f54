"""Glyphs drawn as outlines with ReportLab: no font is added to the file."""

from __future__ import annotations

from layout.prepress.drawing import CanvasPath


class PathPen:
    """HarfBuzz's outlines as a ReportLab path. Quadratic curves are raised to cubic ones."""

    def __init__(self, path: CanvasPath, x: float, y: float, scale: float):
        self.path = path
        self.used = False
        self._x, self._y, self._scale = x, y, scale
        self._last = (0.0, 0.0)

    def _at(self, point: tuple[float, float]) -> tuple[float, float]:
        return self._x + point[0] * self._scale, self._y + point[1] * self._scale

    def moveTo(self, point: tuple[float, float]) -> None:  # noqa: N802  # the pen protocol's names
        """Begin an outline."""
        self.used, self._last = True, point
        self.path.moveTo(*self._at(point))

    def lineTo(self, point: tuple[float, float]) -> None:  # noqa: N802
        """A straight side."""
        self._last = point
        self.path.lineTo(*self._at(point))

    def curveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        """A cubic curve."""
        self._last = points[-1]
        (x1, y1), (x2, y2), (x3, y3) = map(self._at, points)
        self.path.curveTo(x1, y1, x2, y2, x3, y3)

    def qCurveTo(self, *points: tuple[float, float]) -> None:  # noqa: N802
        """A quadratic curve: its control point, its end."""
        (cx, cy), (x, y) = points
        x0, y0 = self._last
        self.curveTo(
            (x0 + 2 / 3 * (cx - x0), y0 + 2 / 3 * (cy - y0)), (x + 2 / 3 * (cx - x), y + 2 / 3 * (cy - y)), (x, y)
        )

    def closePath(self) -> None:  # noqa: N802
        """End an outline."""
        self.path.close()

    endPath = closePath  # noqa: N815
