"""Division of Western words: at soft hyphens, and by a dictionary of the language the style names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import TYPE_CHECKING

from layout.composer.classes import CharClass
from layout.composer.model import Metrics, Setting
from layout.composer.units import Unit, UnitChain

if TYPE_CHECKING:
    from pyphen import Pyphen

SHORTEST_DIVIDED = 5
"""Western words of fewer letters are never divided."""

_LETTERS = "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u03ff\u0400-\u052f\u1e00-\u1eff"
_WORD = re.compile(
    rf"(?<![{_LETTERS}0-9_@./:\-])[{_LETTERS}]{{{SHORTEST_DIVIDED},}}"
    rf"(?![{_LETTERS}0-9_@/:\-]|\.[{_LETTERS}0-9])"
)
"""Whole words: not what is part of an address, of a compound that has its own hyphens, or of a model number."""

_LEAST = {"en": (2, 3)}
"""Fewest letters before and after the hyphen (Chicago Manual of Style 7.36); two and two elsewhere."""
_NOUNS_IN_CAPITALS = ("de", "lb")
"""Languages in which a capital says no more than that the word is a noun."""

_NONE, _DEFAULT = frozenset({"", "0", "none", "false"}), frozenset({"1", "true"})


def languages() -> tuple[str, ...]:
    """Every language there is a dictionary for, as a style names it: ``de_DE``, ``fr``."""
    import pyphen  # noqa: PLC0415  (most pages divide no word)

    return tuple(sorted(map(str, pyphen.LANGUAGES)))


def language_of(value: object) -> str:
    """The language that a style's value means: none for 0, ``en_US`` for 1. Raises ``KeyError`` for one unknown."""
    word = str(value).strip().replace("-", "_")
    if word.lower() in _NONE:
        return ""
    if word.lower() in _DEFAULT:
        return "en_US"
    return {name.lower(): name for name in languages()}[word.lower()]


@lru_cache(maxsize=8)
def _dictionary(language: str) -> Pyphen:
    import pyphen  # noqa: PLC0415

    left, right = _LEAST.get(language.partition("_")[0], (2, 2))
    return pyphen.Pyphen(lang=language, left=left, right=right)


def hyphens(chain: UnitChain, setting: Setting, metrics: Metrics) -> dict[int, float]:
    """The units before which a word may be divided, and the width of the hyphen it then gets."""
    places = [index + 1 for index, unit in enumerate(chain.units[:-1]) if unit.text.endswith("\u00ad")]
    if setting.hyphenate:
        places += [chain.at(offset) for offset in _points(chain.text, setting.hyphenate)]
    western = (k for k in places if chain.kinds[k] is CharClass.LATIN and chain.units[k].text[0].isalpha())
    return {index: _hyphen_width(chain.units[index - 1], metrics) for index in western}


def _points(text: str, language: str) -> Iterator[int]:
    """Where the dictionary divides the words of *text*. A word with capitals is a name or an acronym, and stays
    whole."""
    first_may = language.startswith(_NOUNS_IN_CAPITALS)
    for match in _WORD.finditer(text):
        word = match.group()
        if (word[1:] if first_may else word).islower():
            yield from (match.start() + point for point in _dictionary(language).positions(word))


def _hyphen_width(unit: Unit, metrics: Metrics) -> float:
    return sum(cluster.advance for cluster in metrics.clusters(unit.span.faces, "-")) * unit.span.scale
