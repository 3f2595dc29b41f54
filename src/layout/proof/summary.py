"""summary.md: the report for people, as a CI job's page shows it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from layout.errors import Lang

ESCAPES = str.maketrans({**{char: f"\\{char}" for char in "\\|*_[]`~#"}, "&": "&amp;", "<": "&lt;", ">": "&gt;"})

MAX_ROWS = 100
"""Findings shown; job pages cut long summaries off anyway."""

QUOTED = 60
"""Characters quoted of a passage; a longer one loses its middle."""


def summary(report: Mapping[str, Any], lang: Lang = "zh") -> str:
    """Markdown of a report (``Report.as_json``): counts, pages, findings with their places, fitting changes, files."""
    word = _words(lang)
    count = report["severities"]
    verdict = " · ".join(f"{word[key]} {count[key]}" for key in ("error", "warning", "note") if count[key])
    parts = [
        f"# {_plain(report['title'])}",
        f"{report['date']} · {word['press']} {_plain(report['press']['name'])} · {verdict or word['clean']}",
        word["lost" if report["characters"]["overset"] else "set_all"].format(**report["characters"]),
        _pages(report["pages"], word),
        _against(report.get("against"), f"{report['issue']}-against.pdf", word),
        _findings(report["findings"], word),
        _changes(report["pages"], word),
        _files(report["files"], word),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


@cache
def _words(lang: Lang) -> Mapping[str, str]:
    table = tomllib.loads((files(__package__) / "summary.toml").read_text(encoding="utf-8"))
    return {key: said[lang] for key, said in table.items()}


def _pages(pages: Sequence[Mapping[str, Any]], word: Mapping[str, str]) -> str:
    heads = ("page", "title", "size", "copy", "set", "overset", "pictures", "ppi")
    rows = []
    for page in pages:
        characters, pictures = page["characters"], page["pictures"]
        rows.append(
            (
                page["number"], _plain(page["title"]), f"{page['width_mm']:.0f} × {page['height_mm']:.0f}",
                characters["manuscript"], characters["set"], characters["overset"] or "",
                len(pictures), min((picture["ppi"] for picture in pictures), default=""),
            )
        )  # fmt: skip
    return _table([word[head] for head in heads], rows)


def _findings(findings: Sequence[Mapping[str, Any]], word: Mapping[str, str]) -> str:
    if not findings:
        return ""
    rows = [
        (
            word[each["severity"]],
            f"`{each['check']}`",
            _plain(each["place"] or "") or (f"{word['page']} {each['page']}" if each["page"] else ""),
            _plain(each["message"]) + (f"<br>{_plain(each['hint'])}" if each["hint"] else ""),
        )
        for each in findings[:MAX_ROWS]
    ]
    table = _table([word[head] for head in ("severity", "check", "place", "message")], rows)
    more = len(findings) - len(rows)
    return f"## {word['findings']}\n\n{table}" + (f"\n\n{word['more'].format(count=more)}" if more else "")


def _changes(pages: Sequence[Mapping[str, Any]], word: Mapping[str, str]) -> str:
    rows = [
        (page["number"], _plain(change["what"]), f"{change['wanted']:g}", f"{change['got']:g}")
        for page in pages
        for change in page["changes"]
    ]
    if not rows:
        return ""
    return f"## {word['changes']}\n\n{_table([word[head] for head in ('page', 'what', 'wanted', 'got')], rows)}"


def _against(against: Mapping[str, Any] | None, pdf: str, word: Mapping[str, str]) -> str:
    if against is None:
        return ""
    head = f"## {word['against'].format(file=_plain(against['file']))}"
    if not against["passages"] and not against["regions"]:
        return f"{head}\n\n{word['same']}"
    told = word["differs"].format(
        passages=against["passages"], regions=against["regions"], pdf=_plain(pdf), **against["characters"]
    )
    rows = [
        (page["number"], number, word[each["kind"]], _quoted(each["old"]), _quoted(each["new"]), _context(each))
        for page in against["pages"]
        for number, each in enumerate(page["passages"], 1)
    ]
    if not rows:
        return f"{head}\n\n{told}"
    table = _table([word[key] for key in ("page", "number", "change", "old", "new", "context")], rows[:MAX_ROWS])
    more = len(rows) - MAX_ROWS
    return f"{head}\n\n{told}\n\n{table}" + (f"\n\n{word['more'].format(count=more)}" if more > 0 else "")


def _quoted(text: str) -> str:
    return _plain(text if len(text) <= QUOTED else f"{text[: QUOTED // 2]}……{text[-QUOTED // 2 :]}")


def _context(passage: Mapping[str, Any]) -> str:
    return f"{_plain(passage['before'])}〔…〕{_plain(passage['after'])}"


def _files(files: Sequence[Mapping[str, Any]], word: Mapping[str, str]) -> str:
    if not files:
        return ""
    rows = [(_plain(each["name"]), f"{each['size']:,}", f"`{each['sha256'][:16]}`") for each in files]
    return f"## {word['files']}\n\n{_table([word['files'], word['bytes'], 'SHA-256'], rows)}"


def _table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def _plain(value: object) -> str:
    """The newsroom's own words as table text: on one line, and none of them taken for Markdown or HTML."""
    return " ".join(str(value).split()).translate(ESCAPES)
