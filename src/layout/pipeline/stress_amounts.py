"""How much copy a page of a design takes, where the design does not say: found by trying."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

from layout.checks import Finding
from layout.design.copy_amount import CopyRange
from layout.design.page_hooks import PageHooks
from layout.errors import LayoutError, Message, PrintError, refusal
from layout.issue_writing.stress_issue import BARE, USUAL_PICTURES, StressIssue, stress_cases, write_stress
from layout.pipeline.checking import check
from layout.pipeline.options import Options
from layout.pipeline.progress import Progress

_USUAL, _SHORT = "usual", "short"
"""The cases by which it is found: stories with the parts that stories usually have, and those of headline and copy
alone, which leave copy the most room."""
_TRIED = 4
"""How often the amount of copy is put right by what the page was short of, or had too much."""
_LOW, _HIGH = 0.5, 1.3
"""Shares of the guess at which the least and the most are looked for."""
_BESIDE = 1.1
"""Where the other edge of a range is looked for, whose one edge is known and which is known to be narrow."""
_STEP, _FEWEST = 24, 60
"""Characters, two lines of a column: so much more or less than was told is tried next; no page has fewer than a few."""
_TEXT = 0.42
"""Share of the paper that running text takes on a page with a headline and three pictures, and"""
_CELL = 140.0
"""square points of a character of it: 10 on 14 pt. The first guess of what a page takes."""


@dataclass(frozen=True, slots=True)
class TakenCopy:
    """The characters with which a page of so many pictures is full."""

    usual: CopyRange
    """Of a story with the parts that stories usually have."""
    bare: CopyRange
    """Of one of headline and copy alone: the same, where some amount of copy fills the page either way."""

    def of(self, parts: str) -> CopyRange:
        """That of a story with *parts*, as ``stress_cases.toml`` calls them."""
        return self.bare if parts == BARE else self.usual


@dataclass(frozen=True)
class MeasuredKind:
    """How much copy a kind of page is full with, by the number of its pictures."""

    hooks: PageHooks
    taken: Mapping[int, TakenCopy]


def guessed_room(hooks: PageHooks) -> int:
    """The characters that a page of *hooks* takes, guessed by its size."""
    return round(_TEXT * hooks.size[0] * hooks.size[1] / _CELL)


def put_issue(folder: Path, issue: StressIssue) -> int:
    """Writes *issue* into *folder*; gives the characters of its copy. Raises ``PrintError``."""
    try:
        return write_stress(folder, issue)
    except OSError as error:
        why = refusal(error) or Message(str(error.strerror), str(error.strerror))
        raise PrintError(
            Message(f"{folder} 写不进去：{why.zh}。", f"{folder} cannot be written: {why.en}."),
            hint=Message("换一个 -o 文件夹。", "Choose another folder with -o."),
        ) from error


class CopyMeasure:
    """Finds by trying how much copy fills a page: what has no place is taken away, what stays empty is added."""

    def __init__(
        self, design: Path, hooks: PageHooks, build: Options, workers: Callable[[], Executor], *, may_try: bool = True
    ):
        self._design, self._hooks, self._workers = design, hooks, workers
        self._build, self._may_try = replace(build, results=(), baseline=None), may_try
        self._executor: Executor | None = None

    def taken(self, pictures: int, progress: Progress) -> TakenCopy | None:
        """The fewest and the most characters with so many pictures: those that the design states, else those found.

        None where no page was full, and of a kind of page that has as many pages as it needs, or is made up.
        """
        stated = self._hooks.amount(pictures)
        if stated is not None:
            return TakenCopy(stated, stated)
        if self._hooks.is_auto or self._hooks.runs_on or not self._may_try:
            return None
        progress("copyfit", 0, 1)
        try:
            return self._found(pictures)
        except LayoutError:  # told when the cases are made
            return None

    def _found(self, pictures: int) -> TakenCopy | None:
        room = guessed_room(self._hooks)
        most = self._edge(_USUAL, pictures, round(room * _HIGH), -1)
        least = self._edge(_SHORT, pictures, round(min(room, most or room) * _LOW), 1)
        if not most or not least:
            return None
        if least <= most:
            both = CopyRange(least, most)
            return TakenCopy(both, both)
        # The parts of a story take more room than the page gives or takes: each way has a range of its own.
        fewest = self._edge(_USUAL, pictures, round(most / _BESIDE), 1)
        bare = self._edge(_SHORT, pictures, round(least * _BESIDE), -1)
        return TakenCopy(
            CopyRange(min(fewest or most, most), most),
            CopyRange(least, max(bare or least, least)),
        )

    def _edge(self, name: str, pictures: int, amount: int, way: Literal[1, -1]) -> int | None:
        """The least amount of the case *name* that was not too little (*way* is 1), or the most that was not too much
        (-1).
        """
        found, has_missed = None, False
        for _ in range(_TRIED):
            off = self._off(name, pictures, amount)
            if off * way > 0:  # beyond the edge: back to where it is said to be
                if found is not None:
                    return found
                has_missed, amount = True, max(_FEWEST, amount + off + way * _STEP)
            elif has_missed:
                return amount
            else:  # within it: further out
                found, amount = amount, max(_FEWEST, round(amount * (_LOW if way == 1 else 1 / _LOW)))
        return found

    def _off(self, name: str, pictures: int, amount: int) -> int:
        """The characters that a page of the case *name* is short of; below 0 those that it has no place for."""
        case = replace(stress_cases()[name], pictures={0: "none", USUAL_PICTURES: "usual"}.get(pictures, "nine"))
        folder = self._build.out / "issues" / f"{self._hooks.name}-{_USUAL}"
        put_issue(folder, StressIssue(self._design, self._hooks, case, CopyRange(amount, amount), amount))
        if self._executor is None:
            self._executor = self._workers()
        return _off(check(folder, self._build, workers=self._executor), amount)

    def close(self) -> None:
        """Ends what it has begun."""
        if self._executor is not None:
            self._executor.shutdown(wait=True, cancel_futures=True)


def _off(findings: Sequence[Finding], amount: int) -> int:
    off = 0.0
    for each in findings:
        measured = each.amount
        if each.check == "page.overset":
            off -= float(str(measured.get("characters", 0)))
        elif each.check == "page.overfull":
            off -= _STEP * abs(float(str(measured.get("rows", 1))))
        elif each.check == "page.underset":
            off += float(str(measured.get("characters", 0))) or float(str(measured.get("share", 0))) * amount / _TEXT
    return round(off)
