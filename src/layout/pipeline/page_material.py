"""What a page of kind ``auto`` is made up of: its stories and pictures as the room ``makeup`` sees them, the shapes of
its design as measured, every way for each story to stand; and the template filled with an arrangement of them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property, partial

from layout import assets
from layout.copyfit.search.trial import Copy
from layout.design.labels import read_labels
from layout.design.shapes import SHEETS, Shape, read_shapes
from layout.design.template_context import chain, page_context, picture_record
from layout.design.template_records import GroupRecord, HeadRecord, PictureRecord, PieceRecord, TemplateRecord
from layout.design.templates import Design
from layout.engine.html_canvas import HtmlCanvas
from layout.flows import Chain
from layout.galley.paragraph_setter import Setter
from layout.issue import PagePlan
from layout.issue.auto_page import AutoPage, Pin, Reserve
from layout.issue.model import Picture
from layout.makeup.arrangement import Above, Arrangement, Piece, columns
from layout.makeup.candidates import Option
from layout.makeup.choosing import Chooser, Contents
from layout.makeup.findings import no_shape, no_shapes
from layout.makeup.headlines import Headline
from layout.makeup.option_heights import HeightChoice
from layout.makeup.page_options import LINES, OptionRules, options_of, reserved
from layout.makeup.sample_sheet import SampleSheet
from layout.makeup.shape_measures import note_heights
from layout.makeup.story_copy import StoryCopy, parts_of
from layout.manuscript.model import Story
from layout.pictures.crop import FOCUS_ROOM, CropRules
from layout.pipeline.filling import filled_page
from layout.pipeline.job import Job
from layout.pipeline.page_contents import fixed
from layout.pipeline.sample_cache import SampleCache
from layout.pipeline.sampling import Sampler

_LIGHT = 1_000
"""Weight of what has none: pictures of no story."""


@dataclass(frozen=True)
class PageMaterial:
    """What *plan*, a page of *job*, may hold; *copy* is of all that.

    *canvas* makes a canvas of a template's name and its HTML.
    """

    job: Job
    plan: PagePlan
    copy: Copy
    setter: Setter
    canvas: Callable[[str, str], HtmlCanvas]
    samples: SampleCache

    @property
    def auto(self) -> AutoPage:
        """What is fixed of it."""
        return self.plan.auto or AutoPage()

    @cached_property
    def shapes(self) -> tuple[Shape, ...]:
        """The shapes of its design."""
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

    @cached_property
    def _own(self) -> Mapping[str, tuple[str, ...]]:
        """The pictures of each story; each picture of no story by itself."""
        every = self.plan.pictures
        own = {story.id: tuple(each.id for each in every if each.story == story.id) for story in self.plan.stories}
        return own | {each.id: (each.id,) for each in every if each.story not in own and each.kind == "photograph"}

    @cached_property
    def reserves(self) -> Mapping[str, Reserve]:
        """What is kept free on it, by id."""
        return {reserve.id: reserve for reserve in self.auto.reserves}

    @property
    def loose(self) -> frozenset[str]:
        """Its pictures of no story, by id: they weigh nothing."""
        return frozenset(self._own.keys() - self._records.keys())

    def filled(self, record: TemplateRecord) -> str:
        """The HTML of the page with this arrangement."""
        design = Design(self.job.design, assets.templates_dir())
        return filled_page(design, self.plan.kind, self.context(record), self.plan)

    def context(self, record: TemplateRecord) -> Mapping[str, object]:
        """What the page's template sees with this arrangement."""
        return {**self._context, "arrangement": record}

    def sheet(self, stories: Sequence[StoryCopy]) -> SampleSheet:
        """Every shape that one of *stories* might stand in, as measured. Raises ``PlanError`` where there is none."""
        if not self.shapes:
            others = [sheet for sheet in SHEETS if read_shapes(self.job.design, sheet)]
            raise no_shapes(self.job.issue.design, others, self.plan.place)
        found = self._sampler.sheet([(story, self._pin(story)) for story in stories])
        if found is None:
            raise no_shape(stories[0], self.job.issue.design, self.plan.place)
        return found

    @cached_property
    def _sampler(self) -> Sampler:
        pictures = {name: picture_record(picture) for name, picture in self._pictures.items()}
        request = self.copy.type_request()
        return Sampler(
            self.job, self.plan.kind, self.shapes, self._records, pictures, request, self.filled, self.canvas,
            self.samples, partial(note_heights, texts=self.copy.texts, setter=self.setter),
        )  # fmt: skip

    def _pin(self, story: StoryCopy) -> Pin | None:
        return next((pin for pin in self.auto.pins if pin.story == story.id), None)

    def options(self, sheet: SampleSheet, story: StoryCopy, rules: OptionRules | None = None) -> list[Option]:
        """Every way for *story* to stand, by other *rules* than the page's own where some are given."""
        reserve = self.reserves.get(story.id)
        if reserve is not None:
            return [reserved(reserve, shape, story.weight) for shape in self.shapes if shape.role == "reserve"]
        rules = rules or self.rules(sheet)
        return list(options_of(story, self.shapes, sheet.samples, rules, self._pin(story)))

    def chooser(self) -> Chooser:
        """What chooses among all arrangements of the page, whatever is written. Raises ``PlanError`` where no story has
        a shape.
        """
        stories = list(self.stories())
        sheet = self.sheet(stories)
        options = [self.options(sheet, story) for story in stories]
        ids = [story.id for story in stories]
        return Chooser(stories, options, sheet, self.setter, self._contents(ids), fixed(self.auto, ids, self.loose))

    def _contents(self, ids: list[str]) -> Contents:
        fillers = tuple(ids.index(each.id) for each in self.auto.fillers)
        pool = sum(1 << ids.index(story.id) for story in self.auto.pool)
        filled = sum(1 << number for number in fillers)
        return Contents(((1 << len(ids)) - 1) ^ pool ^ filled, pool, fillers)

    def rules(self, sheet: SampleSheet) -> OptionRules:
        """What bounds the options."""
        rules = CropRules(1.0, FOCUS_ROOM, 1.0)
        lines = {} if self.auto.arrangement else LINES
        return OptionRules(sheet.rows, sheet.frame.row, sheet.frame.area, self.copy.pictures, rules, lines)

    def stories(self) -> Iterator[StoryCopy]:
        """What the page holds, the heaviest first. One that is pinned as the lead weighs more than all."""
        leads = {pin.story for pin in self.auto.pins if pin.stands_as == "lead"}
        ordered = sorted(self.plan.stories, key=lambda story: story.id not in leads)
        for weight, story in enumerate(ordered):
            yield self._story(weight, story)
        lighter = {**self._own, **dict.fromkeys(self.reserves, ())}
        for number, (name, own) in enumerate(lighter.items()):
            if name not in self._records:
                outline = self._sampler.outline(name, own)
                yield StoryCopy(
                    name, _LIGHT + number, None, frozenset(), own, Chain(), {}, self.setter, outline=outline
                )

    def _story(self, weight: int, story: Story) -> StoryCopy:
        flows = Chain.parse(chain(self._records[story.id]))
        headline = Headline(story.headline, self.setter)
        own = self._own[story.id]
        return StoryCopy(
            story.id, weight, headline, parts_of(story), own, flows, self.copy.texts, self.setter, is_firm=story.firm,
            outline=self._sampler.outline(story.id, own),
        )  # fmt: skip

    def record(self, tree: Arrangement, sheet: SampleSheet, choices: Mapping[str, HeightChoice]) -> TemplateRecord:
        """*tree* as a template sees it."""
        if not isinstance(tree, Piece):
            kind = "stack" if isinstance(tree, Above) else "row"
            return GroupRecord(kind, tuple(self.record(part, sheet, choices) for part in tree.parts), columns(tree))
        pictures: tuple[PictureRecord, ...] = tuple(picture_record(self._pictures[name]) for name in tree.pictures)
        head = HeadRecord(tree.size, tree.lines, tree.head_rows + choices[tree.id].air) if tree.lines else None
        reserve = self.reserves.get(tree.id)
        if reserve is not None:
            shape = next(shape for shape in self.shapes if shape.name == tree.shape)
            return PieceRecord(tree.id, None, shape.file, tree.columns, pictures, (reserve.rows,), 0, None)
        rows = choices[tree.id].pictures
        story, shape = self._records.get(tree.id), sheet.shape(tree)
        return PieceRecord(tree.id, story, shape.file, tree.columns, pictures, rows, tree.span, head)
