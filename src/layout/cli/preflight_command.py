"""preflight: the verdict on any PDF. (Typer reads the annotations while these functions run.)"""
# ruff: noqa: PLC0415

import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from layout.checks import Finding, Severity, fails
from layout.cli.console import CommandContext, chosen_level, known_words
from layout.errors import Lang, Message, UsageError

if TYPE_CHECKING:
    from rich.table import Table

    from layout.preflight.verdict import Verdict

_GRAVE = {
    Severity.ERROR: (("错误", "error"), "bold red"),
    Severity.WARNING: (("警告", "warning"), "yellow"),
    Severity.NOTE: (("提示", "note"), "blue"),
}


def register(app: typer.Typer, context: CommandContext) -> None:
    """Add the command."""
    words = context.words

    @app.command(**words.command("preflight"))
    def preflight(
        file: Annotated[Path, words.argument("FILE.pdf")],
        *,
        press: Annotated[str, words.option("--press", metavar="NAME", key="preflight --press")] = "",
        strict: Annotated[bool, words.option("--strict", key="preflight --strict")] = False,
        fail_on: Annotated[str, words.option("--fail-on", metavar="LEVEL", key="preflight --fail-on")] = "",
        baseline: Annotated[Path | None, words.option("--baseline", metavar="FILE")] = None,
        write_baseline: Annotated[bool, words.option("--write-baseline")] = False,
        deep: Annotated[bool, words.option("--deep")] = False,
        no_ink: Annotated[bool, words.option("--no-ink")] = False,
        html: Annotated[Path | None, words.option("--html", metavar="OUT.html")] = None,
        marked: Annotated[Path | None, words.option("--marked", metavar="OUT.pdf")] = None,
        as_json: Annotated[bool, words.option("--json")] = False,
    ) -> int:
        from layout import pipeline

        level = chosen_level(fail_on, "warning", strict=strict)
        _distinct(file, html, marked, baseline)
        options = pipeline.Options(press=press or None, baseline=baseline, write_baseline=write_baseline)
        verdict = pipeline.preflight(file, options, ink=not no_ink, deep=deep)
        _written(file, verdict, context.lang, html, marked)
        if as_json:
            json.dump(verdict.as_json(context.lang), sys.stdout, ensure_ascii=False, indent=1)
            print()
        else:
            if shown := [each for each in verdict.findings if not each.known]:
                context.show(_table(shown, context))
            for line in (*_not_run(verdict, context), *_overrides(verdict, context)):
                print(line)
            print(_sentence(file, verdict.findings, context))
        return int(fails(verdict.findings, level))


def _distinct(file: Path, *outputs: Path | None) -> None:
    """Raises ``UsageError`` for an output that would overwrite the file under test."""
    for each in outputs:
        if each is not None and each.resolve() == file.resolve():
            raise UsageError(Message(f"不能写在被检查的文件上：{each}。", f"It would overwrite the file: {each}."))


def _written(file: Path, verdict: "Verdict", lang: Lang, html: Path | None, marked: Path | None) -> None:
    """Writes the reports that the options name."""
    if html is not None:
        from layout.proof.marked_html import marked_html

        html.write_text(marked_html(file, verdict, lang), encoding="utf-8")
    if marked is not None:
        from layout.proof.marked import marked_pdf

        marked.write_bytes(marked_pdf(file, verdict, lang))


def _table(findings: Sequence[Finding], context: CommandContext) -> "Table":
    """The findings, the gravest first, each with what to do about it."""
    from rich.table import Table
    from rich.text import Text

    from layout.proof.finding_location import page_words
    from layout.proof.report import ordered

    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in (("程度", "severity"), ("检查", "check"), ("位置", "where"), ("问题", "finding")):
        table.add_column(context.say(*head), overflow="fold", no_wrap=head[0] in {"程度", "检查"})
    for finding in ordered(findings):
        words, colour = _GRAVE[finding.severity]
        where = "\n".join(part for part in (page_words(finding, context.lang), _spot(finding, context)) if part)
        message = finding.message.text(context.lang)
        hint = f"\n→ {finding.hint.text(context.lang)}" if finding.hint else ""
        table.add_row(Text(context.say(*words), style=colour), finding.check, where, message + hint)
    return table


def _spot(finding: Finding, context: CommandContext) -> str:
    """The first place on the page, from the trimmed page's top left corner."""
    from layout.units import mm

    boxes = finding.boxes
    if not boxes:
        return ""
    x, y = round(mm(boxes[0].x)), round(mm(boxes[0].y))
    more = context.say(f" 等 {len(boxes)} 处", f" and {len(boxes) - 1} more") if len(boxes) > 1 else ""
    return context.say(f"左 {x} 上 {y} mm{more}", f"{x} mm from left, {y} from top{more}")


def _not_run(verdict: "Verdict", context: CommandContext) -> Iterator[str]:
    """What was not carried out, a line for each reason."""
    reasons: dict[str, list[str]] = {}
    for check, why in verdict.not_run():
        reasons.setdefault(why.text(context.lang), []).append(check)
    for reason, names in reasons.items():
        yield context.say(f"没有做：{'、'.join(names)}（{reason}）。", f"Not run: {', '.join(names)} ({reason}).")


def _overrides(verdict: "Verdict", context: CommandContext) -> Iterator[str]:
    """What the plant's own file changed of the profile that it extends, and why: a line each."""
    for each in verdict.press.reasons:
        change = f"{each.key} {toml_text(each.was)} → {toml_text(each.value)}"
        yield context.say(f"印厂改动：{change}：{each.reason}", f"Changed by the plant: {change}: {each.reason}")


def toml_text(value: object) -> str:
    """A value as TOML writes it, but text without its quotes."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def _sentence(file: Path, findings: Sequence[Finding], context: CommandContext) -> str:
    errors = sum(finding.severity is Severity.ERROR for finding in findings if not finding.known)
    warnings = sum(finding.severity is Severity.WARNING for finding in findings if not finding.known)
    known = f"{words} " if (words := known_words(findings, context.lang)) else ""
    if not errors and not warnings:
        return known + context.say(f"{file}：合格。", f"{file}: passes.")
    return known + context.say(
        f"{file}：错误 {errors}，警告 {warnings}。", f"{file}: errors {errors}, warnings {warnings}."
    )
