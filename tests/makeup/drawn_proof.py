"""Drawn issues built and judged: which could be full, which are, and what is wrong with them.

``python -m makeup.drawn_proof tabloid 0 20`` (with ``src`` and ``tests`` on the path) prints a line for each and their
shares at the end; with ``--advice`` what a page that is not full advises is done, and the page built again.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from drawn_issues import SHEETS, Drawn, write_drawn
from in_place import build
from layout.checks import Finding, Severity
from layout.errors import LayoutError
from layout.makeup import choosing
from layout.makeup.arrangement_search import ArrangementSearch
from layout.pipeline import Options
from makeup.advice_followed import advised, followed
from makeup.printed_page import listed, read_page
from makeup.rules_kept import Broken, broken_rules

MARGIN = 0.03
"""A page that can be full lies so far inside the least and the greatest height of all cuts."""
NOT_FULL = "makeup.not_full"
DESIGN = "yaowen"
WARNINGS = 2
"""A clean page has no more."""


@dataclass(frozen=True)
class Bounds:
    """The rows of a page, and the least and the greatest that its copy can come to over all cuts; None: no cut."""

    rows: int
    least: int | None
    greatest: int | None

    @property
    def feasible(self) -> bool:
        """Whether the page can be full, by the search's own tables."""
        if self.least is None or self.greatest is None:
            return False
        return self.least <= self.rows * (1 - MARGIN) and self.greatest >= self.rows * (1 + MARGIN)


@dataclass(frozen=True)
class Advice:
    """What a page that is not full advises first, and whether it is clean once that is done."""

    steps: tuple[str, ...]
    after: Verdict | None
    """None where nothing is advised."""

    @property
    def works(self) -> bool:
        return self.after is not None and self.after.clean

    def __str__(self) -> str:
        words = f"{'works' if self.works else 'WRONG'}: {', and '.join(self.steps) or 'no advice'}"
        return words if self.works or self.after is None else f"{words}\n    then: {self.after}"


@dataclass(frozen=True)
class Verdict:
    """What came of a drawn issue."""

    drawn: Drawn
    bounds: Bounds | None
    """None where nothing was searched."""
    fault: str = ""
    """Why there is no page."""
    grave: tuple[Finding, ...] = ()
    broken: tuple[Broken, ...] = ()
    lost: tuple[str, ...] = ()
    advice: Advice | None = None
    """Of a page that is not full, where it was asked."""

    @property
    def planned(self) -> bool:
        """Whether the page was arranged full by all the rules."""
        return not self.fault and not any(each.check == NOT_FULL for each in self.grave)

    @property
    def feasible(self) -> bool:
        return self.bounds is not None and self.bounds.feasible

    @property
    def clean(self) -> bool:
        """Whether it is a page that could go out: no error, two warnings at most, every rule kept, nothing lost."""
        errors = any(each.severity >= Severity.ERROR for each in self.grave)
        return not (self.fault or errors or self.broken or self.lost or len(self.grave) > WARNINGS)

    def __str__(self) -> str:
        mark = "clean" if self.clean else "page " if not self.fault else "none "
        bounds = self.bounds and f"{self.bounds.least}..{self.bounds.greatest} of {self.bounds.rows}"
        wrong = [self.fault, *(f"{each.check}: {each.message.en[:70]}" for each in self.grave)]
        wrong += [f"rule {each.rule}: {each.words}" for each in self.broken] + [f"lost: {each}" for each in self.lost]
        wrong += [str(self.advice)] if self.advice else []
        head = f"{self.drawn.sheet} {self.drawn.seed}: {mark} {'feasible' if self.feasible else '-'} ({bounds})"
        head += (
            f" {self.drawn.amount:.2f} of copy, {len(self.drawn.lengths)} stories, {len(self.drawn.pictures)} pictures"
        )
        return "\n    ".join([head, *filter(None, wrong)])


def proved(
    folder: Path, seed: int, sheet: str, design: str = DESIGN, *, advice: bool = False, front: bool = False
) -> Verdict:
    """The verdict on the issue of *seed*, written and built below *folder*; of a page that is not full with what comes
    of its *advice*, where that is asked. *front*: as a first page, with its nameplate.
    """
    drawn = write_drawn(folder / f"{sheet}-{seed}", seed, sheet, design, front=front)
    verdict = judged(drawn, folder)
    if advice and not verdict.planned:
        hints = [
            each.hint.editor.en for each in verdict.grave if each.check == NOT_FULL and each.hint and each.hint.editor
        ]
        steps = advised(hints[0]) if hints else []
        after = judged(replace(drawn, folder=followed(drawn.folder, steps, folder)), folder) if steps else None
        return replace(verdict, advice=Advice(tuple(steps), after))
    return verdict


