"""The build: a list of stages in their order. Each is a room of its own; here they only meet."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from datetime import datetime, time
from pathlib import Path

from layout import assets
from layout.build.account import account_for
from layout.build.caches import pictures_cache
from layout.build.clock import Clock
from layout.build.options import Built, Options, Progress, chosen_pages, exit_code, quiet
from layout.build.output import write_all
from layout.build.pages import MadePage, PageMaker
from layout.build.reporting import Outcome, report_of
from layout.errors import LayoutError
from layout.findings import Finding
from layout.fontbook import Fontbook
from layout.issue import Issue, PagePlan, read_issue
from layout.manuscript.notes import notes
from layout.page.engine import Engine, write_pdf
from layout.preflight.job import Expected
from layout.preflight.judge import judge
from layout.prepress import finish
from layout.press import PressProfile, load_profile
from layout.proof.raster import page_png


def build(folder: Path, options: Options, progress: Progress = quiet) -> Built:
    """Builds the issue in *folder*: PDF, picture of each page, report. Writes nothing unless everything went well."""
    return Workshop().build(folder, options, progress)


def check(folder: Path, options: Options) -> tuple[Finding, ...]:
    """Everything a build would find before the PDF is made: copy, plan, design, fit. No output is written."""
    return Workshop().check(folder, options)


class Workshop:
    """Builds, and keeps what the next build can use again: fonts, shaped characters, prepared pictures."""

    def __init__(self, cache: Path | None = None):
        self.cache = cache or pictures_cache()
        self.fontbook = Fontbook(assets.fonts_dir())
        self.engine = Engine(self.fontbook, self.cache)

    def build(self, folder: Path, options: Options, progress: Progress = quiet) -> Built:
        """See ``build``."""
        clock = Clock()
        with clock.stage("issue"):
            progress("读稿", 0, 1)
            issue, profile, plans = self._read(folder, options)
        maker = PageMaker(issue, profile, self.engine, self.cache, options.jobs, clock, progress)
        pages = [maker.make(plan) for plan in plans]
        with clock.stage("render"):
            progress("出版面", 0, 1)
            raw = self._paint(issue, pages)
        with clock.stage("prepress"):
            progress("印前处理", 0, 1)
            pdf = self._finish(raw, issue, profile, pages)
        with clock.stage("preflight"):
            progress("核对与预检", 0, 1)
            accounts = account_for(pdf, issue, plans)
            findings = self._findings(issue, pages)
            findings += [finding for account in accounts for finding in account.findings]
            findings += judge(pdf, profile, self._expected(issue, pages))
        with clock.stage("proof"):
            progress("打样", 0, len(plans))
            files = {f"{issue.id}.pdf": pdf, **_page_pngs(pdf, issue, plans, options)}
        outcome = Outcome(issue, profile, pages, accounts, findings, files, clock.total())
        return _written(outcome, report_of(outcome, self.fontbook).as_json(options.lang), options)

    def check(self, folder: Path, options: Options) -> tuple[Finding, ...]:
        """See ``check``."""
        issue, profile, plans = self._read(folder, options)
        maker = PageMaker(issue, profile, self.engine, self.cache, options.jobs, Clock(), quiet)
        return tuple(self._findings(issue, [maker.make(plan) for plan in plans]))

    def _read(self, folder: Path, options: Options) -> tuple[Issue, PressProfile, tuple[PagePlan, ...]]:
        issue = read_issue(folder)
        profile = _press(options.press, issue)
        numbers = chosen_pages(options.pages, [plan.number for plan in issue.pages])
        return issue, profile, tuple(plan for plan in issue.pages if plan.number in numbers)

    def _paint(self, issue: Issue, pages: Sequence[MadePage]) -> bytes:
        identifier = hashlib.sha256(issue.id.encode()).digest()[:16]
        painted = [(page.document, page.composed.lines) for page in pages]
        return write_pdf(self.engine, painted, title=issue.title, identifier=identifier)

    def _finish(self, raw: bytes, issue: Issue, profile: PressProfile, pages: Sequence[MadePage]) -> bytes:
        page = pages[0].composed.page
        return finish(
            raw,
            profile=profile,
            title=issue.title,
            document_date=datetime.combine(issue.date, time()),
            trim=(page.width, page.height),
            postscript_names={face.family: face.postscript_name for face in self.fontbook.faces.values()},
        )

    def _findings(self, issue: Issue, pages: Sequence[MadePage]) -> list[Finding]:
        findings = [finding for page in pages for finding in page.findings]
        return findings + [finding for story in issue.stories for finding in notes(story)]

    def _expected(self, issue: Issue, pages: Sequence[MadePage]) -> Expected:
        page = pages[0].composed.page
        names = frozenset(face.postscript_name for face in self.fontbook.faces.values())
        return Expected(pages=len(pages), trim=(page.width, page.height), title=issue.title, faces=names)


def _press(asked: str | None, issue: Issue) -> PressProfile:
    """The press profile asked for, else the issue's. An unknown one is a fault of issue.toml only where it says so."""
    try:
        return load_profile(asked or issue.press, [issue.folder, assets.press_dir()])
    except LayoutError as fault:
        if asked is None and fault.place is None:
            fault.place = issue.places.get("press")
        raise


def _page_pngs(pdf: bytes, issue: Issue, plans: Sequence[PagePlan], options: Options) -> dict[str, bytes]:
    if not options.png:
        return {}
    names = [issue.id if len(issue.pages) == 1 else f"{issue.id}-{plan.number}" for plan in plans]
    return {f"{name}.png": page_png(pdf, index, options.png_ppi) for index, name in enumerate(names)}


def _written(outcome: Outcome, report: dict[str, object], options: Options) -> Built:
    files = {options.out / name: content for name, content in outcome.files.items()}
    files[options.out / "report.json"] = (json.dumps(report, ensure_ascii=False, indent=1) + "\n").encode()
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
        pages=tuple(page.composed for page in outcome.pages),
    )
