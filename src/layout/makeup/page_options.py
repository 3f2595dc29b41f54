"""The options of a page's stories: every shape in which each can stand, at the heights that fill its columns."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from layout.copyfit.crop_limits import Originals
from layout.design.shapes import OF_NO_STORY, Shape
from layout.galley.column_copy import ColumnCopy
from layout.galley.columns import Elastic
from layout.issue.auto_page import Pin, Reserve
from layout.makeup.arrangement import Piece
from layout.makeup.candidates import Option
from layout.makeup.hard_rules import DOMINANT, EdgeMark, Rank
from layout.makeup.headlines import HeadChoice
from layout.makeup.option_heights import HeightChoice, heights
from layout.makeup.shape_measures import Sample, SamplePlace, ShapeKey
from layout.makeup.story_copy import FIGURES, StoryCopy
from layout.pictures.crop import CROP, CropRules, allowed, view

WHITE = 0.2
"""Share of its width that a headline may leave white without being dear."""
WHITE_COST = 150.0
"""A headline that leaves all of its width white, beyond that share; squared."""
SMALLER, LESS_GRAND = 1.5, 3.0
"""A headline that is a size smaller than the largest of its rank; the lead's, which is to be seen across a room."""
MUCH, MUCH_COST = 0.4, 800.0
"""Share of a picture beyond which no more should be cut away, and what it costs to cut all of the rest; squared: a
portrait over all columns shows no face any longer, and what it says is not worth the room.
"""
SMALL = 60.0
"""A picture of no size at all, where it wants what follows; squared."""
POOR = 90.0
"""A picture of no pixels at all, where the press wants some; squared: at two thirds of them ten."""
FAULTY, FAULTY_COST = 2 / 3, 200.0
"""A picture of so small a share of the pixels that the press wants is an error (``picture.resolution``): no looks are
worth one.
"""
LARGE = 8.0
"""A picture of three times the size that its weight wants, or of five times, four times as much: the lead's is to be
seen first."""
AREAS = (0.11, 0.05, 0.035, 0.025)
"""Shares of the page that a picture of the heaviest story wants, of the second, of the third, of any other."""
LATER = 0.2
"""A shape that stands one place later in the design's list."""
DEEP = 12.0
"""A line of a headline beyond two, where it is no brief's: the model of its sense splits words in such short lines."""
NARROW = 15.0
"""A story of more than a brief's rank in one column, where its headline has four or five characters to a line."""
SLIM, SLIM_LEAD = 0.75, 100.0
"""Share of the page's width under which a lead is too slim to lead it, and what the share that it lacks costs."""
UNSUITED = 60.0
"""A shape that is made for another kind of story; and one that is not made for what the story is, where some are."""
LONG_BRIEF, LONG_BRIEF_COST = 30, 0.5
"""Lines of a column beyond which copy is hardly a brief any longer, some 370 characters, and what each costs: it has
the smallest of headlines.
"""
LOOSE = 0.05
"""Share of the page that a picture of no story wants."""
_TOUCHES = 8.0
"""Points within which a box stands at an edge: those of a broadsheet's boxes on a tint are 7 inside it, and with a
gutter of 14 their pictures are nearer to the neighbour's than two columns are that are set apart.
"""

LINES: Mapping[str, tuple[int, int]] = {"second": (45, 10_000), "third": (16, 140), "brief": (1, 70)}
"""The lines of a column that the stories of each rank have; the lead is the page's heaviest story.
What an editor pins or writes down stands so, however long it is."""


@dataclass(frozen=True, slots=True)
class OptionRules:
    """What bounds the options of a page: its rows, points of a row, and the pictures as they came."""

    rows: int
    row: float
    area: float
    """Of the room that pieces have, in square points."""
    originals: Originals
    crops: CropRules
    lines: Mapping[str, tuple[int, int]] = field(default_factory=lambda: LINES)
    """The lines that each rank takes; none where an arrangement is written down."""


