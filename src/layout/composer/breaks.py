"""Where a line may break: a grade for every place between two units."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from layout.composer.classes import SPACES, CharClass, marks, prohibited
from layout.composer.hyphens import hyphens
from layout.composer.model import Metrics, Setting
from layout.composer.units import UnitChain

FREE = 0
ITEM = 1
"""Allowed, and hardly worse than another: inside one of several short words between 、 (工业、农|业), or a name in a
byline (记者 张|三). Nobody can tell such a word from a name, so lines are not opened for it."""
TITLE = 2
"""Allowed, but another break is better: inside a short 《书名》."""
UNIT = 3
"""Dearer: between a number and its Han unit, 332|个."""
WITHIN = 4
"""Dearer still: inside the unit itself, 平方|米."""
ADDRESS = 5
"""Inside an address, between letters: only where a line would stay short of its measure at every joint."""
NAME = 6
"""Dearest of what is allowed: inside a name or phrase of the issue's list, 张|三."""
WORD = 7
"""Of headings only: where no phrase ends, 强劲|动能. Only where no line could hold the phrases."""
NEVER = 8
KEPT = (TITLE, UNIT, WITHIN, ADDRESS, NAME)
"""The grades that keep words together, the cheapest first."""

LEAST_PART = 4
"""Characters of a note in two rows that must stand together in a line: two above two."""

LEAST_OF_ADDRESS = 3
"""Characters of an address that must stand together where it is torn between letters."""

_STRAIGHT = frozenset("\"'")


@dataclass(frozen=True, slots=True)
class Breaks:
    """``grade[i]``: whether a line may end before unit *i*. ``hyphen[i]``: the width of the hyphen it then gets."""

    grade: list[int]
    hyphen: dict[int, float]
    forced: frozenset[int] = frozenset()
    """Where a line must end though the text has no newline."""
    whole: dict[int, tuple[int, int]] = field(default_factory=dict)
    """``whole[i]``: begin and end, in the text, of what a break before unit *i* tears."""
    addresses: frozenset[int] = frozenset()
    """The units of web and mail addresses and of telephone numbers."""
    turns: frozenset[int] = frozenset()
    """Before which units the second row of a note in two rows may begin."""


def find_breaks(chain: UnitChain, setting: Setting, metrics: Metrics, measure: float) -> Breaks:
    """The breaks of *chain*. What no line of *measure* em can hold is not kept together."""
    grade, whole = _prohibitions(chain, setting), dict[int, tuple[int, int]]()
    addresses = frozenset(_inside_western(chain, grade, whole))
    for start, end, torn in _kept(chain.text, setting):
        if sum(unit.width for unit in chain.units[chain.at(start) : chain.at(end - 1) + 1]) <= measure:
            _dislike(chain, grade, whole, start, end, torn)
    _newlines(chain, grade)
    hyphen = hyphens(chain, setting, metrics)
    for index in hyphen:
        grade[index] = FREE
    forced = frozenset(_lone_ellipses(chain, grade, setting, measure)) if setting.ellipses_alone else frozenset()
    for note in chain.notes:
        inside = range(note.first + 1, note.last + 1)
        grade[inside.start : inside.stop] = [NEVER] * len(inside)
        forced = forced.difference(inside)
        hyphen = {k: width for k, width in hyphen.items() if k not in inside}
    turns = frozenset(_cut_notes(chain, grade))
    return Breaks(grade, hyphen, forced.difference(turns), whole, addresses, turns)


def _cut_notes(chain: UnitChain, grade: list[int]) -> Iterator[int]:
    """Finds where the rows of notes may turn; a line end must not cut off fewer than ``LEAST_PART`` characters."""
    for first, last in chain.splits:
        yield from (k for k in range(first + 1, last + 1) if grade[k] < NEVER)
        for k in range(first + 1, last + 1):
            if k - first < LEAST_PART or last + 1 - k < LEAST_PART:
                grade[k] = NEVER


