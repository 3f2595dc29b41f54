"""Words of two Han characters, by which a line end inside a word is known where the model of phrases sees none."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

_BEFORE_WORDS = "老新大小"
"""Characters that often stand alone before a word of two."""
_COMPLEMENTS = {
    "上": "喝住用走过吃穿坐搭赶跟爱盖装种开骑念当考登踏献迎闯",
    "好": "办用管守把算走打建修答讲抓",
    "住": "守留稳管抓记站顶挡",
    "起": "建拉撑立扛挑担亮响唱跑扬掀筑架燃",
    "下": "写留种定拿放按",
    "进": "走搬住迈开送放",
    "出": "走迈跑拿交蹚搬",
    "成": "办建织连做",
    "通": "修打接",
}
"""What comes of a verb (喝上, 办好, 守住), with the verbs of one character that headlines have it after. A dictionary
has few of them as words; a line that ends between the two parts them all the same."""


def tears_word(text: str, at: int) -> bool:
    """Whether a line that ends before ``text[at]`` parts a word of two characters: 水|网.

    Not where one of the two makes a word with what stands on its other side: 县|城市 parts none for sure. But where the
    characters pair off so that the word stands, and do not where it is parted, it is parted: 一支|队伍, not
    一|支队|伍; nor does 坊 stand alone behind 老街 where 老 may stand before 街坊.
    """
    if not _is_word(text[max(0, at - 1) : at + 1]):
        return False
    before, after = _is_word(text[max(0, at - 2) : at]), _is_word(text[at : at + 2])
    if before and after:
        return False
    if before:
        return _is_word(text[max(0, at - 3) : at - 1]) or text[at - 2] in _BEFORE_WORDS
    return not after or _is_word(text[at + 1 : at + 3])


def has_complement(pair: str) -> bool:
    """Whether *pair* is a verb with what comes of it: 喝上, 办好."""
    return len(pair) == 2 and pair[0] in _COMPLEMENTS.get(pair[1], "")


def _is_word(pair: str) -> bool:
    return len(pair) == 2 and (pair[1] in _seconds(pair[0]) or has_complement(pair))


@cache
def _seconds(first: str) -> str:
    """Every character that makes a word with the *first*."""
    return _table().partition(f"\n{first}")[2].partition("\n")[0]


@cache
def _table() -> str:
    return files(__package__).joinpath("two_character_words.txt").read_text(encoding="utf-8")
