"""Character classes, and which of them may not start or end a line, and how they stand in a vertical one.

The data is in ``marks.toml``.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib.resources import files

from layout.composer.model import Kinsoku


class CharClass(StrEnum):
    """The classes of characters that the rules tell apart."""

    HAN = "han"
    """Ideographs, kana, hangul: a break on either side, a gap next to Western text."""
    WIDE = "wide"
    """Emoji, symbols, full-width ASCII: breaks like Han, but no Han–Latin gap."""
    LATIN = "latin"
    """Western letters, digits and marks: no break inside."""
    OPEN = "open"
    CLOSE = "close"
    COMMA = "comma"
    STOP = "stop"
    INTERPUNCT = "interpunct"
    CONNECTOR = "connector"
    SOLIDUS = "solidus"
    DASH = "dash"
    """A whole ——, or half of one: which, the unit's run tells."""
    SPACE = "space"
    """A word space: breaks after it, vanishes at a line's edge."""
    FIXED = "fixed"
    """A space of a width of its own (U+3000, U+2002 …): neither squeezed nor stretched, vanishes at a line's edge."""
    NBSP = "nbsp"
    """A word space that no line breaks at."""
    NEWLINE = "newline"
    CHANCE = "chance"
    """A break opportunity of no width (U+200B)."""
    ATTACHED = "attached"
    """Belongs to the character before it: combining marks, variation selectors, joiners, bidi controls."""


SPACES = frozenset({CharClass.SPACE, CharClass.FIXED, CharClass.NEWLINE, CharClass.CHANCE})
MARKS = frozenset({CharClass.OPEN, CharClass.CLOSE, CharClass.COMMA, CharClass.STOP})
POINTS = frozenset({CharClass.COMMA, CharClass.STOP})
ENDING = frozenset({CharClass.CLOSE, CharClass.COMMA, CharClass.STOP})
"""Marks that have a rule of their own at a line's end."""
WORD_SPACES = frozenset({CharClass.SPACE, CharClass.NBSP})
AVOIDED = frozenset({CharClass.CONNECTOR, CharClass.SOLIDUS, CharClass.INTERPUNCT})
"""No space is added next to these (CLREQ expansion step 3)."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The contents of ``marks.toml``."""

    kinds: Mapping[str, CharClass]
    pairs: frozenset[str]
    exclaim: frozenset[str]
    half_em: frozenset[str]
    glued: frozenset[str]
    hangable: frozenset[str]
    upright_centred: frozenset[str]
    spaces: Mapping[str, float]
    not_start: Mapping[str, frozenset[str]]
    not_end: Mapping[str, frozenset[str]]
    number: re.Pattern[str]
    unit: re.Pattern[str]
    url: re.Pattern[str]
    item: re.Pattern[str]
    url_breaks: frozenset[str]
    rules: Mapping[str, str]
    words: Mapping[str, Mapping[str, str]]
    """Of each adjustment what it is called (``zh``, ``en``), and its rule in Chinese."""
    facts: Mapping[str, str | bool | float]


@lru_cache(maxsize=1)
def marks() -> Marks:
    """The table of marks."""
    data = tomllib.loads((files("layout.composer") / "marks.toml").read_text(encoding="utf-8"))
    kinds = data["kinds"]
    named = (
        CharClass.OPEN,
        CharClass.CLOSE,
        CharClass.COMMA,
        CharClass.STOP,
        CharClass.INTERPUNCT,
        CharClass.CONNECTOR,
        CharClass.SOLIDUS,
        CharClass.DASH,
    )
    not_start, not_end = _levels(data["levels"])
    return Marks(
        kinds={character: kind for kind in named for character in kinds[kind.value]},
        pairs=frozenset(kinds["pairs"]),
        exclaim=frozenset(kinds["exclaim"]),
        half_em=frozenset(kinds["half_em"]),
        glued=frozenset(kinds["glued"]),
        hangable=frozenset(kinds["comma"] + kinds["stop"]),
        upright_centred=frozenset(kinds["upright_centred"]),
        spaces=data["spaces"],
        not_start=not_start,
        not_end=not_end,
        number=_number_pattern(data["numbers"]),
        unit=_unit_pattern(data["numbers"]),
        url=re.compile(data["urls"]["pattern"]),
        item=re.compile(data["items"]["pattern"]),
        url_breaks=frozenset(data["urls"]["break_after"]),
        rules=data["rules"],
        words=data["words"],
        facts=data["facts"],
    )


def _levels(data: Mapping[str, Mapping[str, str]]) -> tuple[dict[str, frozenset[str]], dict[str, frozenset[str]]]:
    not_start: dict[str, frozenset[str]] = {"none": frozenset()}
    not_end: dict[str, frozenset[str]] = {"none": frozenset()}
    start, end = "", ""
    for level in ("basic", "gb", "strict"):
        start += data[level]["not_start"]
        end += data[level]["not_end"]
        not_start[level], not_end[level] = frozenset(start), frozenset(end)
    return not_start, not_end


