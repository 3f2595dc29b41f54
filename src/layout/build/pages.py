"""One page made: template, measure, composer, copyfit, pictures, last layout, pour."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from layout import assets
from layout.build.clock import Clock
from layout.build.made import Job, MadePage
from layout.build.options import Progress
from layout.build.places import short_places, with_short_places
from layout.composer import Composition
from layout.copyfit.fit import pour_page
from layout.copyfit.model import ComposedPage, FittedPage
from layout.copyfit.setter import Setter
from layout.copyfit.trial import Copy
from layout.copyfit.variants import fit_variants
from layout.issue import PagePlan
from layout.page.engine import Engine, Sheet
from layout.page.measure import measure
from layout.render.pictures import PictureRequest, PreparedPicture, prepare_many


@dataclass(frozen=True)
class PageMaker:
    """What every page of an issue is made with."""

    job: Job
    engine: Engine
    cache: Path
    clock: Clock
    progress: Progress
    memory: dict[Hashable, Composition]
    """Paragraphs set for earlier pages."""

    def make(self, plan: PagePlan) -> tuple[MadePage, Any]:
        """The page of *plan*, and WeasyPrint's layout of it.

        Raises whatever its stages raise; nothing is written but prepared pictures.
        """
        with short_places(self.job.design):
            made, document = self._make(plan)
        return replace(made, findings=with_short_places(made.findings, self.job.design)), document

    def _make(self, plan: PagePlan) -> tuple[MadePage, Any]:
        with self.clock.stage("copyfit"):
            self.progress("排字凑版", 0, 1)
            sheets = self._sheets(plan)
            name, fitted = fit_variants(sheets, plan.number, self._copy(plan), self._setter(plan))
            sheet, plan = sheets[name], _without(plan, fitted.left_out)
        with self.clock.stage("pictures"):
            self.progress("处理图片", 0, len(plan.pictures))
            pictures = self._prepare(plan, fitted)
            sheet.put_pictures({key: picture.path for key, picture in pictures.items()})
        with self.clock.stage("layout"):
            document = sheet.lay_out()
            composed = pour_page(measure(sheet, document, plan.number, self.engine.fontbook), fitted)
        remarks = (finding for picture in pictures.values() for finding in picture.findings)
        findings = (*composed.findings, *sheet.findings, *remarks)
        return MadePage(plan, composed, pictures, self._fonts(composed), findings), document

    def _copy(self, plan: PagePlan) -> Copy:
        turning = {text.flow for s in plan.stories if f"{s.id}.to" in plan.turns for text in s.texts()}
        texts = {text.flow: text for _, text in self.job.issue.texts_of_page(plan)}
        return Copy(texts, self.job.resumed, frozenset(turning))

    def _setter(self, plan: PagePlan) -> Setter:
        protected = tuple(phrase for story in plan.stories for phrase in story.protected)
        return Setter(self.engine.fontbook, protected, self.memory)

    def _sheets(self, plan: PagePlan) -> dict[str, Sheet]:
        """One sheet per arrangement that the design has for this kind of page."""
        folders = {
            "prepared": self.cache,
            "images": assets.images_dir(),
            "components": assets.templates_dir() / "components",
        }
        return {
            name: self.engine.sheet(html, template=self.job.design / f"{name}.html", folders=folders)
            for name, html in self.job.html[plan.number].items()
        }

    def _fonts(self, composed: ComposedPage) -> tuple[str, ...]:
        faces = {placed.cluster.face for line in composed.lines for placed in line.line.placed}
        return tuple(sorted(self.engine.fontbook.faces[face].postscript_name for face in faces))

    def _prepare(self, plan: PagePlan, fitted: FittedPage) -> dict[str, PreparedPicture]:
        known = {picture.id: picture for picture in plan.pictures}
        requests = {
            key: PictureRequest(known[name].path, width, height, known[name].focus, known[name].source)
            for key, (name, width, height) in fitted.picture_sizes.items()
        }
        prepared = prepare_many(
            list(requests.values()), profile=self.job.profile, cache_dir=self.cache, jobs=self.job.jobs
        )
        return dict(zip(requests, prepared, strict=True))


def _without(plan: PagePlan, pictures: Sequence[str]) -> PagePlan:
    """*plan* without the pictures that the page came to leave out."""
    return replace(plan, pictures=tuple(picture for picture in plan.pictures if picture.id not in pictures))
