"""The page of every command with its arguments and options, read off Typer's own command objects."""

from __future__ import annotations

from collections.abc import Iterator

from typer.core import TyperArgument, TyperCommand, TyperGroup, TyperOption
from typer.main import get_command

from layout.cli.app import application
from layout.cli.console import CommandContext
from layout.cli.help_texts import Words
from layout.errors import ExitCode, Message
from layout_docs.markdown import both, page, section, table, toml, words

Row = tuple[str, str, str]


def as_markdown() -> str:
    """The page."""
    return page(
        Message("命令、选项、退出码", "Commands, options, exit codes"),
        Message(
            "由程序的命令行生成；`layout build -h` 显示同样的文字，英文加 `--lang en`。",
            "Made from the program's command line; `layout --lang en build -h` shows the same words.",
        ),
        section(Message("命令", "Commands"), table(["命令 command", "做什么 what it does", "例 example"], _commands())),
        section(
            Message("参数与选项", "Arguments and options"),
            table(["命令 command", "写法 written", "意思 meaning"], _rows()),
        ),
        section(Message("环境变量", "Environment variables"), table(["名 name", "意思 meaning"], _environment())),
        section(Message("退出码", "Exit codes"), exit_codes()),
    )


def _environment() -> Iterator[tuple[str, str]]:
    for name, row in toml("layout.cli", "environment.toml").items():
        yield f"`{name}`", both(words(row))


def exit_codes() -> str:
    """The table of exit codes."""
    texts = toml("layout.cli", "exit_codes.toml")
    return table(
        ["退出码 exit code", "意思 meaning"],
        [(f"{code.value}", both(words(texts[code.name.lower()]))) for code in ExitCode],
    )


def _groups() -> tuple[TyperGroup, TyperGroup]:
    zh, en = (get_command(application(CommandContext(lang))) for lang in ("zh", "en"))
    assert isinstance(zh, TyperGroup)
    assert isinstance(en, TyperGroup)
    return zh, en


def _commands() -> Iterator[Row]:
    zh, en = _groups()
    for name, command in zh.commands.items():
        examples = "<br>".join(f"`{line}`" for line in (command.epilog or "").splitlines())
        yield f"`layout {name}`", both(Message(command.help or "", en.commands[name].help or "")), examples


def _rows() -> Iterator[Row]:
    zh, en = _groups()
    yield from _parameters("（总 all）", zh, en)
    for option in ("--lang", "--help"):
        written = {"--lang": "`--lang zh|en`", "--help": "`-h` `--help`"}[option]
        yield "（总 all）", written, both(Message(Words("zh").parameter(option), Words("en").parameter(option)))
    for name, command in zh.commands.items():
        other = en.commands[name]
        assert isinstance(command, TyperCommand)
        assert isinstance(other, TyperCommand)
        yield from _parameters(f"`{name}`", command, other)


def _parameters(name: str, zh: TyperCommand | TyperGroup, en: TyperCommand | TyperGroup) -> Iterator[Row]:
    for each, other in zip(zh.params, en.params, strict=True):
        if isinstance(each, TyperArgument) and isinstance(other, TyperArgument):
            required = "" if each.required else "（可不写 optional）"
            yield name, f"`{each.display_name_raw}`{required}", both(Message(each.help or "", other.help or ""))
        elif isinstance(each, TyperOption) and isinstance(other, TyperOption):
            flags = " ".join(f"`{flag}`" for flag in each.opts[:-1])
            last = each.opts[-1] if each.is_flag else f"{each.opts[-1]} {each.metavar}"
            yield name, f"{flags} `{last}`".strip(), both(Message(each.help or "", other.help or ""))
