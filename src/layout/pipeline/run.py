"""The build: a list of stages in their order. Each is a room of its own; here they only meet.

Setting, painting and drawing may happen in a second process (``elsewhere``); the pipeline does not care.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from layout.checks import Finding
from layout.pipeline.messages import Job
from layout.pipeline.multi_page import batch_of, begin_pages, made_pages, written_parts
from layout.pipeline.options import Built, Options, Progress, chosen_pages, exit_code, quiet
from layout.pipeline.output import report_files, write_all
from layout.pipeline.reading import look_at_design, read_job
from layout.pipeline.stage_times import Clock
from layout.pipeline.worker_process import Here, Pending, open_room

if TYPE_CHECKING:
    from layout.copyfit.model import ComposedPage
    from layout.pipeline.reporting import Outcome


def build(folder: Path, options: Options, progress: Progress = quiet, second: Here | None = None) -> Built:
    """Builds the issue in *folder*: PDF, picture of each page, report. Writes nothing unless everything went well."""
    return Workshop(second=second).build(folder, options, progress)


def check(folder: Path, options: Options) -> tuple[Finding, ...]:
    """Everything a build would find before the PDF is made: copy, plan, design, fit. No output is written."""
    return Workshop().check(folder, options)


class Workshop:
    """Builds, and keeps what the next build can use again: fonts, shaped characters, prepared pictures.

    *second* is the process in which pages are set, and ended by whoever began it; without it they are set here.
    """

    def __init__(self, cache: Path | None = None, second: Here | None = None):
        self._cache = cache
        self._room = second or Here(partial(open_room, cache))

    def build(self, folder: Path, options: Options, progress: Progress = quiet) -> Built:
        """See ``build``."""
        clock = Clock()
        job = read_job(folder, options, clock, progress)
        if len(job.plans) > 1:
            return self._build_many(job, options, clock, progress)
        setting = self._room.begin("set_pages", job, progress=progress)
        look_at_design(job)
        from layout.pipeline.finishing import finished, found_in_copy, judged  # noqa: PLC0415  (while the pages are set)
        from layout.pipeline.reporting import Outcome, counted  # noqa: PLC0415

        in_copy = found_in_copy(job)
        painted = setting.result()
        clock.add(painted.seconds)
        made = self._room.begin("told", job, options.keep, progress=progress)
        with clock.stage("prepress"):
            progress("印前处理", 0, 1)
            drawn = len(job.plans) if options.png else 0
            drawing: list[Pending] = []

            def draw(draft: bytes) -> None:
                drawing.append(self._room.begin("draw", draft, options.png_ppi, drawn, progress=progress))

            pdf = finished(painted, job, draw if drawn else None)
        pages = made.result()
        with clock.stage("preflight"):
            progress("核对与预检", 0, 1)
            accounts, findings, record = judged(pdf, job, pages, painted, in_copy)
        with clock.stage("proof"):
            drawings = [png for pending in drawing for png in pending.result()]
            pictures = dict(zip(_picture_names(job), drawings, strict=False))
        files = {f"{job.issue.id}.pdf": pdf, **pictures}
        reports = [counted(page.report, account) for page, account in zip(pages, accounts, strict=True)]
        outcome = Outcome(job.issue, job.profile, reports, findings, files, clock.total(), record)
        return _written(outcome, [page.composed for page in pages if page.composed is not None], options)

    def _build_many(self, job: Job, options: Options, clock: Clock, progress: Progress) -> Built:
        options = replace(options, cache=options.cache or self._cache)
        wanted = chosen_pages(options.pages, [plan.number for plan in job.issue.pages])
        with tempfile.TemporaryDirectory(prefix="layout-") as name:
            desk = Path(name)
            printing = begin_pages(self._room, batch_of(job, options, desk), wanted, progress)
            look_at_design(job)
            from layout.pipeline.assemble import found_in, gathered  # noqa: PLC0415  (loaded meanwhile)
            from layout.pipeline.reporting import Outcome  # noqa: PLC0415

            pages = printing()
            for page in pages:
                clock.add(page.seconds)
            with clock.stage("prepress"):
                pdf = gathered(job, pages, desk)
                findings, record = found_in(job, pages, pdf)
            files = {f"{job.issue.id}.pdf": pdf, **written_parts(job, pages, options)}
            reports = [page.report for page in pages]
            outcome = Outcome(job.issue, job.profile, reports, findings, files, clock.total(), record)
            return _written(outcome, [page.composed for page in pages if page.composed is not None], options)

    def check(self, folder: Path, options: Options) -> tuple[Finding, ...]:
        """See ``check``."""
        job = read_job(folder, options, Clock(), quiet)
        look_at_design(job)
        if len(job.plans) > 1:
            made = made_pages(self._room, batch_of(job, options, Path()), quiet)
            from layout.pipeline.finishing import found_while_setting  # noqa: PLC0415

            return tuple(found_while_setting(job, made))
        setting = self._room.begin("compose", job, progress=quiet)
        from layout.pipeline.finishing import found_while_setting  # noqa: PLC0415  (loaded while the pages are set)

        return tuple(found_while_setting(job, setting.result()))


def _picture_names(job: Job) -> list[str]:
    issue = job.issue
    return [f"{issue.id}.png" if len(issue.pages) == 1 else f"{issue.id}-{plan.number}.png" for plan in job.plans]


def _written(outcome: Outcome, pages: Sequence[ComposedPage], options: Options) -> Built:
    from layout.pipeline.reporting import report_of  # noqa: PLC0415

    report = report_of(outcome).as_json(options.lang)
    files: dict[Path, bytes | Path] = {options.out / name: content for name, content in outcome.files.items()}
    files |= report_files(options.out, outcome.issue.id, report)
    write_all(files)
    return Built(
        issue_id=outcome.issue.id,
        pdf=options.out / f"{outcome.issue.id}.pdf",
        png=tuple(path for path in files if path.suffix == ".png"),
        report_path=options.out / "report.json",
        report=report,
        findings=tuple(outcome.findings),
        exit_code=exit_code(outcome.findings, options.strict),
        seconds=outcome.seconds,
        pages=tuple(pages),
    )
