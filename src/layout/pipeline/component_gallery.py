"""The components of a design with their pictures: from issues that are set by it, and from pages that are made to show
them all.

Pages are made as long as a component has no picture: those of issues first, then one with every shape of pages that are
made up, then each kind of page with copy that asks for everything, then with other copy the kinds that could come to
what still lacks one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from layout import assets
from layout.design.components import Component, components_of, parent_pages, parts_of_kind, uses_of
from layout.design.page_hooks import PageHooks, page_hooks
from layout.design.shapes import shape_files
from layout.errors import LayoutError, Message
from layout.issue import ISSUE_FILE, read_issue
from layout.issue_writing.stress_issue import StressCase, stress_cases
from layout.pipeline.batch import FaultOf
from layout.pipeline.component_pictures import ComponentSpot, InspectedPage, order_of, picture_of, spots_of
from layout.pipeline.inspecting import InspectingExecutor
from layout.pipeline.options import Options
from layout.pipeline.progress import Progress, quiet
from layout.pipeline.results import result_of_fault
from layout.pipeline.run import build
from layout.pipeline.shape_trial import shape_issues, write_fitted
from layout.pipeline.short_places import short_places
from layout.pipeline.stress import StressOptions, StressRun
from layout.pipeline.worker_tasks import PRELOAD
from layout.pipeline.workers import Workers
from layout.proof.component_page import ComponentGallery, ComponentPicture, FailedPages, PicturedComponent

CASES = (
    replace(stress_cases()["everything"], name="quoted", parts="quoted"),
    replace(stress_cases()["everything"], name="series", parts="series"),
    replace(stress_cases()["nine-pictures"], name="pictures", parts="quoted"),
    replace(stress_cases()["stories"], name="full", parts="quoted", amount=1.0),
    *(stress_cases()[name] for name in ("usual", "short")),
)
"""Copy in turn: all that a design can set; figures of which charts are drawn; all places for pictures; several stories
that fill the page; no more than is usual; and as little as may be, where a design has something else for what lacks."""


@dataclass(frozen=True)
class GalleryOptions:
    """The options of a gallery."""

    build: Options
    """Of each page; its ``out`` is the folder below which pages are made."""
    fault_of: FaultOf
    workers: Callable[[], Executor] | None = None
    """Gives the executor that makes pages, one for each issue that is in work: children, where there is none."""
    jobs: int = 1
    """Issues that are made at once."""
    issues: Sequence[Path] = ()
    """Issues that are set by the design, besides the one in whose folder it lies."""

    def executor(self) -> Executor:
        """Whatever makes the pages of one issue."""
        return self.workers() if self.workers else Workers(preload=PRELOAD)


def component_gallery(design: Path, options: GalleryOptions, progress: Progress = quiet) -> ComponentGallery:
    """The components of the *design* in a folder. Raises ``TemplateError`` where its design.toml cannot be read."""
    shared = assets.templates_dir()
    search = ComponentSearch(design, components_of(design, shared), options, progress)
    search.run()
    uses = {folder.name: uses_of(folder, shared) for folder in designs()}
    components = tuple(
        PicturedComponent(
            each, search.picture(each), search.lacking(each),
            tuple(name for name, used in uses.items() if each.part in used) if each.is_shared else (),
        )
        for each in search.components
    )  # fmt: skip
    return ComponentGallery(
        design.name, components, parent_pages(design, shared), search.pages, tuple(search.failed)
    )  # fmt: skip


def designs() -> list[Path]:
    """The program's own designs."""
    return sorted(path.parent for path in assets.templates_dir().glob("*/design.toml"))


def inspected_pages(folder: Path, options: Options, workers: Executor) -> list[InspectedPage]:
    """The pages of the issue in *folder*, made and inspected. Raises what a build raises."""
    inspecting = InspectingExecutor(workers)
    built = build(folder, replace(options, png=False, delivery=False, keep=False), workers=inspecting)
    found = inspecting.take(built.issue_id)
    return [
        InspectedPage(built.pdf, index, found[page["number"]])
        for index, page in enumerate(built.report["pages"])
        if page["number"] in found
    ]


