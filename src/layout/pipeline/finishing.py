"""From the painted page to the verdict: finished for the press, every character accounted for, judged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, time

from layout.checks import Finding
from layout.errors import Place
from layout.flows import Flow
from layout.issue import PagePlan
from layout.manuscript.model import Text
from layout.painted import PaintedObjects
from layout.pipeline.job import Job, PageResult, PageTask
from layout.pipeline.reporting import counted
from layout.pipeline.text_accounting import account_for
from layout.preflight.job import Expected
from layout.preflight.judge import judge
from layout.preflight.page_geometry import PageGeometry
from layout.preflight.record import ACCOUNTED, Record
from layout.preflight.source_map import sources
from layout.prepress import SlugLine, finish, pack


def finished(
    painted: bytes, objects: PaintedObjects, task: PageTask, trim: tuple[float, float], faces: Mapping[str, str]
) -> bytes:
    """The PDF that the press gets, but for its packing, of a page *painted* by WeasyPrint.

    *objects* is what is to be done to single objects of it. *trim* is the trimmed page in points; *faces* are the
    PostScript names of all faces, by family.
    """
    issue, plan = task.job.issue, task.plan
    return finish(
        painted,
        objects=objects,
        profile=task.job.profile,
        title=issue.title,
        document_date=datetime.combine(issue.date, time()),
        trim=trim,
        postscript_names=faces,
        slug=SlugLine(issue.title, issue.date, (f"第{plan.number}版 {plan.title}",)),
    )


def judged(page: PageResult, task: PageTask, plan: PagePlan, unset: Mapping[Flow, Text]) -> PageResult:
    """*page*, finished, packed and read back: every character accounted for, every check carried out.

    *plan* has only the copy that stands on it, *unset* is what of that is overset, by flow.
    """
    pdf, record = pack(page.content), Record()
    account = account_for(pdf, task.job.issue, [(plan, unset)])[0]
    record.ran(*ACCOUNTED)
    found = judge(pdf, task.job.profile, _expected(page, task), record)
    known = located(found, [(page.number, page.report.geometry)], task.job)
    findings = (*account.findings, *told_once([*page.findings, *account.findings], known))
    return replace(page, pdf=pdf, report=counted(page.report, account), judged=findings, record=record)


def _expected(page: PageResult, task: PageTask) -> Expected:
    return Expected(
        pages=1,
        trim=page.trim,
        title=task.job.issue.title,
        faces=page.faces,
        plates=(frozenset(task.plan.plates),),
        whole=task.whole,
    )


def located(findings: Iterable[Finding], pages: Sequence[tuple[int, PageGeometry]], job: Job) -> list[Finding]:
    """What was found in the finished file, with the newsroom's names for its spots, and the edition's page numbers.

    *pages*, in the file's order, are their numbers and their geometry.
    """
    known = sources(pages)
    # Of the file itself there is but one, and where a page is known it need not be named.
    whole = Place(f"{job.issue.id}.pdf")
    placed = [known.located(replace(each, place=None if each.page_no else whole)) for each in findings]
    return [replace(each, page_no=pages[each.page_no - 1][0]) if each.page_no else each for each in placed]


def told_once(found: Iterable[Finding], judged: Iterable[Finding]) -> list[Finding]:
    """*judged* without what was *found* of the same thing before there was a PDF: that a picture has too few pixels."""
    known = {(each.check, each.page_no, each.sources) for each in found}
    return [each for each in judged if (each.repeats, each.page_no, each.sources) not in known]
