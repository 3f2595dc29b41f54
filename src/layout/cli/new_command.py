"""new, new-design: the folder of an issue, of a design. (Typer reads the annotations while these functions run.)"""
# ruff: noqa: PLC0415

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from layout.cli.console import CommandContext

DESIGN = "lianghui-broadsheet"


def register(app: typer.Typer, context: CommandContext) -> None:
    """Add the commands of this module."""
    _new(app, context)
    _new_design(app, context)


def _new(app: typer.Typer, context: CommandContext) -> None:
    words = context.words

    @app.command(**words.command("new"))
    def new(
        folder: Annotated[Path, words.argument("NAME")],
        *,
        design: Annotated[str, words.option("--design", metavar="DESIGN")] = DESIGN,
    ) -> int:
        from layout.issue_writing.new_issue import wants, write_issue

        for path in write_issue(folder, design, date.today()):
            print(path)
        print(context.say(f"先看一眼：layout build {folder}；再改 issue.toml 和样稿。",
                          f"See it first: layout build {folder}; then change issue.toml and the story."))  # fmt: skip
        if more := wants(design):
            print(f"{more.text(context.lang)}。" if context.lang == "zh" else f"{more.en}.")
        return 0


def _new_design(app: typer.Typer, context: CommandContext) -> None:
    words = context.words

    @app.command(**words.command("new-design"))
    def new_design(
        folder: Annotated[Path, words.argument("NAME", key="new-design NAME")],
        *,
        like: Annotated[str | None, words.option("--like", metavar="DESIGN")] = None,
        sheet: Annotated[str | None, words.option("--sheet", metavar="SHEET")] = None,
    ) -> int:
        from layout.issue_writing.new_design import how_to_use, write_design

        for path in write_design(folder, like=like, sheet=sheet):
            print(path)
        print(how_to_use(folder).text(context.lang))
        return 0
