"""How often each rule was right on public prose, and which rules speak without being asked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from layout.proofreading.families import examples

ALARMS_LEAST = 30
"""Alarms below which nothing can be said of a rule: it is off until it is asked for."""
PRECISION_LEAST = 0.9
"""Of the alarms that were judged by hand, the share that must be right for a rule to be on."""


@dataclass(frozen=True, slots=True)
class RuleMeasure:
    """Alarms of a rule on the public prose, how many of them were judged by hand, and how many were right."""

    alarms: int = 0
    judged: int = 0
    right: int = 0

    @property
    def precision(self) -> float | None:
        """The share that was right; None where nothing was judged."""
        return self.right / self.judged if self.judged else None

    @property
    def is_on(self) -> bool:
        """Whether the rule speaks without being asked."""
        return self.alarms >= ALARMS_LEAST and self.precision is not None and self.precision >= PRECISION_LEAST


@cache
def _table() -> Mapping[str, Any]:
    return tomllib.loads(files("layout.proofreading").joinpath("measured.toml").read_text("utf-8"))


@cache
def measures() -> Mapping[str, RuleMeasure]:
    """The measure of every rule, by the id of its check."""
    rows = _table()["rule"]
    return {rule: RuleMeasure(*rows.get(rule.removeprefix("copy."), ())) for rule in examples()}


def prose() -> list[tuple[str, int]]:
    """What the public prose was, and how many characters of it there were."""
    return [(row["what"], row["characters"]) for row in _table()["prose"]]


def recalled() -> Mapping[str, tuple[int, int, int]]:
    """By family: errors planted, found by every rule, found by those that are on."""
    return {family: (counts[0], counts[1], counts[2]) for family, counts in _table()["recall"].items()}


@cache
def rules_on() -> frozenset[str]:
    """The rules that speak without being asked; the paper's own lists and what is said of silences do."""
    asked = {rule for rule, row in examples().items() if row.family in ("lists", "silence")}
    return frozenset({rule for rule, measure in measures().items() if measure.is_on} | asked)
