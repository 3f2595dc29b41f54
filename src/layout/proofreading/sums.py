"""Numbers of one sentence that can be added up: parts and whole, shares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from layout.errors import Message
from layout.manuscript.model import Paragraph
from layout.proofreading.numerals import CountedNumber, numbers
from layout.proofreading.slips import CopySlip

SUM = "copy.sum"
_ADDS_UP = re.compile("其中|[总合共]计|，共|全年完成|构成|占|问卷|比例|结构")
"""What a sentence says of numbers that add up."""
_SENTENCE = re.compile(r"[^。！？；\n]+")
_CHANGE = re.compile(
    r"(?:增加|减少|增长|下降|提高|降低|上升|同比|环比|比上年|较上年|高出|多出|超出|每|平均|累计|分别|达到?)\s*$"
)
"""What stands before a number that is no part of the whole."""
_TOTAL = re.compile(r"(?:共计|合计|总计|，共|，全年完成(?:投资)?)$")
_COMPLEMENTS = (("男", "女"), ("城镇", "农村"), ("中央", "自筹"), ("国有", "民营"), ("正式", "候补"))
"""Parts that leave nothing over: their sum is the whole, and not only less."""


def sum_slips(paragraph: Paragraph) -> Iterator[CopySlip]:
    """The sentences of *paragraph* whose numbers disagree."""
    if not _ADDS_UP.search(paragraph.text):
        return
    for found in _SENTENCE.finditer(paragraph.text):
        words, at = found[0], found.start()
        if not _ADDS_UP.search(words):
            continue
        for offset, stands, right in (*_parts(words), *_all_of(words), *_shares(words)):
            yield CopySlip(SUM, paragraph, at + offset, stands, hint=reckoned(right))


_Result = tuple[int, str, str]
"""Where a number stands in its sentence, the number, and what it is by reckoning."""


def _parts(words: str) -> Iterator[_Result]:
    """总数……，其中甲……，乙……: the parts are no more than the whole, and of two that leave nothing over the whole."""
    head, mark, tail = words.partition("其中")
    before, parts = list(numbers(head)), list(numbers(tail))
    if not mark or not before or len(parts) < 2:
        return
    whole = before[-1]
    unit = _unit(whole)
    same = [each for each in parts if _is_unit(each, unit) and not _CHANGE.search(tail[: each.start])]
    if len(same) < 2 or whole.is_rounded or any(each.is_rounded for each in same) or not unit:
        return
    if not all(each.words[0].isdecimal() for each in (whole, *same)):
        return  # 一个, 两人: words more than numbers
    if "其中" in tail or "包括" in tail or "占" in tail or len(same) != len(parts):
        return
    total = sum((each.value for each in same), Decimal(0))
    slack = _slack(whole, same)
    whole_by_kind = any(one in tail and other in tail for one, other in _COMPLEMENTS) and len(same) == 2 + (
        "级" in tail
    )
    if total - whole.value > slack or (whole_by_kind and abs(total - whole.value) > slack):
        yield whole.start, whole.words + unit, _said(total, whole, unit)


def _all_of(words: str) -> Iterator[_Result]:
    """甲……，乙……，共计……: the sum is what is before it."""
    found = list(numbers(words))
    for place, total in enumerate(found):
        unit = _unit(total)
        opening = words.rfind("：", 0, total.start)
        before = [each for each in found[:place] if each.start > opening]
        if len(before) < 2 or not unit or not _TOTAL.search(words[: total.start]) or "其中" in words:
            continue
        same = [each for each in before if _is_unit(each, unit) or _same_kind(each, total)]
        if len(same) != len(before) or any(each.is_rounded for each in (*same, total)):
            continue
        if any(_CHANGE.search(words[: each.start]) for each in same):
            continue
        value = sum((each.value for each in same), Decimal(0))
        if abs(value - total.value) > _slack(total, same):
            yield total.start, total.words + unit, _said(value, total, unit)


def _shares(words: str) -> Iterator[_Result]:
    """甲62%，乙19%，丙……: three shares and more of one thing in a row come to no more than a hundred."""
    found = [each for each in numbers(words) if each.unit == "%"]
    others = [each for each in numbers(words) if each.unit != "%"]
    if (
        len(found) < 3
        or others
        or not re.search("构成|占|问卷|比例|结构", words)
        or re.search("增|降|同比|环比|率", words)
    ):
        return
    gaps = [words[one.end : other.start] for one, other in pairwise(found)]
    total = sum((each.value for each in found), Decimal(0))
    slack = sum((each.step for each in found), Decimal(0)) / 2
    if all(len(gap) < 14 for gap in gaps) and 100 + slack < total < 140:
        yield found[-1].start, found[-1].words + "%", f"{plain(total)}%"


def _slack(whole: CountedNumber, parts: Sequence[CountedNumber]) -> Decimal:
    """What the rounding of the parts may make of the whole; numbers that count one by one are exact."""
    rounded = whole.scale > 1 or whole.places
    return _finest([whole, *parts]) * (len(parts) + 1) / 2 if rounded else Decimal(0)


def reckoned(right: str) -> Message:
    """What is said of a number that is otherwise by reckoning."""
    return Message(f"算出来是 {right}，请对照原稿。", f"Reckoned it is {right}; compare with the original.")


def _unit(number: CountedNumber) -> str:
    """What a number counts: a word of one character, or a compound unit."""
    for unit in ("万人次", "人次", "立方米", "平方米", "公里", "千米", "公斤", "个村", "所"):
        if number.unit.startswith(unit):
            return unit
    return number.unit[:1]


def _is_unit(number: CountedNumber, unit: str) -> bool:
    return number.unit.startswith(unit)


def _same_kind(one: CountedNumber, other: CountedNumber) -> bool:
    """所小学, 所幼儿园 and 所; 票 and 票."""
    return bool(one.unit and other.unit) and one.unit[0] == other.unit[0]


def _said(value: Decimal, like: CountedNumber, unit: str) -> str:
    scale = like.words.lstrip("0123456789.,")
    return f"{plain(value / like.scale)}{scale}{unit}"


def plain(value: Decimal) -> str:
    """*value* with two digits after its point at most."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text or "0"


def _finest(found: Sequence[CountedNumber]) -> Decimal:
    """What the last digit of the most exact of them is worth: a round number among exact ones is meant exactly."""
    return min(each.step for each in found)
