"""The table of checks: what each asks, why, on whose authority, and how grave its findings are."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from layout import assets
from layout.checks import Severity
from layout.errors import Lang, Said, UsageError
from layout.manuscript.notes import Rule
from layout.manuscript.notes import rules as copy_rules
from layout.press import load_profile


@dataclass(frozen=True, slots=True)
class Check:
    """One check, as checks.toml has it."""

    id: str
    severity: Severity
    authority: str
    title: Said
    rationale: Said
    remedy: Said
    threshold: tuple[str, ...]
    """Keys of the press profile that decide it."""
    limits: Mapping[str, Any]
    """Values that decide it and that no plant was seen to change."""
    needs: str = ""
    """What it cannot be carried out without besides the file: "plan", "manuscript", "gs", "deep", or nothing."""
    repeats: str = ""
    """The check that reports the same of our own pages before there is a PDF."""

    def explanation(self, lang: Lang) -> str:
        """A paragraph for a person who met the check's id in a report."""
        word = WORDS[lang]
        lines = [f"{self.id}  {self.title.text(lang)}", "", self.rationale.text(lang)]
        lines += [remedy, ""] if (remedy := self.remedy.text(lang)) else [""]
        lines.append(f"{word['severity']}{word[self.severity.name]}")
        lines.append(f"{word['authority']}{self.authority}")
        if self.threshold:
            values = ", ".join(f"{key} = {_value(key)}" for key in self.threshold)
            lines.append(f"{word['threshold']}{values} ({USUAL})")
        if self.limits:
            lines.append(f"{word['limits']}{', '.join(f'{key} = {value}' for key, value in self.limits.items())}")
        if self.needs:
            lines.append(f"{word['needs']}{word[self.needs]}")
        return "\n".join(lines)


USUAL = "newsprint-coldset"
"""The press profile whose values are told: most newspapers are printed so."""


def _value(key: str) -> str:
    """What the usual press profile says under *key*, as its file writes it."""
    value: Any = load_profile(USUAL, [assets.press_dir()])
    for part in key.split("."):
        value = getattr(value, part)
    if isinstance(value, Path):
        return value.name
    return json.dumps(value, ensure_ascii=False) if not isinstance(value, float) else f"{value:g}"


REMARKS = "remarks.toml"
ROOMS_WITH_REMARKS = ("copyfit", "design", "pictures", "pipeline")


WORDS: Mapping[Lang, Mapping[str, str]] = {
    "zh": {
        "severity": "严重程度：", "authority": "依据：", "threshold": "印厂规范：", "limits": "限值：",
        "ERROR": "错误", "WARNING": "警告", "NOTE": "提示", "needs": "需要：", "plan": "出版计划",
        "manuscript": "稿件（出版时比对）", "gs": "Ghostscript", "deep": "--deep；Ghostscript、poppler、mutool",
    },
    "en": {
        "severity": "severity: ", "authority": "authority: ", "threshold": "press profile: ", "limits": "limits: ",
        "ERROR": "error", "WARNING": "warning", "NOTE": "note", "needs": "needs: ", "plan": "the edition's plan",
        "manuscript": "the manuscript (in a build)", "gs": "Ghostscript",
        "deep": "--deep; Ghostscript, poppler, mutool",
    },
}  # fmt: skip


@cache
def checks() -> Mapping[str, Check]:
    """All checks of the preflight by id, in the table's order."""
    return read_checks((files(__package__) / "checks.toml").read_text(encoding="utf-8"))


@cache
def all_checks() -> Mapping[str, Check]:
    """Every id that a finding may bear: the preflight's checks, the copy desk's rules, and the other rooms' remarks."""
    # The rooms above hold their texts as data; reading it imports none of them.
    tables = [files("layout").joinpath(room, REMARKS) for room in ROOMS_WITH_REMARKS]
    theirs = [read_checks(table.read_text(encoding="utf-8")) for table in tables if table.is_file()]
    found = dict(checks()) | {rule.id: _of_copy(rule) for rule in copy_rules().values()}
    for each in theirs:
        found |= each
    return found


def _of_copy(rule: Rule) -> Check:
    """A rule of the copy desk as a check."""
    return Check(
        id=rule.id,
        severity=rule.severity,
        authority=rule.source,
        title=Said(rule.said.zh.format(found="…", code="…"), rule.said.en.format(found="…", code="…")),
        rationale=rule.why,
        remedy=rule.hint or Said("", ""),
        threshold=(),
        limits={},
    )


def read_checks(table: str) -> Mapping[str, Check]:
    """The checks of a TOML text like checks.toml, by id: for other rooms' tables."""
    return {entry["id"]: _check(entry) for entry in tomllib.loads(table)["check"]}


def _check(entry: Mapping[str, Any]) -> Check:
    return Check(
        id=entry["id"],
        severity=Severity[entry["severity"].upper()],
        authority=entry["authority"],
        title=Said(**entry["title"]),
        rationale=Said(**entry["rationale"]),
        remedy=Said(**entry["remedy"]),
        threshold=tuple(entry.get("threshold", ())),
        limits=entry.get("limits", {}),
        needs=entry.get("needs", ""),
        repeats=entry.get("repeats", ""),
    )


def explain(check_id: str, lang: Lang = "zh") -> str:
    """What ``layout explain`` prints for a check. Raises ``UsageError`` for an id that is none."""
    known = all_checks()
    found = known.get(check_id)
    if found is None:
        family = [other for other in known if other.partition(".")[0] == check_id.partition(".")[0]]
        near = get_close_matches(check_id, known, n=3)
        names = near or family or sorted({other.partition(".")[0] + ".…" for other in known})
        raise UsageError(
            Said(f"没有检查项“{check_id}”。", f"There is no check “{check_id}”."),
            hint=Said(f"有：{'、'.join(names)}。", f"There are: {', '.join(names)}."),
        )
    return found.explanation(lang)
