"""Makes up a page of kind ``auto``: its shapes measured, its arrangement chosen, the template filled with it.

The room ``makeup`` knows values only; what it measures and what it has chosen become HTML here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from math import floor

from layout import assets
from layout.checks import Finding
from layout.copyfit.scores import VariantName
from layout.copyfit.search.trial import Copy
from layout.design.labels import read_labels
from layout.design.shapes import SHEETS, Shape, read_shapes
from layout.design.template_records import (
    GroupRecord,
    HeadRecord,
    PictureRecord,
    PieceRecord,
    TemplateRecord,
    chain,
    page_context,
    picture_record,
)
from layout.design.templates import Design
from layout.engine.html_canvas import HtmlCanvas
from layout.errors import Message, PlanError
from layout.flows import Chain
from layout.galley.paragraph_setter import Setter
from layout.issue import PagePlan
from layout.issue.auto_page import AutoPage, Pin, Reserve
from layout.issue.model import Picture
from layout.makeup.arrangement import Above, Arrangement, Piece, columns, read_arrangement
from layout.makeup.arrangement_report import ArrangementReport
from layout.makeup.candidates import Option
from layout.makeup.choosing import Chooser, Chosen, Contents
from layout.makeup.explaining import Explanation
from layout.makeup.findings import no_arrangement, no_shape, no_shapes, not_full, pin_not_kept
from layout.makeup.headlines import Headline
from layout.makeup.height_tables import ArrangementSpace
from layout.makeup.mends import Mend, MendSearch
from layout.makeup.option_heights import HeightChoice
from layout.makeup.page_options import LINES, OptionRules, options_of, reserved
from layout.makeup.prices import Pricing
from layout.makeup.run_parts import RunShare
from layout.makeup.sample_sheet import SampleSheet
from layout.makeup.shape_measures import note_heights
from layout.makeup.story_copy import StoryCopy, parts_of
from layout.manuscript.model import Story
from layout.pictures.crop import FOCUS_ROOM, CropRules
from layout.pipeline.filling import filled_page
from layout.pipeline.job import Job
from layout.pipeline.page_contents import fixed, holding
from layout.pipeline.sample_cache import SampleCache
from layout.pipeline.sampling import Sampler
from layout.pipeline.written_page import as_written

_LIGHT = 1_000
"""Weight of what has none: pictures of no story."""


@dataclass(frozen=True)
class ArrangedPage:
    """A page that was made up: its canvas, what was chosen, and what there is to say of it."""

    canvases: Mapping[VariantName, HtmlCanvas]
    chosen: Chosen
    findings: tuple[Finding, ...]
    plan: PagePlan
    """The page with what it holds of all that it may."""
    report: ArrangementReport
    """What was chosen and why."""


@dataclass(frozen=True)
class PageArranger:
    """Arranges *plan*, the page of *job* with all that it may hold; *copy* is of all that.

    *canvas* makes a canvas of a template's name and its HTML.
    """

    job: Job
    plan: PagePlan
    copy: Copy
    setter: Setter
    canvas: Callable[[str, str], HtmlCanvas]
    samples: SampleCache

    def arranged(self) -> ArrangedPage:
        """The arrangement that was chosen, as a canvas. Raises ``PlanError`` where there is none at all."""
        chooser, chosen, findings = self._chosen()
        sheet = chooser.sheet
        tree = chosen.candidate.tree
        html = self._filled(self._record(tree, sheet, chosen.candidate.choices))
        is_full = chosen.rows == sheet.rows and chosen.stands
        if not is_full and chooser.tree is None:
            findings = (*findings, self._not_full(chosen, chooser))
        report = self._explanation(chooser).report(chosen)
        canvas = self.canvas(self.plan.kind, html)
        if is_full:
            canvas = canvas.pinned(chosen.candidate.pinned)
        return ArrangedPage({VariantName(self.plan.kind): canvas}, chosen, findings, holding(self.plan, tree), report)

    def _chosen(self) -> tuple[Chooser, Chosen, tuple[Finding, ...]]:
        """What is taken, and what there is to say of an arrangement that is written and no longer fits."""
        chooser = self.chooser()
        if not self._auto.arrangement:
            return chooser, self._found(chooser), ()
        place = self._auto.place or self.plan.place
        tree = read_arrangement(self._auto.arrangement, place)
        return as_written(tree, chooser, partial(self._found, chooser), self.plan.number, place)

    def _found(self, chooser: Chooser) -> Chosen:
        chosen = chooser.choose()
        if chosen is None:
            raise self._impossible(chooser)
        return chosen

    def listed(self, most: int) -> ArrangementReport:
        """The arrangement that is taken, with at most so many of those that lost; nothing is laid out but the sheet of
        samples. Raises ``PlanError`` as ``arranged`` does.
        """
        chooser, chosen, _ = self._chosen()
        return self._explanation(chooser).report(chosen, most)

    def _explanation(self, chooser: Chooser) -> Explanation:
        weights = {story.id: story.weight for story in chooser.stories if story.id not in self._reserves}
        return Explanation(Pricing(chooser, self._shapes, self._rules(chooser.sheet)), weights)

    def shared_run(self) -> tuple[tuple[str, ...], ...]:
        """What stands on each page of the run, by the ids of stories and of pictures of no story.

        Raises ``PlanError`` where they do not come to so many pages.
        """
        later = {each.id for each in (*self._auto.pool, *self._auto.fillers)}
        stories = [story for story in self._stories() if story.id not in {*later, *self._reserves}]
        as_leads = [replace(story, weight=0) for story in stories]
        as_others = [replace(story, weight=max(1, story.weight)) for story in stories]
        sheet = self._sheet([*as_leads, *as_others])
        leads, others = ([self._options(sheet, story) for story in own] for own in (as_leads, as_others))
        run = self.plan.run
        assert run is not None
        most = len(run.span.numbers())
        space = ArrangementSpace(sheet.columns, sheet.rows, sheet.air)

        def is_full(numbers: Sequence[int]) -> bool:
            own = [replace(stories[number], weight=weight) for weight, number in enumerate(numbers)]
            ways = [(leads if number == numbers[0] else others)[number] for number in numbers]
            made = Chooser(
                own, [list(each) for each in ways], sheet, self.setter, Contents((1 << len(own)) - 1)
            ).choose()
            return made is not None and made.rows == sheet.rows and made.stands

        pages = RunShare(leads, others, space, is_full).pages(1, most)
        if pages is None:
            raise PlanError(
                Message(f"这些稿排不成 {run.span} 这几版", f"these stories do not make the pages {run.span}"),
                place=self.plan.place,
                hint=Message("多给一版，或少放几篇稿", "Give it a page more, or take stories out"),
            )
        return tuple(tuple(stories[number].id for number in page) for page in pages)

    def _impossible(self, chooser: Chooser) -> PlanError:
        """Why there is no arrangement at all: a pin that none can keep, a story that no shape takes, or all of them."""
        for pin, free in self._unpinned():
            if free.chooser().choose() is not None:
                return pin_not_kept(pin)
        for story, options in zip(chooser.stories, chooser.options, strict=True):
            if not options:
                return no_shape(story, self.job.issue.design, self.plan.place)
        return no_arrangement(self.plan.place)

    def _unpinned(self) -> Iterator[tuple[Pin, PageArranger]]:
        """Each pin, with what arranges the page without it."""
        pins = self._auto.pins
        for pin in pins:
            auto = replace(self._auto, pins=tuple(other for other in pins if other is not pin))
            yield pin, replace(self, plan=replace(self.plan, auto=auto))

    def _not_full(self, chosen: Chosen, chooser: Chooser) -> Finding:
        sheet = chooser.sheet
        sample = next(each for each in sheet.samples.values() if each.body)
        measure = floor(sample.text_columns[0].width / sample.body.size) if sample.body else 1
        search = MendSearch(
            chooser.stories,
            chooser.options,
            chooser.space,
            chooser.fixed,
            [each for each, _ in chooser.contents.sets()],
            partial(self._options, sheet),
            chosen.rows > sheet.rows,
            measure,
            chooser.option_stands,
            chooser.changed_stands,
        )
        mends = [*search.found(), *self._pins_in_the_way()]
        return not_full(chosen, sheet.rows, mends, self.plan.number, self.plan.place)

    def _pins_in_the_way(self) -> Iterator[Mend]:
        """The pins without which the page is full."""
        for pin, free in self._unpinned():
            chooser = free.chooser()
            chosen = chooser.choose()
            if chosen is not None and chosen.stands and chosen.rows == chooser.space.rows:
                yield Mend("unpin", pin.story, place=str(pin.place))

    @property
    def _auto(self) -> AutoPage:
        return self.plan.auto or AutoPage()

    @cached_property
    def _shapes(self) -> tuple[Shape, ...]:
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
    def _reserves(self) -> Mapping[str, Reserve]:
        return {reserve.id: reserve for reserve in self._auto.reserves}

    def _filled(self, record: TemplateRecord) -> str:
        design = Design(self.job.design, assets.templates_dir())
        return filled_page(design, self.plan.kind, {**self._context, "arrangement": record}, self.plan)

    def _sheet(self, stories: Sequence[StoryCopy]) -> SampleSheet:
        """Every shape that one of *stories* might stand in, as measured. Raises ``PlanError`` where there is none."""
        if not self._shapes:
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
            self.job, self.plan.kind, self._shapes, self._records, pictures, request, self._filled, self.canvas,
            self.samples, partial(note_heights, texts=self.copy.texts, setter=self.setter),
        )  # fmt: skip

    def _pin(self, story: StoryCopy) -> Pin | None:
        return next((pin for pin in self._auto.pins if pin.story == story.id), None)

    def _options(self, sheet: SampleSheet, story: StoryCopy) -> list[Option]:
        reserve = self._reserves.get(story.id)
        if reserve is not None:
            return [reserved(reserve, shape, story.weight) for shape in self._shapes if shape.role == "reserve"]
        return list(options_of(story, self._shapes, sheet.samples, self._rules(sheet), self._pin(story)))

    def chooser(self) -> Chooser:
        """What chooses among all arrangements of the page, whatever is written. Raises ``PlanError`` where no story has
        a shape.
        """
        stories = list(self._stories())
        sheet = self._sheet(stories)
        options = [self._options(sheet, story) for story in stories]
        ids = [story.id for story in stories]
        return Chooser(stories, options, sheet, self.setter, self._contents(ids), fixed(self._auto, ids))

    def _contents(self, ids: list[str]) -> Contents:
        fillers = tuple(ids.index(each.id) for each in self._auto.fillers)
        pool = sum(1 << ids.index(story.id) for story in self._auto.pool)
        filled = sum(1 << number for number in fillers)
        return Contents(((1 << len(ids)) - 1) ^ pool ^ filled, pool, fillers)

    def _rules(self, sheet: SampleSheet) -> OptionRules:
        rules = CropRules(1.0, FOCUS_ROOM, 1.0)
        lines = {} if self._auto.arrangement else LINES
        return OptionRules(sheet.rows, sheet.frame.row, sheet.frame.area, self.copy.pictures, rules, lines)

    def _stories(self) -> Iterator[StoryCopy]:
        """What the page holds, the heaviest first. One that is pinned as the lead weighs more than all."""
        leads = {pin.story for pin in self._auto.pins if pin.stands_as == "lead"}
        ordered = sorted(self.plan.stories, key=lambda story: story.id not in leads)
        for weight, story in enumerate(ordered):
            yield self._story(weight, story)
        lighter = {**self._own, **dict.fromkeys(self._reserves, ())}
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

    def _record(self, tree: Arrangement, sheet: SampleSheet, choices: Mapping[str, HeightChoice]) -> TemplateRecord:
        if not isinstance(tree, Piece):
            kind = "stack" if isinstance(tree, Above) else "row"
            return GroupRecord(kind, tuple(self._record(part, sheet, choices) for part in tree.parts), columns(tree))
        pictures: tuple[PictureRecord, ...] = tuple(picture_record(self._pictures[name]) for name in tree.pictures)
        head = HeadRecord(tree.size, tree.lines, tree.head_rows + choices[tree.id].air) if tree.lines else None
        reserve = self._reserves.get(tree.id)
        if reserve is not None:
            shape = next(shape for shape in self._shapes if shape.name == tree.shape)
            return PieceRecord(tree.id, None, shape.file, tree.columns, pictures, (reserve.rows,), 0, None)
        rows = choices[tree.id].pictures
        story, shape = self._records.get(tree.id), sheet.shape(tree)
        return PieceRecord(tree.id, story, shape.file, tree.columns, pictures, rows, tree.span, head)
