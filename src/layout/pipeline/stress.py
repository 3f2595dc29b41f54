"""Tries a design with copy that nobody made for it: every case an issue, all made as a batch makes issues.

What comes of them is drawn on contact sheets by ``proof.stress_sheet``.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from layout import assets
from layout.checks import Finding
from layout.design.page_hooks import PageHooks, page_hooks
from layout.errors import LayoutError, Message, PrintError, UsageError, meant, refusal
from layout.issue_writing.stress_issue import StressCase, StressIssue, stress_cases, write_stress
from layout.pipeline.batch import BatchOptions, FaultOf, run_batch
from layout.pipeline.batch_folders import BatchIssue
from layout.pipeline.checking import check
from layout.pipeline.options import Options
from layout.pipeline.progress import Progress, quiet
from layout.pipeline.short_places import short_places
from layout.pipeline.worker_tasks import PRELOAD
from layout.pipeline.workers import Workers

if TYPE_CHECKING:
    from layout.proof.issue_result import IssueResult
    from layout.proof.report_json import ReportJson

USUAL = "usual"
"""The case whose copy should fill the page: where the design does not say how much it takes, that is found by it."""
_TRIED = 4
"""How often the amount of copy is put right by what the page was short of, or had too much."""
_NEAR = 0.03
"""Share of it by which it may be wrong."""
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


def design_to_stress(written: str) -> Path:
    """The folder of the design that *written* names: a folder, else one of the program's. Raises ``UsageError``."""
    folder, known = Path(written), {path.parent.name: path.parent for path in assets.templates_dir().glob("*/design.toml")}
    if folder.is_dir() and (any(folder.glob("*.html")) or (folder / "design.toml").is_file()):
        return folder.resolve()
    if written in known:
        return known[written].resolve()
    if folder.is_dir():
        inside = sorted(path.parent for path in folder.glob("*/design.toml"))
        raise UsageError(
            Message(f"{written} 不是版式的文件夹：里面没有模板。", f"{written} is no design's folder: it holds no template."),
            hint=meant(written, map(str, inside), otherwise=_NAMED) if inside else _NAMED,
        )
    raise UsageError(
        Message(f"没有名为“{written}”的版式，也没有这个文件夹。", f"There is no design named “{written}”, and no such folder."),
        hint=meant(written, sorted(known)),
    )


_NAMED = Message("写版式的文件夹，如 layout stress issues/our-2026/evening。",
                 "Name a design's folder, as in layout stress issues/our-2026/evening.")  # fmt: skip


def run_stress(
    design: Path, options: StressOptions, fault_of: FaultOf, workers: Callable[[], Executor] | None = None,
    progress: Progress = quiet,
) -> Iterator[StressedCase]:
    """Makes every case of *options* by the *design* in a folder, and gives each as it is ready.

    Raises ``UsageError`` where the design has no such kind of page, or none that such a case suits; ``PrintError``
    where nothing can be written. What is wrong with the design is the result of a case.
    """
    cases = _written(design, options, workers or (lambda: Workers(preload=PRELOAD)))
    build = replace(options.build, out=options.build.out / "pages", keep=False, png=False, delivery=False)
    issues = [BatchIssue(each.issue, each.name) for each in cases]
    by_name = {each.name: each for each in cases}
    for done, item in enumerate(run_batch(issues, BatchOptions(build, options.jobs, fresh=True), fault_of, workers), 1):
        progress("issues", done, len(issues))
        written = by_name[item.issue.name]
        report = _report(written.pdf.with_name("report.json")) if item.result.pages else None
        yield StressedCase(written, item.result, report)


def _report(path: Path) -> ReportJson:
    return cast("ReportJson", json.loads(path.read_text(encoding="utf-8")))


def _written(design: Path, options: StressOptions, workers: Callable[[], Executor]) -> list[WrittenCase]:
    """The cases, whose issues are written."""
    with short_places(design):
        every = page_hooks(design)
    kinds = [hooks for hooks in every if not options.kinds or {hooks.kind, hooks.name}.intersection(options.kinds)]
    if unknown := set(options.kinds) - {name for hooks in every for name in (hooks.kind, hooks.name)}:
        raise UsageError(
            Message(f"版式没有“{'、'.join(sorted(unknown))}”这种版面。", f"The design has no kind “{', '.join(sorted(unknown))}”."),
            hint=meant(sorted(unknown)[0], [hooks.name for hooks in every]),
        )
    found = []
    for hooks in kinds:
        cases = [case for case in options.cases if case.suits(hooks)]
        room = _room(design, hooks, options, workers) if cases else 0
        found += [_one(design, hooks, case, room, options, several=len(every) > 1) for case in cases]
    if not found:
        raise UsageError(
            Message("这个版式不要这些：没有一种试法适合它。", "The design asks for none of it: no such case suits it."),
            hint=Message("不写 --cases，就试全部。", "Leave --cases out to try all."),
        )
    return found


def _one(
    design: Path, hooks: PageHooks, case: StressCase, room: int, options: StressOptions, *, several: bool
) -> WrittenCase:
    out, name = options.build.out, f"{hooks.name}-{case.name}" if several else case.name
    folder = out / "issues" / name
    issue = StressIssue(design, hooks, case, room, number=2 if hooks.is_spread else 1)
    characters = _put(folder, issue)
    pdf = out / "pages" / name / f"{name}.pdf"
    return WrittenCase(hooks, case, name, folder, pdf, characters, issue.pictures)


def _put(folder: Path, issue: StressIssue) -> int:
    try:
        return write_stress(folder, issue)
    except OSError as error:
        why = refusal(error) or Message(str(error.strerror), str(error.strerror))
        raise PrintError(
            Message(f"{folder} 写不进去：{why.zh}。", f"{folder} cannot be written: {why.en}."),
            hint=Message("换一个 -o 文件夹。", "Choose another folder with -o."),
        ) from error


def _room(design: Path, hooks: PageHooks, options: StressOptions, workers: Callable[[], Executor]) -> int:
    """The characters that fill a page of *hooks* with the usual case's pictures, about.

    Where the design does not state it, the usual case is fitted: what has no place is taken away, what stays empty is
    added, a few times. A page that cannot be fitted, or that the program makes up, has what is guessed by its size.
    """
    room = round(_TEXT * hooks.size[0] * hooks.size[1] / _CELL)
    if hooks.amounts or hooks.is_auto or hooks.runs_on:
        return room
    executor = workers()
    try:
        for _ in range(_TRIED):
            folder = options.build.out / "issues" / f"{hooks.name}-{USUAL}"
            _put(folder, StressIssue(design, hooks, stress_cases()[USUAL], room))
            off = _off(check(folder, replace(options.build, results=(), baseline=None), workers=executor), room)
            room = max(200, room + off)
            if abs(off) <= _NEAR * room:
                break
    except LayoutError:
        pass  # told when the cases are made
    finally:
        executor.shutdown(wait=True, cancel_futures=True)
    return room


def _off(findings: Sequence[Finding], room: int) -> int:
    """The characters that the page is short of; below 0 those that it has no place for."""
    off = 0.0
    for each in findings:
        amount = each.amount
        if each.check == "page.overset":
            off -= float(str(amount.get("characters", 0)))
        elif each.check == "page.underset":
            off += float(str(amount.get("characters", 0))) or float(str(amount.get("share", 0))) * room / _TEXT
    return round(off)
