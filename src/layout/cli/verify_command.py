"""verify: whether a PDF is the sealed copy, whole, once and seen. (Typer reads the annotations while it runs.)"""
# ruff: noqa: PLC0415

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from layout.cli.console import CommandContext
from layout.errors import ExitCode, Message, UsageError

if TYPE_CHECKING:
    from rich.table import Table

    from layout.seal.comparison import SealComparison

CODES = {"same": ExitCode.CLEAN, "different": ExitCode.FINDINGS, "unknown": ExitCode.SOURCE}
"""What the command ends with, by what the comparison came to."""


def register(app: typer.Typer, context: CommandContext) -> None:
    """Add the command."""
    words = context.words

    @app.command(**words.command("verify"))
    def verify(
        file: Annotated[Path, words.argument("FILE.pdf", key="verify FILE.pdf")],
        folder: Annotated[Path, words.argument("DIR", key="verify DIR")],
        *,
        marked: Annotated[Path | None, words.option("--marked", metavar="OUT.pdf", key="verify --marked")] = None,
        as_json: Annotated[bool, words.option("--json", key="verify --json")] = False,
    ) -> int:
        from layout.pipeline.output import write_all
        from layout.pipeline.verifying import verify as verified

        if marked is not None and marked.resolve() == file.resolve():
            raise UsageError(
                Message(f"不能写在被核对的文件上：{marked}。", f"It would overwrite the file: {marked}."),
                hint=Message("--marked 给另一个名字。", "Give --marked another name."),
            )
        found = verified(file, folder, context.early)
        if marked is not None:
            from layout.proof.marked_copy import marked_copy

            write_all({marked: marked_copy(file, found, context.lang)})
        if as_json:
            json.dump(found.as_json(context.lang), sys.stdout, ensure_ascii=False, indent=1)
            print()
        else:
            if found.findings:
                context.show(_table(found, context))
            for line in _lines(found, context):
                print(line)
            if found.findings and marked is None and found.changed_pages:
                print(context.say("标在版面上看：加 --marked 出.pdf", "See it marked on the page: --marked OUT.pdf"))
        return int(CODES[found.standing])


def _table(found: "SealComparison", context: CommandContext) -> "Table":
    """The differences page by page: what is marked in the text, and all else that was found."""
    from rich.table import Table

    from layout.seal.differences import differences

    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in (("版", "page"), ("稿", "copy"), ("不同", "difference")):
        table.add_column(context.say(*head), overflow="fold", no_wrap=head[0] == "版")
    for each in differences(found):
        page = str(each.number) if each.number else ""
        hints = "".join(f"\n→ {line}" for line in each.hint.lines(context.lang)) if each.hint else ""
        table.add_row(page, each.where, each.listed.text(context.lang) + hints)
    return table


def _lines(found: "SealComparison", context: CommandContext) -> Iterator[str]:
    """The verdict in a line, and what is to be said besides."""
    yield from (remark.text(context.lang) for remark in found.remarks)
    name = found.name
    if found.standing == "different":
        yield context.say(f"{name}：与封印不同。", f"{name}: different from the sealed copy.")
    elif found.standing == "unknown":
        why = context.say("；", "; ").join(each.text(context.lang) for each in found.doubts)
        yield context.say(f"{name}：说不准：{why}。", f"{name}: cannot tell: {why}.")
    elif found.as_written:
        yield context.say(
            f"{name}：就是封印的稿子，一字不少、不多、都看得见；字节也相同。",
            f"{name}: the sealed copy, whole, once and seen; the bytes are the same.",
        )
    else:
        by = found.producer
        zh, en = (f"由“{by}”另存过", f" by “{by}”") if by else ("被别的程序另存过", " by another program")
        yield context.say(
            f"{name}：就是封印的稿子，一字不少、不多、都看得见；文件{zh}，字节不同。",
            f"{name}: the sealed copy, whole, once and seen; the file was saved anew{en}, its bytes are others.",
        )
