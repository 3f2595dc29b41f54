"""Writes summary.md: the report for people, as a CI job's page shows it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from layout.copyfit.scores import PRICE_WORDS
from layout.errors import Lang
from layout.flows import Chain
from layout.makeup.arrangement_report import rule_words
from layout.proof.arrangement_json import ArrangementJson
from layout.proof.concession_text import unit_words
from layout.proof.markdown_table import as_plain, markdown_table
from layout.proof.marks.judgement import STATUS_WORDS
from layout.proof.marks.kinds import mark_kinds
from layout.proof.report_json import (
    DifferenceJson,
    FileJson,
    FindingJson,
    JudgedMarkJson,
    PageJson,
    PassageJson,
    ReasonJson,
    ReportJson,
    VariantJson,
)

MAX_ROWS = 100
"""Rows of a table that are shown; job pages cut long summaries off anyway."""

QUOTED = 60
"""Characters quoted of a passage; a longer one loses its middle."""


def summary(report: ReportJson, lang: Lang = "zh") -> str:
    """Markdown of a report: counts, pages, findings, fitting changes, files."""
    word = _words(lang)
    count = report["severities"]
    verdict = " · ".join(f"{word[key]} {count[key]}" for key in ("error", "warning", "note") if count[key])
    parts = [
        f"# {as_plain(report['title'])}",
        f"{report['date']} · {word['press']} {as_plain(report['press']['name'])} · {verdict or word['clean']}",
        word["lost" if report["characters"]["overset"] else "set_all"].format(**report["characters"]),
        _killed(report.get("killed", ()), word),
        _pages(report["pages"], word),
        _against(report.get("against"), word),
        _marks(report.get("marks", ()), word, lang),
        _reasons(report["press"]["reasons"], word),
        _findings(report["findings"], word),
        _suggestions(report["pages"], word),
        _changes(report["pages"], word, lang),
        _crops(report["pages"], word),
        _variants(report["pages"], word),
        _made_up(report["pages"], word, lang),
        _ink(report["pages"], word),
        _files([*report["files"], *report.get("proofs", ())], word),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


@cache
def _words(lang: Lang) -> Mapping[str, str]:
    table = tomllib.loads((files(__package__) / "summary.toml").read_text(encoding="utf-8"))
    kinds = {f"kind_{kind}": words.short.text(lang) for kind, words in PRICE_WORDS.items()}
    return {key: message[lang] for key, message in table.items()} | kinds


def _killed(names: Sequence[str], word: Mapping[str, str]) -> str:
    """The stories that are taken out, and stand on no page."""
    return word["killed"].format(names=word["between"].join(as_plain(name) for name in names)) if names else ""


def _pages(pages: Sequence[PageJson], word: Mapping[str, str]) -> str:
    heads = ("page", "title", "size", "copy", "set", "overset", "pictures", "ppi")
    rows = []
    for page in pages:
        characters, pictures = page["characters"], page["pictures"]
        rows.append(
            (
                page["number"], as_plain(page["title"]), f"{page['width_mm']:.0f} × {page['height_mm']:.0f}",
                characters["manuscript"], characters["set"], characters["overset"] or "",
                len(pictures), min((picture["ppi"] for picture in pictures if picture["ppi"]), default=""),
            )
        )  # fmt: skip
    return markdown_table([word[head] for head in heads], rows)


def _reasons(reasons: Sequence[ReasonJson], word: Mapping[str, str]) -> str:
    """What the plant's own profile changed, each with its reason."""
    if not reasons:
        return ""
    rows = [
        (f"`{each['key']}`", _value(each["was"]), _value(each["value"]), as_plain(each["reason"])) for each in reasons
    ]
    return f"## {word['reasons']}\n\n{markdown_table([word[key] for key in ('key', 'was', 'is', 'reason')], rows)}"


def _value(value: object) -> str:
    return f"{value:g}" if isinstance(value, float) else as_plain(value)


def _ink(pages: Sequence[PageJson], word: Mapping[str, str]) -> str:
    """How much of each page its plates cover, where they were drawn."""
    rows = [
        (
            page["number"],
            *(f"{share:.1f} %" for share in page["ink"]["coverage_percent"].values()),
            f"{page['ink']['most_percent']:.0f} %",
        )
        for page in pages
        if "ink" in page
    ]
    return f"## {word['ink']}\n\n{markdown_table([word['page'], *'CMYK', word['most_ink']], rows)}" if rows else ""