def _prohibitions(chain: UnitChain, setting: Setting) -> list[int]:
    """Grades by 避头尾, spaces and joiners: CLREQ prohibition_rules_for_line_start_end at the setting's level."""
    not_start, not_end = prohibited(setting.kinsoku)
    glued = marks().glued
    size = len(chain.units)
    grade = [NEVER] * (size + 1)
    grade[size] = FREE
    before = ""  # the last character that is not a space
    quoted = False
    for index, unit in enumerate(chain.units):
        kind, text = chain.kinds[index], unit.text
        straight = text[0] in _STRAIGHT and kind is CharClass.LATIN and _beside_han(chain, index)
        if index and not _held(chain, index, glued):
            # A dash of two may start a line unless the level holds dashes in one character back as well.
            held_back = ("⸺" if kind is CharClass.DASH else text[0]) in not_start
            starts = (held_back and not _is_sign(chain, index)) or (straight and quoted)
            grade[index] = NEVER if starts or before in not_end else FREE
        if kind not in SPACES:
            before = "(" if straight and not quoted else text[0]
        if straight:
            quoted = not quoted
    return grade


def _is_sign(chain: UnitChain, index: int) -> bool:
    """Whether a connector is the sign of the number after it."""
    signed = chain.kinds[index] is CharClass.LATIN and chain.units[index].text in "->"
    return signed and chain.joined[index + 1 : index + 2] == (True,) and chain.units[index + 1].text.isdigit()


def _beside_han(chain: UnitChain, index: int) -> bool:
    around = chain.kinds[max(0, index - 1) : index] + chain.kinds[index + 1 : index + 2]
    return CharClass.HAN in around


def _held(chain: UnitChain, index: int, glued: frozenset[str]) -> bool:
    """Whether the unit is held to the one before it whatever the level of prohibition."""
    kind, previous = chain.kinds[index], chain.kinds[index - 1]
    if chain.joined[index] or CharClass.NBSP in (kind, previous):
        return True
    if kind in SPACES:  # spaces hang on the line before
        return True
    return chain.units[index - 1].glues or chain.units[index].text[0] in glued


def _inside_western(chain: UnitChain, grade: list[int], whole: dict[int, tuple[int, int]]) -> Iterator[int]:
    """Allows breaks after a hyphen between letters, and at the joints of addresses (CLREQ handling_western_text…); the
    units of the addresses. Of what may be torn, telephone numbers at their joints too, *whole* takes begin and end."""
    units = chain.units
    for index in range(2, len(units)):
        if (
            units[index - 1].text in "-‐"
            and chain.joined[index]
            and units[index].text.isalpha()
            and units[index - 2].text.isalpha()
        ):
            grade[index] = FREE
    for match in marks().url.finditer(chain.text):
        _inside_address(chain, grade, match.start(), match.end())
        number = not any(char.isalpha() for char in match.group())
        first, after = chain.at(match.start()), chain.at(match.end() - 1) + 1
        for k in range(first + 1, after):
            if grade[k] == ADDRESS or (number and grade[k] == FREE):
                whole[k] = match.span()
        yield from range(chain.at(match.start()), chain.at(match.end() - 1) + 1)


def _inside_address(chain: UnitChain, grade: list[int], start: int, end: int) -> None:
    """Allows breaks at an address's joints, and as a last resort between its letters, where both parts are of some
    length."""
    joints = marks().url_breaks
    for offset in range(start + 1, end):
        k = chain.at(offset)
        before, here = chain.text[offset - 1], chain.text[offset]
        if before in joints and here not in joints:
            grade[k] = FREE
        elif offset - start >= LEAST_OF_ADDRESS and end - offset >= LEAST_OF_ADDRESS:
            pair = before + here
            if pair.isalnum() and not pair.isdigit():
                grade[k] = ADDRESS


def _kept(text: str, setting: Setting) -> Iterator[tuple[int, int, int]]:
    """The stretches of text to keep together: begin, end and grade, the dearest last.

    Short words between 、, and names in bylines; 《人民日报》, a short title; 332个, 893亿元, 2026年, and 第 with its
    number; names and phrases of the issue's list.
    """
    for start, end in items_of(text) if setting.keep_items else ():
        yield start, end, ITEM
    for match in _TITLE.finditer(text) if "《" in text else ():
        if len(match.group()) <= setting.keep_titles:
            yield *match.span(), TITLE
    if setting.keep_number_unit:
        for match in marks().unit.finditer(text):
            yield *match.span(), UNIT
        for match in _ORDINAL.finditer(text) if "第" in text else ():
            yield match.end(), match.end() + 1, UNIT
    for start, end in protected_ranges(text, setting.protected):
        yield start, end, NAME


