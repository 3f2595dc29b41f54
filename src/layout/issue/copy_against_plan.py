"""What copy says of pages and dates, against the plan: typed jumps (下转第×版), short headlines, datelines, years."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from layout.checks import Finding, room_checks
from layout.errors import Hint, Message, Place
from layout.issue.model import Issue
from layout.issue.stale_words import check_stale
from layout.manuscript.characters import whole_number
from layout.manuscript.figures import place_at
from layout.manuscript.model import Paragraph, Story

_JUMP = re.compile(r"(?P<way>下转|上接|转|接)第?\s*(?P<page>\d{1,3}|[一二三四五六七八九十]{1,3})\s*版")
_DATELINE = re.compile(r"(?:(?P<year>(?:19|20)\d\d)年)?(?P<month>\d{1,2})月(?P<day>\d{1,2})日(?:电|讯)")
_HALF_A_YEAR = 183
"""Days: a dateline later than the issue by more is of the year before."""


def check_against_plan(issue: Issue) -> Iterator[Finding]:
    """The findings of every story's copy that disagrees with the issue's pages or with its date, and of what an issue
    that was copied has left around it.
    """
    yield from check_stale(issue)
    for story in issue.stories:
        pages = tuple(page.number for page in issue.pages if any(each.id == story.id for each in page.stories))
        yield from _short(issue, story)
        for text in story.texts():
            for paragraph in text.paragraphs:
                yield from _jumps(paragraph, pages)
                yield from _datelines(paragraph, issue.date)


def _jumps(paragraph: Paragraph, pages: tuple[int, ...]) -> Iterator[Finding]:
    for match in _JUMP.finditer(paragraph.text):
        meant = pages[1:] if match["way"].endswith("转") else pages[:-1]
        if whole_number(match["page"]) not in meant:
            place = place_at(paragraph, match.start())
            planned = "、".join(map(str, pages))
            yield _finding(
                "copy.typed_jump",
                match[0],
                place,
                Message(
                    f"按计划这篇稿件在第 {planned} 版；删去手打的转版，要转版就写进 issue.toml 的 continues。",
                    f"The plan has this story on page {planned.replace('、', ', ')}; delete the words, or plan the "
                    "turn with continues in issue.toml.",
                ),
            )


def _short(issue: Issue, story: Story) -> Iterator[Finding]:
    """A finding for the headline that a story has for its jumps, where it stands on one page and jumps nowhere."""
    pages = [page for page in issue.pages if any(each.id == story.id for each in page.stories)]
    if story.short is None or len(pages) != 1 or pages[0].run is not None:  # what a run comes to is not known here
        return
    hint = Message(
        f"这篇只在第 {pages[0].number} 版，没有转版，短题不会印；不转版就删去这一行。",
        f"It stands on page {pages[0].number} alone and turns over nowhere: nothing prints it. Take the line out, or"
        " plan a turn.",
    )
    yield _finding("copy.short_unused", story.short.text, story.short.place, hint)


def _datelines(paragraph: Paragraph, day: date) -> Iterator[Finding]:
    for match in _DATELINE.finditer(paragraph.text):
        try:
            said = date(int(match["year"] or day.year), int(match["month"]), int(match["day"]))
        except ValueError:  # no such day: told of every date
            continue
        if (said - day).days > 0 and (match["year"] or (said - day).days < _HALF_A_YEAR):
            hint = Message(
                f"本期出版于 {day.month}月{day.day}日，稿件的日期不能在它之后。",
                f"The issue appears on {day.isoformat()}; copy cannot be dated later.",
            )
            yield _finding("copy.dateline", match[0], place_at(paragraph, match.start()), hint)


def _finding(check_id: str, found: str, place: Place, right: Message) -> Finding:
    check = room_checks("issue")[check_id]
    message = Message(check.title.zh.format(found=found), check.title.en.format(found=found))
    return Finding(check.id, check.severity, message, place, Hint(editor=right), amount={"found": found})
