"""Lengths and type sizes of the trade. Everything inside the program is in points (1/72 inch)."""

from __future__ import annotations

from types import MappingProxyType

MM = 72 / 25.4
"""Points in a millimetre."""

CSS_PX = 72 / 96
"""Points in a CSS pixel."""

HAO = MappingProxyType(
    {
        "初号": 42.0, "小初": 36.0, "一号": 26.0, "小一": 24.0, "二号": 22.0, "小二": 18.0, "三号": 16.0,
        "小三": 15.0, "四号": 14.0, "小四": 12.0, "五号": 10.5, "小五": 9.0, "六号": 7.5, "小六": 6.5, "七号": 5.5,
        "八号": 5.0,
    }
)  # fmt: skip
"""The size names of Chinese type, in points (word-processor values; CLREQ's type-size table agrees within 2 pt)."""


def hao(name: str) -> float:
    """The size in points that a Chinese size name stands for: ``hao("小五")`` is 9.0.

    Raises ``KeyError`` for a name that is not one.
    """
    return HAO[name]


def mm(points: float) -> float:
    """Points as millimetres."""
    return points / MM