@dataclass
class ComponentSearch:
    """Looks for the *components* of a *design* on pages that it has made, until each has been seen."""

    design: Path
    components: Sequence[Component]
    options: GalleryOptions
    progress: Progress = quiet
    pages: int = 0
    """Those that were made."""
    failed: list[FailedPages] = field(default_factory=list)
    best: dict[str, ComponentSpot] = field(default_factory=dict)
    """Where each that was seen is seen best, by ``Component.key``."""

    def run(self) -> None:
        """Makes pages as long as one of the components has not been seen."""
        for pages in (self._of_issues, self._of_shapes, self._of_cases):
            for page in pages():
                self.look(page)

    def look(self, page: InspectedPage) -> None:
        """Takes *page* for a component of which it shows more than another has."""
        self.pages += 1
        for component in self.components:
            found = spots_of(component, self.design.name, [page])
            own = [*found[:1], *([self.best[component.key]] if component.key in self.best else [])]
            if own:
                self.best[component.key] = min(own, key=order_of)

    def picture(self, component: Component) -> ComponentPicture | None:
        """How it looks; None of one that no page has shown."""
        spot = self.best.get(component.key)
        return picture_of(spot) if spot else None

    def lacking(self, component: Component) -> Message | None:
        """Why no page has shown *component*; None where one has."""
        if component.key in self.best:
            return None
        kinds = [hooks for hooks in self._hooks if component.part in self._parts[hooks.kind]]
        if not kinds:
            return Message("没有一种版面用它", "no kind of page uses it")
        names = list(dict.fromkeys(hooks.name for hooks in kinds))
        failed = [name for name in names if any(each.kind == name for each in self.failed)]
        if len(failed) == len(names):
            return Message(
                f"只有{'、'.join(failed)}用它，而那里一版也没排成",
                f"only {', '.join(failed)} uses it, and no such page could be made",
            )
        return Message(
            f"{'、'.join(names)}用它，试排的稿没有一篇要它",
            f"{', '.join(names)} may use it, and no copy that was tried asks for it",
        )

    @cached_property
    def _hooks(self) -> tuple[PageHooks, ...]:
        with short_places(self.design):
            return page_hooks(self.design)

    @cached_property
    def _parts(self) -> dict[str, frozenset[tuple[str, str]]]:
        """What each kind of page can come to."""
        shared = assets.templates_dir()
        return {each.kind: parts_of_kind(self.design, shared, each.kind, is_auto=each.is_auto) for each in self._hooks}

    @cached_property
    def _shapes(self) -> frozenset[str]:
        return frozenset(shape_files(self.design))

    def _missing(self) -> list[Component]:
        return [each for each in self.components if each.key not in self.best]

    def _of_issues(self) -> Iterator[InspectedPage]:
        folder = self.design.parent
        own = [folder] if (folder / ISSUE_FILE).is_file() else []
        for number, issue in enumerate((*own, *self.options.issues)):
            try:
                if issue is folder and read_issue(issue).design != self.design.name:
                    continue
                yield from self._made(issue, f"issue-{number}")
            except LayoutError as fault:
                self._note(issue.resolve().name, fault, issue)

    def _of_shapes(self) -> Iterator[InspectedPage]:
        wanted = self._shapes.intersection(each.file for each in self._missing())
        folder = self.options.build.out / "shapes"
        try:
            for issue in shape_issues(self.design, self._hooks, wanted):
                written = folder / (issue.sheet or "page") / "shapes"
                try:
                    self.progress("issues", 0, 1)
                    with_workers = self.options.executor()
                    try:
                        write_fitted(written, issue, self.options.build, with_workers)
                    finally:
                        with_workers.shutdown(wait=True, cancel_futures=True)
                    yield from self._made(written, f"shapes-{issue.sheet or 'page'}")
                except LayoutError as fault:
                    for name in (hooks.name for hooks in self._hooks if hooks.kind in issue.kinds):
                        self._note(name, fault, written)
        except LayoutError as fault:
            self._note("shape", fault, self.design)

    def _of_cases(self) -> Iterator[InspectedPage]:
        for case in CASES:
            kinds = tuple(hooks.name for hooks in self._hooks if self._is_tried(hooks, case))
            if kinds:
                yield from self._tried(case, kinds)

    def _is_tried(self, hooks: PageHooks, case: StressCase) -> bool:
        """Whether pages of *hooks* are made in that *case*: one whose components all have been seen is not, nor one
        that could not be made. Shapes have pages of their own.
        """
        missing = {each.part for each in self._missing() if each.file not in self._shapes}
        could = not any(each.kind == hooks.name for each in self.failed)
        return could and case.suits(hooks) and not missing.isdisjoint(self._parts[hooks.kind])

    def _tried(self, case: StressCase, kinds: tuple[str, ...]) -> Iterator[InspectedPage]:
        out = replace(self.options.build, out=self.options.build.out / case.name)
        tried = StressOptions(out, (case,), kinds, self.options.jobs, measure=False)
        for made in StressRun(self.design, tried, self.options.fault_of, self.options.workers).results(self.progress):
            if made.report is None:
                self.failed.append(FailedPages(made.written.hooks.name, made.result))
                continue
            for index, page in enumerate(made.report["pages"]):
                if page["number"] in made.inspections:
                    yield InspectedPage(made.written.pdf, index, made.inspections[page["number"]])

    def _made(self, folder: Path, name: str) -> list[InspectedPage]:
        executor = self.options.executor()
        try:
            return inspected_pages(folder, replace(self.options.build, out=self.options.build.out / name), executor)
        finally:
            executor.shutdown(wait=True, cancel_futures=True)

    def _note(self, kind: str, fault: LayoutError, folder: Path) -> None:
        self.failed.append(FailedPages(kind, result_of_fault(fault, folder, self.options.build)))
