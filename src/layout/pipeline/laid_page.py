"""One page laid out: template, measure, composer, copyfit, pictures, last layout, pour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from layout import assets
from layout.checks import Finding
from layout.copyfit.checks.box_on_box import box_findings
from layout.copyfit.checks.empty_boxes import empty_boxes
from layout.copyfit.crop_limits import Originals
from layout.copyfit.fit import pour_page
from layout.copyfit.model import ComposedPage, FittedPage
from layout.copyfit.search.trial import Copy
from layout.copyfit.search.variants import fit_variants
from layout.engine.canvas_key import Sheet
from layout.engine.code_boxes import code_boxes
from layout.engine.css_origins import Origin
from layout.engine.engine import Engine
from layout.engine.html_canvas import HtmlCanvas
from layout.engine.overprint_regions import black_over
from layout.engine.page_layout import PageLayout
from layout.errors import LayoutError, Message
from layout.galley.paragraph_memory import ParagraphMemory
from layout.galley.paragraph_setter import Setter
from layout.issue import PagePlan
from layout.issue.named_files import grey_picture
from layout.page.canvas import joined
from layout.page.standing import basic_column
from layout.pictures import Form, PictureRequest, Prepared, prepare_many
from layout.pictures.crop import ShareBox
from layout.pictures.model import cache_finding
from layout.pictures.opening import original
from layout.pipeline.advertisements import AdvertisementStore, placed
from layout.pipeline.boxless_pictures import boxless_pictures
from layout.pipeline.copy_amount import with_amounts
from layout.pipeline.design_first import with_design_first
from layout.pipeline.design_words import drawn_as_codes, labels_asked_for
from layout.pipeline.fold_check import on_the_fold
from layout.pipeline.job import Job, MadePage
from layout.pipeline.progress import Progress
from layout.pipeline.run_checks import of_run_end
from layout.pipeline.seating import SeatedCanvases
from layout.pipeline.short_places import short_place, short_places, with_short_places
from layout.pipeline.stages import Clock
from layout.pipeline.turn_limits import few_lines
from layout.pipeline.words_check import words_missing
from layout.pipeline.work_ahead import WorkAhead
from layout.preflight.page_geometry import CodeSpot, HoleRule
from layout.units import MM

OF_PAGES = ("picture.resolution", "advertisement.size")
"""Findings on pictures that are about the box they have on the page."""

if TYPE_CHECKING:
    from weasyprint.document import Document

    from layout.copyfit.scores import VariantName
    from layout.makeup.arrangement_report import ArrangementReport
    from layout.pipeline.arranging import ArrangedPage, PageArranger
    from layout.pipeline.sample_cache import Samples


def shared_folders() -> Mapping[str, Path]:
    """The program's folders that URLs of every design may name."""
    return {"images": assets.images_dir(), "components": assets.templates_dir() / "components"}


