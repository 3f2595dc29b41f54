"""The command line: reads it and runs one command. (Typer reads the annotations while these functions run.)"""

from collections.abc import Sequence
from typing import Annotated

import typer
from typer.main import get_command

from layout.cli import build_command, doctor_command, preflight_command, proof_command, set_command
from layout.cli.console import Desk
from layout.cli.guard import guarded, installed_version
from layout.errors import Lang
from layout.pipeline.workers import Workers


def run_command(lang: Lang, words: Sequence[str], workers: Workers | None) -> int:
    """The exit code of the command that *words* name; see ``entry.run``. *workers* were started early for it."""
    desk = Desk(lang, workers)
    return guarded(lambda: _invoked(application(desk), list(words)), lang)


def application(desk: Desk) -> typer.Typer:
    """All commands, with their help in the language of *desk*."""
    app = typer.Typer(
        **desk.words.group(),
        add_completion=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    _main_options(app, desk)
    for module in (build_command, preflight_command, proof_command, set_command, doctor_command):
        module.register(app, desk)
    return app


def _main_options(app: typer.Typer, desk: Desk) -> None:
    @app.callback(invoke_without_command=True)
    def front(context: typer.Context, *, version: Annotated[bool, desk.words.option("--version")] = False) -> None:
        if version:
            print(f"layout {installed_version()}")
        elif context.invoked_subcommand is None:
            print(context.get_help())


def _invoked(app: typer.Typer, arguments: list[str]) -> int:
    """Runs the command without Typer's ``main``, which turns a broken pipe into exit code 1: here that is findings."""
    command = get_command(app)
    try:
        with command.make_context("layout", list(arguments)) as context:
            return int(command.invoke(context) or 0)
    except typer.Exit as leaving:
        return leaving.exit_code