def judged(drawn: Drawn, folder: Path) -> Verdict:
    """The verdict on an issue that is written, built below *folder*."""
    with _searches() as found:
        try:
            built = build(drawn.folder, Options(out=folder / f"{drawn.folder.name}-out", png=False))
        except LayoutError as error:
            return Verdict(drawn, _bounds(found), "; ".join(each.message.en for each in error.faults()))
        except Exception as error:  # the program's own fault: no page, as a verdict has it
            return Verdict(drawn, _bounds(found), f"raised {type(error).__name__}: {error}")
    pdf = built.pdf.read_bytes()
    page = read_page(pdf, listed(drawn.folder))
    grave = tuple(each for each in built.findings if each.severity >= Severity.WARNING)
    return Verdict(drawn, _bounds(found), "", grave, tuple(broken_rules(page, drawn.sheet)), page.lost)


@contextmanager
def _searches() -> Iterator[list[ArrangementSearch]]:
    """The searches that are begun meanwhile: the first has the tables of all options."""
    found: list[ArrangementSearch] = []
    before = choosing.ArrangementSearch

    def noted(*given: object, **named: object) -> ArrangementSearch:
        found.append(before(*given, **named))  # type: ignore[arg-type]
        return found[-1]

    choosing.ArrangementSearch = noted  # type: ignore[misc,assignment]
    try:
        yield found
    finally:
        choosing.ArrangementSearch = before  # type: ignore[misc]


def _bounds(found: Sequence[ArrangementSearch]) -> Bounds | None:
    if not found:
        return None
    heights = found[0].reachable(found[0].all)
    return Bounds(found[0].space.rows, min(heights, default=None), max(heights, default=None))


def shares(verdicts: Sequence[Verdict]) -> str:
    """How many could be full, how many of those are clean, and which rules and checks the others fail."""
    feasible = [each for each in verdicts if each.feasible]
    clean = [each for each in feasible if each.clean]
    kinds = Counter(f"rule {each.rule}" for verdict in feasible for each in verdict.broken)
    kinds += Counter(each.check for verdict in feasible for each in verdict.grave)
    planned, asked = [each for each in verdicts if each.planned], [each.advice for each in verdicts if each.advice]
    advice = f" {sum(each.works for each in asked)} of {len(asked)} pieces of advice work," if asked else ""
    return (
        f"{len(feasible)} of {len(verdicts)} feasible, {len(clean)} of them clean;"
        f" {len(planned)} planned full, {sum(each.clean for each in planned)} of them clean;{advice}"
        f" {sum(bool(each.fault) for each in verdicts)} without a page; {kinds.most_common(12)}"
    )


def main() -> None:
    """Prints the verdicts on a range of seeds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sheet", choices=SHEETS)
    parser.add_argument("first", type=int)
    parser.add_argument("after", type=int)
    parser.add_argument("--advice", action="store_true", help="do what pages that are not full advise")
    parser.add_argument("--front", action="store_true", help="first pages, with a nameplate")
    parser.add_argument("--design", default=DESIGN, help="another design with pages that are made up")
    parser.add_argument("--into", type=Path, help="a folder that keeps the PDF files, to be looked at")
    asked = parser.parse_args()
    verdicts = []
    for seed in range(asked.first, asked.after):
        folder = Path(tempfile.mkdtemp(prefix="drawn-"))
        try:
            verdicts.append(proved(folder, seed, asked.sheet, asked.design, advice=asked.advice, front=asked.front))
            for pdf in folder.glob(f"{asked.sheet}-{seed}-out/*.pdf") if asked.into else ():
                asked.into.mkdir(parents=True, exist_ok=True)
                shutil.copy(pdf, asked.into / f"{asked.sheet}-{seed}{'-front' if asked.front else ''}-{pdf.name}")
        finally:
            shutil.rmtree(folder)
        print(verdicts[-1], flush=True)
    print(shares(verdicts))


if __name__ == "__main__":
    main()
