"""The error rate of copy by the official counting (编校差错率), from findings and a table of weights."""

from __future__ import annotations

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from importlib.resources import files
from typing import NotRequired, TypedDict

from layout.checks import Finding, Severity
from layout.proofreading.desk import DeskCopy
from layout.proofreading.families import family_of


class CountingRow(TypedDict):
    """``[[class]]`` of ``error_rate.toml``: a kind of error, its families of rules, what it weighs."""

    id: str
    zh: str
    en: str
    families: Sequence[str]
    read: bool
    each: NotRequired[float]
    steps: NotRequired[Sequence[Sequence[float]]]
    more: NotRequired[float]
    most: NotRequired[float]


class CountingTable(TypedDict):
    """``error_rate.toml``."""

    limit: float
    per: int
    same_error: int
    doubled: Sequence[str]


@dataclass(frozen=True, slots=True)
class CountedClass:
    """What one kind of error comes to: how many there are, and what they weigh together."""

    id: str
    zh: str
    en: str
    errors: int
    weight: float


@dataclass(frozen=True, slots=True)
class ErrorRate:
    """The counting of some copy."""

    characters: int
    classes: tuple[CountedClass, ...]

    @property
    def weight(self) -> float:
        """What all errors weigh."""
        return round(sum(each.weight for each in self.classes), 2)

    @property
    def rate(self) -> float:
        """Their weight per 10,000 characters."""
        return round(self.weight / self.characters * counting()["per"], 2) if self.characters else 0.0

    @property
    def limit(self) -> float:
        """The rate above which a newspaper fails."""
        return counting()["limit"]

    @property
    def passes(self) -> bool:
        """Whether a newspaper passes with it."""
        return self.rate <= self.limit


@cache
def counting() -> CountingTable:
    """The table of the official counting."""
    return _whole()  # type: ignore[return-value]


@cache
def _whole() -> Mapping[str, object]:
    return tomllib.loads(files("layout.proofreading").joinpath("error_rate.toml").read_text("utf-8"))


@cache
def classes() -> tuple[CountingRow, ...]:
    """The kinds of error, in the table's order."""
    return tuple(_whole()["class"])  # type: ignore[arg-type]


def error_rate(findings: Iterable[Finding], copies: Sequence[DeskCopy]) -> ErrorRate:
    """The counting of *findings* in *copies*: warnings and errors count, notes do not, for a house may want it so.

    An error of a heading counts double, the same error three times at most, the form of numbers 1 in an issue at most.
    """
    kinds = _kinds(copies)
    characters = sum(len("".join(text.text.split())) for copy in copies for text in copy.texts)
    counted: Counter[tuple[str, str]] = Counter()
    weights: dict[str, float] = defaultdict(float)
    errors: Counter[str] = Counter()
    for finding in findings:
        row = _class_of(finding)
        same = (finding.check, str(finding.amount.get("found", "")))
        if row is None or finding.severity < Severity.WARNING or counted[same] >= counting()["same_error"]:
            continue
        counted[same] += 1
        place = (finding.place.file, finding.place.line or 0) if finding.place else ("", 0)
        double = 2 if kinds.get(place) in counting()["doubled"] else 1
        errors[row["id"]] += 1
        weights[row["id"]] += _weight(row, finding) * double
    counted_ones = tuple(_counted(row, errors[row["id"]], weights[row["id"]]) for row in classes() if errors[row["id"]])
    return ErrorRate(characters, counted_ones)


def _counted(row: CountingRow, errors: int, weight: float) -> CountedClass:
    return CountedClass(row["id"], row["zh"], row["en"], errors, round(min(weight, row.get("most", weight)), 2))


def _class_of(finding: Finding) -> CountingRow | None:
    family = family_of(finding.check)
    return next((row for row in classes() if family in row["families"]), None)


def _weight(row: CountingRow, finding: Finding) -> float:
    if "steps" not in row:
        return row.get("each", 0.0)
    characters = _differing(str(finding.amount.get("found", "")), finding.amount.get("right"))
    return next((weight for most, weight in row["steps"] if characters <= most), row.get("more", 0.0))


def _differing(found: str, right: object) -> int:
    """How many characters are wrong; one where the right words are not known."""
    if not isinstance(right, str):
        return 1
    parts = SequenceMatcher(None, found, right, autojunk=False).get_opcodes()
    return max(sum(max(b - a, d - c) for tag, a, b, c, d in parts if tag != "equal"), 1)


def _kinds(copies: Sequence[DeskCopy]) -> Mapping[tuple[str, int], str]:
    """The kind of paragraph on each line."""
    return {
        (run.place.file, run.place.line or 0): paragraph.kind
        for copy in copies
        for paragraph in copy.paragraphs
        for run in paragraph.runs[:1]
    }
