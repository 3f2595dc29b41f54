"""doctor: prints the prerequisites of a build. (Typer reads the annotations while these functions run.)"""
# ruff: noqa: PLC0415

import typer

from layout.cli.console import CommandContext
from layout.errors import MaterialError


def register(app: typer.Typer, context: CommandContext) -> None:
    """Add the commands of this module."""
    say = context.say

    @app.command(**context.words.command("doctor"))
    def doctor() -> int:
        from rich.table import Table

        from layout.cli.doctor import prerequisites

        table = Table(box=None, pad_edge=False, header_style="bold")
        for title in ("", say("名称", "what"), say("情况", "state"), say("该敲", "type")):
            table.add_column(title, overflow="fold")
        lacking = 0
        for each in prerequisites():
            lacking += each.required and not each.found
            mark = "✓" if each.found else ("✗" if each.required else "–")
            remedy = "" if each.found else each.remedy
            table.add_row(mark, each.name.text(context.lang), each.what.text(context.lang), remedy)
        context.show(table)
        if lacking:
            print(say(f"缺 {lacking} 样必需的东西。", f"{lacking} required things are missing."))
            return MaterialError.exit_code
        print(say("必需的都齐了。", "Everything required is here."))
        return 0