def options_of(
    story: StoryCopy,
    shapes: Sequence[Shape],
    samples: Mapping[ShapeKey, Sample],
    rules: OptionRules,
    pin: Pin | None = None,
    *,
    only: Collection[tuple[str, int, int]] | None = None,
) -> Iterator[Option]:
    """Every way for *story* to stand in one of *shapes*, as *pin* lets it; *only* in these of them, over so many
    columns, with a picture over so many, where they are given.
    """
    rules = rules if pin is None or pin.stands_as is None else replace(rules, lines={})
    for order, shape in enumerate(shapes):
        kind = kind_cost(story, shape, shapes)
        for key in keys_of(story, shape, pin):
            if only is not None and (key.shape, key.columns, key.span) not in only:
                continue
            found = _of_sample(story, (order, shape), samples[key], rules)
            yield from (replace(each, cost=round(each.cost + kind, 3)) for each in found)


def keys_of(story: StoryCopy, shape: Shape, pin: Pin | None = None) -> Iterator[ShapeKey]:
    """The samples of *shape* by which *story* is reckoned, as *pin* lets it stand."""
    number = len(story.pictures)
    suits = _suits(story, shape) if pin is None or pin.stands_as is None else _pinned(story, shape, pin)
    if not suits or not shape.pictures[0] <= number <= shape.pictures[1]:
        return
    for columns in range(shape.columns[0], shape.columns[1] + 1):
        if pin is None or pin.columns in {None, columns}:
            for span in shape.spans(columns, number):
                yield ShapeKey(shape.name, columns, number, span, story.outline)


def _suits(story: StoryCopy, shape: Shape) -> bool:
    if story.headline is None:
        return shape.role == "picture"
    lead = (shape.role == "lead") == (story.weight == 0)
    return lead and _has_places(story, shape)


def _pinned(story: StoryCopy, shape: Shape, pin: Pin) -> bool:
    """Whether *shape* is what *pin* says: the lead or a brief by its role, a box or a vertical headline by its top."""
    is_it = pin.stands_as in {shape.role, shape.top}
    return story.headline is not None and is_it and _has_places(story, shape)


def _has_places(story: StoryCopy, shape: Shape) -> bool:
    """Whether *story* has all that *shape* is made for; one with figures stands where there is a panel for them."""
    figures = FIGURES in shape.needs or FIGURES not in story.parts
    return shape.role not in OF_NO_STORY and shape.needs <= story.parts and figures


def _of_sample(story: StoryCopy, ordered: tuple[int, Shape], sample: Sample, rules: OptionRules) -> Iterator[Option]:
    shape = ordered[1]
    columns = sample.text_columns
    copy = story.copy(sample.body, columns[0].width) if sample.body else ColumnCopy(0)
    if not copy.has_room:
        return
    copy = copy if sample.measure else ColumnCopy(copy.lines)
    least, most = rules.lines.get(shape.role, (0, 100_000))
    if columns and not least <= _lines(story, sample) <= most and shape.role != "picture":
        return
    level = copy.feet is not None and not sample.pictures
    closer = story.closer(sample.body, columns[0].width) if level and sample.body else ()
    pictures = [
        _limited(each.place.width, each.rows, name, rules)
        for each, name in zip(sample.pictures, story.pictures, strict=True)
    ]
    for choice in _heads(story, shape, sample, rules.row):
        rows = choice.head.rows if choice else 0
        found = heights(sample, rows, copy, pictures, closer).items()
        own = {
            height: replace(each, largest=largest_picture(sample, each, rules))
            for height, each in found
            if height <= rules.rows
        }
        if own:
            yield _option(story, ordered, sample, (choice, own), rules)


def _heads(story: StoryCopy, shape: Shape, sample: Sample, row: float) -> Iterator[HeadChoice | None]:
    if story.headline is None or sample.head is None:
        yield None
    else:
        yield from story.headline.choices(shape, sample.head, row)


