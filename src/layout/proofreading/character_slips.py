"""Characters outside 通用规范汉字表: traditional ones and variants, with the standard one, and others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

from layout import assets
from layout.manuscript.model import Paragraph
from layout.proofreading.slips import CopySlip
from layout.proofreading.word_index import pairs

TRADITIONAL, OUTSIDE = "copy.traditional", "copy.outside_list"
_SPOKEN_OF = "字"
"""What follows a character that is itself spoken of: 傘字."""
_RANGES = (("\u3400", "\u9fff"), ("\U00020000", "\U000323af"))
"""Han; compatibility forms and radicals are found by ``copy.radical``."""


@cache
def _standard() -> frozenset[str]:
    lines = (assets.fonts_dir() / "tongyong-guifan-8105.txt").read_text("utf-8").splitlines()
    return frozenset("".join(line for line in lines if not line.startswith("#")))


@cache
def _counterparts() -> Mapping[str, str]:
    return dict(pairs("traditional.tsv"))


def character_slips(paragraph: Paragraph) -> Iterator[CopySlip]:
    """The characters of *paragraph* that are not standard, in order; those in a row that are alike are one."""
    words = paragraph.text
    strange = {each for each in set(words) - _standard() if any(first <= each <= last for first, last in _RANGES)}
    if not strange:
        return
    for at, char in enumerate(words):
        if char in strange and words[at + 1 : at + 2] != _SPOKEN_OF:
            right = _counterparts().get(char, "")
            yield CopySlip(TRADITIONAL if right else OUTSIDE, paragraph, at, char, right)
