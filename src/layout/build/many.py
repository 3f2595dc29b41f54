"""An issue of several pages: made by several processes, each page on its own.

What comes out is the same, byte for byte, however many processes there are.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from layout.build.batch import Batch, PrintedPage, sound
from layout.build.elsewhere import Elsewhere, Here, open_room
from layout.build.made import Job, MadePage
from layout.build.options import Options, Progress
from layout.build.turning import linked


def begin_pages(room: Here, whole: Batch, wanted: Sequence[int], progress: Progress) -> Callable[[], list[PrintedPage]]:
    """Begins the pages *wanted*, and unseen those whose stories they continue; what comes back waits for them.

    *room* takes its share; for more jobs more processes are begun. Waiting raises the faults of all pages together.
    """
    groups = [group for group in whole.groups if set(group) & set(wanted)]
    jobs = max(1, min(whole.options.jobs, len(groups)))
    hired = [Elsewhere(partial(open_room, whole.options.cache)) for _ in range(jobs - 1)]
    batches = [replace(whole, groups=groups[k::jobs]) for k in range(jobs)]
    # Those who begin at once come first: a room in this process works when it is asked for its result.
    pairs = list(zip([*hired, room], batches, strict=True))
    work = [hand.begin("print_batch", batch, progress=progress) for hand, batch in pairs]

    def finished() -> list[PrintedPage]:
        try:
            printed = sound(page for pending in work[::-1] for page in pending.result())
        finally:
            for hand in hired:
                hand.end()
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
