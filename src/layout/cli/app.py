"""The command line: reads it and runs one command. (Typer reads the annotations while these functions run.)"""

from collections.abc import Mapping, Sequence
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer
from typer.main import get_command

from layout.cli.console import CommandContext
from layout.cli.guard import guarded, installed_version
from layout.errors import Lang

if TYPE_CHECKING:
    from layout.pipeline.workers import Workers

MODULES: Mapping[str, tuple[str, ...]] = {
    "build_command": ("build", "check", "preview"),
    "arrange_command": ("arrange",),
    "preflight_command": ("preflight",),
    "verify_command": ("verify",),
    "proof_command": ("proof",),
    "sign_command": ("sign",),
    "batch_command": ("batch",),
    "proofread_command": ("proofread",),
    "set_command": ("set", "explain"),
    "fonts_command": ("fonts",),
    "new_command": ("new", "new-design"),
    "stress_command": ("stress",),
    "components_command": ("components",),
    "import_command": ("import",),
    "doctor_command": ("doctor",),
}
"""The modules of this room that add commands, in the order of the help, and which they add."""


def run_command(lang: Lang, words: Sequence[str], workers: "Workers | None") -> int:
    """The exit code of the command that *words* name; see ``entry.run``. *workers* were started early for it."""
    context = CommandContext(lang, workers)
    return guarded(lambda: _invoked(application(context, words[0] if words else ""), list(words)), lang)


def application(context: CommandContext, named: str = "") -> typer.Typer:
    """The commands, with their help in the language of *context*: all, or, where *named* is one, those of its module.
    Typer reads every parameter of each, and what a command loads is not waited for by the others.
    """
    app = typer.Typer(
        **context.words.group(),
        add_completion=False,
        rich_markup_mode=None,
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    _main_options(app, context)
    for module in [each for each, commands in MODULES.items() if named in commands] or MODULES:
        import_module(f"layout.cli.{module}").register(app, context)
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
