"""Makes the pictures of docs/reference/components.md: components cut out of pages that were really made.

``python -m component_gallery`` (``make components``) makes the samples, pages that ask for everything, and the gallery
of made-up pages, and writes a small picture of each component into docs/components.
"""

from __future__ import annotations

import argparse
import shutil
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from in_place import HERE
from layout import assets
from layout.cli.guard import as_fault
from layout.design.components import Component, shared_components
from layout.issue_writing.new_design import write_design
from layout.issue_writing.stress_issue import stress_cases
from layout.pipeline import Options
from layout.pipeline.component_gallery import inspected_pages
from layout.pipeline.component_pictures import InspectedPage, picture_of, shapes_of, spots_of
from layout.pipeline.stress import StressOptions, StressRun
from layout_docs.component_page import PICTURES, designs, own_components, picture_name
from makeup.gallery import gallery_pages

SAMPLES: Mapping[str, str] = {
    "tunliu-2026": "lianghui-broadsheet", "duhe-2026": "tabloid-river", "renwu-2026": "renwu",
}  # fmt: skip
TRIALS: Mapping[str, tuple[str, ...]] = {
    "lianghui-broadsheet": ("everything", "nine-pictures"),
    "tabloid-river": ("everything", "nine-pictures"),
    "renwu": ("everything",),
    "yaowen": ("everything",),
}
"""The cases of a stress in which components stand that no sample has."""


def pages_of_samples(work: Path) -> Iterator[tuple[str, InspectedPage]]:
    """The pages of the samples and of the gallery of made-up pages, with the designs that they are set by."""
    for name, design in SAMPLES.items():
        for page in inspected_pages(assets.root() / "issues" / name, Options(out=work / name), HERE):
            yield design, page
    for page in gallery_pages():
        issue = page.write(work / "made-up" / page.name)
        for built in inspected_pages(issue, Options(out=work / f"{page.name}-out", fail_on="never"), HERE):
            yield page.design, built


def pages_of_trials(work: Path) -> Iterator[tuple[str, InspectedPage]]:
    """Pages with copy that asks for everything, those of the skeleton of a new design among them."""
    skeleton = work / "skeleton"
    shutil.rmtree(skeleton, ignore_errors=True)
    write_design(skeleton, sheet="tabloid")
    tried = {**{assets.templates_dir() / name: cases for name, cases in TRIALS.items()}, skeleton: ("everything",)}
    for design, names in tried.items():
        cases = tuple(stress_cases()[name] for name in names)
        options = StressOptions(Options(out=work / f"{design.name}-trials", fail_on="never"), cases)
        for case in StressRun(design, options, as_fault, lambda: HERE).results():
            for index, page in enumerate(case.report["pages"] if case.report else ()):
                if page["number"] in case.inspections:
                    shapes = shapes_of(page.get("arrangement"))
                    yield design.name, InspectedPage(case.written.pdf, index, case.inspections[page["number"]], shapes)


def write_pictures(folder: Path, work: Path) -> list[str]:
    """Writes the picture of every component into *folder*; gives the names of those that no page shows."""
    pages = [*pages_of_samples(work), *pages_of_trials(work)]
    wanted: list[tuple[str, Component]] = [("", each) for each in shared_components(assets.templates_dir())]
    wanted += [(design.name, each) for design in designs() for each in own_components(design)]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    missing = []
    for design, component in wanted:
        own = [page for name, page in pages if not design or name == design]
        spots = spots_of(component, design, own)
        name = picture_name(design, component)
        if spots:
            (folder / name).write_bytes(picture_of(spots[0]))
        else:
            missing.append(name)
    return missing


def main() -> None:
    """The pictures, and what lacks one."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--work", type=Path, default=Path("build/components"))
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    for name in write_pictures(assets.root() / PICTURES, given.work):
        print(f"no page shows it: {name}", file=sys.stderr)


if __name__ == "__main__":
    main()
