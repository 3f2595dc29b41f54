"""doctor: prints the prerequisites of a build, or what a release changed in an issue.

Typer reads the annotations while these functions run, so there is no ``from __future__ import annotations`` here.
"""
# ruff: noqa: PLC0415

from pathlib import Path
from typing import Annotated

import typer

from layout.cli.console import CommandContext
from layout.cli.guard import short
from layout.errors import MaterialError, Message, UsageError

SHOWN = 10
"""Passages that are printed of one change; the rest are counted."""


def register(app: typer.Typer, context: CommandContext) -> None:
    """Add the commands of this module."""
    words = context.words

    @app.command(**words.command("doctor"))
    def doctor(
        folder: Annotated[Path | None, words.argument("DIR", key="doctor DIR")] = None,
        *,
        since: Annotated[str, words.option("--since", metavar="VERSION")] = "",
    ) -> int:
        if folder is not None:
            return _look_at_issue(folder, since, context)
        if since:
            raise UsageError(Message("--since 要有 DIR。", "--since needs DIR."))
        return _look_at_machine(context)


def _look_at_machine(context: CommandContext) -> int:
    from rich.table import Table

    from layout.cli.doctor import prerequisites

    say = context.say
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


def _look_at_issue(folder: Path, since: str, context: CommandContext) -> int:
    """1 where something prints otherwise than before, else 0."""
    from layout.pipeline.meaning_changes import changed_meanings
    from layout.pipeline.options import Options

    say, lang, changed = context.say, context.lang, False
    with context.workers(folder) as workers:
        for change, passages in changed_meanings(folder, since, Options(lang=lang), workers):
            changed = True
            title, before, now = (text.text(lang) for text in (change.title, change.before, change.now))
            print(say(f"{change.version} 起，{title}：从前{before}，现在{now}。",
                      f"Since {change.version}, {title}: {before}; now {now}."))  # fmt: skip
            for passage in passages[:SHOWN]:
                print(f"  {short(passage.place)}: {passage.words}")
            if len(passages) > SHOWN:
                print(say(f"  还有 {len(passages) - SHOWN} 处。", f"  And {len(passages) - SHOWN} more."))
            print(f"  → {change.advice.text(lang)}")
    if not changed:
        print(say(f"{folder}：印出来和从前一样。", f"{folder}: prints as before."))
    _own_fonts(folder, context)
    return int(changed)


def _own_fonts(folder: Path, context: CommandContext) -> None:
    """A line for each face that the design and the issue bring; what is wrong with one is raised."""
    from layout.issue import read_issue
    from layout.pipeline.reading import design_folder, own_faces

    issue = read_issue(folder)
    for face in own_faces(design_folder(issue), issue.folder):
        print(context.say(f"✓ 自有字体 {face.family}：{face.name}，fsType {face.permission.words.zh}",
                          f"✓ own face {face.family}: {face.name}, fsType: {face.permission.words.en}"))  # fmt: skip
