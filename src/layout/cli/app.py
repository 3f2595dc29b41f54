"""The command line: reads it and runs one command. (Typer reads the annotations while these functions run.)"""

from collections.abc import Sequence
from typing import Annotated

import typer
from typer.main import get_command

from layout.cli import (
    arrange_command,
    batch_command,
    build_command,
    doctor_command,
    fonts_command,
    import_command,
    new_command,
    preflight_command,
    proof_command,
    proofread_command,
    set_command,
    sign_command,
    stress_command,
    verify_command,
)
from layout.cli.console import CommandContext
from layout.cli.guard import guarded, installed_version
from layout.errors import Lang
from layout.pipeline.workers import Workers


def run_command(lang: Lang, words: Sequence[str], workers: Workers | None) -> int:
    """The exit code of the command that *words* name; see ``entry.run``. *workers* were started early for it."""
    context = CommandContext(lang, workers)
    return guarded(lambda: _invoked(application(context, words[0] if words else ""), list(words)), lang)


def application(context: CommandContext, named: str = "") -> typer.Typer:
    """All commands, with their help in the language of *context*. Where *named* is the build, which is waited for, only
    those of its module: Typer reads every parameter of each.
    """
    app = typer.Typer(
        **context.words.group(),
        add_completion=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    _main_options(app, context)
    build_command.register(app, context)
    if named == "build":
        return app
    for module in (
        arrange_command,
        preflight_command,
        verify_command,
        proof_command,
        sign_command,
        batch_command,
        proofread_command,
        set_command,
        fonts_command,
        new_command,
        stress_command,
        import_command,
        doctor_command,
    ):
        module.register(app, context)
    return app


def _main_options(app: typer.Typer, context: CommandContext) -> None:
    @app.callback(invoke_without_command=True)
    def front(
        typer_context: typer.Context, *, version: Annotated[bool, context.words.option("--version")] = False
    ) -> None:
        if version:
            print(f"layout {installed_version()}")
        elif typer_context.invoked_subcommand is None:
            print(typer_context.get_help())


def _invoked(app: typer.Typer, arguments: list[str]) -> int:
    """Runs the command without Typer's ``main``, which turns a broken pipe into exit code 1: here that is findings."""
    command = get_command(app)
    try:
        with command.make_context("layout", list(arguments)) as typer_context:
            return int(command.invoke(typer_context) or 0)
    except typer.Exit as leaving:
        return leaving.exit_code
