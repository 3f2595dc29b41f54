"""components: a design's gallery of components. (Typer reads the annotations while this function runs.)"""
# ruff: noqa: PLC0415

from pathlib import Path
from typing import Annotated

import typer

from layout.cli.console import OUT, CommandContext
from layout.cli.guard import as_fault


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
        from layout.pipeline.component_gallery import component_gallery
        from layout.pipeline.output import write_all
        from layout.pipeline.stress import design_to_stress
        from layout.proof.component_page import component_page

        folder = design_to_stress(design)
        options = pipeline.Options(out / f"{folder.name}-components", fail_on="never", lang=context.lang)
        with context.progress() as progress:
            gallery = component_gallery(folder, options, as_fault, progress=progress)
        path = out / f"{folder.name}-components.html"
        write_all({path: component_page(gallery, context.lang).encode()})
        for each in gallery.components:
            own = each.component
            about = own.about.text(context.lang) if own.about else context.say("（没有说明）", "(no comment)")
            why = gallery.lacking(context.lang)
            lacking = "" if each.picture else context.say(f"　没有图：{why}", f"  no picture: {why}")
            print(f"{own.place}  {own.name}  {about}{lacking}")
        for parent in gallery.parents:
            children = context.say("、", ", ").join(parent.children)
            print(context.say(f"{parent.file}  母版，子版有 {children}", f"{parent.file}  parent of {children}"))
        print(path)
        return 0