def _dislike(  # noqa: PLR0917
    chain: UnitChain, grade: list[int], whole: dict[int, tuple[int, int]], start: int, end: int, torn: int
) -> None:
    """Grades the breaks inside [start, end) of the text; of a Han unit also the one before it, after its number."""
    first, after = chain.at(start), chain.at(end - 1) + 1
    number = first
    while torn == UNIT and number and (number == first or chain.joined[number]):
        number -= 1
    for index in range(first if torn == UNIT else first + 1, after):
        own = WITHIN if torn == UNIT and index > first else torn
        if grade[index] < own and grade[index] != ADDRESS:
            grade[index] = own
            whole[index] = (chain.units[number].offset, end)


def _lone_ellipses(chain: UnitChain, grade: list[int], setting: Setting, measure: float) -> Iterator[int]:
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
            if 0 < index < len(chain.units) and chain.kinds[index - 1] is not CharClass.NEWLINE:
                grade[index] = FREE
                yield index


class _Signs(dict[int, str]):
    """What a row of words is found by: Han is 口, what ends a row or goes on with it stands for itself, all else is -.

    A pattern with a set of so many characters takes a thousand times as long to compile as one of a few: half a
    hundredth of a second in every build for the eight that are wanted.
    """

    def __missing__(self, code: int) -> str:
        sign = chr(code) if chr(code) in "、等和及与" else "口" if code == 0x3007 or 0x3400 <= code <= 0x9FFF else "-"
        self[code] = sign
        return sign


@cache
def _signs() -> _Signs:
    return _Signs()


_ITEMS = re.compile(
    "(?<![口等和及与])[口等和及与]{2,4}(?:、[口等和及与]{2,4}){2,}(?:(?![口等和及与])|(?=[等和及与]))"
    "(?:(?:和|及|与)[口等和及与]{2,4}(?![口等和及与]))?"
)
"""Three or more words of two to four characters between 、; what ends the run may be 等, 和 and another."""
_BYLINE = re.compile("[（(][^（）()\n]*(?:记者|通讯员|实习生)[^（）()\n]*[）)]")


@cache
def _signed() -> re.Pattern[str]:
    """A name in a byline. Compiled where there is one: see ``_Signs``."""
    han = "\u3007\u3400-\u9fff"
    return re.compile(rf"(?<![{han}])(?:[{han}]*(?:记者|通讯员|实习生))?([{han}]{{2,4}})(?![{han}])")


def items_of(text: str) -> Iterator[tuple[int, int]]:
    """Where short words stand in a row between 、, and names in a byline: begin and end of each."""
    for run in _ITEMS.finditer(text.translate(_signs())) if "、" in text else ():
        for word in re.finditer("[^、和及与]{2,4}", text[run.start() : run.end()]):
            yield run.start() + word.start(), run.start() + word.end()
    for line in _BYLINE.finditer(text) if "者" in text or "员" in text or "生" in text else ():
        for word in _signed().finditer(line.group()):
            yield line.start() + word.start(1), line.start() + word.end(1)


_ORDINAL = re.compile("第(?=[0-9])")
_TITLE = re.compile("《[^《》\n]+》")
_ELLIPSES = re.compile("(?<!…)…{4}(?!…)|(?<!⋯)⋯{4}(?!⋯)")


def protected_ranges(text: str, phrases: tuple[str, ...]) -> Iterator[tuple[int, int]]:
    """Where *phrases* stand in *text*, longest first."""
    wanted = sorted((phrase for phrase in phrases if phrase), key=len, reverse=True)
    if wanted:
        for match in re.finditer("|".join(map(re.escape, wanted)), text):
            yield match.span()


def _newlines(chain: UnitChain, grade: list[int]) -> None:
    for index, kind in enumerate(chain.kinds):
        if kind is CharClass.NEWLINE:
            if not index or chain.kinds[index - 1] is not CharClass.NEWLINE:
                grade[index] = NEVER
            grade[index + 1] = FREE
