"""preflight: the verdict on any PDF. (Typer reads the annotations while these functions run.)"""
# ruff: noqa: PLC0415

import json
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from layout.checks import Finding, Severity
from layout.cli.console import CommandContext
from layout.errors import Lang, LayoutError, Message, UsageError

if TYPE_CHECKING:
    from rich.table import Table

    from layout.preflight.verdict import Verdict
    from layout.press import PressProfile
    from layout.proof.folded import Folded

PRESS = "newsprint-coldset"
"""A PDF by itself does not say where it will be printed; most newspapers are printed so."""

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
        deep: Annotated[bool, words.option("--deep")] = False,
        no_ink: Annotated[bool, words.option("--no-ink")] = False,
        pages: Annotated[str, words.option("--pages", metavar="1-8,12")] = "",
        html: Annotated[Path | None, words.option("--html", metavar="OUT.html")] = None,
        marked: Annotated[Path | None, words.option("--marked", metavar="OUT.pdf")] = None,
        as_json: Annotated[bool, words.option("--json")] = False,
    ) -> int:
        if not file.is_file():
            raise UsageError(
                Message(f"没有文件 {file}。", f"There is no file {file}."),
                hint=Message("查一查路径。", "Check the path."),
            )
        _distinct(file, html, marked)
        verdict = _verdict(file, press, ink=not no_ink, deep=deep, pages=_chosen(file, pages))
        _written(file, verdict, context.lang, html, marked)
        if as_json:
            json.dump(verdict.as_json(context.lang), sys.stdout, ensure_ascii=False, indent=1)
            print()
        else:
            if verdict.findings:
                context.show(_table(verdict.findings, context))
            for line in (*_not_run(verdict, context), *_overrides(verdict, context)):
                print(line)
            print(_sentence(file, verdict.findings, context))
        return verdict_code(verdict.findings, strict=strict)


def _chosen(file: Path, written: str) -> Collection[int] | None:
    """The pages of *file* that ``1-8,12`` names; ``None`` for all. Raises ``UsageError`` for what is no such list."""
    if not written:
        return None
    from layout.pipeline.options import chosen_pages
    from layout.preflight.objects import opened

    with opened(file) as pdf:
        return chosen_pages(written, range(1, len(pdf.pages) + 1))


def _verdict(file: Path, press: str, *, ink: bool, deep: bool, pages: Collection[int] | None) -> "Verdict":
    """The verdict, with sources where a build's report knows the file."""
    from layout.preflight.source_map import source_map
    from layout.preflight.verdict import examine

    known = source_map(file)
    profile = _profile(press, known.press if known else "")
    verdict = examine(file, profile, known.expected if known else None, ink=ink, deep=deep, pages=pages)
    return verdict if known is None else replace(verdict, findings=tuple(map(known.located, verdict.findings)))


def _profile(chosen: str, reported: str) -> "PressProfile":
    """The press profile *chosen*; else the one of the build that made the file; else the most common one."""
    from layout import assets
    from layout.press.load import load_profile

    if chosen:
        return load_profile(Path(chosen) if chosen.endswith(".toml") else chosen, [assets.press_dir()])
    try:
        return load_profile(reported or PRESS, [assets.press_dir()])
    except LayoutError:  # the plant's own file, which lies with the issue
        return load_profile(PRESS, [assets.press_dir()])


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
    """The findings, the gravest first, what is the same on several pages once, each with what to do about it."""
    from rich.table import Table
    from rich.text import Text

    from layout.proof.finding_location import where_words
    from layout.proof.folded import folded
    from layout.proof.report import ordered

    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in (("程度", "severity"), ("检查", "check"), ("位置", "where"), ("问题", "finding")):
        table.add_column(context.say(*head), overflow="fold", no_wrap=head[0] in {"程度", "检查"})
    for group in folded(ordered(findings)):
        finding = group.first
        words, colour = _GRAVE[finding.severity]
        where = "\n".join(part for part in (where_words(group, context.lang), _spot(group, context)) if part)
        message = group.message(context.lang)
        hint = f"\n→ {finding.hint.text(context.lang)}" if finding.hint else ""
        table.add_row(Text(context.say(*words), style=colour), finding.check, where, message + hint)
    return table


def _spot(group: "Folded", context: CommandContext) -> str:
    """The first place on its page, from the trimmed page's top left corner."""
    from layout.units import mm

    box, places = next((box for each in group.findings for box in each.boxes), None), group.places
    if box is None:
        return ""
    x, y = round(mm(box.x)), round(mm(box.y))
    more = context.say(f" 等 {places} 处", f" and {places - 1} more") if places > 1 else ""
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
    errors = sum(finding.severity is Severity.ERROR for finding in findings)
    warnings = sum(finding.severity is Severity.WARNING for finding in findings)
    if not errors and not warnings:
        return context.say(f"{file}：合格。", f"{file}: passes.")
    return context.say(f"{file}：错误 {errors}，警告 {warnings}。", f"{file}: errors {errors}, warnings {warnings}.")


def verdict_code(findings: Sequence[Finding], *, strict: bool) -> int:
    """The exit code: 1 for a file with errors or warnings, else 0; with *strict* notes count too."""
    limit = Severity.NOTE if strict else Severity.WARNING
    return int(any(finding.severity >= limit for finding in findings))
