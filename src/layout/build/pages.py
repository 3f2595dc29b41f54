"""One page made: template, measure, composer, copyfit, pictures, last layout, pour."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from layout import assets
from layout.build.clock import Clock
from layout.build.options import Progress
from layout.copyfit.fit import fit_page, pour_page
from layout.copyfit.model import ComposedPage, FittedPage
from layout.errors import Place, PlanError, Said
from layout.findings import Finding
from layout.issue import Issue, PagePlan
from layout.page.engine import Engine, Sheet
from layout.page.measure import measure
from layout.press import PressProfile
from layout.render.html import Design
from layout.render.pictures import PictureRequest, PreparedPicture, prepare_many


@dataclass(frozen=True)
class MadePage:
    """One page on its way to the PDF. ``pictures`` are by the key of their box."""

    plan: PagePlan
    composed: ComposedPage
    pictures: Mapping[str, PreparedPicture]
    document: Any
    """WeasyPrint's layout of it."""
    findings: tuple[Finding, ...]


@dataclass(frozen=True)
class PageMaker:
    """What every page of an issue is made with."""

    issue: Issue
    profile: PressProfile
    engine: Engine
    cache: Path
    jobs: int
    clock: Clock
    progress: Progress

    def make(self, plan: PagePlan) -> MadePage:
        """The page of *plan*. Raises whatever its stages raise; nothing is written but prepared pictures."""
        with self.clock.stage("template"):
            self.progress("套版", 0, 1)
            sheet = self._sheet(plan)
        with self.clock.stage("copyfit"):
            self.progress("排字凑版", 0, 1)
            texts = [text for _, text in self.issue.texts_of_page(plan)]
            protected = [phrase for story in plan.stories for phrase in story.protected]
            fitted = fit_page(sheet, plan.number, texts, self.engine.fontbook, protected)
        with self.clock.stage("pictures"):
            self.progress("处理图片", 0, len(plan.pictures))
            pictures = self._prepare(plan, fitted)
            sheet.put_pictures({key: picture.path for key, picture in pictures.items()})
        with self.clock.stage("layout"):
            document = sheet.lay_out()
            composed = pour_page(measure(sheet, document, plan.number, self.engine.fontbook), fitted)
        remarks = (finding for picture in pictures.values() for finding in picture.findings)
        return MadePage(plan, composed, pictures, document, (*composed.findings, *sheet.findings, *remarks))

    def _sheet(self, plan: PagePlan) -> Sheet:
        folder = design_folder(self.issue)
        html = Design(folder, assets.templates_dir()).page(plan.kind, page_context(self.issue, plan))
        folders = {
            "prepared": self.cache,
            "images": assets.images_dir(),
            "components": assets.templates_dir() / "components",
        }
        return self.engine.sheet(html, template=folder / f"{plan.kind}.html", folders=folders)

    def _prepare(self, plan: PagePlan, fitted: FittedPage) -> dict[str, PreparedPicture]:
        known = {picture.id: picture for picture in plan.pictures}
        requests = {
            key: PictureRequest(known[name].path, width, height, known[name].focus, known[name].source)
            for key, (name, width, height) in fitted.picture_sizes.items()
        }
        prepared = prepare_many(list(requests.values()), profile=self.profile, cache_dir=self.cache, jobs=self.jobs)
        return dict(zip(requests, prepared, strict=True))


def design_folder(issue: Issue) -> Path:
    """The issue's design: a folder of its own, or one of the program's. Raises ``PlanError`` when neither exists."""
    for folder in (issue.folder / issue.design, assets.templates_dir() / issue.design):
        if folder.is_dir():
            return folder.resolve()
    known = "、".join(sorted(path.parent.name for path in assets.templates_dir().glob("*/design.toml")))
    raise PlanError(
        Said(f"没有名为“{issue.design}”的版式", f"there is no design named “{issue.design}”"),
        place=issue.places.get("design", Place(issue.file)),
        hint=Said(f"可用：{known}", f"there are: {known}"),
    )


def page_context(issue: Issue, plan: PagePlan) -> dict[str, Any]:
    """What a template may name: ``issue``, ``page``, ``story`` (the first), ``stories``, ``pictures`` by id."""
    return {
        "issue": issue,
        "page": plan,
        "story": plan.stories[0] if plan.stories else None,
        "stories": plan.stories,
        "pictures": {picture.id: picture for picture in plan.pictures},
    }
