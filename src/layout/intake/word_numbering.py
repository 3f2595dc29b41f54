"""Word's own numbering, made into characters: 一、（一）1. and the like, counted as Word counts them.

A list (``w:num``) is an instance of an abstract one; those of one abstract list go on counting, unless an instance has
a start of its own. A level begins anew after one above it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from layout.intake.word_names import W, Xml, number, value

LEVELS = 9
_DIGITS = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = ((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
          (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))  # fmt: skip
_MOST = 100_000
"""The highest number that is written in words or letters; no list is longer."""


@dataclass(frozen=True, slots=True)
class NumberLabel:
    """What stands before a paragraph of a list."""

    text: str
    bullet: bool = False


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    format: str
    text: str
    legal: bool
    """Whether all numbers in it are decimal, whatever their own levels say."""
    restart: int | None
    """The level after which it begins anew, from 1; 0: never; None: after any above it."""


@dataclass(frozen=True, slots=True)
class _List:
    abstract: str
    levels: Mapping[int, _Level]
    starts: Mapping[int, int]
    """Levels that this instance begins with numbers of its own."""


@dataclass(slots=True)
class WordNumbering:
    """The lists of a file while its paragraphs are counted."""

    lists: Mapping[str, _List]
    unknown: set[str] = field(default_factory=set)
    """Kinds of numbers that were met and are not known: they were written as 1, 2, 3."""
    _counts: dict[str, dict[int, int]] = field(default_factory=dict)
    _begun: set[str] = field(default_factory=set)

    def label(self, list_id: str | None, level: int | None) -> NumberLabel | None:
        """The number of the next paragraph of that list and level; None where there is no such list, or it has none."""
        found = self.lists.get(list_id or "0")
        depth = min(max(level or 0, 0), LEVELS - 1)
        if found is None or depth not in found.levels:
            return None
        own = found.levels[depth]
        counts = self._counts.setdefault(found.abstract, {})
        if list_id not in self._begun and found.starts:
            self._begun.add(str(list_id))
            for each, start in found.starts.items():
                counts[each] = start - 1
        counts[depth] = counts.get(depth, own.start - 1) + 1
        for each, below in found.levels.items():
            if each > depth and (below.restart is None or depth < below.restart):
                counts.pop(each, None)
        if own.format == "bullet":
            return NumberLabel(own.text, bullet=True)
        text = re.sub(r"%([1-9])", lambda match: self._figure(found, counts, int(match[1]) - 1, own), own.text)
        return NumberLabel(text) if text else None

    def _figure(self, found: _List, counts: Mapping[int, int], level: int, own: _Level) -> str:
        other = found.levels.get(level)
        if other is None:
            return ""
        count = counts.get(level, other.start)
        name = "decimal" if own.legal and other.format != "none" else other.format
        if name not in _FORMATS:
            self.unknown.add(name)
        return _FORMATS.get(name, str)(count)


def read_numbering(root: Xml | None) -> WordNumbering:
    """The lists of the part *root*; none without one."""
    if root is None:
        return WordNumbering({})
    abstracts = {each.get(W + "abstractNumId"): each for each in root.iterchildren(W + "abstractNum")}
    styled = {value(each, "styleLink"): key for key, each in abstracts.items() if value(each, "styleLink")}
    lists: dict[str, _List] = {}
    for each in root.iterchildren(W + "num"):
        abstract = value(each, "abstractNumId") or ""
        if abstract in abstracts and (link := value(abstracts[abstract], "numStyleLink")):
            abstract = styled.get(link, abstract)
        if abstract in abstracts:
            lists[each.get(W + "numId")] = _list(each, abstract, abstracts[abstract])
    return WordNumbering(lists)


def _list(instance: Xml, abstract: str, root: Xml) -> _List:
    levels = {depth: _level(each) for each in root.iterchildren(W + "lvl") if (depth := _depth(each)) is not None}
    starts: dict[int, int] = {}
    for each in instance.iterchildren(W + "lvlOverride"):
        depth = _depth(each)
        if depth is None:
            continue
        if (other := each.find(W + "lvl")) is not None:
            levels[depth] = _level(other)
        if (start := number(value(each, "startOverride"))) is not None:
            starts[depth] = start
    return _List(abstract, levels, starts)


def _depth(element: Xml) -> int | None:
    return number(element.get(W + "ilvl"))


def _level(element: Xml) -> _Level:
    start, legal = number(value(element, "start")), element.find(W + "isLgl")
    return _Level(
        1 if start is None else start,
        value(element, "numFmt") or "decimal",
        value(element, "lvlText") or "",
        legal is not None and legal.get(W + "val", "1") not in ("0", "false"),
        number(value(element, "lvlRestart")),
    )


def chinese(count: int, digits: str = _DIGITS, units: str = "十百千万", *, one_ten: bool = False) -> str:
    """*count* in words: 二十三. *one_ten*: 一十 for 十. Above 99,999 as figures."""
    if not 0 < count < _MOST:
        return digits[0] if count == 0 else str(count)
    if count >= 10_000:
        rest = count % 10_000
        zero = digits[0].replace("〇", "零") if rest and rest < 1_000 else ""
        return (
            chinese(count // 10_000, digits, units, one_ten=one_ten)
            + units[3]
            + zero
            + (chinese(rest, digits, units, one_ten=True) if rest else "")
        )
    words, gap = "", False
    for power in (3, 2, 1, 0):
        digit = count // 10**power % 10
        if digit:
            words += (digits[0].replace("〇", "零") if gap and words else "") + digits[digit]
            words += units[power - 1] if power else ""
        gap = not digit
    return words if one_ten or not 10 <= count < 20 else words[1:]


def _letters(count: int) -> str:
    """a … z, aa, bb: Word doubles the letter."""
    return chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1) if 0 < count <= 26 * 20 else str(count)


def _roman(count: int) -> str:
    if not 0 < count < 4_000:
        return str(count)
    words = ""
    for amount, sign in _ROMAN:
        while count >= amount:
            words, count = words + sign, count - amount
    return words


def _row(signs: str) -> Callable[[int], str]:
    """Writes numbers with the signs of a row, and those beyond it as figures."""
    return lambda count: signs[count - 1] if 0 < count <= len(signs) else str(count)


def _row_from(first: str, length: int) -> Callable[[int], str]:
    return _row("".join(chr(ord(first) + each) for each in range(length)))


_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")
_FORMATS: Mapping[str, Callable[[int], str]] = {
    "decimal": str,
    "decimalZero": lambda count: f"{count:02}",
    "decimalFullWidth": lambda count: str(count).translate(_FULL_WIDTH),
    "decimalHalfWidth": str,
    "decimalEnclosedCircle": _row_from("①", 20),
    "decimalEnclosedCircleChinese": _row_from("①", 20),
    "decimalEnclosedFullstop": _row_from("⒈", 20),
    "decimalEnclosedParen": _row_from("⑴", 20),
    "numberInDash": lambda count: f"- {count} -",
    "chineseCounting": chinese,
    "chineseCountingThousand": chinese,
    "japaneseCounting": chinese,
    "taiwaneseCounting": chinese,
    "taiwaneseCountingThousand": chinese,
    "ideographDigital": lambda count: "".join(_DIGITS[int(each)] for each in str(max(count, 0))),
    "taiwaneseDigital": lambda count: "".join(_DIGITS[int(each)] for each in str(max(count, 0))),
    "chineseLegalSimplified": lambda count: chinese(count, _LEGAL, "拾佰仟万", one_ten=True),
    "ideographTraditional": _row(_STEMS),
    "ideographZodiac": _row(_BRANCHES),
    "ideographEnclosedCircle": _row_from("㊀", 10),
    "upperLetter": lambda count: _letters(count).upper(),
    "lowerLetter": _letters,
    "upperRoman": lambda count: _roman(count).upper(),
    "lowerRoman": _roman,
    "none": lambda _: "",
}
"""The kinds of numbers (ST_NumberFormat) that Chinese copy has."""
