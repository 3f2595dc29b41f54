"""What is told of a run of pages: how short its last page is, and what of its queue has no place on it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from math import ceil
from typing import TYPE_CHECKING

from layout.checks import Amount, Finding, room_checks
from layout.errors import Hint, Message
from layout.galley.costs import EMPTY_MAX
from layout.issue import PagePlan, Picture
from layout.issue.model import PageRun
from layout.manuscript.model import Text

if TYPE_CHECKING:
    from layout.copyfit.model import ComposedPage


def run_findings(
    page: PagePlan,
    run: PageRun,
    composed: ComposedPage,
    *,
    rest: Sequence[Text],
    pictures: Sequence[Picture],
    holds: float | None,
) -> Iterator[Finding]:
    """The findings of *page* of *run*. *rest* and *pictures* are what is left of its queue after its last page,
    *holds* how many characters a full page held.
    """
    characters = sum(len(text.text) for text in rest)
    if characters:
        yield _too_few_pages(page, run, characters, ceil(characters / holds) if holds else 1)
    elif page.ends_run and (share := empty_share(composed)) > EMPTY_MAX:
        yield _short(page, run, share)
    for picture in pictures:
        yield _no_place(page, picture)
    used = {story.id for story in page.stories}
    for story in run.fillers if page.ends_run else ():
        if story.id not in used:
            message = Message(f"补白稿 {story.file} 没有用上。", f"The filler {story.file} was not needed.")
            yield _finding(page, "page.filler", message, story=story.id)


def unset_of(page: PagePlan, composed: ComposedPage) -> tuple[Text, ...]:
    """What stands nowhere of the running text of *page*."""
    running = {text.flow for story in page.stories for text in story.running()}
    return tuple(text for flow, text in composed.unset.items() if flow in running)


def empty_share(composed: ComposedPage) -> float:
    """How much of the type area stays empty: below the columns, in the gaps that were widened, at the copy's end."""
    page = composed.page
    rows = sum(change.got - change.wanted for change in composed.concessions if change.kind == "gap")
    below = max(0.0, page.type_area.bottom - page.content_bottom) if page.bands else 0.0
    lines = sum(max(0, share.spare) * share.measure for share in composed.shares.values() if not share.turns)
    area = (max(0.0, rows * page.row) + below) * page.type_area.width + lines * page.row
    return round(area / (page.type_area.width * page.type_area.height), 4)


def of_run_end(plan: PagePlan, findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """*findings* of a page, but where it ends a run those that say it is not full: ``page.run_short`` says so."""
    return tuple(each for each in findings if not (plan.ends_run and each.check == "page.underset"))


def _short(page: PagePlan, run: PageRun, share: float) -> Finding:
    message = Message(
        f"连版在第{page.number}版结束，这一版空着 {share:.0%}。",
        f"The run ends on page {page.number}, of which {share:.0%} is empty.",
    )
    more = (
        Message("再加几篇", "add more") if run.fillers else Message('写 fillers = ["短稿.md"]', "write fillers = […]")
    )
    hint = Message(
        f"补白：在 {run.span} 的 [[page]] 里{more.zh}；或加一张图，或增写。",
        f"To close it {more.en} under the [[page]] of {run.span}; or add a picture, or copy.",
    )
    return _finding(page, "page.run_short", message, hint, share=share)


def _too_few_pages(page: PagePlan, run: PageRun, characters: int, pages: int) -> Finding:
    message = Message(
        f"连版 {run.span} 排不下：还有 {characters} 字，约 {pages} 版。",
        f"The run {run.span} does not hold its stories: {characters} characters are left, some {pages} pages.",
    )
    wanted = replace(run.span, last=page.number + pages)
    hint = Message(
        f'给它更多的版：pages = "{wanted}"；或删减稿件，或撤下图片。',
        f'Give it more pages, pages = "{wanted}"; or cut the copy, or take pictures out.',
    )
    return _finding(page, "page.run_over", message, hint, characters=characters, pages=pages)


def _no_place(page: PagePlan, picture: Picture) -> Finding:
    message = Message(f"图片 {picture.id} 在连版里没有排上。", f"The picture {picture.id} found no place in its run.")
    hint = Message(
        "连版的图多了：移到别的版，或删去。", "The run has too many: move it to another page, or take it out."
    )
    return replace(_finding(page, "page.run_picture", message, hint, picture=picture.id), place=picture.place)


def _finding(page: PagePlan, check_id: str, message: Message, hint: Message | None = None, **amount: Amount) -> Finding:
    check = room_checks("pipeline")[check_id]
    editor = None if hint is None else Hint(editor=hint)
    return Finding(check.id, check.severity, message, page.place, editor, page.number, amount)
