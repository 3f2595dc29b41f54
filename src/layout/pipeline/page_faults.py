"""Faults of single pages, collected and raised together."""

from __future__ import annotations

import errno
import signal
from collections.abc import Iterable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from layout.errors import Faults, LayoutError, Message, Place, PlanError, PrintError, SourceError, TemplateError
from layout.pipeline.progress import Reporter
from layout.pipeline.short_places import short_place
from layout.pipeline.stages import stage_name
from layout.pipeline.workers import MEMORY, SECONDS, WorkerDied

if TYPE_CHECKING:
    from layout.issue import PagePlan
    from layout.pipeline.job import Job

T = TypeVar("T")


def raise_together(faults: Iterable[LayoutError]) -> None:
    """Raises *faults*, given page by page, if there are any; a fault that several pages share is raised once."""
    different: dict[object, LayoutError] = {}
    for fault in (single for each in faults for single in each.faults()):
        different.setdefault((type(fault), fault.message, fault.place), fault)
    if different:
        raise next(iter(different.values())) if len(different) == 1 else Faults(list(different.values()))


def result_of(future: Future[T], page: PageInWork, report: Reporter) -> T:
    """The result of the work on *page*, whose progress went to *report*.

    Raises what the work raises; ``TemplateError`` or ``PlanError`` where it took more memory or work than a page may,
    ``PrintError`` where its process ended otherwise.
    """
    try:
        return future.result()
    except WorkerDied as died:
        if died.signal == signal.SIGXCPU:
            raise _beyond(page, report.stage, _WORK) from died
        raise _ended(page.number, report.stage, died.signal) from died
    except (MemoryError, OSError) as error:
        if isinstance(error, OSError) and error.errno != errno.ENOMEM:
            raise
        raise _beyond(page, report.stage, _MEMORY) from error


@dataclass(frozen=True, slots=True)
class PageInWork:
    """A page that a worker makes: its number, its template and the line that plans it."""

    number: int
    template: Place | None = None
    plan: Place | None = None


def page_in_work(job: Job, plan: PagePlan) -> PageInWork:
    """What is said of *plan* where its making goes on without end."""
    return PageInWork(plan.number, short_place(Place(str(job.design / f"{plan.kind}.html")), job.design), plan.place)


def _ended(number: int, stage: str, sign: int) -> PrintError:
    name = signal.Signals(sign).name if sign in signal.valid_signals() else ""
    at = _at(stage)
    return PrintError(
        Message(f"第{number}版没有做成：做它的进程中途结束了（{at.zh}{name and '，'}{name}）。",
                f"Page {number} was not made: its process ended before it was done ({at.en}{name and ', '}{name})."),
        hint=Message("内存够不够？再试一次；还是这样，就从这一版的图片和版式里找原因。",
                  "Is there memory enough? Try again; if it stays so, look to the page's pictures and its design."),
    )  # fmt: skip


_MEMORY = (
    Message("内存超过了上限", "it took more memory than a page may"),
    Message(f"一版最多用 {MEMORY / (1 << 30):g} GiB", f"A page may take {MEMORY / (1 << 30):g} GiB"),
)
_WORK = (
    Message("排不完，用的机时超过了上限", "it took more work than a page may"),
    Message(f"一版最多算 {SECONDS} 秒", f"A page may take {SECONDS} seconds of the processor"),
)


def _beyond(page: PageInWork, stage: str, limit: tuple[Message, Message]) -> SourceError:
    """The fault of a page that the system stopped: of its pictures where these were at work, else of its template."""
    at, (why, most) = _at(stage), limit
    of_pictures = stage == "pictures"
    smaller = Message("图片", "pictures") if of_pictures else Message("版式和 SVG", "design and its SVG drawings")
    return (PlanError if of_pictures else TemplateError)(
        Message(
            f"第{page.number}版没有做成：{why.zh}（{at.zh}）。", f"Page {page.number} was not made: {why.en} ({at.en})."
        ),
        place=page.plan if of_pictures else page.template,
        hint=Message(f"{most.zh}；把这一版的{smaller.zh}做小些。", f"{most.en}: make its {smaller.en} smaller."),
    )


def _at(stage: str) -> Message:
    return Message(stage_name(stage, "zh"), stage_name(stage, "en")) if stage else Message("还没开始", "not yet begun")
