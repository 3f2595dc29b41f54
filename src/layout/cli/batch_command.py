"""batch: many issues in one run. (Typer reads the annotations while this function runs.)"""
# ruff: noqa: PLC0415

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from layout.cli.console import OUT, CommandContext, chosen_level
from layout.cli.guard import as_fault
from layout.errors import Message, UsageError

if TYPE_CHECKING:
    from layout.pipeline.batch import BatchItem, BatchOptions
    from layout.pipeline.batch_folders import BatchIssue
    from layout.proof.issue_result import IssueResult

SHOWN = 5
"""Findings and faults of one issue that the terminal shows; the report has all."""


def register(app: typer.Typer, context: CommandContext) -> None:
    """Add the command."""
    words = context.words

    @app.command(**words.command("batch"))
    def batch(
        folders: Annotated[list[Path], words.argument("FOLDER")],
        *,
        out: Annotated[Path, words.option("-o", "--out", key="batch --out", metavar="OUT")] = OUT,
        since: Annotated[str, words.option("--since", key="batch --since", metavar="REF")] = "",
        listed: Annotated[bool, words.option("--list")] = False,
        fresh: Annotated[bool, words.option("--fresh")] = False,
        proofs: Annotated[bool, words.option("--proof")] = False,
        proof_round: Annotated[int, words.option("--round", key="batch --round", metavar="N", min=1)] = 1,
        against: Annotated[Path | None, words.option("--against", key="batch --against", metavar="OLD")] = None,
        compare: Annotated[bool, words.option("--compare")] = False,
        comment: Annotated[Path | None, words.option("--comment", key="batch --comment", metavar="FILE")] = None,
        pictures: Annotated[str, words.option("--pictures", metavar="URL")] = "",
        soft: Annotated[bool, words.option("--soft")] = False,
        plates: Annotated[bool, words.option("--plates")] = False,
        press: Annotated[str, words.option("--press", metavar="NAME")] = "",
        strict: Annotated[bool, words.option("--strict")] = False,
        fail_on: Annotated[str, words.option("--fail-on", metavar="LEVEL")] = "",
        baseline: Annotated[Path | None, words.option("--baseline", key="batch --baseline", metavar="NAME")] = None,
        results: Annotated[list[Path] | None, words.option("--results", metavar="FILE")] = None,
        jobs: Annotated[int, words.option("--jobs", key="batch --jobs", metavar="N", min=1)] = 1,
        cluster: Annotated[str, words.option("--cluster", key="batch --cluster", metavar="ADDRESS")] = "",
        no_png: Annotated[bool, words.option("--no-png")] = False,
        final: Annotated[bool, words.option("--final")] = False,
    ) -> int:
        from layout import pipeline
        from layout.pipeline.batch import BatchOptions, exit_code, report_batch
        from layout.pipeline.batch_folders import issues_below
        from layout.pipeline.changed_files import changed_issues
        from layout.pipeline.proofs import NO_SEPARATIONS

        of_proofs = soft or plates or compare or against is not None or comment is not None or proof_round > 1
        _check(proofs=proofs, only_proofs=of_proofs, since=since, compare=compare, final=final)
        _check_cluster(cluster, jobs)
        _check_places(against, compare=compare, comment=comment, pictures=pictures)
        level = chosen_level(fail_on, "error", strict=strict)
        build = pipeline.Options(
            out, press=press or None, fail_on=level, lang=context.lang, png=not no_png, keep=False, baseline=baseline,
            results=tuple(results or ()), final=final, fresh=fresh,
        )  # fmt: skip
        options = BatchOptions(
            build, jobs, fresh, proof_round if proofs else None, against, since if compare else "",
            pipeline.SeparationOptions(soft=soft, plates=plates) if soft or plates else NO_SEPARATIONS,
        )  # fmt: skip
        issues = issues_below(folders, out)
        if since:
            issues = changed_issues(issues, since)
        if listed:
            print(*(issue.folder for issue in issues), sep="\n", end="\n" if issues else "")
            return 0
        items = _made(issues, options, context, cluster)
        report_batch(items, options)
        if comment is not None:
            from layout.pipeline.batch_comment import write_comment

            write_comment(items, options, comment, pictures)
        _show(items, context)
        return exit_code([item.result for item in items])


def _check(*, proofs: bool, only_proofs: bool, since: str, compare: bool, final: bool) -> None:
    """Raises ``UsageError`` for options that need another, or exclude one another."""
    if final and proofs:
        raise UsageError(
            Message("--final 是付印，不和 --proof 同用。", "--final is for the press, --proof is not."),
            hint=Message("删去一个。", "Take one of them out."),
        )
    if only_proofs and not proofs:
        raise UsageError(
            Message("--round、--against、--compare、--comment、--soft、--plates 只用在校样。",
                    "--round, --against, --compare, --comment, --soft and --plates are for proofs."),
            hint=Message("加上 --proof。", "Add --proof."),
        )  # fmt: skip
    if compare and not since:
        raise UsageError(
            Message("--compare 要有 --since：和哪时的版面比。", "--compare needs --since: what to compare with."),
            hint=Message("例：--since origin/main --compare", "E.g. --since origin/main --compare"),
        )


