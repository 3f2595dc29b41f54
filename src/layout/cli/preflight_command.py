"""preflight: the verdict on any PDF. (Typer reads the annotations while these functions run.)"""
# ruff: noqa: PLC0415

import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from layout.checks import Finding, Severity, fails
from layout.cli.console import CommandContext, chosen_level, known_words
from layout.errors import Lang, Message, PrintError, UsageError

if TYPE_CHECKING:
    from rich.table import Table

    from layout.json_values import JsonObject
    from layout.preflight.verdict import Verdict
    from layout.proof.folded import Folded

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
        pages: Annotated[str, words.option("--pages", metavar="1-8,12", key="preflight --pages")] = "",
        html: Annotated[Path | None, words.option("--html", metavar="OUT.html")] = None,
        marked: Annotated[Path | None, words.option("--marked", metavar="OUT.pdf")] = None,
        zones: Annotated[Path | None, words.option("--zones", metavar="OUT.csv")] = None,
        certificate: Annotated[Path | None, words.option("--certificate", metavar="OUT.json")] = None,
        verify: Annotated[Path | None, words.option("--verify", metavar="CERT.json")] = None,
        watch: Annotated[bool, words.option("--watch")] = False,
        results: Annotated[list[Path] | None, words.option("--results", metavar="FILE")] = None,
        as_json: Annotated[bool, words.option("--json")] = False,
    ) -> int:
        level = chosen_level(fail_on, "warning", strict=strict)
        if watch:
            from layout.cli.hot_folder_command import watch_folder

            alone = {"--html": html, "--marked": marked, "--zones": zones, "--json": as_json, "--pages": pages}
            _only_once(
                {
                    **alone,
                    "--results": results,
                    "--certificate": certificate,
                    "--verify": verify,
                    "--write-baseline": write_baseline,
                }
            )
            asked = ["--fail-on", level, *(["--baseline", str(baseline.resolve())] if baseline else ())]
            asked += [name for name, on in {"--deep": deep, "--no-ink": no_ink}.items() if on]
            return watch_folder(file, press, asked, context)
        from layout import pipeline
        from layout.cli.certificates import certified, digest_of, held_to, readable_form, write_certificate
        from layout.proof.certificate import read_certificate

        _distinct(file, html, marked, baseline, zones, certificate, *(results or ()))
        _distinct(file, readable_form(certificate) if certificate else None)
        if zones is not None and no_ink:
            raise UsageError(
                Message("--zones 要画色版，不能和 --no-ink 同用。", "--zones needs the plates: not with --no-ink.")
            )
        filed = read_certificate(verify) if verify else None
        before = digest_of(file) if file.is_file() and (certificate or verify) else ""
        chosen = press or _press_of(filed) or None
        options = pipeline.Options(press=chosen, baseline=baseline, write_baseline=write_baseline, pages=pages or None)
        options = replace(options, results=tuple(results or ()), fail_on=level, lang=context.lang)
        verdict = pipeline.preflight(file, options, ink=not no_ink, deep=deep, zones=zones is not None)
        for remark in verdict.remarks:
            print(remark.text(context.lang), file=sys.stderr)
        _written(file, verdict, context.lang, html, marked)
        if zones is not None:
            _write_zones(zones, verdict)
        if certificate is not None or filed is not None:
            made = certified(file, verdict, level, before)
            if certificate is not None:
                write_certificate(certificate, made, verdict, context)
            if filed is not None:
                return held_to(filed, made, context)
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


def _only_once(given: Mapping[str, object]) -> None:
    """Raises ``UsageError`` for an option that names one file's report, where many files will come."""
    for name, value in given.items():
        if value:
            raise UsageError(
                Message(f"{name} 不能和 --watch 同用。", f"{name} does not go with --watch."),
                hint=Message("每个文件的报告自会放在它旁边。", "Each file's reports are put beside it."),
            )


def _press_of(filed: "JsonObject | None") -> str:
    """The press profile of a certificate, by its name."""
    press = filed.get("press") if filed else None
    return str(press.get("name", "")) if isinstance(press, dict) else ""


def _distinct(file: Path, *outputs: Path | None) -> None:
    """Raises ``UsageError`` for an output that would overwrite the file under test."""
    for each in outputs:
        if each is not None and each.resolve() == file.resolve():
            raise UsageError(Message(f"不能写在被检查的文件上：{each}。", f"It would overwrite the file: {each}."))


def _written(file: Path, verdict: "Verdict", lang: Lang, html: Path | None, marked: Path | None) -> None:
    """Writes the reports that the options name, all or none."""
    from layout.pipeline.output import write_all

    written: dict[Path, bytes] = {}
    if html is not None:
        from layout.proof.marked_html import marked_html

        written[html] = marked_html(file, verdict, lang).encode()
    if marked is not None:
        from layout.proof.marked import marked_pdf

        written[marked] = marked_pdf(file, verdict, lang)
    write_all(written)


def _write_zones(path: Path, verdict: "Verdict") -> None:
    """Writes the ink of each zone of the fountain. Raises ``PrintError`` where no plate was drawn."""
    from layout.pipeline.output import write_all
    from layout.preflight.ink_zones import as_csv

    if not verdict.zones:
        why = dict(verdict.not_run()).get("ink.raster", Message("色版画不出来", "the plates could not be drawn"))
        raise PrintError(
            Message(f"写不出墨区表：{why.zh}。", f"There are no ink zones to write: {why.en}."),
            hint=Message("装上 Ghostscript；见 layout doctor。", "Install Ghostscript; see layout doctor."),
        )
    write_all({path: as_csv(verdict.zones)})


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
        hint = "".join(f"\n→ {each}" for each in finding.hint.lines(context.lang)) if finding.hint else ""
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
    """What the plant's own file changed of the profile that it extends, and what it wants otherwise: a line each."""
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
