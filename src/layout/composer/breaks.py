"""Where a line may break: a grade for every place between two units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import pyphen

from layout.composer.classes import SPACES, Kind, marks, prohibited
from layout.composer.model import Metrics, Setting
from layout.composer.units import Chain, Unit

FREE = 0
DISLIKED = 1
"""Allowed, but another break is better: between a number and its Han unit, inside a divided word."""
WORSE = 2
"""Better still avoided: inside the unit itself, 平方|米."""
NEVER = 3

SHORTEST_DIVIDED = 5
"""Western words of fewer letters are never divided."""

_STRAIGHT = frozenset("\"'")


@dataclass(frozen=True, slots=True)
class Breaks:
    """``grade[i]``: whether a line may end before unit *i*. ``hyphen[i]``: the width of the hyphen it then gets."""

    grade: list[int]
    hyphen: dict[int, float]
    forced: frozenset[int] = frozenset()
    """Where a line must end though the text has no newline."""


def find_breaks(chain: Chain, setting: Setting, metrics: Metrics, measure: float) -> Breaks:
    """The breaks of *chain*; a protected phrase that no line of *measure* em can hold is left unprotected."""
    grade = _prohibitions(chain, setting)
    _inside_western(chain, grade)
    if setting.keep_number_unit:
        _dislike_unit_breaks(chain, grade)
    _dislike_title_breaks(chain, grade, setting)
    _protect(chain, grade, setting, measure)
    _newlines(chain, grade)
    hyphen = _hyphens(chain, grade, setting, metrics)
    forced = frozenset(_lone_ellipses(chain, grade, setting, measure)) if setting.ellipses_alone else frozenset()
    for note in chain.notes:
        inside = range(note.first + 1, note.last + 1)
        grade[inside.start : inside.stop] = [NEVER] * len(inside)
        forced = forced.difference(inside)
        hyphen = {k: width for k, width in hyphen.items() if k not in inside}
    return Breaks(grade, hyphen, forced)


def _prohibitions(chain: Chain, setting: Setting) -> list[int]:
    """避头尾, spaces, joiners: CLREQ prohibition_rules_for_line_start_end at the setting's level."""
    not_start, not_end = prohibited(setting.kinsoku)
    glued = marks().glued
    size = len(chain.units)
    grade = [NEVER] * (size + 1)
    grade[size] = FREE
    before = ""  # the last character that is not a space
    quoted = False
    for index, unit in enumerate(chain.units):
        kind, text = chain.kinds[index], unit.text
        straight = text[0] in _STRAIGHT and kind is Kind.LATIN and _beside_han(chain, index)
        if index and not _held(chain, index, glued):
            # A dash of two may start a line unless the level holds dashes in one character back as well.
            held_back = ("⸺" if kind is Kind.DASH else text[0]) in not_start
            starts = (held_back and not _is_sign(chain, index)) or (straight and quoted)
            grade[index] = NEVER if starts or before in not_end else FREE
        if kind not in SPACES:
            before = "(" if straight and not quoted else text[0]
        if straight:
            quoted = not quoted
    return grade


def _is_sign(chain: Chain, index: int) -> bool:
    """Whether a connector is the sign of the number after it."""
    signed = chain.kinds[index] is Kind.LATIN and chain.units[index].text in "->"
    return signed and chain.joined[index + 1 : index + 2] == (True,) and chain.units[index + 1].text.isdigit()


def _beside_han(chain: Chain, index: int) -> bool:
    around = chain.kinds[max(0, index - 1) : index] + chain.kinds[index + 1 : index + 2]
    return Kind.HAN in around


def _held(chain: Chain, index: int, glued: frozenset[str]) -> bool:
    """Whether the unit is held to the one before it whatever the level of prohibition."""
    kind, previous = chain.kinds[index], chain.kinds[index - 1]
    if chain.joined[index] or Kind.NBSP in (kind, previous):
        return True
    if kind in SPACES:  # spaces hang on the line before
        return True
    return chain.units[index - 1].glues or chain.units[index].text[0] in glued


def _inside_western(chain: Chain, grade: list[int]) -> None:
    """After a hyphen between letters, and at the joints of a web address (CLREQ handling_western_text…)."""
    units = chain.units
    for index in range(2, len(units)):
        if (
            units[index - 1].text in "-‐"
            and chain.joined[index]
            and units[index].text.isalpha()
            and units[index - 2].text.isalpha()
        ):
            grade[index] = FREE
    table = marks()
    for match in table.url.finditer(chain.text):
        for offset in range(match.start() + 1, match.end() - 1):
            here, following = chain.text[offset], chain.text[offset + 1]
            if here in table.url_breaks and following not in table.url_breaks:
                grade[chain.at(offset) + 1] = FREE


