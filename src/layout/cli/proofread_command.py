"""proofread: what is wrong with the words. (Typer reads the annotations while these functions run.)"""
# ruff: noqa: PLC0415

import sys
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from layout.checks import Finding, fails
from layout.cli.console import CommandContext, chosen_level
from layout.errors import Message, UsageError, meant
from layout.pipeline.output import write_all

if TYPE_CHECKING:
    from layout.issue import Issue
    from layout.proofreading.copy_files import ReadCopy
    from layout.proofreading.desk import DeskCopy

FORMS = ("md", "html", "json")


def register(app: typer.Typer, context: CommandContext) -> None:
    """Add the command."""
    words = context.words

    @app.command(**words.command("proofread"))
    def proofread(
        paths: Annotated[list[Path], words.argument("FILE|DIR", key="proofread FILE|DIR")],
        *,
        report: Annotated[str, words.option("--report", metavar="html|md|json")] = "",
        out: Annotated[Path | None, words.option("-o", "--out", metavar="OUT", key="proofread --out")] = None,
        comment: Annotated[Path | None, words.option("--comment", metavar="OUT.docx")] = None,
        lists: Annotated[list[Path] | None, words.option("--lists", metavar="FILE|DIR")] = None,
        new_lists: Annotated[Path | None, words.option("--new-lists", metavar="OUT.toml")] = None,
        every: Annotated[bool, words.option("--all", key="proofread --all")] = False,
        rule: Annotated[list[str] | None, words.option("--rule", metavar="ID")] = None,
        day: Annotated[str, words.option("--date", metavar="2026-02-05")] = "",
        strict: Annotated[bool, words.option("--strict", key="preflight --strict")] = False,
        fail_on: Annotated[str, words.option("--fail-on", metavar="LEVEL", key="preflight --fail-on")] = "",
    ) -> int:
        from layout.proofreading.copy_files import read_copies
        from layout.proofreading.desk import DeskWork
        from layout.proofreading.desk import proofread as read_proof
        from layout.proofreading.error_rate import error_rate
        from layout.proofreading.paper_lists import read_lists
        from layout.proofreading.report import rate_sentence
        from layout.proofreading.report import report as report_of

        level = chosen_level(fail_on, "warning", strict=strict)
        form = _form(report, out)
        if new_lists is not None:
            _write_frame(new_lists)
        read = [read_copies(path) for path in paths]
        copies = tuple(copy for each in read for copy in each.copies)
        rows = read_lists([*(lists or ()), *(folder for each in read for folder in each.lists)])
        issued = _day(day) or next((each.day for each in read if each.day), None)
        found = read_proof(copies, DeskWork(_rules(rule or (), every=every), rows, issued))
        rate = error_rate(found, copies)
        if comment is not None:
            _write_comments(comment, paths, read, found, context)
        if form:
            written = report_of(form, found, copies, rate, context.lang)  # type: ignore[arg-type]
            if out is None:
                sys.stdout.write(written)
            else:
                write_all({out: written.encode()})
        else:
            for finding in _folded(found, [copy.file for copy in copies]):
                print(context.line(finding))
                for hint in finding.hint.lines(context.lang) if finding.hint else ():
                    print(f"  → {hint}")
            print(rate_sentence(rate, context.lang))
            if not every and not rule:
                print(_off(context, copies, issued))
        return int(fails(found, level))


def desk_of(lang_issue: "Issue") -> list[Finding]:
    """What ``layout check`` is told first: the findings of the desk that no build makes by itself."""
    from layout.proofreading.copy_files import issue_copies
    from layout.proofreading.desk import DeskWork, desk_rules, proofread
    from layout.proofreading.measured import rules_on
    from layout.proofreading.paper_lists import LISTS_FOLDER, read_lists

    copies = issue_copies(lang_issue)
    folder = lang_issue.folder / LISTS_FOLDER
    rows = read_lists([folder]) if folder.is_dir() else ()
    found = proofread(copies, DeskWork(rules_on() & desk_rules().keys(), rows, lang_issue.date))
    return _folded(found, [copy.file for copy in copies])


def _folded(found: Sequence[Finding], files: Sequence[str]) -> list[Finding]:
    """*found* with what says the same of several places of one file made one."""
    from layout.proofreading.copy_checks import folded

    by_file = {file: [each for each in found if each.place and each.place.file == file] for file in files}
    return [each for group in by_file.values() for each in folded(group)]


