"""Words of two Han characters, by which a line end inside a word is known where the model of phrases sees none."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

_BEFORE_WORDS = "老新大小"
"""Characters that often stand alone before a word of two."""


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


def _is_word(pair: str) -> bool:
    return len(pair) == 2 and pair[1] in _seconds(pair[0])


@cache
def _seconds(first: str) -> str:
    """Every character that makes a word with the *first*."""
    return _table().partition(f"\n{first}")[2].partition("\n")[0]


@cache
def _table() -> str:
    return files(__package__).joinpath("two_character_words.txt").read_text(encoding="utf-8")
