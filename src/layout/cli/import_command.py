"""import: received files become an issue, or go into one. (Typer reads the annotations while these functions run.)"""
# ruff: noqa: PLC0415

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from layout.cli.console import CommandContext
from layout.errors import ExitCode, Message, UsageError

if TYPE_CHECKING:
    from layout.issue_writing.imported_issue import ImportedIssue

DESIGN = "tabloid-river"
"""A new issue's where none is said: the shipped design that takes stories of any length, one after another."""
SUFFIX = "-排版"
"""What the folder of a new issue is called behind the name of what was received, where nothing is said."""


def register(app: typer.Typer, context: CommandContext) -> None:
    """Add the command."""
    words = context.words

    @app.command(**words.command("import"))
    def import_files(
        sources: Annotated[list[Path], words.argument("FILE|DIR")],
        *,
        into: Annotated[Path | None, words.option("--into", metavar="ISSUE")] = None,
        design: Annotated[str, words.option("--design", metavar="DESIGN", key="import --design")] = "",
        replace: Annotated[bool, words.option("--replace")] = False,
    ) -> int:
        from layout.checks import fails
        from layout.issue_writing.imported_issue import import_issue

        folder = into or _beside(sources[0])
        if design and (folder / "issue.toml").is_file():
            raise UsageError(
                Message(
                    f"{folder} 的版式写在它的 issue.toml 里。", f"The design of {folder} stands in its issue.toml."
                ),
                hint=Message("去掉 --design，或改 issue.toml。", "Leave out --design, or change issue.toml."),
            )
        imported = import_issue(sources, folder, design=design or DESIGN, day=date.today(), replace_files=replace)
        _tell(imported, context)
        return ExitCode.FINDINGS if fails(imported.findings, "error") else ExitCode.CLEAN


def _beside(source: Path) -> Path:
    """The folder of an issue beside what was received."""
    return source.resolve().with_name(f"{source.resolve().stem}{SUFFIX}")


def _tell(imported: "ImportedIssue", context: CommandContext) -> None:
    """Print what was guessed and left, the gravest last so that it is seen, then what was written and what to do."""
    from layout.issue_writing.imported_record import grouped

    for heading, findings in reversed(grouped(imported.findings)):
        print(f"\n{context.say(f'【{heading.zh}】', f'{heading.en}:')}")
        for each in findings:
            place = f"{each.place}: " if each.place else ""
            print(f"{place}{each.message.text(context.lang)}")
    print()
    for path in imported.written:
        print(path)
    folder = imported.folder
    if imported.record is None:
        print(context.say(f"{folder} 里都有了，什么也没有写。", f"{folder} has all of it; nothing was written."))
        return
    print(
        context.say(
            f"{imported.stories} 篇稿，{imported.pictures} 幅图。上面猜的都写在{imported.record.name}里。"
            f"下一步：改 issue.toml，再 layout check {folder}，layout proof {folder}。",
            f"{imported.stories} stories, {imported.pictures} pictures; the guesses stand in {imported.record.name}, "
            f"in Chinese. Next: go through issue.toml, then layout check {folder}, layout proof {folder}.",
        )
    )
