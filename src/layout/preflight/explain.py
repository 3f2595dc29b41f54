"""The text of ``layout explain`` for a check of any room."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from layout import assets
from layout.checks import registry
from layout.errors import Lang
from layout.press.load import load_profile

USUAL = "newsprint-coldset"
"""The press profile whose values are shown: most newspapers are printed so."""

WORDS: Mapping[Lang, Mapping[str, str]] = {
    "zh": {
        "severity": "严重程度：", "authority": "依据：", "threshold": "印厂规范：", "limits": "限值：",
        "ERROR": "错误", "WARNING": "警告", "NOTE": "提示", "needs": "需要：", "plan": "出版计划",
        "manuscript": "稿件（出版时比对）", "gs": "Ghostscript", "deep": "--deep；Ghostscript、poppler、mutool",
        "report": "出版时的报告放在旁边",
    },
    "en": {
        "severity": "severity: ", "authority": "authority: ", "threshold": "press profile: ", "limits": "limits: ",
        "ERROR": "error", "WARNING": "warning", "NOTE": "note", "needs": "needs: ", "plan": "the edition's plan",
        "manuscript": "the manuscript (in a build)", "gs": "Ghostscript",
        "deep": "--deep; Ghostscript, poppler, mutool", "report": "the report of its build beside the file",
    },
}  # fmt: skip


def explain(check_id: str, lang: Lang = "zh") -> str:
    """A paragraph for a person who met the check's id in a report. Raises ``UsageError`` for an id that is none."""
    check, word = registry().check(check_id), WORDS[lang]
    lines = [f"{check.id}  {check.name.text(lang)}", "", check.rationale.text(lang)]
    lines += [*check.remedy.lines(lang), ""]
    lines.append(f"{word['severity']}{word[check.severity.name]}")
    lines.append(f"{word['authority']}{check.authority}")
    if check.threshold:
        values = ", ".join(f"{key} = {_value(key)}" for key in check.threshold)
        lines.append(f"{word['threshold']}{values} ({USUAL})")
    if check.limits:
        lines.append(f"{word['limits']}{', '.join(f'{key} = {value}' for key, value in check.limits.items())}")
    if check.needs:
        lines.append(f"{word['needs']}{word[check.needs]}")
    return "\n".join(lines)


def _value(key: str) -> str:
    """The value of *key* in the usual press profile, as its file writes it."""
    value: object = load_profile(USUAL, [assets.press_dir()])
    for part in key.split("."):
        value = getattr(value, part)
    if isinstance(value, Path):
        return value.name
    return json.dumps(value, ensure_ascii=False) if not isinstance(value, float) else f"{value:g}"
