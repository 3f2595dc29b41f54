"""The pages of a file among each other: their folios and dates, and none that has lost all of its text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from layout.checks import Finding, Severity
from layout.preflight.events import ImagePainted, PathPainted, TextShown
from layout.preflight.examined_page import ExaminedPage
from layout.preflight.job import PreflightJob
from layout.preflight.places import where
from layout.preflight.record import about

EDGE = 0.12
"""Share of a page's height, at its head and at its foot, in which its folio stands."""

FOLIO = re.compile(r"第(\d{1,3}|[一二三四五六七八九十]{1,3})版")

DATED = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
"""A date with its year, as folios have it."""

AGREEING = 3
"""Pages that must count on from one another before another one's folio is held to be wrong, or that make up three
quarters of those with a date: a folio that was forgotten is one among many.
"""

HAN = {han: number for number, han in enumerate("一二三四五六七八九十", start=1)}

FULL = 200
"""Characters of a page of copy, at the least: a paragraph."""

POSTER = 0.6
"""Share of a page that a picture fills by which it may well have no text: a poster, an advertisement."""

DRAWN = 2000
"""Curves on a page by which its text may well be drawn: some hundred characters in outlines."""


@dataclass(frozen=True, slots=True)
class PageSummary:
    """What one page is held against the others by."""

    number: int
    characters: int
    folio: int | None
    """Its number as its head or foot says; None where they do not, or say several."""
    textless: bool
    """Whether it may well have no text: a poster, or words in outlines."""
    dated: str = ""
    """The date in its head or foot; nothing where there is none, or several."""


def summary_of(sheet: ExaminedPage) -> PageSummary:
    """The summary of a page that was followed."""
    shown = [event for event in sheet.events if isinstance(event, TextShown)]
    characters = sum(len("".join(event.text.split())) for event in shown)
    edges = list(_edges(sheet, shown))
    return PageSummary(sheet.number, characters, _folio(edges), _textless(sheet), _dated(edges))


def _edges(sheet: ExaminedPage, shown: Sequence[TextShown]) -> Iterator[str]:
    """The text at the page's head, and at its foot."""
    _, bottom, _, top = sheet.trim
    edge = EDGE * (top - bottom)
    for low, high in ((top - edge, top), (bottom, bottom + edge)):
        yield "".join("".join(event.text.split()) for event in shown if low <= event.start[1] <= high)


def _folio(edges: Sequence[str]) -> int | None:
    for text in edges:
        if len(found := {_number(each) for each in FOLIO.findall(text)}) == 1:
            return found.pop()
    return None


def _dated(edges: Sequence[str]) -> str:
    for text in edges:
        if len(found := {tuple(map(int, each)) for each in DATED.findall(text)}) == 1:
            return "{}年{}月{}日".format(*found.pop())
    return ""


def _number(written: str) -> int:
    if written.isdigit():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    return (HAN.get(tens, 1) * 10 if ten else 0) + HAN.get(ones, 0)


def _textless(sheet: ExaminedPage) -> bool:
    left, bottom, right, top = sheet.trim
    area, curves = (right - left) * (top - bottom), 0
    for event in sheet.events:
        if isinstance(event, PathPainted) and event.outline is not None:
            curves += len(event.outline.curves)
        box = where(event) if isinstance(event, ImagePainted) else None
        if box is not None and (box[2] - box[0]) * (box[3] - box[1]) > POSTER * area:
            return True
    return curves > DRAWN or bool(sheet.placed)


@about("page.order")
def between(job: PreflightJob, pages: Sequence[PageSummary]) -> Iterator[Finding]:
    """``page.order``: the pages stand as their folios count, and as the report has them, and bear one date.
    ``page.blank``: none has lost its text.
    """
    yield from _moved(job) if job.expected.moved else _by_folio(job, pages)
    yield from _by_date(job, pages)
    for page in pages:
        others = [each.characters for each in pages if each is not page]
        wanted = job.expected.characters_of(page.number)
        if page.characters or page.textless or wanted is not None or max(others, default=0) < FULL:
            continue
        yield job.finding(
            "page.blank",
            f"这一版一个字也没有，别的版最多有 {max(others)} 字：文字可能丢了。",
            f"The page has no character at all, where another has {max(others)}: its text may be lost.",
            page_no=page.number,
            severity=Severity.WARNING,
        )


def _moved(job: PreflightJob) -> Iterator[Finding]:
    zh = "，".join(f"文件第 {here} 页是报告里的第 {then} 页" for here, then in job.expected.moved)
    en = ", ".join(f"PDF page {here} is what the report calls page {then}" for here, then in job.expected.moved)
    yield job.finding(
        "page.order",
        f"版序与出版报告不同：{zh}。",
        f"The pages are not in the report's order: {en}.",
        page_no=job.expected.moved[0][0],
        severity=Severity.ERROR,
    )


def _by_folio(job: PreflightJob, pages: Sequence[PageSummary]) -> Iterator[Finding]:
    known = [(page.number, page.folio) for page in pages if page.folio is not None]
    folios = [folio for _, folio in known]
    if folios != sorted({*folios}) and (wrong := _out_of_count(known)) is not None:
        page, folio, due = wrong
        yield job.finding(
            "page.order",
            f"版号印着“第 {folio} 版”，按别的版数下来应是“第 {due} 版”。",
            f"The page has the folio {folio}; by those of the other pages it should be {due}.",
            page_no=page,
        )
        return
    if len({*folios}) < len(folios) or folios == sorted(folios):  # sections that count anew have the same folios
        return
    (first, folio), (after, less) = next((one, other) for one, other in pairwise(known) if one[1] > other[1])
    yield job.finding(
        "page.order",
        f"文件第 {first} 页印着“第 {folio} 版”，第 {after} 页印着“第 {less} 版”：版序可能乱了。",
        f"Page {first} of the file has the folio {folio}, and page {after} the folio {less}:"
        " the pages may be exchanged.",
        page_no=first,
    )


def _out_of_count(known: Sequence[tuple[int, int]]) -> tuple[int, int, int] | None:
    """The one page whose folio does not count on with all others, that folio, and the one that is due."""
    (step, agreeing), *_ = Counter(folio - page for page, folio in known).most_common(1)
    wrong = [(page, folio, page + step) for page, folio in known if folio - page != step]
    return wrong[0] if agreeing >= AGREEING and len(wrong) == 1 else None


def _by_date(job: PreflightJob, pages: Sequence[PageSummary]) -> Iterator[Finding]:
    """A page that bears another date than all the others, which bear one."""
    dates = Counter(page.dated for page in pages if page.dated)
    if len(dates) != 2:
        return
    (usual, agreeing), (other, few) = dates.most_common(2)
    if agreeing < AGREEING * few:
        return
    for page in pages:
        if page.dated == other:
            yield job.finding(
                "page.order",
                f"报眉印着 {other}，别的版是 {usual}。",
                f"The page is dated {other}, the others {usual}.",
                page_no=page.number,
            )