def _limited(width: float, rows: Elastic, name: str, rules: OptionRules) -> Elastic:
    """The rows that the picture *name* may take: it wants its own shape, within the design's limits and those of the
    page. None where the least is too large for the page.
    """
    rows = replace(rows, most=min(rows.most, int(DOMINANT * rules.area / (width * rules.row))))
    if rows.most < rows.least:
        return replace(rows, name=name)
    original = rules.originals.get(name)
    if original is None:
        return rows
    across, down = original.pixels
    wanted = min(max(round(width * down / across / rules.row), rows.least), rows.most)
    box = (width, wanted * rules.row)
    shown = sorted(allowed(original, rules.crops, box, rules.row, range(rows.least, rows.most + 1)))
    crops = tuple((each, _cut_cost(view(original, rules.crops, width, each * rules.row).lost)) for each in shown)
    return replace(rows, name=name, wanted=float(wanted), crops=crops)


def _cut_cost(lost: float) -> float:
    """What it costs that so large a share of a picture is cut away, whatever its box could have shown."""
    return round(CROP * lost**2 + MUCH_COST * max(0.0, lost - MUCH) ** 2, 6)


def _option(
    story: StoryCopy,
    ordered: tuple[int, Shape],
    sample: Sample,
    found: tuple[HeadChoice | None, Mapping[int, HeightChoice]],
    rules: OptionRules,
) -> Option:
    choice, own = found
    order, shape = ordered
    head = choice.head if choice else None
    piece = Piece(
        story.id, sample.key.columns, shape.name, head.size if head else 0.0, head.lines if head else 0, story.pictures,
        sample.key.span, head.rows if head else 0,
    )  # fmt: skip
    tall = deep_cost(shape, sample, head.lines, rules) if head else 0.0
    white = max(0.0, choice.white - WHITE) ** 2 * WHITE_COST if choice and shape.top != "vertical" else 0.0
    later = LATER * order + long_cost(story, shape, sample)
    smaller = smaller_cost(shape, head.size) if head else 0.0
    edges = {each[0]: _edges(shape, sample, choice, each) for each in own.items()}
    own = {
        height: replace(each, cost=round(each.cost + sum(picture_costs(story, shape, sample, each, rules)), 3))
        for height, each in own.items()
    }
    rank = Rank(story.weight, shape.role, head.size if head else 0.0, shape.top)
    return Option(piece, rank, own, round(white + smaller + later + tall, 3), edges)


def kind_cost(story: StoryCopy, shape: Shape, shapes: Sequence[Shape]) -> float:
    """What it costs that *shape* is made for another kind of story, or others of *shapes* for this one."""
    made_for = {name for each in shapes if _suits(story, each) for name in each.suits} & story.parts
    return UNSUITED * (bool(shape.suits - story.parts) + bool(made_for - shape.suits))


def long_cost(story: StoryCopy, shape: Shape, sample: Sample) -> float:
    """What it costs that so long a *story* stands as a brief."""
    if shape.role != "brief" or sample.body is None:
        return 0.0
    return LONG_BRIEF_COST * max(0, _lines(story, sample) - LONG_BRIEF)


def _lines(story: StoryCopy, sample: Sample) -> int:
    """The lines of *story* in a basic column, by those of *sample*, which may be wider."""
    width = sample.text_columns[0].width
    across = round(width * sample.key.columns / sample.width)
    return story.copy(sample.body, width).lines * across if sample.body else 0


def deep_cost(shape: Shape, sample: Sample, lines: int, rules: OptionRules) -> float:
    """What it costs that a headline has so many *lines*, that it stands over a single column, that a lead is slim."""
    if shape.role == "brief" or shape.top == "vertical":
        return 0.0
    share = sample.width * rules.rows * rules.row / rules.area
    slim = SLIM_LEAD * max(0.0, SLIM - share) if shape.role == "lead" else 0.0
    return DEEP * max(0, lines - 2) + NARROW * (sample.key.columns == 1) + slim