def _findings(findings: Sequence[FindingJson], word: Mapping[str, str]) -> str:
    if not findings:
        return ""
    rows = [
        (
            word["known"].format(severity=word[each["severity"]]) if each.get("known") else word[each["severity"]],
            f"`{each['check']}`",
            _where(each, word),
            as_plain(each["message"]) + (f"<br>{as_plain(each['hint'])}" if each["hint"] else ""),
        )
        for each in findings
    ]
    return f"## {word['findings']}\n\n{_bounded(('severity', 'check', 'place', 'message'), rows, word)}"


def _bounded(heads: Sequence[str], rows: Sequence[Sequence[object]], word: Mapping[str, str]) -> str:
    """A table of as many *rows* as are shown, and below it how many are not."""
    table, more = markdown_table([word[head] for head in heads], rows[:MAX_ROWS]), len(rows) - MAX_ROWS
    return f"{table}\n\n{word['more'].format(count=more)}" if more > 0 else table


def _where(finding: FindingJson, word: Mapping[str, str]) -> str:
    """The place in the newsroom's files, and in the design's; else the page."""
    places = [finding["place"], *finding["template"]]
    return "<br>".join(as_plain(place) for place in places if place) or (
        f"{word['page']} {finding['page']}" if finding["page"] else ""
    )


def _changes(pages: Sequence[PageJson], word: Mapping[str, str], lang: Lang) -> str:
    """Every fitting change with its amount and what it costs."""
    rows = [
        (
            page["number"], as_plain(change["what"]), f"{change['wanted']:g}", f"{change['got']:g}",
            unit_words(change["unit"], lang), f"{change['cost']:g}",
        )
        for page in pages
        for change in page["changes"]
    ]  # fmt: skip
    heads = ("page", "what", "wanted", "got", "unit", "cost")
    return f"## {word['changes']}\n\n{markdown_table([word[head] for head in heads], rows)}" if rows else ""


def _suggestions(pages: Sequence[PageJson], word: Mapping[str, str]) -> str:
    """What would mend a page that is not exactly full: tried, never made."""
    rows = [
        (
            page["number"],
            f"`{Chain.parse(each['flow']).called}`",
            word.get(each.get("reader", ""), ""),
            as_plain(each["what"]),
        )
        for page in pages
        for each in page.get("suggestions", ())
    ]
    return (
        f"## {word['suggestions']}\n\n{markdown_table([word[key] for key in ('page', 'text', 'reader', 'try')], rows)}"
        if rows
        else ""
    )


def _crops(pages: Sequence[PageJson], word: Mapping[str, str]) -> str:
    """The pictures of which something is cut away, and the pages that are placed: how much is shown, and why."""
    rows = [
        (
            page["number"], as_plain(each["id"]), f"{each['kept'][0]:.0%} × {each['kept'][1]:.0%}",
            f"{each['zoom']:g}", each["ppi"] or "", word[f"crop_{each['crop']}"],
        )
        for page in pages
        for each in page["pictures"]
        if each.get("crop", "whole") != "whole"
    ]  # fmt: skip
    heads = ("page", "picture", "kept", "zoom", "ppi_here", "why")
    return f"## {word['crops']}\n\n{markdown_table([word[head] for head in heads], rows)}" if rows else ""


def _variants(pages: Sequence[PageJson], word: Mapping[str, str]) -> str:
    """The variants of every page that has several: what each costs, for what, and why the first was chosen."""
    rows = [
        (page["number"], as_plain(each["name"]), "" if each["refused"] else f"{each['cost']:g}", _kinds(each, word),
         as_plain(each["why"] or each["refused"]))
        for page in pages
        if len(page["variants"]) > 1
        for each in page["variants"]
    ]  # fmt: skip
    heads = ("page", "variant", "cost", "kinds", "why")
    return f"## {word['variants']}\n\n{markdown_table([word[head] for head in heads], rows)}" if rows else ""


