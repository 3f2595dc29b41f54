"""What a build gives and writes once its pages are made: put together, held against the baseline, reported, sealed.

Loaded while the pages are made, so that nobody waits for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import Executor
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, cast

from layout.checks import Finding, fails, room_checks
from layout.issue import Issue
from layout.pipeline.assemble import Edition, assemble, files_of, name_of
from layout.pipeline.baselines import by_build, compared
from layout.pipeline.findings import found_in_copy
from layout.pipeline.job import Job
from layout.pipeline.last_delivery import LastDelivery, changed_parts
from layout.pipeline.options import Built, Options
from layout.pipeline.output import Files, report_bytes, report_files
from layout.pipeline.reading import look_at_design
from layout.pipeline.reporting import Outcome, report_of
from layout.pipeline.results import files_of_build
from layout.pipeline.sealing import Origins, origins_of, seal_of
from layout.pipeline.signing import check_pages, unsigned_finding
from layout.pipeline.stages import Clock
from layout.pipeline.stored_pages import StoredPages, heads
from layout.seal.file_written import FileWritten
from layout.seal.seal_json import seal_bytes, seal_name

if TYPE_CHECKING:
    from layout.checks.baseline import Baseline
    from layout.proof.report_json import ReportJson


@dataclass(frozen=True)
class SourceLook:
    """What is seen in the files of an issue and its design while the pages are made."""

    findings: Sequence[Finding]
    """In the design and the copy."""
    origins: Origins


def look_at_sources(job: Job, planned: Issue, options: Options) -> SourceLook:
    """See ``SourceLook``; *planned* is the issue before its runs came to pages. Raises ``TemplateError`` or ``Faults``
    as ``look_at_design`` does, ``SourceError`` as ``origins_of``.
    """
    room_checks("preflight")  # the table is read once, and wanted at the end
    return SourceLook([*look_at_design(job, options), *found_in_copy(job.issue)], origins_of(job, planned))


def edition_files(
    job: Job,
    pages: StoredPages,
    look: SourceLook,
    options: Options,
    clock: Clock,
    *,
    baseline: Baseline | None,
    earlier: LastDelivery | None,
    workers: Executor,
    scratch: Path,
) -> tuple[Built, Files]:
    """The result of a build of *pages* and the files to be written; *job* has the issue with the pages that were made.

    The findings are held against *baseline*, the pages against what was delivered *earlier*, where there are any.
    Raises ``SignoffError`` where a final build must be refused.
    """
    check_pages(job.issue, pages, options)
    in_copy = [*look.findings, *unsigned_finding(job.issue, job.profile, options)]
    for page in pages.heads():
        clock.add(page.seconds)
    with clock.stage("prepress"):
        edition = assemble(job, pages, in_copy, workers, scratch)
    files = files_of(job, edition, options, earlier if options.only_changed else None)
    comparison = compared(baseline, edition.findings, by_build(options), options)
    outcome = Outcome(
        job.issue, job.profile, edition.reports, comparison.findings, files, clock.total(), edition.record, job.faces
    )
    built, described = _described(outcome, edition, options)
    if options.draft:  # nothing of it is sealed or held against anything, and what was built last stays as it is
        return built, {**described, **files_of_build(built, job.issue.folder, options)}
    written = [FileWritten(each["name"], each["size"], each["sha256"]) for each in built.report["files"]]
    seal = seal_of(job, pages, look.origins, written)
    built = built if earlier is None else replace(built, moved=changed_parts(earlier, pages))
    more: Files = {**comparison.files, **files_of_build(built, job.issue.folder, options)}
    return built, {**described, **more, options.out / seal_name(job.issue.id): seal_bytes(seal)}


def _described(outcome: Outcome, edition: Edition, options: Options) -> tuple[Built, Files]:
    report = cast("ReportJson", report_of(outcome).as_json(options.lang))
    files: Files = {options.out / name: content for name, content in outcome.files.items()}
    name = name_of(outcome.issue, options)
    own = options.out / f"{name}.report.json"
    files |= {own: report_bytes(report)} if options.is_stamped else report_files(options.out, outcome.issue.id, report)
    built = Built(
        issue_id=outcome.issue.id,
        pdf=options.out / f"{name}.pdf",
        png=tuple(path for path in files if path.suffix == ".png"),
        report_path=own if options.is_stamped else options.out / "report.json",
        report=report,
        findings=tuple(outcome.findings),
        exit_code=1 if options.is_stamped else int(fails(outcome.findings, options.fail_on)),
        seconds=outcome.seconds,
        pages=tuple(page.composed for page in heads(edition.pages) if page.composed is not None),
        is_draft=options.is_stamped,
    )
    return built, files
