"""Makes up a page of kind ``auto``: the shapes measured, the arrangements searched, the cheapest as a canvas."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from layout import assets
from layout.copyfit.scores import VariantName
from layout.copyfit.search.trial import Copy
from layout.design.labels import read_labels
from layout.design.shapes import Shape, read_shapes
from layout.design.template_records import (
    GroupRecord,
    HeadRecord,
    PieceRecord,
    TemplateRecord,
    chain,
    page_context,
    picture_record,
)
from layout.design.templates import Design
from layout.engine.html_canvas import HtmlCanvas
from layout.flows import Chain, Flow
from layout.galley.galley import set_chain
from layout.galley.model import TextChain
from layout.galley.paragraph_setter import Setter
from layout.issue import PagePlan
from layout.issue.auto_page import AUTO
from layout.issue.model import Picture
from layout.makeup.arrangement import Above, Arrangement, Piece, pieces
from layout.makeup.headlines import Headline
from layout.makeup.option_heights import slots, stands
from layout.makeup.page_options import OptionRules, StoryCopy, columns_of, options_of, wanted_rows
from layout.makeup.page_search import Candidate, Option, PageSearch, PageSpace
from layout.makeup.sample_sheet import SampleWish, wishes
from layout.makeup.shape_measures import Sample, ShapeKey, samples
from layout.manuscript.model import Story
from layout.page.canvas import Decision
from layout.page.frames import FrameType, MeasuredPage
from layout.pictures.crop import CropRules
from layout.pipeline.filling import filled_page
from layout.pipeline.job import Job

ROUNDS = 12
"""How often the search is done anew because copy does not stand as it was reckoned."""


@dataclass(frozen=True)
class PageArranger:
    """Arranges the page of *job*; *canvas* makes one of a template's name and its HTML."""

    job: Job
    copy: Copy
    setter: Setter
    canvas: Callable[[str, str], HtmlCanvas]

    @property
    def plan(self) -> PagePlan:
        """The page."""
        return self.job.plans[0]

    @cached_property
    def shapes(self) -> tuple[Shape, ...]:
        """The shapes of the design, on this issue's sheet."""
        return read_shapes(self.job.design, self.job.issue.sheet)

    @cached_property
    def _context(self) -> Mapping[str, object]:
        return page_context(self.job.issue, self.plan, read_labels(self.job.design), self.job.contents)

    @cached_property
    def _records(self) -> Mapping[str, TemplateRecord]:
        stories = self._context["stories"]
        assert isinstance(stories, tuple)
        return {story.id: story for story in stories}

    @cached_property
    def _pictures(self) -> Mapping[str, Picture]:
        return {picture.id: picture for picture in self.plan.pictures}

    def canvases(self) -> Mapping[VariantName, HtmlCanvas]:
        """The canvas of the cheapest arrangement."""
        sheet = self._sample_sheet()
        found = self._search(sheet)
        html = self._filled(self._record(found.tree, sheet))
        return {VariantName(AUTO): self.canvas(AUTO, html)}

    def _filled(self, record: TemplateRecord) -> str:
        design = Design(self.job.design, assets.templates_dir())
        return filled_page(design, AUTO, {**self._context, "arrangement": record}, self.plan)

    # what is measured

    def _sample_sheet(self) -> SampleSheet:
        wanted = {each.name: each for each in wishes(self.shapes, map(len, self._own.values()), self._parts)}
        html = self._filled(GroupRecord("stack", tuple(map(self._sample_record, wanted.values()))))
        canvas = self.canvas(AUTO, html)
        page = canvas.measured(Decision())
        types = {frame.id: frame.type for frame in canvas.types((), self.copy.type_request()).frames}
        page = replace(page, frames=tuple(replace(each, type=types.get(each.id, each.type)) for each in page.frames))
        return SampleSheet(page, wanted)

    def _sample_record(self, wish: SampleWish) -> TemplateRecord:
        story = next(iter(self._records.values()))
        pictures = tuple(map(picture_record, self.plan.pictures))[: wish.key.pictures]
        return _piece_record(wish.name, story, wish.shape, wish.key, pictures, wish.head, (0,) * len(pictures))

    @cached_property
    def _own(self) -> Mapping[str, tuple[str, ...]]:
        """The pictures of each story; each of no story by itself."""
        stories = {story.id: tuple(p.id for p in self.plan.pictures if p.story == story.id) for story in self.plan.stories}
        return stories | {p.id: (p.id,) for p in self.plan.pictures if p.story not in stories}

    @cached_property
    def _parts(self) -> frozenset[str]:
        return frozenset().union(*(_parts(story) for story in self.plan.stories))

    # what is searched

    def _search(self, sheet: SampleSheet) -> Candidate:
        rules = OptionRules(sheet.rows, sheet.page.row, self.copy.pictures, CropRules(1.0, 0.1, 1.0))
        options = [list(options_of(story, self.shapes, sheet.samples, rules)) for story in self._stories()]
        space = PageSpace(sheet.columns, sheet.rows, sheet.air)
        for _ in range(ROUNDS):
            search = PageSearch(options, space)
            best = search.best()
            if not best:
                raise NotImplementedError(f"none of {search.reachable(2 * space.rows)} rows is {space.rows}: {[(s.id, len(o), sorted({(x.piece.columns, x.rank.role) for x in o})) for s, o in zip(self._stories(), options)]}")
            wrong = list(self._wrong(best[0], sheet))
            if not wrong:
                return best[0]
            options = [[_without(option, wrong) for option in own] for own in options]
        return best[0]

    def _stories(self) -> Iterator[StoryCopy]:
        for weight, story in enumerate(self.plan.stories):
            yield StoryCopy(
                story.id, weight, Headline(story.headline, self.setter), _parts(story), self._own[story.id], self._lines(story.id)
            )
        for number, (name, own) in enumerate(self._own.items()):
            if name not in self._records:
                yield StoryCopy(name, 100 + number, None, frozenset(), own, lambda _type, _measure: 0)

    def _lines(self, name: str) -> Callable[[FrameType, float], int]:
        known: dict[tuple[object, float], int] = {}

        def lines(type_: FrameType, measure: float) -> int:
            key = (type_.key, measure)
            if key not in known:
                known[key] = set_chain(self._chain(name, type_), (), self.setter, measure).used
            return known[key]

        return lines

    def _chain(self, name: str, type_: FrameType) -> TextChain:
        own = Chain.parse(chain(self._records[name]))
        return TextChain(own, tuple(self.copy.texts[flow] for flow in own.flows if flow in self.copy.texts), type_)

    def _wrong(self, candidate: Candidate, sheet: SampleSheet) -> Iterator[tuple[Piece, int]]:
        """The pieces whose copy does not stand at the height that was reckoned for it."""
        heights = dict(candidate.heights)
        for piece in pieces(candidate.tree):
            sample = sheet.sample(piece)
            if sample.text_columns and not self._stands(piece, heights[piece.id], sample, candidate, sheet):
                yield piece, heights[piece.id]

    def _stands(
        self, piece: Piece, height: int, sample: Sample, candidate: Candidate, sheet: SampleSheet
    ) -> bool:
        choice = candidate.choices[piece.id]
        type_ = sample.text_columns[0].type
        assert type_ is not None
        rows = self._head_rows(piece, sheet)
        own = slots(sample, rows, choice.pictures, height, sheet.page.row)
        standing = stands(self._chain(piece.id, type_), own, self.setter)
        return standing.over == 0 and standing.level and standing.short <= 2

    def _head_rows(self, piece: Piece, sheet: SampleSheet) -> int:
        head = self._head(piece, sheet)
        return head.rows if head else 0

    def _head(self, piece: Piece, sheet: SampleSheet) -> HeadRecord | None:
        story = next((each for each in self.plan.stories if each.id == piece.id), None)
        sample = sheet.sample(piece)
        if story is None or sample.head is None:
            return None
        shape = sheet.shape(piece)
        for choice in Headline(story.headline, self.setter).choices(shape, sample.head, sheet.page.row):
            if (choice.head.size, choice.head.lines) == (piece.size, piece.lines):
                return HeadRecord(choice.head.size, choice.head.lines, choice.head.rows)
        raise NotImplementedError

    # what is filled

    def _record(self, tree: Arrangement, sheet: SampleSheet) -> TemplateRecord:
        if not isinstance(tree, Piece):
            kind = "stack" if isinstance(tree, Above) else "row"
            return GroupRecord(kind, tuple(self._record(part, sheet) for part in tree.parts))
        sample, shape = sheet.sample(tree), sheet.shape(tree)
        pictures = tuple(picture_record(self._pictures[name]) for name in tree.pictures)
        rules = OptionRules(sheet.rows, sheet.page.row, self.copy.pictures, CropRules(1.0, 0.1, 1.0))
        rows = wanted_rows(sample, tree.pictures, rules)
        return _piece_record(tree.id, self._records.get(tree.id), shape, sample.key, pictures, self._head(tree, sheet), rows)


