"""The components of a design with their pictures: from the issue that it lies in, and from pages that ask for all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import replace
from pathlib import Path

from layout import assets
from layout.design.components import Component, components_of, parent_pages, uses_of
from layout.errors import LayoutError
from layout.issue import ISSUE_FILE, read_issue
from layout.issue_writing.stress_issue import stress_cases
from layout.pipeline.batch import FaultOf
from layout.pipeline.component_pictures import InspectedPage, picture_of, shapes_of, spots_of
from layout.pipeline.inspecting import InspectingExecutor
from layout.pipeline.options import Options
from layout.pipeline.progress import Progress, quiet
from layout.pipeline.run import build
from layout.pipeline.stress import StressOptions, StressRun
from layout.pipeline.worker_tasks import PRELOAD
from layout.pipeline.workers import Workers
from layout.proof.component_page import ComponentGallery, PicturedComponent

CASES = ("everything",)
"""Of a stress: all that a design can set."""


def component_gallery(
    design: Path,
    options: Options,
    fault_of: FaultOf,
    workers: Callable[[], Executor] | None = None,
    progress: Progress = quiet,
) -> ComponentGallery:
    """The components of the *design* in a folder; pages that show them are made below the folder of *options*."""
    shared = assets.templates_dir()
    components = components_of(design, shared)
    pages = [*_own_pages(design, options, workers), *_trial_pages(design, options, fault_of, workers, progress)]
    return ComponentGallery(
        design.name, tuple(pictured(components, design.name, pages)), parent_pages(design, shared), len(pages),
    )  # fmt: skip


def pictured(
    components: Sequence[Component], design: str, pages: Sequence[InspectedPage]
) -> Iterator[PicturedComponent]:
    """*components* of a *design* with their pictures, cut out of *pages*."""
    uses = {folder.name: uses_of(folder, assets.templates_dir()) for folder in designs()}
    for each in components:
        spots = spots_of(each, design, pages)
        key = (each.file, each.name if each.is_macro else "")
        used_by = tuple(name for name, used in uses.items() if key in used) if each.is_shared else ()
        yield PicturedComponent(each, picture_of(spots[0]) if spots else b"", used_by)


def designs() -> list[Path]:
    """The program's own designs."""
    return sorted(path.parent for path in assets.templates_dir().glob("*/design.toml"))


def inspected_pages(folder: Path, options: Options, workers: Executor) -> list[InspectedPage]:
    """The pages of the issue in *folder*, made and inspected. Raises what a build raises."""
    inspecting = InspectingExecutor(workers)
    built = build(folder, replace(options, png=False, delivery=False, keep=False), workers=inspecting)
    found = inspecting.take(built.issue_id)
    return [
        InspectedPage(built.pdf, index, found[page["number"]], shapes_of(page.get("arrangement")))
        for index, page in enumerate(built.report["pages"])
        if page["number"] in found
    ]


def _own_pages(design: Path, options: Options, workers: Callable[[], Executor] | None) -> list[InspectedPage]:
    """The pages of the issue in whose folder the design lies, where it is set by that design and can be built."""
    folder = design.parent
    try:
        if not (folder / ISSUE_FILE).is_file() or read_issue(folder).design != design.name:
            return []
        executor = workers() if workers else Workers(preload=PRELOAD)
        try:
            return inspected_pages(folder, replace(options, out=options.out / "issue"), executor)
        finally:
            executor.shutdown(wait=True, cancel_futures=True)
    except LayoutError:  # told when it is built
        return []


def _trial_pages(
    design: Path, options: Options, fault_of: FaultOf, workers: Callable[[], Executor] | None, progress: Progress
) -> Iterator[InspectedPage]:
    """Pages of each kind with copy that asks for everything."""
    cases = tuple(stress_cases()[name] for name in CASES)
    run = StressRun(design, StressOptions(options, cases, measure=False), fault_of, workers)
    for stressed in run.results(progress):
        for index, page in enumerate(stressed.report["pages"] if stressed.report else ()):
            if page["number"] in stressed.inspections:
                shapes = shapes_of(page.get("arrangement"))
                yield InspectedPage(stressed.written.pdf, index, stressed.inspections[page["number"]], shapes)
