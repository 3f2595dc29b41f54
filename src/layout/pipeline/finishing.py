"""From the painted pages to the verdict: finished for the press, every character accounted for, judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, time

from layout.checks import Finding
from layout.errors import Place, Said
from layout.manuscript.copy_checks import check_story
from layout.pipeline.messages import Job, MadePage, Painted, ToldPage
from layout.pipeline.text_accounting import account_for
from layout.preflight.job import Expected
from layout.preflight.judge import judge
from layout.preflight.page_geometry import PageGeometry
from layout.preflight.record import ACCOUNTED, Record
from layout.preflight.source_map import sources
from layout.preflight.text import Accounting
from layout.prepress import SlugLine, finish

FOLDED = "picture.profile-missing"
"""What is said once of all pictures."""


def finished(painted: Painted, job: Job, draft: Callable[[bytes], None] | None = None) -> bytes:
    """The PDF that the press gets; *draft* is given the same, not yet packed, a little earlier."""
    return finish(
        painted.pdf,
        objects=painted.objects,
        profile=job.profile,
        title=job.issue.title,
        document_date=datetime.combine(job.issue.date, time()),
        trim=painted.trim,
        postscript_names=painted.faces,
        slug=SlugLine(job.issue.title, job.issue.date, tuple(f"第{plan.number}版 {plan.title}" for plan in job.plans)),
        draft=draft,
    )


def judged(
    pdf: bytes, job: Job, pages: Sequence[ToldPage], painted: Painted, copy: Sequence[Finding]
) -> tuple[tuple[Accounting, ...], list[Finding], Record]:
    """One accounting per page, everything found (while setting, in the *copy*, in the finished file), and which checks
    of the file were carried out.
    """
    record = Record()
    accounts = account_for(pdf, job.issue, [(page.plan, page.unset) for page in pages])
    record.ran(*ACCOUNTED)
    findings = [*found_on(pages), *copy]
    findings += [finding for account in accounts for finding in account.findings]
    geometry = [(page.plan.number, page.report.geometry) for page in pages]
    found = judge(pdf, job.profile, expected(painted, job), record)
    findings += told_once(findings, located(found, geometry, job))
    return accounts, findings, record


def expected(painted: Painted, job: Job) -> Expected:
    """What the file with the pages of *job* should be."""
    return Expected(
        pages=len(job.plans),
        trim=painted.trim,
        title=job.issue.title,
        faces=frozenset(painted.faces.values()),
        plates=tuple(frozenset(plan.plates) for plan in job.plans),
        whole=len(job.plans) == len(job.issue.pages),
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


def found_while_setting(job: Job, pages: Sequence[MadePage]) -> list[Finding]:
    """What the pages and the copy came to be remarked on, before there is a PDF."""
    return [*found_on(pages), *found_in_copy(job)]


def found_on(pages: Sequence[MadePage] | Sequence[ToldPage]) -> list[Finding]:
    """What was remarked while the pages were set."""
    return folded(once(finding for page in pages for finding in page.findings))


def found_in_copy(job: Job) -> list[Finding]:
    """What the copy desk's rules remark on."""
    return [finding for story in job.issue.stories for finding in check_story(story)]


def once(findings: Iterable[Finding]) -> list[Finding]:
    """Each finding once: pages of one design have the faults of its style sheet in common."""
    kept: list[Finding] = []
    for finding in findings:
        if finding not in kept:
            kept.append(finding)
    return kept


def folded(found: Iterable[Finding]) -> list[Finding]:
    """*found*, with one finding for all pictures without a profile, which names each: most photographs have none, and
    a line for each would hide the rest. It stands where the first stood; a single picture keeps its own.
    """
    kept: list[Finding] = []
    without: list[Finding] = []
    for each in found:
        if each.check == FOLDED:
            without.append(each)
        if each.check != FOLDED or len(without) == 1:
            kept.append(each)
    files = list(dict.fromkeys(str(each.place) for each in without))
    if len(files) < 2:
        return kept
    zh, en = "、".join(files), ", ".join(files)
    whole = Finding(
        FOLDED,
        without[0].severity,
        Said(f"{len(files)} 幅图片没有内嵌色彩特性文件，按 sRGB 处理：{zh}。",
             f"{len(files)} pictures have no embedded profile and are taken for sRGB: {en}."),
        amount={"files": files},
    )  # fmt: skip
    return [whole if each is without[0] else each for each in kept]
