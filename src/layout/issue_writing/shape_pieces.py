"""Which shapes of a design stand together on pages that show them all: leads across the page, others side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from layout.design.shapes import OF_NO_STORY, Head, Role, Shape

ROW = 14.0
"""Points: shapes stand on rows of 14 pt (``components/piece.html``)."""
_COLUMNS: Mapping[Role, int] = {"second": 3, "third": 2, "brief": 2, "picture": 2, "reserve": 2}
"""Basic columns in which a shape is what it is meant to be, where it may have several; a lead has all of the page."""
_TYPE_AREA = 0.87
"""Share of the paper's width and height that type takes on a newspaper's page."""
_GUTTER = 18.0
"""Points between columns."""
_RATIOS = (1.5, 1.33, 0.75, 1.5, 1.0, 1.78)
"""Width to height of the pictures, in turn."""
_PER_PAGE = 2
"""Rows of shapes below the lead: more, and none is as high as in a newspaper."""
_LOW = 20
"""Rows of the grid that pieces below a lead are high: what a picture and its caption take beside some paragraphs."""
_NAMEPLATE = 8
"""Rows that a nameplate or a running head may take of the first page, which has more of it than others."""
_EM = 10.0
"""Points of a character of running text: columns of newspapers are set in 9 to 10.5."""


@dataclass(frozen=True, slots=True)
class ShapePiece:
    """A shape, and what stands in it."""

    id: str
    shape: Shape
    columns: int
    pictures: tuple[str, ...]
    """Ids."""
    ratios: tuple[float, ...]
    """Width to height of each."""
    rows: tuple[int, ...]
    """Those that each picture is to take."""
    span: int
    head: Head | None
    headline: str
    length: int
    """Characters of its running text, guessed."""
    ratio: float
    """Its width to its height, about."""


@dataclass(frozen=True, slots=True)
class ShapePage:
    """A page: rows of pieces side by side, one below the other."""

    number: int
    rows: tuple[tuple[ShapePiece, ...], ...]

    @property
    def pieces(self) -> Iterator[ShapePiece]:
        """All pieces, as they are read."""
        return (piece for row in self.rows for piece in row)


def shape_pages(
    wanted: Sequence[Shape], every: Sequence[Shape], size: tuple[float, float], headlines: Sequence[str]
) -> tuple[ShapePage, ...]:
    """Pages of paper of that *size* in points that show each of the shapes *wanted* once; where a row is not full, one
    of *every* shape stands beside them. A headline is the one of *headlines* that fills its line best.
    """
    if not wanted:
        return ()
    wide = max(shape.columns[1] for shape in every)
    leads = [[(shape, max(shape.columns[0], min(wide, shape.columns[1])))] for shape in wanted if shape.role == "lead"]
    others = _rows([shape for shape in wanted if shape.role != "lead"], every, wide)
    pages: list[list[_Row]] = [[lead] for lead in leads]
    for number in range(max(len(leads), -(-len(others) // (_PER_PAGE + 1)))):
        if number == len(pages):
            pages.append([])
        room = _PER_PAGE + (not pages[number])
        share = -(-len(others) // max(1, len(leads) - number)) if number < len(leads) else room
        pages[number] += [others.pop(0) for _ in range(min(room, share, len(others)))]
    pages += [others[at : at + _PER_PAGE + 1] for at in range(0, len(others), _PER_PAGE + 1)]
    sizes = _Sizes(size, wide, headlines)
    return tuple(ShapePage(number, tuple(sizes.pieces(number, rows))) for number, rows in enumerate(pages, 1))


_Row = list[tuple[Shape, int]]
"""Shapes side by side, with their columns."""


def _rows(shapes: Sequence[Shape], every: Sequence[Shape], wide: int) -> list[_Row]:
    """*shapes* in rows of *wide* columns."""
    left, rows = list(shapes), []
    while left:
        first = left.pop(0)
        row: _Row = [(first, _columns(first, wide))]
        while (room := wide - sum(columns for _, columns in row)) > 0:
            fits = [each for each in left if each.columns[0] <= room]
            whole = [each for each in fits if each.columns[1] >= room]
            near = [each for each in whole if _columns(each, wide) == room] or whole or fits
            if near:
                left.remove(near[0])
                row.append((near[0], room if near[0] in whole else _columns(near[0], room)))
                continue
            plain = [each for each in every if each.role != "lead" and each.role not in OF_NO_STORY and not each.needs]
            spare = [each for each in plain if each.columns[0] <= room]
            if not spare:
                break
            best = min(spare, key=lambda each: (room - min(room, each.columns[1]), each.pictures[0], bool(each.suits)))
            row.append((best, min(room, best.columns[1])))
        rows.append(row)
    return rows


def _columns(shape: Shape, wide: int) -> int:
    least, most = shape.columns
    return max(least, min(most, wide, _COLUMNS.get(shape.role, wide)))


class _Sizes:
    """Says how large everything is: reckoned from the paper, as a sketch is."""

    def __init__(self, size: tuple[float, float], wide: int, headlines: Sequence[str]):
        self._column = (size[0] * _TYPE_AREA + _GUTTER) / wide
        self._rows = int(size[1] * _TYPE_AREA / ROW)
        self._headlines = headlines
        self._used: list[str] = []
        self._ratio = count()

    def pieces(self, page: int, rows: Sequence[_Row]) -> Iterator[tuple[ShapePiece, ...]]:
        """The *rows* of a page, its lead the highest."""
        leads = bool(rows) and rows[0][0][0].role == "lead"
        whole = self._rows - (_NAMEPLATE if page == 1 else 0)
        even = whole // max(1, len(rows))
        number = count(1)
        for at, row in enumerate(rows):
            high = even if not leads else _LOW if at else whole - _LOW * (len(rows) - 1)
            yield tuple(
                self._piece(f"p{page:02}{next(number):02}", shape, columns, max(_LOW // 2, high - 2))
                for shape, columns in row
            )

    def _piece(self, name: str, shape: Shape, columns: int, high: int) -> ShapePiece:
        least, most = shape.pictures
        pictures = max(least, min(most, 1))
        spans = shape.spans(columns, pictures)
        span = min(spans, key=lambda each: abs(each - columns / 2 - 0.5), default=0)
        ratios = tuple(_RATIOS[next(self._ratio) % len(_RATIOS)] for _ in range(pictures))
        head, headline = (None, "") if shape.role in OF_NO_STORY else self._head(shape, columns)
        across = span or (columns if shape.top == "picture" or shape.role in OF_NO_STORY else 1)
        rows = tuple(
            self._height(across if not at else max(1, across // 2), ratio, high) for at, ratio in enumerate(ratios)
        )
        taken = sum(rows) * across + (head.rows * columns if head else 0)
        length = max(80, int((columns * high - taken) * (self._column - _GUTTER) / _EM))
        names = tuple(f"{name}-{number}" for number in range(1, pictures + 1))
        if shape.role == "reserve":
            rows = (high,)
        ratio = (columns * self._column - _GUTTER) / (high * ROW)
        return ShapePiece(name, shape, columns, names, ratios, rows, span, head, headline, length, ratio)

    def _height(self, columns: int, ratio: float, high: int) -> int:
        return max(4, min(round((columns * self._column - _GUTTER) / ratio / ROW), high * 3 // 5))

    def _head(self, shape: Shape, columns: int) -> tuple[Head, str]:
        """The headline that fills the width best in a size of the shape's, and how it stands; each stands once, while
        there are others.
        """
        wide = columns * self._column - _GUTTER
        if shape.top == "vertical":
            wide = 16 * ROW
        elif shape.top == "headline" and shape.span is None and columns > 2 and not shape.pictures[1]:
            wide -= self._column  # the headlines of some stand over all columns but the last
        best = max(
            ((min(1.0, len(words) * size / wide) - (1.0 if len(words) * size > 0.97 * wide else 0.0)
              - 0.5 * self._used.count(words), size, words)
             for words in self._headlines for size in shape.sizes),
        )  # fmt: skip
        self._used.append(best[2])
        return shape.head(best[1], 1 if shape.lines[0] == 1 else shape.lines[0], len(best[2]), ROW), best[2]
