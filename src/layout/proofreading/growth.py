"""Changes of one sentence that can be reckoned: from one number to another, by so much, so many per cent."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from layout.manuscript.model import Paragraph
from layout.proofreading.slips import CopySlip
from layout.proofreading.sums import SUM, plain, reckoned

GROWTH = "copy.growth"
_Result = tuple[int, str, str]
"""Where a number stands in the paragraph, the number, and what it is by reckoning."""
_MOVE = re.compile(
    r"(?:由|从)[^，。；]{0,12}?(?P<first>\d[\d,]*(?:\.\d+)?)(?P<unit>万亿|[百千]?[万亿])?(?P<name>%|[\u4e00-\u9fff]{1,4}?)"
    r"(?:增加|提高|上升|增长|下降|降低|减少|降|升|提升|减)(?:到|至|为)"
    r"(?P<last>\d[\d,]*(?:\.\d+)?)(?P<unit2>万亿|[百千]?[万亿])?(?P<name2>%|[\u4e00-\u9fff]{0,4})[^。；，]{0,6}，"
    r"(?:同比|共|累计)?(?P<way>增长|增加|提高|上升|增幅达?|下降|降低|减少|降幅达?|增|降|提升)(?:了|达)?"
    r"(?P<change>\d+(?:\.\d+)?)(?P<kind>%|个百分点|倍)"
)
_RISE = re.compile(
    r"(?P<now>\d[\d,]*(?:\.\d+)?)(?P<unit>万亿|[百千]?[万亿])?(?P<name>[\u4e00-\u9fff]{1,3})，(?:同比|比上年|较上年|比去年|较去年)(?:同期)?"
    r"(?P<way>增加|减少)(?:了)?(?P<by>\d[\d,]*(?:\.\d+)?)(?P<unit2>万亿|[百千]?[万亿])?(?P=name)，(?:增长|增幅达?|下降|降幅达?)(?:了)?(?P<rate>\d+(?:\.\d+)?)%"
)
_SHARE = re.compile(
    r"(?P<whole>\d[\d,]*(?:\.\d+)?)(?P<unit>万亿|[百千]?[万亿])?(?P<name>[\u4e00-\u9fff]{1,3})，其中[^，。；\d]{0,10}(?:\d+岁[^，。；\d]{0,4})?"
    r"(?P<part>\d[\d,]*(?:\.\d+)?)(?P<unit2>万亿|[百千]?[万亿])?(?P=name)，占(?:比|总数的?|全部的?)?(?P<rate>\d+(?:\.\d+)?)%"
)
_LEFT = re.compile(
    r"(?P<whole>\d+)(?P<name>个?[村人户所座条项名家个])[^。；\d]{0,8}，[^。；，\d]{0,6}(?:已|实到)[^。；，\d]{0,6}(?P<part>\d+)(?P=name)?"
    r"[^。；，\d]{0,4}，(?:还有|尚有|其余|剩余|缺席|剩下)(?P<rest>\d+)(?P=name)"
)
_WORTH = {
    "": 1,
    "万": 10_000,
    "十万": 100_000,
    "百万": 10**6,
    "千万": 10**7,
    "亿": 10**8,
    "百亿": 10**10,
    "千亿": 10**11,
    "万亿": 10**12,
}


def growth_slips(paragraph: Paragraph) -> Iterator[CopySlip]:
    """The changes and shares of *paragraph* that disagree with its numbers."""
    words = paragraph.text
    if not any(char in words for char in "%倍点") and "有" not in words and "缺席" not in words:
        return
    for rule, results in (
        (GROWTH, _moves(words)),
        (GROWTH, _rises(words)),
        (GROWTH, _parts(words)),
        (SUM, _rests(words)),
    ):
        for offset, stands, right in results:
            yield CopySlip(rule, paragraph, offset, stands, hint=reckoned(right))


def _moves(words: str) -> Iterator[_Result]:
    """由200吨增加到250吨，增长25%."""
    for found in _MOVE.finditer(words):
        kind, percent = found["kind"], found["name"] == "%"
        first = _worth(found["first"], found["unit"] or found["unit2"])
        last = _worth(found["last"], found["unit2"] or found["unit"])
        other = found["name2"] and found["name2"][:1] != found["name"][:1]
        if other or not first or (kind == "个百分点" and not percent):
            continue
        change, moved = Decimal(found["change"]), abs(last - first)
        if percent and kind == "%":
            if moved == change:
                yield found.start("change"), found["change"] + kind, f"{found['change']}个百分点"
            continue
        right = moved if percent else moved / first * (1 if kind == "倍" else 100)
        slack = _step(found["change"]) / 2 + _slack(found["first"], found["last"], last / first, kind)
        if abs(right - change) > slack:
            yield found.start("change"), found["change"] + kind, f"{plain(right)}{kind}"


def _rises(words: str) -> Iterator[_Result]:
    """120万人次，同比增加20万人次，增长20%."""
    for found in _RISE.finditer(words):
        now, by = _worth(found["now"], found["unit"]), _worth(found["by"], found["unit2"])
        base = now - by if found["way"] == "增加" else now + by
        if base <= 0 or not by:
            continue
        right, rate = by / base * 100, Decimal(found["rate"])
        rounding = _step(found["by"]) / Decimal(found["by"].replace(",", "")) + _step(found["now"]) / now
        if abs(right - rate) > _step(found["rate"]) + right * rounding:
            yield found.start("rate"), found["rate"] + "%", f"{plain(right)}%"


def _parts(words: str) -> Iterator[_Result]:
    """2400人，其中60岁以上600人，占25%."""
    for found in _SHARE.finditer(words):
        whole, part = _worth(found["whole"], found["unit"]), _worth(found["part"], found["unit2"])
        if not whole or part > whole:
            continue
        right = part / whole * 100
        if abs(right - Decimal(found["rate"])) > _step(found["rate"]) + Decimal("0.5"):
            yield found.start("rate"), found["rate"] + "%", f"{plain(right)}%"


def _rests(words: str) -> Iterator[_Result]:
    """37个村，已通水30个村，还有7个村."""
    for found in _LEFT.finditer(words):
        right = int(found["whole"]) - int(found["part"])
        if right != int(found["rest"]):
            yield found.start("rest"), found["rest"] + found["name"], f"{right}{found['name']}"


def _worth(digits: str, scale: str | None) -> Decimal:
    return Decimal(digits.replace(",", "")) * _WORTH.get(scale or "", 1)


def _step(digits: str) -> Decimal:
    return Decimal(1).scaleb(-len(digits.partition(".")[2]))


def _slack(first: str, last: str, grown: Decimal, kind: str) -> Decimal:
    """What the rounding of the two numbers may make of the change."""
    if kind == "个百分点":
        return (_step(first) + _step(last)) / 2
    shares = [_step(each) / max(Decimal(each.replace(",", "")), Decimal(1)) / 2 for each in (first, last)]
    return sum(shares, Decimal(0)) * (100 if kind == "%" else 1) * max(grown, Decimal(1))