@dataclass(frozen=True)
class LaidPage:
    """A page with WeasyPrint's layout of it."""

    page: MadePage
    layout: PageLayout
    design: Path
    holes_are_errors: bool
    remarks: tuple[Finding, ...]
    """What was found while it was laid out, but for what its boxes come to."""
    filled: PagePlan
    """The page as its template was given it: tables and footnotes in their text, pictures in their seats."""
    context: Mapping[str, object] | None = None
    """Of a page that is made up, what its template saw."""

    @property
    def document(self) -> Document:
        """WeasyPrint's document."""
        return self.layout.document

    def findings(self) -> tuple[Finding, ...]:
        """All that was found on it. How its boxes lie is looked at when it is needed: the page can be painted first."""
        composed, element = self.page.composed, self.layout.files.element
        with short_places(self.design):
            boxes = box_findings(composed.page, composed.lines, self.layout.standing, element)
            empty = empty_boxes(composed.page, composed.lines, self.layout.standing, element)
            fullness = with_amounts(of_run_end(self.page.plan, composed.findings), self.design, self.page.plan)
            fullness = with_design_first(fullness, self.remarks, self.design)
            return with_short_places((*fullness, *boxes, *empty, *self.remarks), self.design)

    def with_origins(self) -> MadePage:
        """The page with what the style sheets draw on it: computed when it is needed."""
        found = self.layout.origins
        origins = tuple(replace(each, place=short_place(each.place, self.design)) for each in found)
        return replace(
            self.page, origins=(*origins, *self._elements()), holes=self._holes(), codes=tuple(self._codes())
        )

    def _codes(self) -> Iterator[CodeSpot]:
        """The QR codes on it."""
        for each in code_boxes(self.layout.document.pages[0]._page_box):
            place = short_place(self.layout.files.element([f'class="{each.element.get("class")}"']), self.design)
            yield CodeSpot(each.flow, each.modules, place, each.box.rounded(3), each.turn)

    def _elements(self) -> Iterator[Origin]:
        """Where the template writes the page's frames and pictures."""
        for each in self.layout.standing.boxes:
            if each.kind in ("text", "picture") and each.key:
                place = short_place(self.layout.files.element(each.words), self.design)
                yield Origin(each.key, "element", each.name, each.box, place)

    def _holes(self) -> HoleRule:
        # The white of an advertisement is its own.
        forms = {key for key, each in self.page.pictures.items() if isinstance(each, Form)}
        filled = [each.box for each in self.layout.standing.boxes if each.free or each.headline]
        filled += [each.box for each in self.page.composed.page.pictures if each.id in forms]
        return HoleRule(
            round(basic_column(self.page.composed.page), 3), self.holes_are_errors,
            tuple(box.rounded(3) for box in filled),
        )  # fmt: skip


class Stores(NamedTuple):
    """Where prepared pictures lie: see ``PageTask``."""

    cache: Path | None
    spare: Path
    no_cache: tuple[Path, Message] | None = None

    @property
    def first(self) -> Path:
        """Where they are put if there is room."""
        return self.cache or self.spare


