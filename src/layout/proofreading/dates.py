"""Dates in running copy that no calendar has, and days of the week that are not theirs."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from layout.manuscript.characters import whole_number

_WEEKDAYS = ("一", "二", "三", "四", "五", "六", "日天")
_YEAR = r"(?:(?P<year>(?:19|20)\d\d)年|(?P<relative>[去今明]年))?"
_DAY = r"(?<![\d.月])(?<!\d年)" + _YEAR + r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号]"
_NO_RANGE = r"(?!\s*(?:[至到—～~、\-]\s*)(?:星期|周|礼拜)?[一二三四五六日天])"
"""周一至周五 after a date says when something is open, not which day it was."""
_DAY_FIRST = re.compile(
    _DAY
    + r"(?:[上下中]午|[早晚]上?|凌晨|傍晚)?"
    + r"(?:[（(]\s*[本上下]?(?:星期|周|礼拜)(?P<bracketed>[一二三四五六日天])"
    + r"|[，, ]?(?:星期|礼拜|周(?=.(?:$|\W|[上下中]午|[早晚凌傍夜])))(?P<plain>[一二三四五六日天]))"
    + _NO_RANGE
    + r"[）)]?"
)
"""周 without brackets may begin a name (9月25日，周一鸣说): it is a day where a mark or a time of day follows."""
_WEEKDAY_FIRST = re.compile(
    r"(?<![每逢至到—～、])(?:星期|周|礼拜)(?P<weekday>[一二三四五六日天])[（(]"
    + _YEAR
    + r"(?P<month>\d{1,2})月(?P<day>\d{1,2})[日号][）)]"
)
_ANY_DAY = re.compile(
    r"(?<![\d.〇一二三四五六七八九十])(?:(?P<year>(?:19|20)\d\d)年)?"
    r"(?P<month>\d{1,2}|[一二三四五六七八九十]{1,2})月(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})[日号]"
)
_RELATIVE = {"去年": -1, "今年": 0, "明年": 1}
_NAMED_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=年)")
_LEAP = 2000
"""A leap year: of a day without a year it is not known that its February had 28 days."""


@dataclass(frozen=True, slots=True)
class WrongDay:
    """What stands at *offset*, and what it should be."""

    offset: int
    found: str
    right: str


def missing_days(words: str) -> Iterator[re.Match[str]]:
    """Dates of *words* that no calendar has: 2月30日, 13月5日, 2025年2月29日."""
    for match in _ANY_DAY.finditer(words):
        month, day = whole_number(match["month"]) or 0, whole_number(match["day"]) or 0
        if not 1 <= month <= 12 or not 1 <= day <= monthrange(int(match["year"] or _LEAP), month)[1]:
            yield match


def wrong_weekdays(words: str, issued: date | None = None) -> Iterator[WrongDay]:
    """Dates of *words* with another day of the week than theirs.

    Without *issued*, the day of the issue, those that have a year. With it, those that have none: the year is the one
    that brings them nearest to the issue. The issue's own year, and one that *words* name, may be meant as well: a day
    that fits it is right.
    """
    found = [(match, match["bracketed"] or match["plain"]) for match in _DAY_FIRST.finditer(words)]
    found += [(match, match["weekday"]) for match in _WEEKDAY_FIRST.finditer(words)]
    for match, weekday in sorted(found, key=lambda each: each[0].start()):
        if bool(match["year"]) == (issued is not None):
            continue
        days = _days(match, words, issued)
        if not days or any(weekday in _WEEKDAYS[day.weekday()] for day in days):
            continue
        at = match.end(_group(match)) - match.start()
        whole = match[0]
        right = whole[: at - 1] + _WEEKDAYS[days[0].weekday()][0] + whole[at:]
        yield WrongDay(match.start(), whole, right)


def _group(match: re.Match[str]) -> str:
    return next(name for name in ("bracketed", "plain", "weekday") if match.groupdict().get(name))


def _days(match: re.Match[str], words: str, issued: date | None) -> list[date]:
    """The days that may be meant, the likeliest first; none where no calendar has it."""
    if issued is None:
        years = [int(match["year"])]
    elif match["relative"]:
        years = [issued.year + _RELATIVE[match["relative"]]]
    else:
        around = (issued.year - 1, issued.year, issued.year + 1)
        nearest = min(around, key=lambda year: abs((_day(match, year) or date.min) - issued))
        years = [nearest, issued.year, *map(int, _NAMED_YEAR.findall(words))]
        years += [issued.year - 1] if "去年" in words else []
    return [day for year in years if (day := _day(match, year))]


def _day(match: re.Match[str], year: int) -> date | None:
    try:
        return date(year, int(match["month"]), int(match["day"]))
    except ValueError:
        return None