def smaller_cost(shape: Shape, size: float) -> float:
    """What it costs that a headline has *size*, and not the largest of *shape*."""
    return (LESS_GRAND if shape.role == "lead" else SMALLER) * shape.sizes.index(size)


def largest_picture(sample: Sample, height: HeightChoice, rules: OptionRules) -> float:
    """The area of its largest picture, in square points; 0 where it has none."""
    return max(_areas(sample, height, rules), default=0.0)


def _areas(sample: Sample, height: HeightChoice, rules: OptionRules) -> Iterator[float]:
    for each, rows in zip(sample.pictures, height.pictures, strict=True):
        yield round(each.place.width * rows * rules.row, 1)


def picture_costs(
    story: StoryCopy, shape: Shape, sample: Sample, height: HeightChoice, rules: OptionRules
) -> tuple[float, float, float]:
    """What it costs that its pictures are smaller than a story of its weight has them, in a shape that is not made for
    small ones; that they are larger; that they have too few pixels.
    """
    wanted = rules.area * (LOOSE if story.headline is None else AREAS[min(story.weight, len(AREAS) - 1)])
    areas = tuple(_areas(sample, height, rules))
    small = 0.0 if shape.suits & story.parts else SMALL * sum(max(0.0, 1 - area / wanted) ** 2 for area in areas)
    large = LARGE * sum(max(0.0, area / wanted / 2 - 0.5) ** 2 for area in areas if area > 2 * wanted)
    return small, large, poor_pictures(story, sample, height, rules)


def poor_pictures(story: StoryCopy, sample: Sample, height: HeightChoice, rules: OptionRules) -> float:
    """What it costs that its pictures stand larger than their pixels are enough for."""
    shares = []
    for each, rows, name in zip(sample.pictures, height.pictures, story.pictures, strict=True):
        original = rules.originals.get(name)
        if original is not None and original.least_ppi:
            across, down = original.pixels
            scale = max(each.place.width / across, rows * rules.row / down)
            shares.append(72 / scale / original.least_ppi)
    faulty = FAULTY_COST * sum(share < FAULTY for share in shares)
    return faulty + POOR * sum(max(0.0, 1 - share) ** 2 for share in shares)


def _edges(
    shape: Shape, sample: Sample, choice: HeadChoice | None, own: tuple[int, HeightChoice]
) -> tuple[tuple[EdgeMark, ...], tuple[EdgeMark, ...]]:
    """What stands along the left and the right edge of a piece, by its rows and what they come to."""
    all_rows, height = own
    rows = choice.head.rows + height.air if choice else 0
    placed: list[tuple[SamplePlace, EdgeMark]] = []
    if choice and sample.head:
        top = sample.head.place.top(0, height.pictures)
        mark = EdgeMark(
            "headline", top, top + rows, choice.head.size, choice.head.lines, set_off=shape.top != "headline"
        )
        placed.append((sample.head.place, mark))
    for number, picture in enumerate(sample.pictures):
        place, deep = picture.place, height.pictures[number]
        top = place.top(rows, height.pictures)
        if place.below is not None:
            top = place.end(all_rows, height.pictures) - deep - sample.edges
        # A box's own edges, or some of them, stand above all that is in it.
        placed.append((place, EdgeMark("picture", top, top + deep + sample.edges)))
    left = tuple(edge for place, edge in placed if place.x < _TOUCHES)
    right = tuple(edge for place, edge in placed if place.x + place.width > sample.width - _TOUCHES)
    return left, right


def reserved(reserve: Reserve, shape: Shape, weight: int) -> Option:
    """What is kept free stands in *shape* at the one height that it has."""
    pictures = (reserve.id,) if reserve.path else ()
    piece = Piece(reserve.id, reserve.columns, shape.name, pictures=pictures)
    choice = HeightChoice(0.0, (reserve.rows,), 0)
    return Option(piece, Rank(weight, shape.role, 0.0), {reserve.rows: choice}, 0.0, {reserve.rows: ((), ())})
