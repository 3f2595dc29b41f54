"""Tries a design with copy that nobody made for it: every case an issue, all made as a batch makes issues.

What comes of them is drawn on contact sheets by ``proof.stress_sheet``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from layout import assets
from layout.design.copy_amount import CopyRange
from layout.design.page_hooks import PageHooks, page_hooks
from layout.errors import Message, UsageError, meant
from layout.issue_writing.stress_issue import StressCase, StressIssue, stress_cases
from layout.pipeline.batch import BatchOptions, FaultOf, run_batch
from layout.pipeline.batch_folders import BatchIssue
from layout.pipeline.inspecting import InspectingExecutor
from layout.pipeline.options import Options
from layout.pipeline.progress import Progress, quiet
from layout.pipeline.short_places import short_places
from layout.pipeline.stress_amounts import CopyMeasure, MeasuredKind, guessed_room, put_issue
from layout.pipeline.worker_tasks import PRELOAD
from layout.pipeline.workers import Workers

if TYPE_CHECKING:
    from layout.pipeline.inspection import PageInspection
    from layout.proof.issue_result import IssueResult
    from layout.proof.report_json import ReportJson


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
            measure = CopyMeasure(
                self._design, hooks, self._options.build, self._workers, may_try=self._options.measure
            )
            taken = {count: measure.taken(count, progress) for count in {case.picture_count(hooks) for case in cases}}
            measure.close()
            if known := {count: own for count, own in sorted(taken.items()) if own and not hooks.amounts}:
                self.measured.append(MeasuredKind(hooks, known))
            several = len(every) > 1
            for case in cases:
                own = taken[case.picture_count(hooks)]
                found.append(self._one(hooks, case, own.of(case.parts) if own else None, several=several))
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
        characters = put_issue(out / "issues" / name, issue)
        pdf = out / "pages" / name / f"{name}.pdf"
        return WrittenCase(hooks, case, name, out / "issues" / name, pdf, characters, issue.pictures)


def _report(path: Path) -> ReportJson:
    return cast("ReportJson", json.loads(path.read_text(encoding="utf-8")))
