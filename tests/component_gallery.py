"""Makes the pictures of docs/reference/components.md: components cut out of pages that were really made.

``python -m component_gallery`` (``make components``) looks for the components of each design as ``layout components``
does, on the samples that are set by it first, and writes a small picture of each into docs/components.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from in_place import HERE
from layout import assets
from layout.cli.guard import as_fault
from layout.design.components import Component, components_of, shared_components
from layout.pipeline import Options
from layout.pipeline.component_gallery import ComponentSearch, GalleryOptions
from layout.pipeline.component_pictures import ComponentSpot, order_of, picture_of
from layout_docs.component_page import PICTURES, WIDEST, designs, own_components, picture_name

ISSUES = assets.root() / "issues"
PAGES = Path(__file__).parent / "component_pages"
"""An issue that shows what no design of the program asks for."""
SAMPLES: Mapping[str, Path] = {
    "lianghui-broadsheet": ISSUES / "tunliu-2026",
    "tabloid-river": ISSUES / "duhe-2026",
    "renwu": ISSUES / "renwu-2026",
}
"""By design the issue that comes along and is set by it."""
FIRST = "yaowen"
"""Its pages show all shapes, which another design shares with it."""


def searches(work: Path) -> Iterator[ComponentSearch]:
    """A search for each design, and one for what none of them asks for; each is done before the next is begun, and
    looks for nothing that one before it has seen.
    """
    shared = assets.templates_dir()
    seen: dict[str, ComponentSpot] = {}
    # Those too that a design comes to through others alone.
    every = shared_components(shared)
    folders = sorted(designs(), key=lambda folder: folder.name != FIRST)
    for folder in (*folders, PAGES / "evening"):
        issues = (SAMPLES[folder.name],) if folder.name in SAMPLES else ()
        out = Options(out=work / folder.name, fail_on="never")
        options = GalleryOptions(out, as_fault, lambda: HERE, issues=issues)
        own = [each for each in components_of(folder, shared) if not each.is_shared]
        search = ComponentSearch(folder, (*own, *every), options)
        search.best.update(seen)
        search.run()
        seen = {key: spot for key, spot in search.best.items() if key.startswith("components/")}
        print(f"{folder.name}: {search.pages} pages", file=sys.stderr)
        yield search


def write_pictures(folder: Path, work: Path) -> list[str]:
    """Writes the picture of every component into *folder*. Gives what was said of those that no page shows."""
    known = {design.name: own_components(design) for design in designs()}
    best: dict[str, ComponentSpot] = {}
    lacking: dict[str, str] = {}
    folder.mkdir(parents=True, exist_ok=True)
    for search in searches(work):
        for component in (*known.get(search.design.name, ()), *(each for each in search.components if each.is_shared)):
            name = picture_name("" if component.is_shared else search.design.name, component)
            spots = [each for each in (best.get(name), search.best.get(component.key)) if each is not None]
            if spots and (first := min(spots, key=order_of)) is not best.get(name):
                best[name] = first
                (folder / name).write_bytes(picture_of(first, WIDEST).content)
            elif not spots and (why := search.lacking(component)):
                lacking[name] = f"{search.design.name}: {why.en}"
    for path in folder.iterdir():
        if path.name not in best:
            path.unlink()
    shared: list[tuple[str, Component]] = [("", each) for each in shared_components(assets.templates_dir())]
    every = [*shared, *((design, each) for design, own in known.items() for each in own)]
    names = (picture_name(design, component) for design, component in every)
    return [f"{name}: {lacking.get(name, 'no design asks for it')}" for name in names if name not in best]


def main() -> None:
    """The pictures, and what lacks one."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--work", type=Path, default=Path("build/components"))
    given = parser.parse_args()
    given.work.mkdir(parents=True, exist_ok=True)
    for line in write_pictures(assets.root() / PICTURES, given.work):
        print(f"no picture of {line}", file=sys.stderr)


if __name__ == "__main__":
    main()
