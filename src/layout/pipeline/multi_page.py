"""An issue of several pages: made by several processes, each page on its own.

What comes out is the same, byte for byte, however many processes there are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from layout.pipeline.batch import Batch, PrintedPage, sound
from layout.pipeline.continuations import linked
from layout.pipeline.messages import Job, MadePage
from layout.pipeline.options import Options, Progress
from layout.pipeline.worker_process import Here


def begin_pages(room: Here, whole: Batch, wanted: Sequence[int], progress: Progress) -> Callable[[], list[PrintedPage]]:
    """Begins the pages *wanted*, and unseen those whose stories they continue; what comes back waits for them.

    *room* shares them out among as many processes as there are jobs. Waiting raises the faults of all pages together.
    """
    groups = [group for group in whole.groups if set(group) & set(wanted)]
    pending = room.begin("print_batch", replace(whole, groups=groups), progress=progress)

    def finished() -> list[PrintedPage]:
        printed = sound(pending.result())
        return sorted((page for page in printed if page.number in wanted), key=lambda page: page.number)

    return finished


def made_pages(room: Here, batch: Batch, progress: Progress) -> list[MadePage]:
    """The pages set, without a PDF. Raises the faults of all of them together."""
    return sound(room.begin("made_batch", batch, progress=progress).result())


def batch_of(job: Job, options: Options, desk: Path) -> Batch:
    """All pages of *job*."""
    return Batch(job, [[plan.number for plan in group] for group in linked(job.plans)], options, desk)


def written_parts(job: Job, pages: Sequence[PrintedPage], options: Options) -> dict[str, Path]:
    """The pictures of the pages, and the pages as files of their own where that was asked for."""
    files = {f"{job.issue.id}-{page.number}.png": page.png for page in pages if page.png is not None}
    if options.single_pages:
        files |= {f"{job.issue.id}-{page.number}.pdf": page.pdf for page in pages}
    return files
