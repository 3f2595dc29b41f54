"""Marks under lines of text, drawn as filled paths in the ink of their words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby

from layout.composer.model import Placed
from layout.engine.weasyprint_types import PageStream
from layout.page.frames import Ink, RoleType, SetLine, TextLines
from layout.page.table_style import InkedBox

# All in em of the words' own size, from the foot of the em box outwards.
_FOOT = 0.12
_LINE_AWAY, _THICK = 0.08, 0.055
_DOT_AWAY, _DOT, _OUTER = 0.14, 0.085, 0.12
_WAVE_LONG, _WAVE_HIGH = 0.32, 0.075
_ROUND = 0.5523
"""Control points of a quarter circle (Bézier)."""

Point = tuple[float, float]


def set_ink(stream: PageStream, ink: Ink) -> None:
    """Fills what follows with *ink*."""
    stream.set_alpha(ink.opacity)
    stream.set_color_space("DeviceCMYK")
    stream.set_color_special(None, False, ink.c, ink.m, ink.y, ink.k)
    stream._current_color = None  # WeasyPrint remembers the last colour it set itself


def paint_box(stream: PageStream, inked: InkedBox) -> None:
    """Fills a tint or a rule of a table."""
    set_ink(stream, inked.ink)
    stream.rectangle(*(round(value, 4) for value in (inked.box.x, inked.box.y, inked.box.width, inked.box.height)))
    stream.fill()


def paint_under(stream: PageStream, line: SetLine) -> None:
    """Draws the decorations of *line*; *stream* counts points downwards."""
    for mark in line.line.decorations:
        set_ink(stream, line.type.roles.get(mark.role, line.type.roles["plain"]).ink)
        at = _placer(line, mark.scale, on_the_right=mark.kind == "dot")
        size = mark.scale
        if mark.kind == "dot":
            away = _DOT_AWAY + (_OUTER if mark.outer else 0.0)
            for centre in mark.centres:
                _dot(stream, at, centre, (_FOOT + away) * size, _DOT * size)
        elif mark.kind == "wave":
            _wave(stream, at, (mark.start, mark.end), (_FOOT + _LINE_AWAY) * size, (size, _THICK * size))
        else:
            near = (_FOOT + _LINE_AWAY - _THICK / 2) * size
            far = near + _THICK * size
            _polygon(stream, at, [(mark.start, near), (mark.end, near), (mark.end, far), (mark.start, far)])
    if line.line.decorations:
        stream._current_color = None


def paint_text_lines(stream: PageStream, line: SetLine) -> None:
    """Draws what ``text-decoration`` asks for along *line*, through the gaps between its clusters."""
    for lines, stretch in groupby(_on_the_line(line), key=lambda placed: _role_of(line, placed).lines):
        if lines is None:
            continue
        placed = list(stretch)
        start, _ = _extent(line, placed[0])
        _, end = _extent(line, placed[-1])
        set_ink(stream, lines.ink)
        at = _placer(line, 1.0, on_the_right=False)
        em = line.type.size
        thick = _THICK if lines.thickness is None else lines.thickness / em
        for kind in lines.kinds:
            for near in _edges(kind, lines, thick, em):
                if lines.style == "wavy":
                    _wave(stream, at, (start, end), near + thick / 2, (1.0, thick))
                    continue
                _polygon(stream, at, [(start, near), (end, near), (end, near + thick), (start, near + thick)])
        stream._current_color = None


def _extent(line: SetLine, placed: Placed) -> tuple[float, float]:
    """From where to where along the line a cluster stands, in em."""
    if line.vertical and not placed.rotated:  # its pen is at the baseline of a cell of one em
        head = placed.x - (1 - _FOOT) * placed.scale
        return head, head + placed.scale
    return placed.x, placed.x + sum(glyph.advance for glyph in placed.cluster.glyphs) * placed.scale


def _on_the_line(line: SetLine) -> list[Placed]:
    return [placed for placed in line.line.placed if placed.cluster.glyphs and not placed.annotation]


def _role_of(line: SetLine, placed: Placed) -> RoleType:
    return line.type.roles.get(placed.role, line.type.roles["plain"])


def _edges(kind: str, lines: TextLines, thick: float, em: float) -> tuple[float, ...]:
    """The near edges of the strokes, in em from the baseline outwards."""
    if kind == "underline":
        first = _FOOT + _LINE_AWAY - _THICK / 2 if lines.offset is None else lines.offset / em
        return (first, first + 2 * thick) if lines.style == "double" else (first,)
    if kind == "overline":
        first = _FOOT - 1 - _LINE_AWAY - thick / 2
        return (first, first - 2 * thick) if lines.style == "double" else (first,)
    middle = _FOOT - 0.5
    return (middle - 1.5 * thick, middle + 0.5 * thick) if lines.style == "double" else (middle - thick / 2,)


def _placer(line: SetLine, scale: float, *, on_the_right: bool) -> Callable[[float, float], Point]:
    """Turns em along the line, and em from its baseline outwards, into points on the page."""
    em = line.type.size
    if not line.vertical:
        return lambda along, out: (line.x + along * em, line.baseline + out * em)
    # Vertical: the em box reaches half an em to either side of the axis. Dots stand on the right, lines on the left.
    side = 1 if on_the_right else -1
    axis, shift = line.x + em / 2, (0.5 - _FOOT) * scale
    return lambda along, out: (axis + side * (out + shift) * em, line.baseline + along * em)


def _polygon(stream: PageStream, at: Callable[[float, float], Point], corners: Sequence[Point]) -> None:
    for number, corner in enumerate(corners):
        x, y = (round(value, 4) for value in at(*corner))
        (stream.line_to if number else stream.move_to)(x, y)
    stream.close()
    stream.fill()


def _dot(stream: PageStream, at: Callable[[float, float], Point], x: float, y: float, radius: float) -> None:
    k = radius * _ROUND
    stream.move_to(*_rounded(at(x + radius, y)))
    for one, two, end in (
        ((radius, k), (k, radius), (0.0, radius)),
        ((-k, radius), (-radius, k), (-radius, 0.0)),
        ((-radius, -k), (-k, -radius), (0.0, -radius)),
        ((k, -radius), (radius, -k), (radius, 0.0)),
    ):
        points = [_rounded(at(x + dx, y + dy)) for dx, dy in (one, two, end)]
        stream.curve_to(*points[0], *points[1], *points[2])
    stream.close()
    stream.fill()


def _wave(
    stream: PageStream, at: Callable[[float, float], Point], stretch: tuple[float, float], y: float,
    sizes: tuple[float, float],
) -> None:  # fmt: skip
    """A wavy band of even thickness, from humps of equal length; *sizes* are those of the type and of the band."""
    (begin, end), (size, thick) = stretch, sizes
    humps = max(2, round((end - begin) / (_WAVE_LONG * size / 2)))
    long, high = (end - begin) / humps, _WAVE_HIGH * size
    stream.move_to(*_rounded(at(begin, y)))
    for curve in _humps(begin, y, long, high, humps):
        _curve(stream, at, curve)
    stream.line_to(*_rounded(at(end, y + thick)))
    back = list(_humps(begin, y + thick, long, high, humps))
    for number in range(humps - 1, -1, -1):
        one, two, _ = back[number]
        start = (begin + number * long, y + thick)
        _curve(stream, at, (two, one, start))
    stream.close()
    stream.fill()


def _humps(x: float, y: float, long: float, high: float, humps: int) -> Iterator[tuple[Point, Point, Point]]:
    for number in range(humps):
        left, bend = x + number * long, y + (high if number % 2 else -high) * 4 / 3
        yield (left + long * 0.36, bend), (left + long * 0.64, bend), (left + long, y)


def _curve(stream: PageStream, at: Callable[[float, float], Point], points: Sequence[Point]) -> None:
    flat = [value for point in points for value in _rounded(at(*point))]
    stream.curve_to(*flat)


def _rounded(point: Point) -> Point:
    return round(point[0], 4), round(point[1], 4)
