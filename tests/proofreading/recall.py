"""How many of the planted errors are found: by every rule, and by those that are on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from pathlib import Path

from layout.checks import Finding
from layout.proofreading.desk import DeskWork, all_rules, proofread
from layout.proofreading.measured import rules_on
from layout.proofreading.paper_lists import read_lists
from proofreading.desk_support import copy_of
from proofreading.planted import Planted, planted, source_text

LISTS = Path(__file__).resolve().parents[2] / "src" / "layout" / "proofreading" / "lists_frame.toml"
FAR = {"sequence", "heading_level", "sums", "term", "agreement", "lists", "repeated_character", "collocation"}
"""Families whose errors are told at another place of the same copy: where the other number or the sentence begins."""
NEAR = 6
"""Characters that may lie between an error and where it is told: a mark before, the word that it belongs to."""


def counted(folder: Path) -> Mapping[str, tuple[int, int, int]]:
    """By family: errors planted, found by every rule, found by those that are on."""
    every = frozenset(all_rules())
    planted_ones: Counter[str] = Counter()
    found: Counter[str] = Counter()
    on: Counter[str] = Counter()
    for error in planted():
        planted_ones[error.family] += 1
        new = _new_findings(error, folder, every)
        found[error.family] += any(new)
        on[error.family] += any(each.check in rules_on() for each in new)
    return {family: (count, found[family], on[family]) for family, count in planted_ones.items()}


def _new_findings(error: Planted, folder: Path, rules: Collection[str]) -> list[Finding]:
    """What is found in the wrong copy, at the error, and not in the right one."""
    wrong, right = error.wrong, error.right
    if error.source and error.family in ("sequence", "heading_level"):  # what goes before decides
        whole = source_text(error.source).split("---\n", 2)[-1].replace("## ", "").replace("\u3000\u3000", "\n")
        wrong, right = whole.replace(right, wrong, 1), whole
    work = DeskWork(frozenset(rules), read_lists([LISTS]) if error.family == "lists" else ())
    known = Counter(_key(each) for each in proofread([copy_of(right, folder)], work))
    new = []
    for finding in proofread([copy_of(wrong, folder)], work):
        if known[_key(finding)]:
            known[_key(finding)] -= 1
        elif error.family in FAR or _is_at(finding, error):
            new.append(finding)
    return new


def _key(finding: Finding) -> tuple[str, str]:
    return finding.check, str(finding.amount["found"])


def _is_at(finding: Finding, error: Planted) -> bool:
    lines = error.wrong.split("\n")
    place = finding.place
    assert place is not None
    start = sum(len(line) + 1 for line in lines[: (place.line or 1) - 1]) + (place.column or 1) - 1
    end = start + len(str(finding.amount["found"]))
    return any(start <= last + NEAR and first - NEAR <= end for first, last in error.spots)
