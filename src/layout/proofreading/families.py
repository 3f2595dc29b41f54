"""The families that rules of copy belong to: what recall is measured by, and errors are counted by."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from layout.checks.registry import TABLE, table_of
from layout.proofreading.slips import DESK_TABLE

FAMILIES: Mapping[str, tuple[str, str]] = {
    "width": ("全角半角混用", "full and half width"),
    "pairs": ("引号、括号、书名号", "paired marks"),
    "dash_ellipsis": ("破折号、省略号、连接号", "dashes, ellipses, joining lines"),
    "doubled_marks": ("标点叠用", "doubled marks"),
    "misplaced_marks": ("标点位置", "misplaced marks"),
    "spaces": ("多余的空格", "stray spaces"),
    "number_form": ("数字写法", "forms of numbers"),
    "date_form": ("日期、时间写法", "forms of dates and times"),
    "unit": ("计量单位", "units"),
    "character": ("繁体、异体、表外字", "traditional, variant, unlisted characters"),
    "colon": ("冒号、引语", "colons and quotations"),
    "special_form": ("罗马数字、符号、形近字母", "Roman numerals, signs, look-alike letters"),
    "repeated_character": ("重字、重词、重句", "repetitions"),
    "de": ("的、地、得", "的, 地, 得"),
    "confusable": ("易混、易错的字和词", "confusable characters and words"),
    "redundancy": ("赘余", "redundancy"),
    "quantity": ("倍数、分数、增减", "multiples and fractions"),
    "impossible_date": ("没有的日子、不合的星期", "impossible dates and weekdays"),
    "sequence": ("序号", "numbers of items"),
    "heading_level": ("标题层次", "levels of headings"),
    "collocation": ("搭配、语法", "collocation and grammar"),
    "typo": ("错字、漏字、颠倒", "wrong, missing, transposed characters"),
    "lists": ("本报名单", "the paper's lists"),
    "sums": ("数字相加、比例", "sums and shares"),
    "term": ("一词两写", "one term written two ways"),
    "credits": ("署名", "credits"),
    "silence": ("“不改”的记号", "silences"),
    "agreement": ("标题、导语、正文的数字", "figures of headline, lede and body"),
}
"""Every family, in the order of the planted errors."""


@dataclass(frozen=True, slots=True)
class RuleExamples:
    """What the table says of a rule besides its check: its family, copy that it finds wrong, copy that it leaves."""

    family: str
    wrong: tuple[str, ...]
    right: tuple[str, ...]


@cache
def examples() -> Mapping[str, RuleExamples]:
    """The examples of every rule of the room, by the id of its check."""
    rows = [row for name in (TABLE, DESK_TABLE) for row in table_of("proofreading", name)["check"]]
    return {row["id"]: RuleExamples(row["family"], tuple(row["wrong"]), tuple(row["right"])) for row in rows}


def family_of(check_id: str) -> str:
    """The family of a check; nothing for one of another room."""
    found = examples().get(check_id)
    return found.family if found else ""
