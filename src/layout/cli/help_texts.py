"""Help pages in the spoken language, with examples."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any
from unicodedata import east_asian_width

import typer
from typer.core import TyperCommand, TyperGroup

from layout.cli.language import Say, sayer
from layout.errors import Lang, Said, UsageError, meant

Row = tuple[str, str]


@dataclass(frozen=True)
class Words:
    """What ``help.toml`` says, in one language, in the shapes Typer takes."""

    lang: Lang

    @cached_property
    def _table(self) -> dict[str, Any]:
        return tomllib.loads(files("layout.cli").joinpath("help.toml").read_text(encoding="utf-8"))

    def command(self, name: str) -> dict[str, Any]:
        """Settings of ``app.command`` for one command."""
        row = self._table["command"][name]
        return {"name": name, "cls": _command_class(self), "help": row[self.lang], "epilog": "\n".join(row["examples"])}

    def group(self) -> dict[str, Any]:
        """Settings of ``typer.Typer`` for the row of commands."""
        return {**self.command("layout"), "cls": _group_class(self)}

    def parameter(self, name: str) -> str:
        """What one argument or option is."""
        return str(self._table["parameter"][name][self.lang])

    def argument(self, metavar: str, **settings: Any) -> Any:
        """A Typer argument."""
        return typer.Argument(metavar=metavar, help=self.parameter(metavar), **settings)

    def option(self, *flags: str, key: str = "", **settings: Any) -> Any:
        """A Typer option; ``help.toml`` knows it by *key* or the last of *flags*."""
        return typer.Option(*flags, help=self.parameter(key or flags[-1]), **settings)


def _command_class(words: Words) -> type[TyperCommand]:
    class Command(TyperCommand):
        def format_help(self, ctx: Any, formatter: Any) -> None:
            formatter.write(help_page(self, ctx.command_path, words))

    return Command


def _group_class(words: Words) -> type[TyperGroup]:
    class Group(TyperGroup):
        def format_help(self, ctx: Any, formatter: Any) -> None:
            formatter.write(help_page(self, ctx.command_path, words))

        def resolve_command(self, ctx: Any, args: list[str]) -> Any:
            if args and args[0] not in self.commands and not args[0].startswith("-"):
                raise _no_such_command(args[0], list(self.commands))
            return super().resolve_command(ctx, args)

    return Group


def _no_such_command(name: str, commands: list[str]) -> UsageError:
    hint = meant(name, commands, before="layout ")
    return UsageError(Said(f"没有“{name}”这个命令。", f"There is no command “{name}”."), hint=hint)


def help_page(command: TyperCommand | TyperGroup, path: str, words: Words) -> str:
    """The whole help page: how to call it, what it does, arguments, options, examples."""
    say = sayer(words.lang)
    parts = [f"{say('用法', 'Usage')}: {path} {_usage(command, say)}", "", command.help or ""]
    if isinstance(command, TyperGroup):
        parts += _table(say("命令", "Commands"), [(name, each.help or "") for name, each in command.commands.items()])
    arguments, options = _parameters(command, words)
    parts += _table(say("参数", "Arguments"), arguments) + _table(say("选项", "Options"), options)
    parts += _table(say("例", "Examples"), [(line, "") for line in (command.epilog or "").splitlines()])
    return "\n".join(parts) + "\n"


def _usage(command: TyperCommand | TyperGroup, say: Say) -> str:
    if isinstance(command, TyperGroup):
        return say("命令 …", "COMMAND …")
    params: list[Any] = [each for each in command.params if each.param_type_name == "argument"]
    named = [each.display_name_raw if each.required else f"[{each.display_name_raw}]" for each in params]
    return " ".join([*named, say("[选项]", "[OPTIONS]")])


def _parameters(command: TyperCommand | TyperGroup, words: Words) -> tuple[list[Row], list[Row]]:
    arguments: list[Row] = []
    options: list[Row] = []
    params: list[Any] = list(command.params)
    for each in params:
        if each.param_type_name == "argument":
            arguments.append((each.display_name_raw, each.help))
        else:
            flags = ", ".join(each.opts)
            options.append((flags if each.is_flag else f"{flags} {each.metavar}", each.help))
    options += [("--lang zh|en", words.parameter("--lang")), ("-h, --help", words.parameter("--help"))]
    return arguments, options


def _table(title: str, rows: list[Row]) -> list[str]:
    if not rows:
        return []
    wide = max(cells(left) for left, _ in rows)
    return ["", f"{title}:", *(f"  {left}{' ' * (wide - cells(left))}  {right}".rstrip() for left, right in rows)]


def cells(text: str) -> int:
    """How many columns of a terminal *text* takes."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
