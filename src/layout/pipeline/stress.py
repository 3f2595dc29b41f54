"""Tries a design with copy that nobody made for it: every case an issue, all made as a batch makes issues.

What comes of them is drawn on contact sheets by ``proof.stress_sheet``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal, cast

from layout import assets
from layout.checks import Finding
from layout.design.copy_amount import CopyRange
from layout.design.page_hooks import PageHooks, page_hooks
from layout.errors import LayoutError, Message, PrintError, UsageError, meant, refusal
from layout.issue_writing.stress_issue import USUAL_PICTURES, StressCase, StressIssue, stress_cases, write_stress
from layout.pipeline.batch import BatchOptions, FaultOf, run_batch
from layout.pipeline.batch_folders import BatchIssue
from layout.pipeline.checking import check
from layout.pipeline.inspecting import InspectingExecutor
from layout.pipeline.options import Options
from layout.pipeline.progress import Progress, quiet
from layout.pipeline.short_places import short_places
from layout.pipeline.worker_tasks import PRELOAD
from layout.pipeline.workers import Workers

if TYPE_CHECKING:
    from layout.pipeline.inspection import PageInspection
    from layout.proof.issue_result import IssueResult
    from layout.proof.report_json import ReportJson

USUAL, SHORT = "usual", "short"
"""The cases by which it is found how much copy a page takes, where the design does not say: the most and the least."""
_TRIED = 4
"""How often the amount of copy is put right by what the page was short of, or had too much."""
_LOW, _HIGH = 0.5, 1.3
"""Shares of the guess at which the least and the most are looked for."""
_STEP, _FEWEST = 24, 60
"""Characters, two lines of a column: so much more or less than was told is tried next; no page has fewer than a few."""
_TEXT = 0.42
"""Share of the paper that running text takes on a page with a headline and three pictures, and"""
_CELL = 140.0
"""square points of a character of it: 10 on 14 pt. The first guess of what a page takes."""


@dataclass(frozen=True)
class StressOptions:
    """The options of a stress."""

    build: Options
    """Of each case; its ``out`` is the folder into which the cases' own folders go."""
    cases: tuple[StressCase, ...] = field(default_factory=lambda: tuple(stress_cases().values()))
    kinds: tuple[str, ...] = ()
    """Kinds of page; all of the design's where there is none."""
    jobs: int = 1
    measure: bool = True
    """Whether the copy that fills a page is measured, where the design does not say; else it is guessed."""


@dataclass(frozen=True)
class WrittenCase:
    """A case whose issue is written."""

    hooks: PageHooks
    case: StressCase
    name: str
    """Of its folders: that of the case, behind its kind of page where the design has several."""
    issue: Path
    """The folder of its copy, which can be previewed and built."""
    pdf: Path
    """Not there where it could not be made."""
    characters: int
    pictures: int


@dataclass(frozen=True)
class StressedCase:
    """A case, and what came of it."""

    written: WrittenCase
    result: IssueResult
    report: ReportJson | None
    """Where it could be made."""
    inspections: Mapping[int, PageInspection] = field(default_factory=dict)
    """What stands on its pages, by number."""


@dataclass(frozen=True)
class MeasuredKind:
    """How much copy a kind of page is full with: characters, by the number of its pictures."""

    hooks: PageHooks
    amounts: Mapping[int, CopyRange]


def design_to_stress(written: str) -> Path:
    """The folder of the design that *written* names: a folder, else one of the program's. Raises ``UsageError``."""
    folder, known = (
        Path(written),
        {path.parent.name: path.parent for path in assets.templates_dir().glob("*/design.toml")},
    )
    if folder.is_dir() and (any(folder.glob("*.html")) or (folder / "design.toml").is_file()):
        return folder.resolve()
    if written in known:
        return known[written].resolve()
    if folder.is_dir():
        inside = sorted(path.parent for path in folder.glob("*/design.toml"))
        raise UsageError(
            Message(
                f"{written} 不是版式的文件夹：里面没有模板。", f"{written} is no design's folder: it holds no template."
            ),
            hint=meant(written, map(str, inside), otherwise=_NAMED) if inside else _NAMED,
        )
    raise UsageError(
        Message(
            f"没有名为“{written}”的版式，也没有这个文件夹。",
            f"There is no design named “{written}”, and no such folder.",
        ),
        hint=meant(written, sorted(known)),
    )


