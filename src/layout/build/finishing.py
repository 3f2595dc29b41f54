"""From the painted pages to the verdict: finished for the press, every character accounted for, judged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, time

from layout.build.account import account_for
from layout.build.made import Job, MadePage, Painted, ToldPage
from layout.findings import Finding
from layout.manuscript.notes import notes
from layout.preflight.job import Expected
from layout.preflight.judge import judge
from layout.preflight.text import Accounting
from layout.prepress import Slug, finish


def finished(painted: Painted, job: Job) -> bytes:
    """The PDF that the press gets."""
    return finish(
        painted.pdf,
        profile=job.profile,
        title=job.issue.title,
        document_date=datetime.combine(job.issue.date, time()),
        trim=painted.trim,
        postscript_names=painted.faces,
        slug=Slug(job.issue.title, job.issue.date, tuple(f"第{plan.number}版 {plan.title}" for plan in job.plans)),
    )


def judged(
    pdf: bytes, job: Job, pages: Sequence[ToldPage], painted: Painted
) -> tuple[tuple[Accounting, ...], list[Finding]]:
    """One accounting per page, and everything found: while setting, in the copy, in the finished file."""
    accounts = account_for(pdf, job.issue, [page.plan for page in pages])
    findings = found_while_setting(job, pages)
    findings += [finding for account in accounts for finding in account.findings]
    names = frozenset(painted.faces.values())
    findings += judge(pdf, job.profile, Expected(len(pages), painted.trim, job.issue.title, names))
    return accounts, findings


def found_while_setting(job: Job, pages: Sequence[MadePage] | Sequence[ToldPage]) -> list[Finding]:
    """What the pages and the copy came to be remarked on, before there is a PDF."""
    findings = once(finding for page in pages for finding in page.findings)
    return findings + [finding for story in job.issue.stories for finding in notes(story)]


def once(findings: Iterable[Finding]) -> list[Finding]:
    """Each finding once: pages of one design have the faults of its style sheet in common."""
    kept: list[Finding] = []
    for finding in findings:
        if finding not in kept:
            kept.append(finding)
    return kept
