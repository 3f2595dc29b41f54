"""new: a folder for a new issue. (Typer reads the annotations while these functions run.)"""
# ruff: noqa: PLC0415

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from layout.cli.console import CommandContext

DESIGN = "lianghui-broadsheet"


def register(app: typer.Typer, context: CommandContext) -> None:
    """Add the command."""
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
