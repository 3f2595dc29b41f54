"""components: a design's gallery of components. (Typer reads the annotations while this function runs.)"""
# ruff: noqa: PLC0415

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from layout.cli.console import OUT, CommandContext
from layout.cli.guard import as_fault

if TYPE_CHECKING:
    from layout.proof.component_page import ComponentGallery

MOST_JOBS = 4
"""Pages made at once: each takes some 300 MB."""


def register(app: typer.Typer, context: CommandContext) -> None:
    """Add the command."""
    words = context.words

    @app.command(**words.command("components"))
    def components(
        design: Annotated[str, words.argument("DESIGN", key="stress DESIGN")],
        *,
        out: Annotated[Path, words.option("-o", "--out", metavar="OUT")] = OUT,
    ) -> int:
        from layout import pipeline
        from layout.pipeline.component_gallery import GalleryOptions, component_gallery
        from layout.pipeline.output import write_all
        from layout.pipeline.stress import design_to_stress
        from layout.proof.component_page import component_page

        folder = design_to_stress(design)
        build = pipeline.Options(out / f"{folder.name}-components", fail_on="never", lang=context.lang)
        options = GalleryOptions(build, as_fault, jobs=max(1, min(MOST_JOBS, os.cpu_count() or 1)))
        with context.progress() as progress:
            gallery = component_gallery(folder, options, progress)
        path = out / f"{folder.name}-components.html"
        write_all({path: component_page(gallery, context.lang).encode()})
        _show(gallery, context)
        print(path)
        return gallery.exit_code


def _show(gallery: "ComponentGallery", context: CommandContext) -> None:
    """Every component, then those that could not be shown with the reason, once for all that have the same."""
    lacking: dict[str, list[str]] = {}
    for each in gallery.components:
        own = each.component
        about = own.about.text(context.lang) if own.about else context.say("（没有说明）", "(no comment)")
        print(f"{own.place}  {own.name}  {about}")
        if each.lacking:
            lacking.setdefault(each.lacking.text(context.lang), []).append(own.name)
    for parent in gallery.parents:
        children = context.say("、", ", ").join(parent.children)
        print(context.say(f"{parent.file}  母版，子版有 {children}", f"{parent.file}  parent of {children}"))
    every, shown = len(gallery.components), sum(each.picture is not None for each in gallery.components)
    print(
        context.say(
            f"{every} 样，{shown} 样有图，从 {gallery.pages} 版上裁下",
            f"{every} components, {shown} with pictures, cut out of {gallery.pages} pages",
        )
    )
    for why, names in lacking.items():
        listed = context.say("、", ", ").join(names)
        print(context.say(f"没有图：{listed}：{why}", f"no picture of {listed}: {why}"))
    for failed in gallery.failed:
        for row in failed.result.rows:
            where = f"{row.place}: " if row.place else ""
            print(context.say(f"{failed.kind} 没有排成：", f"{failed.kind} could not be made: ") + where + row.message)
            if row.hint:
                print(f"  → {row.hint}")
