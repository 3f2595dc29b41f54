"""Writes the verdict as one HTML file: page pictures with the findings framed on them, findings, checks, plates."""

from __future__ import annotations

import base64
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template

from layout.checks import Severity, registry
from layout.errors import Lang
from layout.preflight.verdict import Verdict
from layout.proof.box_style import box_style
from layout.proof.finding_location import where_words
from layout.proof.folded import Folded, folded
from layout.proof.marked import Framed, framed, page_picture
from layout.proof.standalone_html import standalone_html

PPI = 72.0
MAX_PAGES = 24
"""Pages shown; the tables are always whole."""


@cache
def _file(ending: str) -> str:
    return (files(__package__) / f"marked_html.{ending}").read_text(encoding="utf-8")


@cache
def _words(lang: Lang) -> Mapping[str, str]:
    table = tomllib.loads(_file("toml"))
    return {key: message[lang] for key, message in table["words"].items()}


def marked_html(pdf: bytes | Path, verdict: Verdict, lang: Lang = "zh") -> str:
    """The report in *lang*: it loads no other file, and holds no date.

    The same file and verdict give the same text. Whatever the PDF says of itself is escaped.
    """
    word = _words(lang)
    errors, warnings = verdict.count(Severity.ERROR), verdict.count(Severity.WARNING)
    clean = not errors and not warnings
    body = Template(_file("html")).substitute(
        name=escape(verdict.name),
        press=escape(f"{verdict.press.title.message().text(lang)}（{verdict.press.name}）"),
        state="ok" if clean else "bad" if errors else "warn",
        summary=word["clean"] if clean else word["counts"].format(errors=errors, warnings=warnings),
        reasons="".join(f"<p>{escape(each.text(lang))}</p>" for each in verdict.remarks) + _reasons(verdict, word),
        findings="".join(
            _finding(number, each, word, lang) for number, each in enumerate(folded(verdict.findings), start=1)
        ),
        pages="".join(_pages(pdf, verdict, word)),
        plates=_plates(verdict, word),
        checks=_checks(verdict, word, lang),
        **{f"head_{key}": word[key] for key in ("findings", "pages", "plates", "checks", "press")},
    )
    return standalone_html(verdict.name, body, lang=lang, style=_file("css"))


def _reasons(verdict: Verdict, word: Mapping[str, str]) -> str:
    rows = [
        (escape(each.key), escape(f"{each.was} → {each.value}"), escape(each.reason)) for each in verdict.press.reasons
    ]
    return _table(("override", "value", "reason"), rows, word) if rows else ""


def _finding(number: int, group: Folded, word: Mapping[str, str], lang: Lang) -> str:
    finding = group.first
    kind = finding.severity.name.lower()
    lines = finding.hint.lines(lang) if finding.hint else ()
    hint = "".join(f'<p class="hint">→ {escape(each)}</p>' for each in lines)
    link = f'<a href="#box-{number}">{number}</a>' if group.places else str(number)
    known = registry().all().get(finding.check)
    title = known.rationale.text(lang) if known else ""
    return (
        f'<li id="finding-{number}" class="{kind}"><span class="number">{link}</span>'
        f'<div><p><b>{escape(word[kind])}</b> <span class="where">{escape(where_words(group, lang))}</span> '
        f'{escape(group.message(lang))}</p>{hint}<p class="why"><code>{escape(finding.check)}</code> '
        f"{escape(title)}</p></div></li>"
    )


def _pages(pdf: bytes | Path, verdict: Verdict, word: Mapping[str, str]) -> Iterator[str]:
    anchored: set[int] = set()
    for page_no, paper in enumerate(verdict.papers[:MAX_PAGES], start=1):
        picture = page_picture(pdf, verdict, page_no, PPI)
        frames = "".join(_frame(each, paper.width, paper.height, anchored) for each in framed(verdict, page_no))
        shown = (
            f'<img alt="" src="data:image/jpeg;base64,{base64.b64encode(picture).decode("ascii")}">'
            if picture is not None
            else f'<p class="blank">{word["not_drawn"]}</p>'
        )
        caption = f"<figcaption>{word['page'].format(page_no)}</figcaption>"
        yield f'<figure>{caption}<div class="page">{shown}{frames}</div></figure>'


def _frame(each: Framed, wide: float, high: float, anchored: set[int]) -> str:
    marks = []
    for box in each.boxes:
        anchor = "" if each.number in anchored else f' id="box-{each.number}"'
        anchored.add(each.number)
        style = box_style(box, wide, high)
        kind = each.finding.severity.name.lower()
        marks.append(
            f'<a{anchor} class="{kind}" href="#finding-{each.number}" style="{style}"><i>{each.number}</i></a>'
        )
    return "".join(marks)


def _plates(verdict: Verdict, word: Mapping[str, str]) -> str:
    if not verdict.plates:
        return f"<p>{word['no_plates']}</p>"
    rows = [
        (word["page"].format(number), *(f"{each[ink]:.1f} %" for ink in "CMYK"))
        for number, each in enumerate(verdict.plates, start=1)
        if each
    ]
    return _table(("where", "C", "M", "Y", "K"), rows, word)


def _checks(verdict: Verdict, word: Mapping[str, str], lang: Lang) -> str:
    known = registry().all()
    rows = []
    for check, result in verdict.results.items():
        status = word[result.status.replace(" ", "_")]
        # Why a check is off stands once, among what the plant changed.
        why = f"：{escape(result.why.text(lang))}" if result.why is not None and result.status != "off" else ""
        kind = {"passed": "ok", "found": "bad"}.get(result.status, "warn")
        rows.append(
            (f"<code>{check}</code>", escape(known[check].name.text(lang)), escape(known[check].authority),
             f'<span class="{kind}">{status}</span>{why}')
        )  # fmt: skip
    return _table(("check", "title", "authority", "status"), rows, word)


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]], word: Mapping[str, str]) -> str:
    """A table; *rows* are HTML already."""
    top = "".join(f"<th>{word.get(head, head)}</th>" for head in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table>"