def _rules(asked: Sequence[str], *, every: bool) -> frozenset[str]:
    """The rules that are asked for by their ids, all of them, or those that are on."""
    from layout.proofreading.desk import all_rules
    from layout.proofreading.measured import rules_on

    known = all_rules()
    for each in asked:
        if each not in known:
            raise UsageError(
                Message(f"没有规则“{each}”。", f"There is no rule “{each}”."), hint=meant(each, tuple(known))
            )
    return frozenset(asked) or (frozenset(known) if every else rules_on())


def _form(report: str, out: Path | None) -> str:
    """The form of the report, which the ending of its file says as well; nothing where none is asked for."""
    form = report or (out.suffix.lower().removeprefix(".") if out else "")
    if form in FORMS or (not report and out is None):
        return form
    if report:
        raise UsageError(
            Message(f"--report 没有“{form}”这一种。", f"--report knows no “{form}”."), hint=meant(form, FORMS)
        )
    raise UsageError(
        Message(f"看不出 {out} 要哪一种报告。", f"It is not known which report {out} should be."),
        hint=Message(
            "文件名用 .html、.md 或 .json，或写明 --report。", "End its name in .html, .md or .json, or say --report."
        ),
    )


_NAMED = 3
"""Findings of rules that are off that are named: enough to see whether ``--all`` is worth a look."""


def _off(context: CommandContext, copies: "Sequence[DeskCopy]", issued: date | None) -> str:
    """How many rules were not used, what they would have said, and how to use them."""
    from layout.proofreading.desk import DeskWork, all_rules, proofread
    from layout.proofreading.measured import rules_on

    on, off = len(rules_on()), frozenset(all_rules().keys() - rules_on())
    found = proofread(copies, DeskWork(off, day=issued))
    zh = f"用了 {on} 条规则；还有 {len(off)} 条误报多少还没有量准，"
    en = f"{on} rules were used; {len(off)} more, not known to be precise, "
    if not found:
        return context.say(f"{zh}--all 全用。", f"{en}are used with --all.")
    shown = [f"{each.place} {each.amount.get('found', '')}".strip() for each in found[:_NAMED]]
    more = len(found) > len(shown)
    return context.say(
        f"{zh}另有 {len(found)} 处可疑（{'；'.join(shown)}{'……' if more else ''}），--all 一起说。",
        f"{en}would have told of {len(found)} places ({'; '.join(shown)}{' …' if more else ''}): --all tells them.",
    )


def _day(written: str) -> date | None:
    """The day of ``--date``. Raises ``UsageError`` for what is none."""
    if not written:
        return None
    try:
        return datetime.strptime(written, "%Y-%m-%d").date()
    except ValueError:
        raise UsageError(
            Message(f"--date 不是日期：{written}。", f"--date is no day: {written}."),
            hint=Message("写成 2026-02-05 的样子。", "Write it as 2026-02-05."),
        ) from None


def _write_frame(path: Path) -> None:
    """Writes the frame of the paper's lists. Raises ``UsageError`` where the file is there already."""
    from importlib.resources import files

    from layout.proofreading.paper_lists import FRAME

    if path.exists():
        raise UsageError(
            Message(f"{path.name} 已经有了，没有改它。", f"{path.name} is there already and was left alone.")
        )
    write_all({path: files("layout.proofreading").joinpath(FRAME).read_bytes()})


def _write_comments(
    out: Path, paths: Sequence[Path], read: "Sequence[ReadCopy]", found: Sequence[Finding], context: CommandContext
) -> None:
    """Writes the Word file with comments. Raises ``UsageError`` where there is not one, or it would be overwritten."""
    from layout.proofreading.word_copy import commented

    word = read[0].word if len(read) == 1 else None
    if word is None:
        raise UsageError(
            Message("--comment 只对一个 Word 文件（.docx）。", "--comment is for one Word file (.docx)."),
            hint=Message("别的稿件用 --report html。", "For other copy use --report html."),
        )
    if out.resolve() == paths[0].resolve():
        raise UsageError(Message(f"不能写在原稿上：{out}。", f"It would overwrite the copy: {out}."))
    write_all({out: commented(word, found, context.lang)})
