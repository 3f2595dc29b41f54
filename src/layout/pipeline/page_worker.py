"""The room where pages are set, painted and drawn. It may stand in a second process; see ``elsewhere``."""

from __future__ import annotations

import hashlib
import importlib
from collections.abc import Hashable
from pathlib import Path

from layout import assets
from layout.composer import Composition
from layout.engine.engine import Engine, write_pdf
from layout.fontbook import Fontbook
from layout.pipeline.batch import Batch, FailedPage, PrintedPage
from layout.pipeline.messages import Job, MadePage, Painted, ToldPage
from layout.pipeline.options import Progress
from layout.pipeline.page_maker import LaidPage, PageMaker
from layout.pipeline.reporting import uncounted
from layout.pipeline.stage_times import Clock


class Room:
    """Keeps what the next page can use again: fonts, shaped characters, drawings."""

    def __init__(self, cache: Path):
        self._cache = cache
        self._fontbook = Fontbook(assets.fonts_dir())
        self._engine = Engine(self._fontbook, cache)
        self._memory: dict[Hashable, Composition] = {}
        self._laid: list[LaidPage] | None = None

    def compose(self, progress: Progress, job: Job) -> list[MadePage]:
        """Every page of *job*, set. Writes nothing but prepared pictures."""
        return [laid.page for laid in self._compose(progress, job, Clock())]

    def set_pages(self, progress: Progress, job: Job) -> Painted:
        """Every page of *job*, set and painted."""
        clock = Clock()
        done = self._compose(progress, job, clock)
        with clock.stage("render"):
            progress("出版面", 0, 1)
            identifier = hashlib.sha256(job.issue.id.encode()).digest()[:16]
            painted = [(laid.document, laid.page.composed.lines) for laid in done]
            pictures = [picture for laid in done for picture in laid.page.pictures.values()]
            restored = {each.path.name: each.restored for each in pictures if each.restored is not None}
            pdf, objects = write_pdf(
                self._engine, painted, title=job.issue.title, identifier=identifier, restored=restored
            )
        self._laid = done
        page = done[0].page.composed.page
        faces = {face.family: face.postscript_name for face in self._fontbook.faces.values()}
        return Painted(pdf, (page.width, page.height), faces, clock.seconds, objects)

    def pages(self, progress: Progress, job: Job) -> list[MadePage]:
        """The pages as ``set_pages`` made them last."""
        laid, self._laid = self._laid, None
        return [each.with_origins() for each in (self._compose(progress, job, Clock()) if laid is None else laid)]

    def told(self, progress: Progress, job: Job, keep: bool) -> list[ToldPage]:
        """What the first process needs of these pages."""
        return [
            ToldPage(made.plan, uncounted(made), made.findings, made.composed.unset, made.composed if keep else None)
            for made in self.pages(progress, job)
        ]

    def print_batch(self, progress: Progress, batch: Batch) -> list[PrintedPage | FailedPage]:
        """Every page of *batch*, finished, judged and drawn."""
        from layout.pipeline.page_task import print_together  # noqa: PLC0415  (loads what one page alone needs not)

        return print_together(self, progress, batch)

    def print_share(self, progress: Progress, batch: Batch) -> list[PrintedPage | FailedPage]:
        """The same, in this process alone."""
        from layout.pipeline.page_task import Printer  # noqa: PLC0415

        return Printer(self).print_batch(progress, batch)

    def made_batch(self, progress: Progress, batch: Batch) -> list[MadePage | FailedPage]:
        """The same pages, set and no more."""
        from layout.pipeline.page_task import Printer  # noqa: PLC0415

        return Printer(self).made(progress, batch)

    def draw(self, progress: Progress, pdf: bytes, ppi: float, count: int) -> list[bytes]:
        """The first *count* pages of a finished PDF as PNGs."""
        from layout.proof.raster import page_png  # noqa: PLC0415

        pictures = []
        for index in range(count):
            progress("打样", index, count)
            pictures.append(page_png(pdf, index, ppi))
        return pictures

    def between(self) -> None:
        """What can be done while nobody waits for anything: what drawing needs is loaded while the file is finished."""
        if self._laid is not None:
            importlib.import_module("layout.proof.raster")

    def _compose(self, progress: Progress, job: Job, clock: Clock) -> list[LaidPage]:
        maker = PageMaker(job, self._engine, self._cache, clock, progress, self._memory)
        return [maker.make(plan) for plan in job.plans]
