"""The proofreader's report, as Markdown, HTML or JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from types import MappingProxyType
from typing import Literal

from layout.checks import Finding, Severity
from layout.errors import Lang, Message
from layout.proofreading.desk import DeskCopy
from layout.proofreading.error_rate import ErrorRate
from layout.proofreading.families import FAMILIES, family_of

ReportForm = Literal["md", "html", "json"]
_GRAVITY: Mapping[Severity, Message] = MappingProxyType({
    Severity.ERROR: Message("错误", "error"),
    Severity.WARNING: Message("警告", "warning"),
    Severity.NOTE: Message("提示", "note"),
})  # fmt: skip
_HEADS = (
    Message("位置", "place"),
    Message("原文", "copy"),
    Message("程度", "gravity"),
    Message("问题", "finding"),
    Message("怎么改", "what to do"),
)
_AROUND = 12
"""Characters of the copy before and after what was found: enough to know the sentence again."""
_STYLE = (
    "body{font:16px/1.6 sans-serif;margin:2em auto;max-width:60em}table{border-collapse:collapse;width:100%}"
    "td,th{border-bottom:1px solid #ccc;padding:.3em .6em;text-align:left;vertical-align:top}"
    ".error{color:#b00}.warning{color:#850}.note{color:#555}code{color:#555}"
)


def report(
    form: ReportForm, findings: Sequence[Finding], copies: Sequence[DeskCopy], rate: ErrorRate, lang: Lang
) -> str:
    """The report of *findings* in *copies*, by file and line, with the error rate."""
    if form == "json":
        return _json(findings, copies, rate, lang)
    title = Message("校对报告", "Proofreading").text(lang)
    words = _words(copies)
    rows = [_row(each, words, lang) for each in findings]
    summary = [rate_sentence(rate, lang), *_counted(rate, lang)]
    if form == "md":
        head = [each.text(lang) for each in _HEADS]
        table = [head, ["---"] * len(head), *([cell.replace("|", "\\|") for cell in row] for row in rows)]
        lines = [f"# {title}", "", *(f"- {line}" for line in summary), ""]
        return "\n".join([*lines, *(f"| {' | '.join(row)} |" for row in table)]) + "\n"
    cells = "".join(
        f'<tr class="{each.severity.name.lower()}">{"".join(f"<td>{escape(cell)}</td>" for cell in row)}</tr>\n'
        for each, row in zip(findings, rows, strict=True)
    )
    heads = "".join(f"<th>{escape(each.text(lang))}</th>" for each in _HEADS)
    listed = "".join(f"<li>{escape(line)}</li>" for line in summary)
    tongue = "zh-CN" if lang == "zh" else "en"
    return (
        f'<!DOCTYPE html>\n<html lang="{tongue}"><meta charset="utf-8"><title>{title}</title><style>{_STYLE}</style>\n'
        f"<h1>{title}</h1>\n<ul>{listed}</ul>\n<table><tr>{heads}</tr>\n{cells}</table></html>\n"
    )


def _words(copies: Sequence[DeskCopy]) -> Mapping[tuple[str, int], str]:
    """The paragraph on each line."""
    return {
        (paragraph.place.file, paragraph.place.line or 0): paragraph.text
        for copy in copies
        for paragraph in copy.paragraphs
        if paragraph.runs
    }


def _around(finding: Finding, words: Mapping[tuple[str, int], str]) -> str:
    """What was found, between the words around it."""
    place, found = finding.place, str(finding.amount.get("found", "")).rstrip("…")
    text = words.get((place.file, place.line or 0), "") if place else ""
    near = max((place.column or 1) - 1 - _AROUND, 0) if place else 0
    at = text.find(found, near) if found else -1
    at = text.find(found) if at < 0 else at
    if at < 0:
        return ""
    before, after = text[max(at - _AROUND, 0) : at], text[at + len(found) : at + len(found) + _AROUND]
    opens, ends = "…" if at > _AROUND else "", "…" if at + len(found) + _AROUND < len(text) else ""
    return f"{opens}{before}【{found}】{after}{ends}"


def _row(finding: Finding, words: Mapping[tuple[str, int], str], lang: Lang) -> list[str]:
    hint = finding.hint.text(lang) if finding.hint else ""
    message = f"{finding.message.text(lang)} [{finding.check}]"
    place = str(finding.place) if finding.place else ""
    return [place, _around(finding, words), _GRAVITY[finding.severity].text(lang), message, hint]


def rate_sentence(rate: ErrorRate, lang: Lang) -> str:
    """What the counting comes to, in one sentence."""
    passes = Message("合格", "passes") if rate.passes else Message("不合格", "fails")
    share = f"{rate.rate:g}"
    return Message(
        f"按编校差错率计：{rate.characters} 字，差错 {rate.weight:g} 个，"
        f"万分之 {share}（限万分之 {rate.limit:g}，{passes.zh}）。",
        f"By the official counting: {rate.characters} characters, errors weighing {rate.weight:g}, "
        f"{share} in 10,000 (limit {rate.limit:g}: it {passes.en}).",
    ).text(lang)


def _counted(rate: ErrorRate, lang: Lang) -> list[str]:
    return [
        Message(
            f"{each.zh}：{each.errors} 处，计 {each.weight:g} 个", f"{each.en}: {each.errors}, weighing {each.weight:g}"
        ).text(lang)
        for each in rate.classes
    ]


def _json(findings: Sequence[Finding], copies: Sequence[DeskCopy], rate: ErrorRate, lang: Lang) -> str:
    values = {
        "files": list(dict.fromkeys(copy.file for copy in copies)),
        "error_rate": {
            "characters": rate.characters,
            "weight": rate.weight,
            "per_10000": rate.rate,
            "limit": rate.limit,
            "classes": {each.id: {"errors": each.errors, "weight": each.weight} for each in rate.classes},
        },
        "findings": [
            {
                **each.as_json(lang),
                "family": family_of(each.check),
                "family_name": FAMILIES.get(family_of(each.check), ("", ""))[0 if lang == "zh" else 1],
                "line": each.place.line if each.place else None,
                "column": each.place.column if each.place else None,
            }
            for each in findings
        ],
    }
    return json.dumps(values, ensure_ascii=False, indent=1) + "\n"