_NAMED = Message("写版式的文件夹，如 layout stress issues/our-2026/evening。",
                 "Name a design's folder, as in layout stress issues/our-2026/evening.")  # fmt: skip


class StressRun:
    """The cases of *options*, tried with the *design* in a folder.

    *workers* gives the executor that makes pages, one for each case that is in work.
    """

    def __init__(
        self, design: Path, options: StressOptions, fault_of: FaultOf, workers: Callable[[], Executor] | None = None
    ):
        self._design, self._options, self._fault_of = design, options, fault_of
        self._workers = workers or (lambda: Workers(preload=PRELOAD))
        self._inspecting: list[InspectingExecutor] = []
        self.measured: list[MeasuredKind] = []
        """Of kinds of page of which the design does not state how much copy they take."""

    def results(self, progress: Progress = quiet) -> Iterator[StressedCase]:
        """Makes every case, and gives each as it is ready.

        Raises ``UsageError`` where the design has no such kind of page, or none that such a case suits; ``PrintError``
        where nothing can be written. What is wrong with the design is the result of a case.
        """
        cases = self._written(progress)
        options = self._options
        build = replace(options.build, out=options.build.out / "pages", keep=False, png=False, delivery=False)
        issues = [BatchIssue(each.issue, each.name) for each in cases]
        by_name = {each.name: each for each in cases}
        batch = BatchOptions(build, options.jobs, fresh=True)
        for done, item in enumerate(run_batch(issues, batch, self._fault_of, self._executor), 1):
            progress("issues", done, len(issues))
            written = by_name[item.issue.name]
            report = _report(written.pdf.with_name("report.json")) if item.result.pages else None
            pages = {
                number: page
                for own in self._inspecting
                for number, page in own.take(item.issue.name.split("/")[-1]).items()
            }
            yield StressedCase(written, item.result, report, pages)

    def _executor(self) -> Executor:
        executor = InspectingExecutor(self._workers())
        self._inspecting.append(executor)
        return executor

    def _written(self, progress: Progress) -> list[WrittenCase]:
        """The cases, whose issues are written."""
        found = []
        every, wanted = self._kinds()
        for hooks in wanted:
            cases = [case for case in self._options.cases if case.suits(hooks)]
            measure = _Measure(self._design, hooks, self._options, self._workers)
            amounts = {
                count: measure.amount(count, progress) for count in {case.picture_count(hooks) for case in cases}
            }
            measure.close()
            if known := {count: own for count, own in sorted(amounts.items()) if own and not hooks.amounts}:
                self.measured.append(MeasuredKind(hooks, known))
            several = len(every) > 1
            found += [self._one(hooks, case, amounts[case.picture_count(hooks)], several=several) for case in cases]
        if not found:
            raise UsageError(
                Message(
                    "这个版式不要这些：没有一种试法适合它。", "The design asks for none of it: no such case suits it."
                ),
                hint=Message("不写 --cases，就试全部。", "Leave --cases out to try all."),
            )
        return found

    def _kinds(self) -> tuple[Sequence[PageHooks], Sequence[PageHooks]]:
        """All kinds of page of the design, and those that are to be tried."""
        with short_places(self._design):
            every = page_hooks(self._design)
        wanted = self._options.kinds
        names = {name for hooks in every for name in (hooks.kind, hooks.name)}
        if unknown := sorted(set(wanted) - names):
            raise UsageError(
                Message(f"版式没有“{'、'.join(unknown)}”这种版面。", f"The design has no kind “{', '.join(unknown)}”."),
                hint=meant(unknown[0], [hooks.name for hooks in every]),
            )
        return every, [hooks for hooks in every if not wanted or {hooks.kind, hooks.name}.intersection(wanted)]

    def _one(self, hooks: PageHooks, case: StressCase, amount: CopyRange | None, *, several: bool) -> WrittenCase:
        out, name = self._options.build.out, f"{hooks.name}-{case.name}" if several else case.name
        issue = StressIssue(self._design, hooks, case, amount, guessed_room(hooks), number=2 if hooks.is_spread else 1)
        characters = _put(out / "issues" / name, issue)
        pdf = out / "pages" / name / f"{name}.pdf"
        return WrittenCase(hooks, case, name, out / "issues" / name, pdf, characters, issue.pictures)


