"""What an issue made from last year's has left of it: years and numbers of sessions that are not this issue's."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from layout.checks import Finding, room_checks
from layout.errors import Hint, Message, Place
from layout.issue.model import Issue
from layout.manuscript.characters import whole_number
from layout.manuscript.flow_names import front_matter_key

_YEAR = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d\d)(?!\d)(?!年度|年来|年以来)|(?P<han>二[〇零○]二[〇零○一二三四五六七八九])"
)
_SESSION = re.compile(
    r"第?(?P<congress>[一二三四五六七八九十]{1,3})届"
    r"(?:全国|[^，。；：！？\s届次]{0,14}?)(?:第)?(?P<session>[一二三四五六七八九十]{1,2})次(?:全体|代表)?(?:会议|全会|大会)?"
)
_YEAR_WORDS = frozenset({"year", "年", "年份", "年度"})
"""Names of words for the page that hold the issue's year."""
_NEAR = 3
"""Years: one farther away is a plan's or an anniversary's, not last year's issue's."""


@dataclass(frozen=True, slots=True)
class _Words:
    """Words around the copy: a title, words for the page."""

    text: str
    place: Place
    called: Message
    is_year: bool = False
    """Whether they are the year and nothing else."""


def check_stale(issue: Issue) -> Iterator[Finding]:
    """The findings of years in the folder's name, the titles and the words for the page that are not the year of the
    issue's date, and of sessions (五届三次) that its copy does not know.
    """
    folder = _Words(issue.id, issue.places.get("date", Place(issue.file)), Message("文件夹名", "the folder's name"))
    around = list(_around(issue))
    for words in (folder, *around):
        yield from _years(words, issue.date.year)
    known = {pair for each in issue.stories for text in each.running() for pair in _sessions(text.text)}
    for words in around:
        yield from _unknown_sessions(words, known)


def _around(issue: Issue) -> Iterator[_Words]:
    yield _Words(issue.title, issue.places.get("title", Place(issue.file)), Message("刊名", "the issue's title"))
    for plan in issue.pages:
        title = plan.folio.get("title")
        if title:
            name = Message(f"第{plan.number}版版名", f"the title of page {plan.number}")
            yield _Words(title.text, title.paragraphs[0].place, name)
    for story in issue.stories:
        for text in story.texts():
            if text.flow.own.startswith("word."):
                key = front_matter_key(text.flow)
                is_year = key.removeprefix("words.") in _YEAR_WORDS
                yield _Words(text.text, text.paragraphs[0].place, Message(key, key), is_year)


def _years(words: _Words, year: int) -> Iterator[Finding]:
    found = [(match[0], whole_number(match[0]) or 0) for match in _YEAR.finditer(words.text)]
    if any(each == year for _, each in found):
        return
    for typed, each in found:
        if words.is_year or abs(each - year) <= _NEAR:
            right = Message(
                f"出版日期是 {year} 年：改这里，或改 issue.toml 的 date。",
                f"The issue's date is of {year}: change this, or date in issue.toml.",
            )
            yield _finding("copy.year_word", typed, words, right)


def _sessions(text: str) -> Iterator[tuple[str, str]]:
    for match in _SESSION.finditer(text):
        yield match["congress"], match["session"]


def _unknown_sessions(words: _Words, known: set[tuple[str, str]]) -> Iterator[Finding]:
    for match in _SESSION.finditer(words.text):
        if known and (match["congress"], match["session"]) not in known:
            typed = "、".join(f"{congress}届{session}次" for congress, session in sorted(known))
            right = Message(f"稿件里是{typed}。", f"The copy has {typed}.")
            yield _finding("copy.stale_session", match[0], words, right)


def _finding(check_id: str, found: str, words: _Words, right: Message) -> Finding:
    check = room_checks("issue")[check_id]
    message = Message(
        check.title.zh.format(found=found, where=words.called.zh),
        check.title.en.format(found=found, where=words.called.en),
    )
    return Finding(check.id, check.severity, message, words.place, Hint(editor=right), amount={"found": found})
