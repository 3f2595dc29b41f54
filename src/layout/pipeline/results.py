"""What a command found, as the files of results that its options ask for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from layout.checks import Finding, fails
from layout.errors import LayoutError
from layout.pipeline.reporting import program
from layout.proof.issue_result import CheckStatus, IssueResult, fault_rows, from_here, rows_of

if TYPE_CHECKING:
    from layout.issue import Issue
    from layout.pipeline.options import Built, Options
    from layout.preflight.verdict import Verdict


def files_of_build(built: Built, folder: Path, options: Options) -> dict[Path, bytes | Path]:
    """The files of results of a build."""
    return {**_files(result_of_build(built, folder, options), options)} if options.results else {}


def files_of_check(
    findings: Sequence[Finding], issue: Issue, folder: Path, options: Options
) -> dict[Path, bytes | Path]:
    """The files of results of ``check``."""
    if not options.results:
        return {}
    code = int(fails(findings, options.fail_on))
    rows, date = rows_of(findings, folder, options.lang), issue.date.isoformat()
    named = IssueResult(issue.id, from_here(folder), code, options.fail_on, rows, issue.title, date, len(issue.pages))
    return {**_files(named, options)}


def files_of_verdict(verdict: Verdict, pdf: Path, options: Options) -> dict[Path, bytes | Path]:
    """The files of results of a preflight of the file *pdf*."""
    lang = options.lang
    result = IssueResult(
        issue=pdf.name,
        folder=from_here(pdf),
        exit_code=int(fails(verdict.findings, options.fail_on)),
        fail_on=options.fail_on,
        rows=rows_of(verdict.findings, pdf.parent, lang, pdf),
        checks={
            each: CheckStatus(found.status, found.why.text(lang) if found.why else "")
            for each, found in verdict.results.items()
        },
    )
    return {**_files(result, options)} if options.results else {}


def files_of_fault(
    fault: LayoutError, folder: Path, options: Options, judged: Path | None = None
) -> dict[Path, bytes | Path]:
    """The files of results of a command on the issue in *folder*, or on the file *judged*, that ended in *fault*."""
    return {**_files(result_of_fault(fault, folder, options, judged), options)}


def result_of_build(built: Built, folder: Path, options: Options) -> IssueResult:
    """The result of a build of the issue in *folder*."""
    report = built.report
    return IssueResult(
        issue=built.issue_id,
        folder=from_here(folder),
        exit_code=built.exit_code,
        fail_on=options.fail_on,
        rows=rows_of(built.findings, folder, options.lang),
        title=report["title"],
        date=report["date"],
        pages=len(report["pages"]),
        checks={each: CheckStatus(run["status"], run.get("why") or "") for each, run in report["checks"].items()},
        seconds=built.seconds["total"],
    )


def result_of_fault(fault: LayoutError, folder: Path, options: Options, judged: Path | None = None) -> IssueResult:
    """The result of a command on the issue in *folder*, or on the file *judged*, that ended in *fault*."""
    rows, about = fault_rows(fault, folder, options.lang, judged), judged or folder
    return IssueResult(about.absolute().name, from_here(about), fault.exit_code, options.fail_on, rows)


def _files(result: IssueResult, options: Options) -> dict[Path, bytes]:
    from layout.proof.result_files import result_files  # noqa: PLC0415  (loads an XML writer)

    return result_files(options.results, [result], program().rpartition(" ")[2], options.lang)