def _check_places(against: Path | None, *, compare: bool, comment: Path | None, pictures: str) -> None:
    """Raises ``UsageError`` for places that would not be looked at, or are not there."""
    if against is not None and compare:
        raise UsageError(
            Message("--against 和 --compare 只能用一个：和哪一份比。",
                    "--against and --compare exclude one another: each says what to compare with."),
            hint=Message("删去一个。", "Take one of them out."),
        )  # fmt: skip
    if against is not None and not against.is_dir():
        raise UsageError(
            Message(f"没有文件夹 {against}。", f"There is no folder {against}."),
            hint=Message("--against 给出以前一批的成品文件夹（那时的 -o）。",
                         "--against names the folder of an earlier batch: its -o."),
        )  # fmt: skip
    if pictures and comment is None:
        raise UsageError(
            Message("--pictures 是评论里小图的网址，要有 --comment。",
                    "--pictures is the address of a comment's pictures: it needs --comment."),
            hint=Message("例：--comment comment.md --pictures https://…",
                         "E.g. --comment comment.md --pictures https://…"),
        )  # fmt: skip


def _check_cluster(cluster: str, jobs: int) -> None:
    if cluster and jobs > 1:
        raise UsageError(
            Message("--jobs 说本机同时做几期，--cluster 由集群自己定，不能同用。",
                    "--jobs is for this machine; a cluster knows by itself how many issues it makes at once."),
            hint=Message("删去一个。", "Take one of them out."),
        )  # fmt: skip


def _made(
    issues: "Sequence[BatchIssue]", options: "BatchOptions", context: CommandContext, cluster: str
) -> list["BatchItem"]:
    """Every issue as it came out, in the order of *issues*; a line for each as it is ready."""
    by_issue: dict[BatchIssue, BatchItem] = {}
    with _at_work(issues, options, cluster) as items, context.progress() as progress:
        for item in items:
            by_issue[item.issue] = item
            progress("issues", len(by_issue), len(issues))
            print(f"[{len(by_issue)}/{len(issues)}] {_line(item, context)}", file=sys.stderr, flush=True)
    return [by_issue[issue] for issue in issues]


@contextmanager
def _at_work(issues: "Sequence[BatchIssue]", options: "BatchOptions", cluster: str) -> Iterator[Iterator["BatchItem"]]:
    """The issues, being made here or by the machines of a *cluster*."""
    from layout.pipeline.batch import run_batch, run_batch_on

    if not cluster or not issues:
        yield run_batch(issues, options, as_fault)
        return
    from layout.cli.cluster_option import machines

    out = options.build.out
    out.mkdir(parents=True, exist_ok=True)
    folders = [each.folder for each in issues]
    before = [] if options.against is None else [options.against]
    with machines(cluster, [*folders, out, *before]) as remote:
        yield run_batch_on(remote, issues, options, as_fault)


def _line(item: "BatchItem", context: CommandContext) -> str:
    """How one issue came out, in a line."""
    from layout.proof.results_markdown import verdict

    how = verdict(item.result).text(context.lang)
    took = f"{item.result.seconds:.1f} s" if item.made else context.say("没有变，不重做", "unchanged, not made again")
    return f"{item.issue.name}{context.say('：', ': ')}{how}{context.say('，', ', ')}{took}"


def _show(items: "Sequence[BatchItem]", context: CommandContext) -> None:
    """The table of all issues, and below it what failed."""
    from rich.table import Table

    from layout.proof.results_markdown import GRAVITIES, verdict

    if not items:
        print(context.say("没有哪一期要做。", "No issue is to be made."))
        return
    table = Table(box=None, pad_edge=False, header_style="bold")
    for title in (("期", "issue"), ("结果", "result")):
        table.add_column(context.say(*title))
    for title in (("退出码", "exit code"), ("版", "pages"), ("错误", "errors"), ("警告", "warnings"), ("提示", "notes"),
                  ("用时 s", "seconds")):  # fmt: skip
        table.add_column(context.say(*title), justify="right")
    for item in items:
        result = item.result
        counts = (str(result.count(gravity) or "") for gravity in GRAVITIES)
        seconds = f"{result.seconds:.1f}" if item.made else "="
        how = verdict(result).text(context.lang)
        table.add_row(item.issue.name, how, str(result.exit_code), str(result.pages or ""), *counts, seconds)
    context.show(table)
    for item in items:
        _failures(item.result, context)


def _failures(result: "IssueResult", context: CommandContext) -> None:
    failing = [row for row in result.rows if result.fails(row)]
    if failing:
        print(f"\n{result.folder}:")
    for row in failing[:SHOWN]:
        print(f"  {row.place or row.file}: [{row.check}] {row.message}" + (f"\n    → {row.hint}" if row.hint else ""))
    if (more := len(failing) - SHOWN) > 0:
        print(context.say(f"  还有 {more} 条，见报告。", f"  And {more} more, in the report."))