class SampleSheet:
    """The shapes as measured, and what the page that they stand on is like."""

    def __init__(self, page: MeasuredPage, wanted: Mapping[str, SampleWish]):
        self.page = page
        heads = {name: wish.head.rows if wish.head else 0 for name, wish in wanted.items()}
        found = samples(page, {name: wish.key for name, wish in wanted.items()}, heads)
        self.samples: Mapping[ShapeKey, Sample] = {each.key: each for each in found}
        self._shapes = {wish.shape.name: wish.shape for wish in wanted.values()}
        own = {band.name: band.box for band in page.bands if band.name in wanted}
        boxes = list(own.values())
        self.air = round((boxes[1].y - boxes[0].bottom) / page.row)
        self.rows = round((page.type_area.bottom - boxes[0].y) / page.row)
        widths = {wanted[name].key.columns: box.width for name, box in own.items()}
        few, many = min(widths), max(widths)
        step = (widths[many] - widths[few]) / (many - few)
        one = widths[few] - (few - 1) * step
        self.columns = columns_of(page.type_area.width, one, one + step)

    def sample(self, piece: Piece) -> Sample:
        """What *piece* was reckoned by."""
        return self.samples[ShapeKey(piece.shape, piece.columns, len(piece.pictures), piece.span)]

    def shape(self, piece: Piece) -> Shape:
        """The shape of *piece*."""
        return self._shapes[piece.shape]


def _piece_record(
    name: str, story: TemplateRecord | None, shape: Shape, key: ShapeKey, pictures: tuple[TemplateRecord, ...],
    head: object, rows: Sequence[int],
) -> PieceRecord:  # fmt: skip
    own = None if head is None else HeadRecord(head.size, head.lines, head.rows)
    return PieceRecord(name, story, shape.file, key.columns, pictures, tuple(rows), key.span, own)


def _parts(story: Story) -> frozenset[str]:
    own = {name for name, part in story.parts.items() if part}
    return frozenset(own | ({"figures"} if story.figures else set()))


def _without(option: Option, wrong: Sequence[tuple[Piece, int]]) -> Option:
    gone = {height for piece, height in wrong if piece == option.piece}
    return replace(option, heights={h: each for h, each in option.heights.items() if h not in gone}) if gone else option
