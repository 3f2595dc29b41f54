"""Drawn issues planned and not built: which could be full, which have a full plan, and what is in the way of the rest.

``python -m makeup.drawn_plans tabloid 0 100`` (with ``src`` and ``tests`` on the path) prints a line for each and their
shares at the end. Of a page that could be full and is not each rule is dropped in turn: where that makes it full, the
rule is named.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from drawn_issues import AMOUNT, SHEETS, Drawn, write_drawn
from in_place import HERE
from layout import pipeline
from layout.errors import LayoutError
from layout.makeup import cheapest_parts, hard_rules
from layout.makeup.arrangement_report import ArrangementReport
from layout.makeup.arrangement_search import MADE, WORK, ArrangementSearch
from layout.makeup.cheapest_parts import CheapestParts
from layout.makeup.choosing import Chooser
from layout.makeup.least_costs import least_costs
from layout.pipeline import Options
from layout.pipeline.arranging import PageArranger
from makeup.drawn_proof import Bounds

RULES = ("headlines that meet", "pictures that touch", "ranks", "gaps", "copy that stands")
"""What is dropped, one after the other, to see whether the page is full without it."""


@dataclass(frozen=True)
class PlanVerdict:
    """What comes of a drawn issue before anything is laid out."""

    drawn: Drawn
    bounds: Bounds | None
    """None where a story has no shape."""
    is_full: bool
    reasons: tuple[str, ...] = ()
    """What is in the way, of a page that is not full."""
    work: int = 0
    """Joints that were looked at."""

    @property
    def feasible(self) -> bool:
        return self.bounds is not None and self.bounds.feasible

    def __str__(self) -> str:
        mark = "full" if self.is_full else "-   "
        bounds = f"{self.bounds.least}..{self.bounds.greatest} of {self.bounds.rows}" if self.bounds else "no shape"
        drawn = self.drawn
        return (
            f"{drawn.sheet} {drawn.seed}: {mark} {'feasible' if self.feasible else '-':8} {bounds},"
            f" {drawn.amount:.2f} of copy, {drawn.text:.2f} of text, {len(drawn.lengths)} stories,"
            f" {len(drawn.pictures)} pictures, {self.work} joints  {'; '.join(self.reasons)}"
        )


def arranger_of(folder: Path) -> PageArranger:
    """What arranges the first page of the issue in *folder*. Raises ``LayoutError`` as a build does."""
    asked: list[PageArranger] = []
    before = PageArranger.listed

    def noted(self: PageArranger, _: int) -> ArrangementReport:
        asked.append(self)
        return None  # type: ignore[return-value]  # it is not looked at

    PageArranger.listed = noted  # type: ignore[method-assign,assignment]
    try:
        pipeline.arrangements(folder, Options(), workers=HERE)
    finally:
        PageArranger.listed = before  # type: ignore[method-assign]
    return asked[0]


def chooser_of(folder: Path) -> Chooser:
    """What chooses that page."""
    return arranger_of(folder).material.chooser()


def planned(folder: Path, seed: int, sheet: str) -> PlanVerdict:
    """The verdict on the issue of *seed*, written below *folder*."""
    drawn = write_drawn(folder / f"{sheet}-{seed}", seed, sheet)
    try:
        chooser = chooser_of(drawn.folder)
    except LayoutError as error:
        return PlanVerdict(drawn, None, False, tuple(each.message.en for each in error.faults()))
    bare = [
        f"{story.id} ({length} characters, {len(story.pictures)} pictures) has no shape"
        for story, own, length in zip(chooser.stories, chooser.options, [*drawn.lengths, *[0] * 20], strict=False)
        if not own
    ]
    if bare:
        return PlanVerdict(drawn, None, False, tuple(bare))
    search = ArrangementSearch(chooser.options, chooser.space, chooser.fixed, stands=chooser.option_stands)
    heights = search.reachable(search.all)
    bounds = Bounds(chooser.space.rows, min(heights, default=None), max(heights, default=None))
    before = search.work
    is_full = bool(search.best(search.all, chooser.space.rows))
    reasons = tuple(_reasons(chooser, spent=search.work <= 0)) if bounds.feasible and not is_full else ()
    return PlanVerdict(drawn, bounds, is_full, reasons, before - search.work)


def _reasons(chooser: Chooser, *, spent: bool) -> Iterator[str]:
    """What makes the page full when it is dropped."""
    rows = chooser.space.rows
    tables = ArrangementSearch(chooser.options, chooser.space, chooser.fixed)
    heights = tables.reachable(tables.all)
    if rows not in heights:
        near = min(heights, key=lambda each: (abs(each - rows), each), default=0)
        yield f"no cut comes to {rows}: the nearest is {near}"
        return
    if spent:
        yield "the work is spent"
        return
    found = [rule for rule in RULES if _is_full_without(rule, chooser)]
    yield from (f"without {rule}" for rule in found)
    if not found:
        yield "several rules"


def _is_full_without(rule: str, chooser: Chooser) -> bool:
    """Whether there is a full page without *rule*. It is not made a candidate of: that would ask for all rules."""
    stands = (lambda *_: True) if rule == "copy that stands" else chooser.option_stands
    search = ArrangementSearch(chooser.options, chooser.space, chooser.fixed)
    alive = search.tables.alive(search.all, chooser.space.rows)
    least = least_costs(chooser.options, alive)
    with _without(rule):
        for most, _ in MADE:
            parts = CheapestParts(chooser.options, alive, least, stands, WORK, most)
            if next(parts.pages(search.all, chooser.space.rows), None) is not None:
                return True
    return False


@contextmanager
def _without(rule: str) -> Iterator[None]:
    """The search without *rule*."""
    names = {
        "headlines that meet": (cheapest_parts, "may_stand_beside", _pictures_apart),
        "pictures that touch": (cheapest_parts, "may_stand_beside", _headlines_apart),
        "ranks": (cheapest_parts, "_are_at_odds", lambda *_: False),
        "gaps": (cheapest_parts, "_is_page", lambda _: True),
    }
    if rule not in names:
        yield
        return
    room, name, instead = names[rule]
    before = getattr(room, name)
    setattr(room, name, instead)
    try:
        yield
    finally:
        setattr(room, name, before)


def _pictures_apart(left: Sequence[hard_rules.EdgeMark], right: Sequence[hard_rules.EdgeMark]) -> bool:
    return _apart("picture", left, right)


def _headlines_apart(left: Sequence[hard_rules.EdgeMark], right: Sequence[hard_rules.EdgeMark]) -> bool:
    return _apart("headline", left, right)


def _apart(kind: str, left: Sequence[hard_rules.EdgeMark], right: Sequence[hard_rules.EdgeMark]) -> bool:
    one, other = ([each for each in own if each.kind == kind] for own in (left, right))
    return hard_rules.may_stand_beside(one, other)


def shares(verdicts: Sequence[PlanVerdict]) -> str:
    """How many could be full, how many of those have a full plan, and what is in the way of the others."""
    feasible = [each for each in verdicts if each.feasible]
    full = [each for each in feasible if each.is_full]
    lines = [
        f"{len(feasible)} of {len(verdicts)} feasible, {len(full)} of them with a full plan;"
        f" {sum(each.is_full for each in verdicts)} full in all"
    ]
    for count in sorted({len(each.drawn.lengths) for each in verdicts}):
        own = [each for each in verdicts if len(each.drawn.lengths) == count]
        able = [each for each in own if each.feasible]
        lines.append(
            f"  {count} stories: {len(able)} of {len(own)} feasible, {sum(each.is_full for each in able)} full"
        )
    by_text = [each for each in verdicts if AMOUNT[0] <= each.drawn.text <= AMOUNT[1]]
    lines.append(
        f"  with so much running text alone: {sum(each.feasible for each in by_text)} of {len(by_text)} feasible;"
        f" the most of any that is: {max((each.drawn.text for each in feasible), default=0):.2f}"
    )
    reasons = Counter(reason for each in feasible if not each.is_full for reason in each.reasons)
    return "\n".join([*lines, *(f"  {count} × {reason}" for reason, count in reasons.most_common(15))])


def main() -> None:
    """Prints the verdicts on a range of seeds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sheet", choices=SHEETS)
    parser.add_argument("first", type=int)
    parser.add_argument("after", type=int)
    asked = parser.parse_args()
    verdicts = []
    for seed in range(asked.first, asked.after):
        folder = Path(tempfile.mkdtemp(prefix="drawn-"))
        try:
            verdicts.append(planned(folder, seed, asked.sheet))
        finally:
            shutil.rmtree(folder)
        print(verdicts[-1], flush=True)
    print(shares(verdicts))


if __name__ == "__main__":
    main()
