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
from layout.pipeline.component_pictures import ComponentSpot, InspectedPage, order_of, picture_of, shapes_of, spots_of
from layout.pipeline.stress import StressOptions, StressRun
from layout_docs.component_page import PICTURES, designs, own_components, picture_name
from makeup.gallery import gallery_pages

SAMPLES: Mapping[str, str] = {
    "tunliu-2026": "lianghui-broadsheet", "duhe-2026": "tabloid-river", "renwu-2026": "renwu",
}  # fmt: skip
SPECIMEN = assets.root() / "specimen"
"""The program's own specimen: its last page has the QR codes."""
TRIALS = (
    ("lianghui-broadsheet", "page", "nine-pictures"),
    ("lianghui-broadsheet", "page", "everything"),
    ("tabloid-river", "feature", "everything"),
    ("tabloid-river", "front", "everything"),
    ("tabloid-river", "gallery", "nine-pictures"),
    ("tabloid-river", "running-on", "short"),
)
"""The cases of a stress, with their kinds of page, in which components stand that no sample has."""


def pages_of_samples(work: Path) -> Iterator[tuple[str, InspectedPage]]:
    """The pages of the samples, with the designs that they are set by."""
    folders = {**{assets.root() / "issues" / name: design for name, design in SAMPLES.items()}, SPECIMEN: "specimen"}
    for folder, design in folders.items():
        for page in inspected_pages(folder, Options(out=work / folder.name, fail_on="never"), HERE):
            yield design, page


def made_up_pages(work: Path) -> Iterator[tuple[str, InspectedPage]]:
    """Those of the gallery of made-up pages, the tabloids first."""
    for page in sorted(gallery_pages(), key=lambda each: each.sheet, reverse=True):
        issue = page.write(work / "made-up" / page.name)
        print(page.name, file=sys.stderr)
        for built in inspected_pages(issue, Options(out=work / f"{page.name}-out", fail_on="never"), HERE):
            yield page.design, built


def pages_of_trials(work: Path) -> Iterator[tuple[str, InspectedPage]]:
    """Pages with copy that asks for everything, those of the skeleton of a new design among them."""
    skeleton = work / "skeleton"
    shutil.rmtree(skeleton, ignore_errors=True)
    write_design(skeleton, sheet="tabloid")
    tried = [
        *((assets.templates_dir() / name, kind, case) for name, kind, case in TRIALS),
        (skeleton, "page", "everything"),
    ]
    for design, kind, case in tried:
        out = Options(out=work / f"{design.name}-trials", fail_on="never")
        options = StressOptions(out, (stress_cases()[case],), (kind,), measure=False)
        for made in StressRun(design, options, as_fault, lambda: HERE).results():
            for index, page in enumerate(made.report["pages"] if made.report else ()):
                if page["number"] in made.inspections:
                    shapes = shapes_of(page.get("arrangement"))
                    yield design.name, InspectedPage(made.written.pdf, index, made.inspections[page["number"]], shapes)


def write_pictures(folder: Path, work: Path) -> list[str]:
    """Writes the picture of every component into *folder*, as pages are made; a page that shows more of one takes the
    place of another. Gives the names of those that no page shows.
    """
    wanted: list[tuple[str, Component]] = [("", each) for each in shared_components(assets.templates_dir())]
    wanted += [(design.name, each) for design in designs() for each in own_components(design)]
    folder.mkdir(parents=True, exist_ok=True)
    best: dict[str, ComponentSpot] = {}
    for made_by, page in (each for pages in (pages_of_samples, pages_of_trials, made_up_pages) for each in pages(work)):
        for design, component in wanted:
            if design not in ("", made_by):
                continue
            name = picture_name(design, component)
            spots = [*spots_of(component, design, [page]), *([best[name]] if name in best else ())]
            if spots and (first := min(spots, key=order_of)) is not best.get(name):
                best[name] = first
                (folder / name).write_bytes(picture_of(first))
    names = [picture_name(design, component) for design, component in wanted]
    for path in folder.iterdir():
        if path.name not in names:
            path.unlink()
    return [name for name in names if not (folder / name).is_file()]


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