def _dislike_unit_breaks(chain: Chain, grade: list[int]) -> None:
    """332个, 893亿元, 2026年: kept together where that costs little."""
    for match in marks().unit.finditer(chain.text):
        first = chain.at(match.start())
        for index in range(first, chain.at(match.end() - 1) + 1):
            if grade[index] == FREE:
                grade[index] = DISLIKED if index == first else WORSE


def _dislike_title_breaks(chain: Chain, grade: list[int], setting: Setting) -> None:
    """《人民日报》: a short title is kept whole where that costs little."""
    for match in _TITLE.finditer(chain.text) if "《" in chain.text else ():
        if len(match.group()) <= setting.keep_titles:
            for index in range(chain.at(match.start()) + 1, chain.at(match.end() - 1) + 1):
                if grade[index] == FREE:
                    grade[index] = DISLIKED


def _lone_ellipses(chain: Chain, grade: list[int], setting: Setting, measure: float) -> Iterator[int]:
    """Two ellipses together take four em and a line of their own (GB/T 15834 5.1.5), with the marks that hold on to
    them."""
    not_start, not_end = prohibited(setting.kinsoku)
    for match in _ELLIPSES.finditer(chain.text):
        first, after = chain.at(match.start()), chain.at(match.end() - 1) + 1
        while first and chain.units[first - 1].text[0] in not_end:
            first -= 1
        while after < len(chain.units) and (chain.units[after].text[0] in not_start or chain.kinds[after] in SPACES):
            after += 1
        if sum(unit.width for unit in chain.units[first:after]) <= measure:
            grade[first + 1 : after] = [NEVER] * (after - first - 1)
        for index in (first, after):
            if 0 < index < len(chain.units) and chain.kinds[index - 1] is not Kind.NEWLINE:
                grade[index] = FREE
                yield index


_TITLE = re.compile("《[^《》\n]+》")
_ELLIPSES = re.compile("(?<!…)…{4}(?!…)|(?<!⋯)⋯{4}(?!⋯)")


def _protect(chain: Chain, grade: list[int], setting: Setting, measure: float) -> None:
    for start, end in protected_ranges(chain.text, setting.protected):
        first, last = chain.at(start), chain.at(end - 1)
        if sum(unit.width for unit in chain.units[first : last + 1]) <= measure:
            for index in range(first + 1, last + 1):
                grade[index] = NEVER


def protected_ranges(text: str, phrases: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where *phrases* stand in *text*, longest first."""
    wanted = sorted((phrase for phrase in phrases if phrase), key=len, reverse=True)
    if wanted:
        for match in re.finditer("|".join(map(re.escape, wanted)), text):
            yield match.span()


def _newlines(chain: Chain, grade: list[int]) -> None:
    for index, kind in enumerate(chain.kinds):
        if kind is Kind.NEWLINE:
            if not index or chain.kinds[index - 1] is not Kind.NEWLINE:
                grade[index] = NEVER
            grade[index + 1] = FREE


@lru_cache(maxsize=1)
def _dictionary() -> pyphen.Pyphen:
    return pyphen.Pyphen(lang="en_US", left=2, right=3)


def _hyphens(chain: Chain, grade: list[int], setting: Setting, metrics: Metrics) -> dict[int, float]:
    """Division of Western words: at every soft hyphen, and by the dictionary if the setting asks for it."""
    places = [index + 1 for index, unit in enumerate(chain.units[:-1]) if unit.text.endswith("\u00ad")]
    if setting.hyphenate:
        for match in re.finditer(rf"(?<![A-Za-z0-9])[A-Za-z]{{{SHORTEST_DIVIDED},}}(?![A-Za-z0-9])", chain.text):
            places += [chain.at(match.start() + point) for point in _dictionary().positions(match.group())]
    hyphen = {}
    for index in places:
        if chain.units[index].text[0].isalpha():
            grade[index] = FREE
            hyphen[index] = _hyphen_width(chain.units[index - 1], metrics)
    return hyphen


def _hyphen_width(unit: Unit, metrics: Metrics) -> float:
    return sum(cluster.advance for cluster in metrics.clusters(unit.span.faces, "-")) * unit.span.scale
