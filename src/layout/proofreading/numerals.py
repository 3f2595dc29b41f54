"""Numbers of copy, in Arabic digits or Han numerals, with what they count."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from layout.manuscript.characters import whole_number

_SCALES = {
    "": 1,
    "百": 100,
    "千": 1000,
    "万": 10_000,
    "百万": 1_000_000,
    "千万": 10_000_000,
    "亿": 100_000_000,
    "万亿": 10**12,
}
_NUMBER = re.compile(
    r"(?<![\d.A-Za-z—－\-～])(?:(?P<digits>\d[\d,]*(?:\.\d+)?)(?P<scale>万亿|百万|千万|[百千万亿])?"
    r"|(?P<han>[一二三四五六七八九两][十百千][一二三四五六七八九十百千零]*|十[一二三四五六七八九]?|百|[一二三四五六七八九两])(?=[个名人户孔年天条座家元亩吨所项村支台场辆次岁里]))"
    r"(?P<more>多|余|左右)?(?P<unit>个百分点|%|[\u4e00-\u9fff]{0,4}|[A-Za-z]{1,3})"
)


@dataclass(frozen=True, slots=True)
class CountedNumber:
    """A number of copy: its value, what it counts (a few characters after it), where it begins and ends."""

    value: Decimal
    unit: str
    start: int
    end: int
    words: str
    """As it stands, without what it counts."""
    places: int
    """Digits after its point."""
    is_rounded: bool
    """Whether it is said to be about so much."""
    scale: int = 1
    """What its digits are multiplied by: of 3.5万, 10,000."""

    @property
    def step(self) -> Decimal:
        """What its last digit is worth."""
        return Decimal(self.scale).scaleb(-self.places)


def numbers(words: str) -> Iterator[CountedNumber]:
    """The numbers of *words*, in order. Of a unit, the characters after the number up to four stand in ``unit``."""
    for found in _NUMBER.finditer(words):
        digits, scale = found["digits"], _SCALES[found["scale"] or ""]
        if digits:
            value, places = Decimal(digits.replace(",", "")) * scale, len(digits.partition(".")[2])
        else:
            value, places = Decimal(whole_number(found["han"]) or 0), 0
        about = words[max(found.start() - 2, 0) : found.start()]
        rounded = bool(found["more"]) or any(char in about for char in "约近超逾达几")
        end = found.start("unit")
        yield CountedNumber(
            value, found["unit"], found.start(), end, words[found.start() : end], places, rounded, scale
        )
