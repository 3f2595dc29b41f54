"""Phrases of Chinese words, as a model finds them and particles mend them."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import budoux

from layout.composer.known_words import tears_word


@lru_cache(maxsize=1)
def _parser() -> budoux.Parser:
    return budoux.load_default_simplified_chinese_parser()


def phrases_in(line: str) -> list[str]:
    """The model's phrases of *line*; a particle stands with what it belongs to: 有了|新去处, never 有|了新去处.

    So does the 起 of 本月起|全市通用, unless it begins a word: 三月|起床.
    """
    found: list[str] = []
    end = 0
    for phrase in _parser().parse(line):
        start, end, own = end, end + len(phrase), phrase
        if found and own[0] == "起" and found[-1][-1] in _TIMES and not tears_word(line, start + 1):
            found[-1] += own[0]
            own = own[1:]
        clings = found and own in _PARTICLES and not found[-1][-1:].isspace()
        if clings and not tears_word(line, end):  # 全市|着力, 深入|了解: it begins a word
            found[-1] += own
        elif own:
            found.append(own)
    return found


def phrases_of(text: str) -> Iterator[tuple[int, int]]:
    """Begin and end of every phrase that the model finds, without the white space around it."""
    offset = 0
    for line in text.splitlines(keepends=True):
        for phrase in phrases_in(line):
            if phrase.strip():
                start = offset + len(phrase) - len(phrase.lstrip())
                yield start, start + len(phrase.strip())
            offset += len(phrase)


_PARTICLES = frozenset("了着们吗呢吧")
"""Those that belong to the word before them, where the model takes one for a phrase of its own: of aspect, number and
mood. 过 is of aspect too, and yet in a heading mostly a verb: 欢欢喜喜|过大年, 高铁|过江. 的 belongs to the word before
it, and yet two even lines of which the second begins with it are what newspapers print.
"""


_TIMES = frozenset("年月日天周季时今")
"""What the 起 of a beginning follows: 明年起, 3月15日起, 即日起, 今起."""
