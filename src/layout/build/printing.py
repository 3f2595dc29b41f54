"""Pages of a longer issue, printed one by one: set, painted, finished, read back, judged, drawn, and let go of.

Nothing of a page stays in memory but what the report tells of it: its PDF and its picture lie in a folder.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from layout.build.account import account_for
from layout.build.batch import Batch, PrintedPage
from layout.build.clock import Clock
from layout.build.finishing import finished
from layout.build.made import Job, MadePage, Painted
from layout.build.options import Progress
from layout.build.reading import arrangements
from layout.build.reporting import page_report
from layout.build.turning import Turned, nothing_left
from layout.errors import Said
from layout.findings import Finding, Severity
from layout.issue import PagePlan
from layout.preflight.job import Expected
from layout.preflight.judge import judge


class Setting(Protocol):
    """What a printer needs of a room; see ``room.Room``."""

    def set_pages(self, progress: Progress, job: Job) -> Painted:
        """Every page of *job*, set and painted."""
        ...

    def pages(self, progress: Progress, job: Job) -> list[MadePage]:
        """The pages as ``set_pages`` made them last."""
        ...

    def compose(self, progress: Progress, job: Job) -> list[MadePage]:
        """Every page of *job*, set."""
        ...

    def draw(self, progress: Progress, pdf: bytes, ppi: float, count: int) -> list[bytes]:
        """The first *count* pages as PNGs."""
        ...


class Printer:
    """Prints batches in one room."""

    def __init__(self, room: Setting):
        self._room = room

    def print_batch(self, progress: Progress, batch: Batch) -> list[PrintedPage]:
        """Every page of *batch*. Raises whatever the stages raise."""
        printed: list[PrintedPage] = []
        for group in batch.groups:
            turned = Turned()
            for number in group:
                progress("成版", len(printed), sum(map(len, batch.groups)))
                printed.append(self._page(batch, number, turned, progress))
                gc.collect()  # a layout is full of circles; without this a long issue would keep every page
        return printed

    def made(self, progress: Progress, batch: Batch) -> list[MadePage]:
        """The same pages, set and no more."""
        made: list[MadePage] = []
        for group in batch.groups:
            turned = Turned()
            for number in group:
                page = self._room.compose(progress, _of_page(batch.job, number, turned))[0]
                made.append(replace(page, plan=turned.take(page.plan, page.composed.rest)))
        return made

    def _page(self, batch: Batch, number: int, turned: Turned, progress: Progress) -> PrintedPage:
        clock = Clock()
        job = _of_page(batch.job, number, turned)
        painted = self._room.set_pages(progress, job)
        made = self._room.pages(progress, job)[0]
        made = replace(made, plan=turned.take(made.plan, made.composed.rest))
        clock.add(painted.seconds)
        with clock.stage("prepress"):
            pdf = finished(painted, job)
        with clock.stage("preflight"):
            account = account_for(pdf, job.issue, [made.plan])[0]
            judged = [*account.findings, *judge(pdf, job.profile, _expected(painted, job))]
        with clock.stage("proof"):
            drawn = self._room.draw(progress, pdf, batch.options.png_ppi, int(batch.options.png))
        return PrintedPage(
            number=number,
            pdf=_kept(batch.desk / f"{number}.pdf", pdf),
            png=_kept(batch.desk / f"{number}.png", drawn[0]) if drawn else None,
            trim=painted.trim,
            report=page_report(made, account),
            findings=(*made.findings, *_nothing_turned(job.plans[0])),
            judged=tuple(replace(finding, page_no=number) for finding in judged),
            seconds=dict(clock.seconds),
            composed=made.composed if batch.options.keep else None,
            faces=frozenset(painted.faces.values()),
        )


def _of_page(job: Job, number: int, turned: Turned) -> Job:
    """*job* with just the page *number*; one that continues a story has only what is left of it."""
    plan = next(plan for plan in job.plans if plan.number == number)
    if plan.continues:
        plan = turned.plan(plan)
    html = arrangements(job.design, job.issue, plan) if plan.continues else job.html[number]
    return replace(job, plans=(plan,), html={number: html}, resumed=turned.resumed)


def _nothing_turned(plan: PagePlan) -> Iterator[Finding]:
    for name in nothing_left(plan):
        yield Finding(
            "page.turn",
            Severity.ERROR,
            Said(f"稿件 {name} 没有转到第{plan.number}版", f"nothing of {name} is left for page {plan.number}"),
            plan.place,
            Said("删去 continues，或增写", "take it out of continues, or add copy"),
            plan.number,
        )


def _expected(painted: Painted, job: Job) -> Expected:
    return Expected(1, painted.trim, job.issue.title, frozenset(painted.faces.values()))


def _kept(path: Path, content: bytes) -> Path:
    path.write_bytes(content)
    return path
