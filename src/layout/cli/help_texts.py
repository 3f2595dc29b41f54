"""Help pages in both languages, with examples."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any, TypedDict
from unicodedata import east_asian_width

import typer
from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption

from layout.cli.language import Say, sayer
from layout.errors import Lang, Message, UsageError, meant

if TYPE_CHECKING:
    from typer._click import Command, Context, HelpFormatter

Row = tuple[str, str]


class _CommandRow(TypedDict):
    zh: str
    en: str
    examples: list[str]


class CommandSettings(TypedDict):
    """Keyword arguments of ``app.command``."""

    name: str
    cls: type[TyperCommand]
    help: str
    epilog: str


class GroupSettings(TypedDict):
    """Keyword arguments of ``typer.Typer``."""

    name: str
    cls: type[TyperGroup]
    help: str
    epilog: str


class _HelpTable(TypedDict):
    """``help.toml``: every row has its text under the names of the languages."""

    command: dict[str, _CommandRow]
    parameter: dict[str, dict[str, str]]


@dataclass(frozen=True)
class Words:
    """The texts of ``help.toml`` in one language, as Typer takes them."""

    lang: Lang

    @cached_property
    def _table(self) -> _HelpTable:
        table: _HelpTable = tomllib.loads(  # type: ignore[assignment]  # as the file has it
            files("layout.cli").joinpath("help.toml").read_text(encoding="utf-8")
        )
        return table

    def command(self, name: str) -> CommandSettings:
        """Settings of ``app.command`` for one command."""
        row = self._table["command"][name]
        return {"name": name, "cls": _command_class(self), "help": row[self.lang], "epilog": "\n".join(row["examples"])}

    def group(self) -> GroupSettings:
        """Settings of ``typer.Typer`` for the row of commands."""
        row = self.command("layout")
        return {"name": row["name"], "cls": _group_class(self), "help": row["help"], "epilog": row["epilog"]}

    def parameter(self, name: str) -> str:
        """What one argument or option is."""
        return self._table["parameter"][name][self.lang]

    def argument(self, metavar: str, *, key: str = "", **settings: Any) -> Any:
        """A Typer argument; ``help.toml`` knows it by *key* or its *metavar*."""
        return typer.Argument(metavar=metavar, help=self.parameter(key or metavar), **settings)

    def option(self, *flags: str, key: str = "", **settings: Any) -> Any:
        """A Typer option; ``help.toml`` knows it by *key* or the last of *flags*."""
        return typer.Option(*flags, help=self.parameter(key or flags[-1]), **settings)


def _command_class(words: Words) -> type[TyperCommand]:
    class OurCommand(TyperCommand):
        def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
            formatter.write(help_page(self, ctx.command_path, words))

    return OurCommand


def _group_class(words: Words) -> type[TyperGroup]:
    class OurGroup(TyperGroup):
        def format_help(self, ctx: Context, formatter: HelpFormatter) -> None:
            formatter.write(help_page(self, ctx.command_path, words))

        def resolve_command(self, ctx: Context, args: list[str]) -> tuple[str | None, Command | None, list[str]]:
            if args and args[0] not in self.commands and not args[0].startswith("-"):
                raise _no_such_command(args[0], list(self.commands))
            return super().resolve_command(ctx, args)

    return OurGroup


def _no_such_command(name: str, commands: list[str]) -> UsageError:
    hint = meant(name, commands, before="layout ")
    return UsageError(Message(f"没有“{name}”这个命令。", f"There is no command “{name}”."), hint=hint)


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
    params = [each for each in command.params if isinstance(each, TyperArgument)]
    named = [each.display_name_raw if each.required else f"[{each.display_name_raw}]" for each in params]
    return " ".join([*named, say("[选项]", "[OPTIONS]")])


def _parameters(command: TyperCommand | TyperGroup, words: Words) -> tuple[list[Row], list[Row]]:
    arguments: list[Row] = []
    options: list[Row] = []
    for each in command.params:
        if isinstance(each, TyperArgument):
            arguments.append((each.display_name_raw, each.help or ""))
        elif isinstance(each, TyperOption):
            flags = ", ".join(each.opts)
            options.append((flags if each.is_flag else f"{flags} {each.metavar}", each.help or ""))
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