def _made_up(pages: Sequence[PageJson], word: Mapping[str, str], lang: Lang) -> str:
    """The arrangement of every page that was made up, its cost by rule, the next best and why each lost; what of the
    pool and the fillers was used, what gave way.
    """
    parts = []
    for page in pages:
        if (made := page.get("arrangement")) is None:
            continue
        named = [(word["written" if made["written"] else "chosen"], made["chosen"])]
        named += [(f"{word['next']} {number}", each) for number, each in enumerate(made["others"], 2)]
        rows = [
            (
                page["number"],
                name,
                as_plain(each["words"]),
                f"{each['cost']:g}",
                _rules(each, lang),
                as_plain(each["why"]),
            )
            for name, each in named
        ]
        parts.append(
            markdown_table([word[head] for head in ("page", "which", "tree", "cost", "kinds", "lost_for")], rows)
        )
        used = [
            word[f"{kind}_{what}"].format(page=page["number"], names=as_plain("、".join(made[kind][what])))
            for kind in ("pool", "fillers")
            for what in ("used", "left")
            if made[kind][what]
        ]
        gave = [word["gave_way"].format(page=page["number"], what=as_plain(each)) for each in made["gave_way"]]
        parts += ["\n".join(f"- {each}" for each in (*used, *gave))] if used or gave else []
    return "\n\n".join([f"## {word['made_up']}", *parts]) if parts else ""


def _rules(arrangement: ArrangementJson, lang: Lang) -> str:
    named = ((rule_words(rule, lang), cost) for rule, cost in arrangement["rules"].items())
    return as_plain(", ".join(f"{name} {cost:g}" for name, cost in named))


def _kinds(variant: VariantJson, word: Mapping[str, str]) -> str:
    kinds = variant["kinds"]
    # A report of another version may know kinds that have no words here.
    named = ((word.get(f"kind_{kind}", word["kind_other"]), cost) for kind, cost in kinds.items())
    return as_plain(", ".join(f"{name} {cost:g}" for name, cost in named))


def _against(against: DifferenceJson | None, word: Mapping[str, str]) -> str:
    if against is None:
        return ""
    head = f"## {word['against'].format(file=as_plain(against['file']))}"
    if otherwise := against.get("arrangements", ()):
        trees = [(each["number"], as_plain(each["old"]), as_plain(each["new"])) for each in otherwise]
        table = markdown_table([word[key] for key in ("page", "old_tree", "new_tree")], trees)
        head = f"{head}\n\n{word['arranged_otherwise']}\n\n{table}"
    if not against["passages"] and not against["regions"]:
        return f"{head}\n\n{word['same']}"
    sentence = word["differs"].format(passages=against["passages"], regions=against["regions"], **against["characters"])
    rows = [
        (page["number"], number, word[each["kind"]], _quoted(each["old"]), _quoted(each["new"]), _context(each))
        for page in against["pages"]
        for number, each in enumerate(page["passages"], 1)
    ]
    if not rows:
        return f"{head}\n\n{sentence}"
    table = _bounded(("page", "number", "change", "old", "new", "context"), rows, word)
    return f"{head}\n\n{sentence}\n\n{table}"


def _marks(marks: Sequence[JudgedMarkJson], word: Mapping[str, str], lang: Lang) -> str:
    """What became of the marks of earlier proof rounds: those that are not done first, and how many are."""
    if not marks:
        return ""
    left = sorted((each for each in marks if each["status"] != "done"), key=lambda each: each["status"] != "not done")
    counts = {status: sum(each["status"] == status for each in marks) for status in STATUS_WORDS}
    sentence = word["marks_counts"].format(*counts.values())
    kinds = mark_kinds()
    rows = [
        (
            STATUS_WORDS[each["status"]].text(lang), each["places"][0]["page"] if each["places"] else "",
            kinds[each["kind"]].name.text(lang), _quoted(each["quote"] or each.get("picture", "")),
            _quoted(each["text"]), as_plain(each["why"]), as_plain(each["place"] or ""),
        )
        for each in left
    ]  # fmt: skip
    heads = ("status", "page", "mark", "marked", "wish", "as_is", "place")
    table = f"\n\n{_bounded(heads, rows, word)}" if rows else ""
    return f"## {word['marks']}\n\n{sentence}{table}"


def _quoted(text: str) -> str:
    return as_plain(text if len(text) <= QUOTED else f"{text[: QUOTED // 2]}……{text[-QUOTED // 2 :]}")


def _context(passage: PassageJson) -> str:
    return f"{as_plain(passage['before'])}〔…〕{as_plain(passage['after'])}"


def _files(files: Sequence[FileJson], word: Mapping[str, str]) -> str:
    if not files:
        return ""
    rows = [(as_plain(each["name"]), f"{each['size']:,}", f"`{each['sha256'][:16]}`") for each in files]
    return f"## {word['files']}\n\n{markdown_table([word['files'], word['bytes'], 'SHA-256'], rows)}"


def changes_section(report: ReportJson, lang: Lang = "zh") -> str:
    """What changed since another round, with its own heading; nothing of a report that was compared with none."""
    return _against(report.get("against"), _words(lang))