def _number_pattern(numbers: Mapping[str, str]) -> re.Pattern[str]:
    """A number with its unit sign, kW·h and km/h among them."""
    one = f"{numbers['sign']}(?:{numbers['power']})"
    return re.compile(rf"{numbers['pattern']}(?:{numbers['space']}?{one}(?:[·⋅/]{one})*(?![A-Za-z0-9]))?", re.ASCII)


def _unit_pattern(numbers: Mapping[str, str | list[str]]) -> re.Pattern[str]:
    words = "|".join(sorted(set(numbers["units"]), key=len, reverse=True))
    about, multiples = f"[{numbers['about']}]?", f"[{numbers['multiples']}]"
    return re.compile(rf"(?<=[0-9])(?:{about}{multiples}+{about}(?:{words})?|{about}(?:{words}))")


def prohibited(level: Kinsoku) -> tuple[frozenset[str], frozenset[str]]:
    """Characters that may not start a line, and that may not end one, at *level* (CLREQ prohibition_rules…)."""
    table = marks()
    return table.not_start[level], table.not_end[level]


@lru_cache(maxsize=4096)
def kind_of(character: str) -> CharClass:
    """The class of one character, without regard to its neighbours."""
    named = marks().kinds.get(character)
    if named is not None:
        return named
    if character in "\n\r\x0b\x0c\x85\u2028\u2029":
        return CharClass.NEWLINE
    category = unicodedata.category(character)
    if category == "Zs" or character in "\t\u200b":
        return _space(character)
    if category in ("Mn", "Mc", "Me", "Cf", "Cc") or "\U0001f3fb" <= character <= "\U0001f3ff":
        return CharClass.ATTACHED
    return _letter(character, category)


def _space(character: str) -> CharClass:
    if character in " \t":
        return CharClass.SPACE
    if character == "\u200b":
        return CharClass.CHANCE
    return CharClass.NBSP if character in "\u00a0\u202f\u2007" else CharClass.FIXED


def _letter(character: str, category: str) -> CharClass:
    """Western or not: letters and low code points that Unicode does not hold to be wide are Western."""
    wide = unicodedata.east_asian_width(character)
    if wide in "WFH":
        return CharClass.HAN if category in ("Lo", "Lm", "Nl", "Cn") and wide != "F" else CharClass.WIDE
    western = (
        category[0] == "L" or category in ("Nd", "Sc", "Sk") or character < "\u2010" or "\u2070" <= character < "\u20a0"
    )
    return CharClass.LATIN if western or character in "‰′″−" else CharClass.WIDE


_ATTACHED = "\u00ad\u0300-\u036f\u200b-\u200f\u2060\u20d0-\u20ff\ufe00-\ufe0f\U000e0100-\U000e01ef"
_ALPHABETS = (
    "!-~\u00aa\u00b2\u00b3\u00b5\u00b9\u00ba\u00c0-\u02af\u0370-\u052f\u1d00-\u1dbf\u1e00-\u1fff"
    "\u2c60-\u2c7f\ua720-\ua7ff\ufb00-\ufb06"
)
"""ASCII; Latin with its ligatures and small figures, Greek and Cyrillic, which Unicode's UAX #50 lays on their side:
their advances are those of a level line, so that upright the letters of a word stand upon each other."""
_LETTERS = rf"(?:[{_ALPHABETS}][{_ATTACHED}]*)+"
_TURNED = re.compile(rf"{_LETTERS}(?: +{_LETTERS})*|[—―…⋯⸺～〜–]+")
"""Western runs; and dashes and ellipses, which lie along the line in either direction."""
_DIGITS = re.compile(r"\d{2,3}", re.ASCII)
_UPRIGHT = re.compile(r"[A-Z0-9\u0391-\u03a9\u0410-\u042f]|[A-Z]{2,}", re.ASCII)


def stances(text: str) -> Iterator[tuple[str, str]]:
    """*text* in pieces, each with its stance: "" for what is upright by nature, else "upright", "combined" or
    "rotated".

    Two or three digits stand combined in one em; a single capital or digit and an acronym stand upright, letter by
    letter; words, in Greek and Cyrillic too, and longer numbers are turned.
    """
    position = 0
    for match in _TURNED.finditer(text):
        if match.start() > position:
            yield text[position : match.start()], ""
        word = match.group()
        bare = re.sub(f"[{_ATTACHED}]", "", word)
        yield word, "combined" if _DIGITS.fullmatch(word) else "upright" if _UPRIGHT.fullmatch(bare) else "rotated"
        position = match.end()
    if position < len(text):
        yield text[position:], ""