def _report(path: Path) -> ReportJson:
    return cast("ReportJson", json.loads(path.read_text(encoding="utf-8")))


def _put(folder: Path, issue: StressIssue) -> int:
    try:
        return write_stress(folder, issue)
    except OSError as error:
        why = refusal(error) or Message(str(error.strerror), str(error.strerror))
        raise PrintError(
            Message(f"{folder} 写不进去：{why.zh}。", f"{folder} cannot be written: {why.en}."),
            hint=Message("换一个 -o 文件夹。", "Choose another folder with -o."),
        ) from error


def guessed_room(hooks: PageHooks) -> int:
    """The characters that a page of *hooks* takes, guessed by its size."""
    return round(_TEXT * hooks.size[0] * hooks.size[1] / _CELL)


class _Measure:
    """Finds by trying how much copy fills a page: what has no place is taken away, what stays empty is added."""

    def __init__(self, design: Path, hooks: PageHooks, options: StressOptions, workers: Callable[[], Executor]):
        self._design, self._hooks, self._workers = design, hooks, workers
        self._build, self._may_try = replace(options.build, results=(), baseline=None), options.measure
        self._executor: Executor | None = None

    def amount(self, pictures: int, progress: Progress) -> CopyRange | None:
        """The fewest and the most characters with so many pictures: those that the design states, else those found.

        None where no page was full, and of a kind of page that has as many pages as it needs, or is made up.
        """
        stated = self._hooks.amount(pictures)
        if stated is not None or self._hooks.is_auto or self._hooks.runs_on or not self._may_try:
            return stated
        progress("copyfit", 0, 1)
        room = guessed_room(self._hooks)
        try:
            most = self._edge(pictures, round(room * _HIGH), -1)
            least = self._edge(pictures, round(min(room, most or room) * _LOW), 1)
        except LayoutError:  # told when the cases are made
            return None
        return CopyRange(min(least, most), max(least, most)) if least and most else None

    def _edge(self, pictures: int, amount: int, way: Literal[1, -1]) -> int | None:
        """The least amount that was not too little (*way* is 1), or the most that was not too much (-1)."""
        found, has_missed = None, False
        for _ in range(_TRIED):
            off = self._off(stress_cases()[SHORT if way == 1 else USUAL], pictures, amount)
            if off * way > 0:  # beyond the edge: back to where it is said to be
                if found is not None:
                    return found
                has_missed, amount = True, max(_FEWEST, amount + off + way * _STEP)
            elif has_missed:
                return amount
            else:  # within it: further out
                found, amount = amount, max(_FEWEST, round(amount * (_LOW if way == 1 else 1 / _LOW)))
        return found

    def _off(self, case: StressCase, pictures: int, amount: int) -> int:
        """The characters that a page of *case* is short of; below 0 those that it has no place for."""
        case = replace(case, pictures={0: "none", USUAL_PICTURES: "usual"}.get(pictures, "nine"))
        folder = self._build.out / "issues" / f"{self._hooks.name}-{USUAL}"
        _put(folder, StressIssue(self._design, self._hooks, case, CopyRange(amount, amount), amount))
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
        elif each.check == "page.underset":
            off += float(str(measured.get("characters", 0))) or float(str(measured.get("share", 0))) * amount / _TEXT
    return round(off)