@dataclass(frozen=True)
class PageLayouter:
    """Lays out the pages of a job: engine, caches, clock."""

    job: Job
    engine: Engine
    stores: Stores
    clock: Clock
    progress: Progress
    memory: ParagraphMemory
    """Paragraphs set for earlier pages."""
    ahead: WorkAhead | None = None
    samples: dict[str, Samples] = field(default_factory=dict)
    """Shapes measured for earlier pages; see ``SampleCache``."""

    def lay_out(self, plan: PagePlan) -> LaidPage:
        """The page of *plan*, laid out.

        Raises whatever its stages raise; nothing is written but prepared pictures.
        """
        with short_places(self.job.design):
            return self._lay_out(plan)

    def _lay_out(self, plan: PagePlan) -> LaidPage:
        written = [(name.template, html) for name, html in self.job.html.get(plan.number, {}).items()]
        codes = drawn_as_codes([html for _, html in written])
        plan = replace(plan, labels=labels_asked_for(self.job.design, written), codes=codes)
        arranged = self._arranged(plan) if plan.auto is not None else None
        plan = arranged.plan if arranged else plan
        with self.clock.stage("copyfit"):
            self.progress("copyfit", 0, 1)
            copy, setter = self._copy(plan), self._setter(plan)
            seated = self._canvases(copy.pictures)
            canvases = arranged.canvases if arranged else seated
            fitted = self._fitted(plan, canvases, copy, setter)
            if not arranged and seated.as_listed(fitted):
                fitted = self._fitted(plan, canvases, copy, setter)
            canvas, plan = canvases[fitted.variant], _without(plan, fitted.left_out).with_apart(fitted.apart)
            plan = replace(plan, apart=(*plan.apart, *fitted.draft.fillers)) if fitted.draft else plan
        if self.ahead is not None:
            self.ahead.subset(fitted, self.engine.fontbook.faces)
        with self.clock.stage("pictures"):
            self.progress("pictures", 0, len(fitted.picture_sizes))
            pictures = self._prepare(plan, fitted)
        with self.clock.stage("layout"):
            layout = canvas.laid_out(fitted.decision, _files(pictures))
            composed = pour_page(layout.page, fitted, setter)
            over = black_over(composed.page, composed.lines, layout.document, self.job.profile.overprint)
        if over:  # these pictures leave room for the black that is printed over them: known once the page stands
            with self.clock.stage("pictures"):
                pictures = self._prepare(plan, fitted, over)
            with self.clock.stage("layout"):
                layout = canvas.laid_out(fitted.decision, _files(pictures))
        grey = {picture.id for picture in plan.pictures if picture.path == grey_picture()}
        remarks = tuple(replace(each, page_no=plan.number) if each.check in OF_PAGES else each
                   for key, picture in pictures.items() if fitted.picture_sizes[key][0] not in grey
                   for each in picture.findings)  # fmt: skip
        if pictures and self.stores.no_cache:
            remarks = (*remarks, cache_finding(*self.stores.no_cache))
        messages = joined(fitted.messages, layout.page.messages)
        words = words_missing(self.job.design, plan)
        made_up = arranged.report if arranged else None
        page = MadePage(plan, composed, pictures, self._fonts(composed), arrangement=made_up)
        bare = boxless_pictures(plan, canvas.pictures())
        own = arranged.findings if arranged else ()
        own = (*self.job.lacking.get(plan.number, ()), *(fitted.draft.lacking if fitted.draft else ()), *own)
        found = (*own, *words, *bare, *few_lines(plan, composed), *on_the_fold(plan, composed), *messages, *remarks)
        context = arranged.context if arranged else None
        filled = plan if arranged else seated.plan_of(fitted.variant)
        return LaidPage(page, layout, self.job.design, self.job.holes_are_errors, found, filled, context)

    def _fitted(
        self, plan: PagePlan, canvases: Mapping[VariantName, HtmlCanvas], copy: Copy, setter: Setter
    ) -> FittedPage:
        """The page fitted; where that cannot be and a draft will do, as much of it as there is."""
        try:
            return fit_variants(canvases, copy, setter)
        except LayoutError:
            if not self.job.draft or plan.auto is not None:
                raise
        from layout.copyfit.search.drafts import fit_draft  # noqa: PLC0415  (few pages are drafts)

        listed = {picture.id for picture in plan.pictures if picture.path == grey_picture()}
        return fit_draft(canvases, copy, setter, plan.number, filler=self.job.filler, listed=listed)

    def _copy(self, plan: PagePlan) -> Copy:
        turning = {text.flow for s in plan.stories if f"{s.id}.to" in plan.turns for text in s.texts()}
        texts = {text.flow: text for _, text in self.job.issue.texts_of_page(plan)} | dict(plan.labels)
        profile = self.job.profile
        known = {p.id: original(p.path, p.focus, p.keep, profile) for p in plan.pictures if not p.is_form}
        pictures = {name: each for name, each in known.items() if each is not None}
        return Copy(texts, self.job.resumed, frozenset(turning), pictures, plan.optional, self.job.hold)

    def _setter(self, plan: PagePlan) -> Setter:
        own = [phrase for story in plan.stories for phrase in story.protected]
        protected = tuple(dict.fromkeys((*self.job.issue.protected, *own)))
        return Setter(self.engine.fontbook, protected, self.memory)

    def _canvases(self, originals: Originals) -> SeatedCanvases:
        return SeatedCanvases(self.job, originals, self._canvas)

    def shared_run(self, plan: PagePlan) -> tuple[tuple[str, ...], ...]:
        """What stands on each page of a run that is made up, by the ids of stories and of pictures of no story."""
        from layout.pipeline.run_sharing import shared_run  # noqa: PLC0415 – loads what makes up pages

        with short_places(self.job.design):
            return shared_run(self._arranger(plan).material)

    def arrangements(self, plan: PagePlan, most: int) -> ArrangementReport:
        """How *plan*, a page that is made up, could be: the arrangement found for it, whatever is written, with at most
        so many of those that lost.
        """
        with short_places(self.job.design):
            free = replace(plan, auto=replace(plan.auto, arrangement="") if plan.auto else None)
            return self._arranger(free).listed(most)

    def _arranged(self, plan: PagePlan) -> ArrangedPage:
        with self.clock.stage("arrange"):
            self.progress("arrange", 0, 1)
            return self._arranger(plan).arranged()

    def _arranger(self, plan: PagePlan) -> PageArranger:
        # These load Jinja and pydantic, where they are used.
        from layout.pipeline.arranging import PageArranger  # noqa: PLC0415
        from layout.pipeline.page_contents import with_all  # noqa: PLC0415
        from layout.pipeline.page_material import PageMaterial  # noqa: PLC0415
        from layout.pipeline.sample_cache import SampleCache  # noqa: PLC0415

        whole = with_all(plan)
        copy, setter, cache = self._copy(whole), self._setter(whole), SampleCache(self.stores.cache, self.samples)
        return PageArranger(PageMaterial(self.job, whole, copy, setter, self._canvas, cache))

    def _canvas(self, template: str, html: str) -> HtmlCanvas:
        folders = {"prepared": self.stores.first, "spare": self.stores.spare, **shared_folders()}
        sheet = Sheet(self.job.plans[0].number, self.job.profile.bleed_mm * MM)
        return self.engine.canvas(html, template=self.job.design / f"{template}.html", folders=folders, sheet=sheet)

    def _fonts(self, composed: ComposedPage) -> tuple[str, ...]:
        faces = {placed.cluster.face for line in composed.lines for placed in line.line.placed}
        return tuple(sorted(self.engine.fontbook.faces[face].postscript_name for face in faces))

    def _prepare(
        self, plan: PagePlan, fitted: FittedPage, over: Mapping[str, tuple[ShareBox, ...]] = MappingProxyType({})
    ) -> dict[str, Prepared]:
        known = {picture.id: picture for picture in plan.pictures}
        store = AdvertisementStore(self.stores.first, self.stores.spare)
        forms = {
            key: placed(known[name], (width, height), self.engine, self.job.profile, store)
            for key, (name, width, height) in fitted.picture_sizes.items()
            if known[name].is_form
        }
        sizes = {key: size for key, size in fitted.picture_sizes.items() if key not in forms}
        requests = {
            key: PictureRequest(
                known[name].path, width, height, known[name].focus, known[name].source, keep=known[name].keep,
                zoom=fitted.pictures[key].view.zoom if key in fitted.pictures else 1.0,
            )
            for key, (name, width, height) in sizes.items()
        }  # fmt: skip
        requests = {
            key: replace(
                request, under=over.get(key, ()), black=set(plan.plates) == {"K"}, id=name, place=known[name].place
            )
            for (key, request), (name, _, _) in zip(requests.items(), sizes.values(), strict=True)
        }
        prepared = prepare_many(
            list(requests.values()), profile=self.job.profile, cache_dir=self.stores.first,
            spare=self.stores.spare, jobs=self.job.jobs,
            ready=lambda count: self.progress("pictures", len(forms) + count, len(fitted.picture_sizes)),
        )  # fmt: skip
        developed = dict(zip(requests, prepared, strict=True))
        return {key: forms.get(key) or developed[key] for key in fitted.picture_sizes}


def _files(pictures: Mapping[str, Prepared]) -> dict[str, Path]:
    return {key: picture.path for key, picture in pictures.items()}


def _without(plan: PagePlan, pictures: Sequence[str]) -> PagePlan:
    """*plan* without the pictures that the page leaves out."""
    return replace(plan, pictures=tuple(picture for picture in plan.pictures if picture.id not in pictures))
