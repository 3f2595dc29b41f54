"""The table of checks: what each asks, why, on whose authority, and how grave its findings are."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from layout.errors import Lang, Said, UsageError
from layout.findings import Severity


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

    def explanation(self, lang: Lang) -> str:
        """A paragraph for a person who met the check's id in a report."""
        word = _WORDS[lang]
        lines = [f"{self.id}  {self.title.text(lang)}", "", self.rationale.text(lang), self.remedy.text(lang), ""]
        lines.append(f"{word['severity']}{word[self.severity.name]}")
        lines.append(f"{word['authority']}{self.authority}")
        if self.threshold:
            lines.append(f"{word['threshold']}{', '.join(self.threshold)}")
        if self.limits:
            lines.append(f"{word['limits']}{', '.join(f'{key} = {value}' for key, value in self.limits.items())}")
        return "\n".join(lines)


_WORDS: Mapping[Lang, Mapping[str, str]] = {
    "zh": {
        "severity": "严重程度：", "authority": "依据：", "threshold": "印厂规范：", "limits": "限值：",
        "ERROR": "错误", "WARNING": "警告", "NOTE": "提示",
    },
    "en": {
        "severity": "severity: ", "authority": "authority: ", "threshold": "press profile: ", "limits": "limits: ",
        "ERROR": "error", "WARNING": "warning", "NOTE": "note",
    },
}  # fmt: skip


@cache
def checks() -> Mapping[str, Check]:
    """All checks of the preflight by id, in the table's order."""
    return read_checks((files(__package__) / "checks.toml").read_text(encoding="utf-8"))


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
    )


def explain(check_id: str, lang: Lang = "zh") -> str:
    """What ``layout explain`` prints for a check. Raises ``UsageError`` for an id that is none."""
    found = checks().get(check_id)
    if found is None:
        family = [other for other in checks() if other.partition(".")[0] == check_id.partition(".")[0]]
        names = family or sorted({other.partition(".")[0] + ".…" for other in checks()})
        raise UsageError(
            Said(f"没有检查项“{check_id}”。", f"There is no check “{check_id}”."),
            hint=Said(f"有：{'、'.join(names)}。", f"There are: {', '.join(names)}."),
        )
    return found.explanation(lang)


def as_markdown() -> str:
    """docs/checks.md: the whole table for reading."""
    lines = [
        "# 预检检查项 / Preflight checks",
        "",
        "本页由 `src/layout/preflight/checks.toml` 生成，`layout explain ID` 显示同样的文字。  ",
        "Made from `src/layout/preflight/checks.toml`; `layout explain ID` shows the same text.",
    ]
    for check in checks().values():
        lines += ["", f"## `{check.id}` {check.title.zh} / {check.title.en}", ""]
        for lang in ("zh", "en"):
            lines += [f"{check.rationale.text(lang)} {check.remedy.text(lang)}", ""]
        facts = [_WORDS["zh"][check.severity.name] + " / " + check.severity.name.lower(), check.authority]
        facts += [f"`{key}`" for key in check.threshold]
        facts += [f"{key} = {value}" for key, value in check.limits.items()]
        lines.append(" · ".join(facts))
    return "\n".join(lines) + "\n"
