"""The solver's columns of a band: fixed rows, elastic rows, and a frame that takes the rest."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from math import ceil, floor

from layout.flows import Chain
from layout.galley import costs
from layout.page.frames import Band, Column, Frame, Gap, MeasuredPage, PictureBox

EPS = 0.02


@dataclass(frozen=True, slots=True)
class Elastic:
    """A picture or a gap: the rows it may take, and the cost of each number of rows."""

    id: str
    name: str
    """The picture's id, or the gap's name."""
    wanted: float
    least: int
    most: int
    picture: bool
    crops: tuple[tuple[int, float], ...] = ()
    """Of a picture the rows that show enough of it, with what their crops cost; none: any rows from least to most."""

    def cost(self, rows: int) -> float:
        """What *rows* rows cost: for not being those wanted, and for what they cut off a picture."""
        return self.deviation(rows) + self.crop(rows)

    def crop(self, rows: int) -> float:
        """What *rows* rows cost for what they cut off a picture."""
        return next((cost for number, cost in self.crops if number == rows), 0.0)

    def deviation(self, rows: int) -> float:
        """What *rows* rows cost for not being those wanted."""
        if self.picture:
            return costs.PICTURE * ((rows - self.wanted) / max(self.wanted, 1.0)) ** 2
        return costs.GAP * (rows - self.wanted) ** 2

    @property
    def range(self) -> Sequence[int]:
        """The rows it may take."""
        return [number for number, _ in self.crops] or range(self.least, self.most + 1)


@dataclass(frozen=True, slots=True)
class Need:
    """How many lines a chain needs in a band, and what it costs to need fewer or more."""

    lines: Mapping[int, float]
    """Where it is empty, the copy runs on elsewhere, and any room will do."""
    leading: float = 1.0
    """Of a line, in rows."""
    loss: Mapping[str, int] = field(default_factory=dict)
    """Lines of its frames, by key, that something else stands in the way of."""

    @classmethod
    def of(cls, lines: int) -> Need:
        """Just so many lines."""
        return cls({lines: 0.0})

    @property
    def key(self) -> Hashable:
        """What makes two needs the same."""
        return tuple(self.lines.items()), self.leading, tuple(self.loss.items())

    def best(self, room: int) -> tuple[float, int]:
        """What it costs to have room for *room* lines, and the lines that it then comes to."""
        if not self.lines:
            return 0.0, room
        return min((extra + costs.shortage(room - lines), lines) for lines, extra in self.lines.items())

    def room(self, frame: str, rows: float) -> int:
        """How many lines *rows* rows of one frame hold."""
        return max(0, floor(rows / self.leading + EPS) - self.loss.get(frame, 0))


Needs = Mapping[str, Mapping[Chain, Need]]
"""Per band, by its key, what every chain in it needs."""


@dataclass(frozen=True, slots=True)
class BandColumn:
    """A column of a band, in rows."""

    fixed: float
    elastics: tuple[Elastic, ...]
    frame: Frame | None

    @property
    def chain(self) -> Chain | None:
        """The chain that runs through it."""
        return self.frame.chain if self.frame else None


def elastic(each: PictureBox | Gap, row: float) -> Elastic:
    """A picture or gap in rows."""
    least, most = ceil(each.min_height / row - EPS), floor(each.max_height / row + EPS)
    name = each.picture if isinstance(each, PictureBox) else each.name
    crops = tuple(sorted(each.allowed.items())) if isinstance(each, PictureBox) else ()
    if crops:
        least, most = crops[0][0], crops[-1][0]
    wanted = each.best if isinstance(each, PictureBox) else each.box.height
    return Elastic(each.id, name, wanted / row, least, max(least, most), isinstance(each, PictureBox), crops)


def elastics(page: MeasuredPage) -> tuple[PictureBox | Gap, ...]:
    """Everything on the page whose height may be copyfit's to choose."""
    return (*page.pictures, *page.gaps)


def column_parts(page: MeasuredPage, band: Band) -> Iterator[Column | Frame]:
    """The columns of *band*, and its frames that stand in none."""
    yield from (column for column in page.columns if column.band == band.id)
    for frame in page.frames:
        if frame.band == band.id and frame.column is None and frame.height_by == "rest":
            yield frame


def band_columns(page: MeasuredPage, band: Band) -> Iterator[BandColumn]:
    """The columns of *band* as the solver takes them, in the order of ``column_parts``."""
    return (_stack(page, band, part) for part in column_parts(page, band))


def _stack(page: MeasuredPage, band: Band, part: Column | Frame) -> BandColumn:
    """*part* is a column, or a frame in none, as it is naturally; what stands above or below it takes rows too."""
    every, box = elastics(page), part.box
    own = [e for e in every if isinstance(part, Column) and e.column == part.id]
    over = [e for e in every if e.band == band.id and e not in own and e.box.above_or_below(box)]
    if isinstance(part, Column):
        frame = next((f for f in page.frames if f.column == part.id and f.height_by == "rest"), None)
    else:
        frame = part
    taken = sum(e.box.height for e in own) + (frame.box.height if frame else 0.0)
    above = box.y - band.box.y - sum(e.box.height for e in over if e.box.y < box.y)
    fixed = (above + box.height - taken + part.below) / page.row
    return BandColumn(fixed, tuple(elastic(e, page.row) for e in own + over), frame)
