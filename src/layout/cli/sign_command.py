"""sign: records who has passed an issue, and shows who has. (Typer reads the annotations while this function runs.)

The time of a passing is the one place where the program looks at a clock: no build does.
"""
# ruff: noqa: PLC0415

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from layout.cli.console import OUT, CommandContext
from layout.errors import ExitCode, LayoutError, Message, UsageError

if TYPE_CHECKING:
    from layout.issue import Issue
    from layout.signoff.model import SignedState


def register(app: typer.Typer, context: CommandContext) -> None:
    """Add the command."""
    words = context.words

    @app.command(**words.command("sign"))
    def sign(
        folder: Annotated[Path, words.argument("DIR")],
        *,
        role: Annotated[str, words.option("--as", metavar="ROLE")] = "",
        name: Annotated[str, words.option("--name", metavar="NAME")] = "",
        out: Annotated[Path, words.option("-o", "--out", key="sign --out", metavar="OUT")] = OUT,
    ) -> int:
        from layout.issue import read_issue
        from layout.pipeline import signing
        from layout.seal.seal_json import seal_name
        from layout.seal.seal_reading import read_seal

        role, name = " ".join(role.split()), " ".join(name.split())
        if bool(role) != bool(name):
            raise UsageError(
                Message("签字要写明职责和姓名。", "Whoever signs gives his office and his name."),
                hint=Message(f"例：layout sign {folder} --as 二审 --name 张三",
                             f"E.g. layout sign {folder} --as 二审 --name 张三"),
            )  # fmt: skip
        issue = read_issue(folder)
        if not role:
            return _shown(issue, _state(issue, out), context)
        seal = read_seal(out / seal_name(issue.id))
        path = signing.sign(issue, seal, role, name, datetime.now().astimezone())
        count = len(seal.pages)
        pages = "1 page" if count == 1 else f"{count} pages"
        print(
            context.say(
                f"{role} {name} 签了 {count} 版，记在 {path}；用 git commit -S 提交才算锁上。",
                f"{role} {name} has signed {pages}: {path}. Commit it, signed: git commit -S.",
            )
        )
        if lost := [str(page.number) for page in seal.pages if page.faults]:
            print(context.say(f"注意：第 {'、'.join(lost)} 版的稿件或图片没有排全。",
                              f"Note: copy or pictures are missing on page {', '.join(lost)}."))  # fmt: skip
        return 0


def _state(issue: "Issue", out: Path) -> "SignedState":
    """What there is to be signed: the seal in *out*, where it is of the copy as it is; else the copy alone."""
    from layout.pipeline.signing import copy_of, state_of_seal
    from layout.seal.seal_json import seal_name
    from layout.seal.seal_reading import read_seal
    from layout.signoff.model import SignedState

    try:
        sealed = state_of_seal(read_seal(out / seal_name(issue.id)))
    except LayoutError:
        return SignedState(copy_of(issue), {})
    copy = copy_of(issue, sealed.copy)
    return SignedState(copy, sealed.pages if sealed.copy == copy else {})


def _shown(issue: "Issue", now: "SignedState", context: CommandContext) -> int:
    """Prints how it is with each role; 1 where one has not signed the issue as it is."""
    from layout.pipeline.signing import role_statuses

    statuses = role_statuses(issue, now)
    if not statuses:
        print(context.say("issue.toml 没有要谁签（signoff），也没有人签过。",
                          "issue.toml asks nobody to sign (signoff), and nobody has."))  # fmt: skip
        return 0
    for status in statuses:
        mark = "✓" if status.stands else "×"
        print(f"{mark} {status.words.text(context.lang)}")
    if not now.pages:
        print(context.say("没有这份稿的封印，只比了稿件，没有比版面：先排一次。",
                          "There is no seal of this copy: pages were not compared. Build it first."))  # fmt: skip
    return ExitCode.CLEAN if all(status.stands for status in statuses) else ExitCode.FINDINGS
