"""Distinguishes Chinese characters and marks from others, for reading a manuscript."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from math import ceil
from types import MappingProxyType

AMBIGUOUS_MARKS = frozenset("“”‘’—…·‥")
"""Marks that Chinese and Latin share; beside a wide character they are Chinese."""
_NARROW = 0.6
"""Ems that a figure or a Latin letter takes with its share of the gap beside it, in the faces of captions and decks."""

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙朱马胡郭何林罗高郑梁谢宋唐许韩冯邓曹彭曾萧肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金"
    "石廖贾韦夏付傅方白邹熊孟秦邱侯江尹薛闫阎段雷黎史龙陶贺毛郝顾龚邵万钱严覃武戴莫孔向汤于葛常安洪牛樊颜倪温申解景柴祁宫岳齐"
    "庞殷章梅庄辛管祝左涂谷季焦路成"
)
"""Common surnames of one character: by them a word of two or three characters is taken for a name."""
_DIGITS: Mapping[str, int] = MappingProxyType(
    {**{han: value for value, han in enumerate("〇一二三四五六七八九")}, "零": 0, "○": 0, "两": 2}
)
_POWERS: Mapping[str, int] = MappingProxyType({"十": 10, "百": 100, "千": 1000, "万": 10_000, "亿": 100_000_000})


def is_wide(char: str) -> bool:
    """Whether *char* is Han, kana, hangul, or a full-width mark (Unicode East Asian Width W or F)."""
    return unicodedata.east_asian_width(char) in "WF"


def is_chinese(char: str) -> bool:
    """Whether *char* is wide or one of the marks that Chinese shares with Latin."""
    return char in AMBIGUOUS_MARKS or is_wide(char)


def ems(words: str, step: int) -> int:
    """The length of *words* set in one line, in ems, rounded up to the next multiple of *step*."""
    return ceil(sum(1.0 if is_chinese(each) else _NARROW for each in words) / step) * step


def joint(before: str, after: str) -> str:
    """What stands between two lines of one paragraph: a space between Latin words, else nothing.

    A quotation mark, dash or ellipsis at the seam counts as what stands on its other side.
    """
    left = next((char for char in reversed(before) if char not in AMBIGUOUS_MARKS), "")
    right = next((char for char in after if char not in AMBIGUOUS_MARKS), "")
    return " " if left and right and not is_wide(left) and not is_wide(right) else ""


def whole_number(words: str) -> int | None:
    """The number in digits or Han numerals: 12, 十二, 一百零五, digit by digit 二〇二六; None for what is none."""
    if words.isdecimal():
        return int(words)
    total = current = 0
    for char in words:
        if char in _DIGITS:
            current = current * 10 + _DIGITS[char]
        elif char in _POWERS:
            total, current = total + (current or 1) * _POWERS[char], 0
        else:
            return None
    return total + current


def first_column(line: str) -> int:
    """The column of the first character of *line* that is no space."""
    return len(line) - len(line.lstrip()) + 1
