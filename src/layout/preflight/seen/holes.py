"""Holes: stretches of the type area without ink, as large rectangles of a coarse grid on which ink is looked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import ceil

from PIL import Image

from layout.geometry import Box

PALE = 243
"""Lightness (of 255) from which a pixel is as good as paper: tints of up to some 5 per cent, on which an empty panel is
as empty as without.
"""

INKED = 254
"""Mean of a cell, pale pixels as 255 and others as 0, under which there is ink in it: a hairline is a hundredth."""

CELLS_A_ROW = 2
"""Cells to the height of a row: edges are found to half a row."""

MAX_HOLES = 6
"""Of a page: the largest are told."""

A_RULE = 2
"""Cells between two rectangles of white that a rule may take: it goes through a hole as through a page."""

MAX_CELLS = 200_000
"""Of the grid: a broadsheet's has 30,000."""


@dataclass(frozen=True, slots=True)
class HoleLimits:
    """What makes white a hole. Lengths in points."""

    width: float
    """It is wider than that."""
    height: float
    area: float


_Cells = tuple[int, int, int, int]
"""A rectangle of cells: left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class WhiteSpot:
    """White of any form: over several columns it may begin at another height in each."""

    parts: tuple[Box, ...]
    """Rectangles, the largest first, which may lie upon one another."""

    @property
    def around(self) -> Box:
        """The box around all of it."""
        left, top = min(each.x for each in self.parts), min(each.y for each in self.parts)
        right, bottom = max(each.right for each in self.parts), max(each.bottom for each in self.parts)
        return Box(left, top, right - left, bottom - top)


def holes(page: Image.Image, area: Box, row: float, filled: Sequence[Box], limits: HoleLimits) -> list[WhiteSpot]:
    """The holes in *area*, the largest first: each has a rectangle as *limits* say, and white as wide and as high that
    goes on beside it, or beyond a rule, is part of it.

    *page* is the picture of the trimmed page (lightness, mode L), *row* the height of a row; the boxes *filled* count
    as ink. All boxes are in points from the picture's upper left corner.
    """
    x, y = max(0.0, area.x), max(0.0, area.y)
    area = Box(x, y, min(area.right, page.width) - x, min(area.bottom, page.height) - y)
    side = row / CELLS_A_ROW
    across, down = (int(length / side) if side > 0 else 0 for length in (area.width, area.height))
    if across < 1 or down < 1 or across * down > MAX_CELLS:
        return []
    grid = _Grid(area, across, down)
    inked = grid.inked(page)
    for box in filled:
        grid.fill(inked, box)
    cells = int(limits.width / (area.width / across))  # those of a hole are more
    found: list[WhiteSpot] = []
    while len(found) < MAX_HOLES:
        white = [each for each in _rectangles(inked, cells) if _is_white(grid.box(*each), limits)]
        large = (each for each in white if grid.box(*each).area > limits.area)
        largest = max(large, key=lambda each: grid.box(*each).area, default=None)
        if largest is None:
            break
        parts = _parts(largest, white, max(1, cells // 2), max(1, ceil(limits.height / (area.height / down) - 0.01)))
        found.append(WhiteSpot(tuple(grid.box(*each) for each in parts)))
        for part in found[-1].parts:
            grid.fill(inked, part)
    return found


def _is_white(box: Box, limits: HoleLimits) -> bool:
    return box.width > limits.width and box.height >= limits.height - 0.01


def _parts(largest: _Cells, white: Sequence[_Cells], wide: int, high: int) -> list[_Cells]:
    """*largest*, and those of the *white* rectangles that go on from it over *high* cells or more: the larger first,
    each of which makes the hole *wide* cells wider or *high* cells higher, or more.
    """
    parts = [largest]
    rest = sorted(white, key=lambda each: (each[0] - each[2]) * (each[3] - each[1]))
    while more := next((each for each in rest if _goes_on(each, parts, high) and _adds(each, parts, wide, high)), None):
        parts.append(more)
    return parts


def _goes_on(cells: _Cells, parts: Sequence[_Cells], high: int) -> bool:
    left, top, right, bottom = cells
    return any(
        min(right, part[2]) - max(left, part[0]) >= -A_RULE and min(bottom, part[3]) - max(top, part[1]) >= high
        for part in parts
    )


def _adds(cells: _Cells, parts: Sequence[_Cells], wide: int, high: int) -> bool:
    columns, rows = set(range(cells[0], cells[2])), set(range(cells[1], cells[3]))
    for left, top, right, bottom in parts:
        columns -= set(range(left, right))
        rows -= set(range(top, bottom))
    return len(columns) >= wide or len(rows) >= high


@dataclass(frozen=True, slots=True)
class _Grid:
    """Cells of equal size over an area of the page."""

    area: Box
    across: int
    down: int

    def inked(self, page: Image.Image) -> list[bytearray]:
        """Row by row, 1 for every cell with ink."""
        area = self.area
        place = (area.x, area.y, area.right, area.bottom)
        flags = page.point([255 if value >= PALE else 0 for value in range(256)])
        cells = flags.resize((self.across, self.down), Image.Resampling.BOX, box=place).tobytes()
        inked = cells.translate(bytes([1 if value < INKED else 0 for value in range(256)]))
        return [bytearray(inked[start : start + self.across]) for start in range(0, len(inked), self.across)]

    def fill(self, inked: list[bytearray], box: Box) -> None:
        """Counts the cells that a box touches as inked."""
        wide, high = self.area.width / self.across, self.area.height / self.down
        left, right = int((box.x - self.area.x) / wide + 0.01), int((box.right - self.area.x) / wide + 0.99)
        top, bottom = int((box.y - self.area.y) / high + 0.01), int((box.bottom - self.area.y) / high + 0.99)
        left, right = max(0, left), min(self.across, right)
        for row in inked[max(0, top) : max(0, min(self.down, bottom))] if right > left else ():
            row[left:right] = b"\1" * (right - left)

    def box(self, left: int, top: int, right: int, bottom: int) -> Box:
        wide, high = self.area.width / self.across, self.area.height / self.down
        return Box(self.area.x + left * wide, self.area.y + top * high, (right - left) * wide, (bottom - top) * high)


def _rectangles(inked: Sequence[bytearray], least: int) -> Iterator[_Cells]:
    """Every largest rectangle of empty cells that is *least* wide or wider: left, top, right, bottom.

    Row by row the empty cells above each cell make a skyline, whose rectangles a stack gives. A row without so many
    empty cells side by side, as are those with type, is in none of them.
    """
    empty, level = bytes(least), [0] * len(inked[0])
    heights = level
    for number, row in enumerate(inked, 1):
        if empty not in row:
            heights = level
            continue
        heights = [0 if ink else height + 1 for height, ink in zip(heights, row, strict=True)]
        stack: list[tuple[int, int]] = []
        for at, height in enumerate([*heights, 0]):
            start = at
            while stack and stack[-1][1] >= height:
                start, tall = stack.pop()
                if tall > height:
                    yield start, number - tall, at, number
            stack.append((start, height))
