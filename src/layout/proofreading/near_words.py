"""One term written two ways: spellings that differ in one character from a term that the copy has more often."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

from layout.errors import Message
from layout.manuscript.characters import SURNAMES
from layout.manuscript.model import Paragraph
from layout.proofreading.slips import CopySlip

TWO = "copy.two_spellings"
_HAN = "\u4e00-\u9fff"
_QUOTED = re.compile(rf"“([{_HAN}A-Za-z0-9]{{3,8}})”")
_PLACE = re.compile(
    rf"(?:^|(?<=[，。；：、！？“”（）\s在到从和与及的往走进为是过]))([{_HAN}]{{2,4}}?(?:村|镇|乡|县|街道|社区|公司|平台|水网|合作社|园区|大桥|水库|岭))"
)
_PERSON = re.compile(
    rf"(?:记者|通讯员|村民|书记|主任|局长|站长|县长|市长|镇长|校长|院长|经理|支书|放水员|队长|老人|孙女|儿子|女儿|叫|讲述人)"
    rf"([{SURNAMES}][{_HAN}]{{1,2}})(?=[，。：、（）\s说是的回守在告])|(?:^|(?<=[，。“]))([{SURNAMES}][{_HAN}]{{2}})(?=[说是守告的])"
)
_MIXED = re.compile(rf"[A-Za-z]{{1,6}}[{_HAN}]{{2}}")
_NO_NAME = frozenset("的由对以应当会为将把被在从和与及或并该其有做行设建推励升违损额清必经使让向给按据")
"""Characters that stand before names and in none."""
_TELLS_APART = frozenset(
    "〇零一二三四五六七八九十百千万亿两第东西南北中上下左右前后内外大小新老旧高低男女正副甲乙丙丁年月日省市县区乡镇村0123456789"
)
"""Characters by which terms that are nearly the same are told apart: 十四五 and 十五五, 东闸 and 西闸."""
_LEAST = 3
"""Characters of a term: two that differ in one have too many neighbours."""


def near_word_slips(paragraphs: Sequence[Paragraph], names: Iterable[str] = ()) -> Iterator[CopySlip]:
    """Spellings in *paragraphs* that one character parts from a term of the same kind that the copy has twice and
    more, or from a name of *names*; each stands once only.
    """
    copy = "\n".join(each.text for each in paragraphs)
    found: dict[int, tuple[str, str]] = {}
    for pattern in (_QUOTED, _PLACE, _PERSON):
        found.update(_of_kind(copy, pattern))
    known = frozenset(names)
    for name in sorted(known):
        for at, spelling in near_spellings(copy, name) if len(name) >= _LEAST else ():
            if copy.count(spelling) == 1 and name in copy and not _overlaps(copy, at, spelling, known):
                found.setdefault(at, (spelling, name))
    found.update(_of_case(copy))
    yield from _placed(paragraphs, found)


def _of_kind(copy: str, pattern: re.Pattern[str]) -> dict[int, tuple[str, str]]:
    """Terms of one kind that stand once and are nearly one that stands more often."""
    places: dict[str, list[int]] = {}
    for match in pattern.finditer(copy):
        term, at = next(
            (match[group], match.start(group)) for group in (1, 2) if group <= match.re.groups and match[group]
        )
        places.setdefault(term, []).append(at)
    usual = {term for term in places if copy.count(term) >= 2}
    masked: dict[str, str] = {mask: term for term in usual for mask in _masks(term)}
    found = {}
    for term, (at, *others) in places.items():
        lone = not others and copy.count(term) == 1 and not set(term) & _NO_NAME
        near = _usual_one(term, masked, usual) if lone else None
        if near:
            found[at] = (term, near)
    return found


def _masks(term: str) -> Iterator[str]:
    """The term with each of its characters but the first left open."""
    yield from (f"{term[:at]}?{term[at + 1 :]}" for at in range(1, len(term)))


def _usual_one(term: str, masked: Mapping[str, str], usual: Collection[str]) -> str | None:
    """The usual term that *term* is nearly, if any: one other character, or one more in the middle of a long one."""
    for at, mask in enumerate(_masks(term), 1):
        other = masked.get(mask)
        if other and not {term[at], other[at]} & _TELLS_APART:
            return other
    shorter = (term[:at] + term[at + 1 :] for at in range(1, len(term) - 1))
    return next((each for each in shorter if each in usual), None) if len(term) > _LEAST + 1 else None


def near_spellings(copy: str, term: str) -> Iterator[tuple[int, str]]:
    """Where a word stands in *copy* that differs from *term* in one character, or has one more in its middle.

    The first character is the same: another one there is most often the end of the word before.
    """
    half = len(term) // 2
    head, tail = term[: max(half, 1)], term[half:]
    for at in _offsets(copy, head):
        whole = copy[at : at + len(term)]
        if len(whole) == len(term) and _differs_in_one(whole, term):
            yield at, whole
        longer = copy[at : at + len(term) + 1]
        if (
            len(term) >= _LEAST + 1
            and longer != term
            and longer.endswith(tail)
            and not longer.startswith(term)
            and _is_word(longer)
        ):
            yield at, longer
    for at in _offsets(copy, tail):
        start = at - half
        whole = copy[start : start + len(term)]
        if start >= 0 and whole[0] == term[0] and _differs_in_one(whole, term) and whole[: len(head)] != head:
            yield start, whole


def _offsets(copy: str, words: str) -> Iterator[int]:
    at = copy.find(words)
    while at >= 0:
        yield at
        at = copy.find(words, at + 1)


def _is_word(words: str) -> bool:
    return all("\u4e00" <= char <= "\u9fff" for char in words)


def _differs_in_one(one: str, other: str) -> bool:
    at = [place for place, (a, b) in enumerate(zip(one, other, strict=True)) if a != b]
    return len(at) == 1 and at[0] > 0 and _is_word(one[at[0]])


def _overlaps(copy: str, at: int, spelling: str, terms: Collection[str]) -> bool:
    """Whether the spelling is made of a term and its neighbour."""
    around = copy[max(at - 4, 0) : at + len(spelling) + 4]
    return any(term in around for term in terms if len(term) >= _LEAST)


def _of_case(copy: str) -> dict[int, tuple[str, str]]:
    """Names that mix letters and Han and are once written in other capitals: E禾水 beside e禾水."""
    counts = Counter(match[0] for match in _MIXED.finditer(copy))
    spellings: dict[str, list[str]] = {}
    for each in counts:
        spellings.setdefault(each.lower(), []).append(each)
    usual = {
        each: max(group, key=lambda one: counts[one])
        for group in spellings.values()
        if len(group) > 1
        for each in group
    }
    return {
        match.start(): (match[0], usual[match[0]])
        for match in _MIXED.finditer(copy)
        if counts[usual.get(match[0], match[0])] > counts[match[0]]
    }


def _placed(paragraphs: Sequence[Paragraph], found: dict[int, tuple[str, str]]) -> Iterator[CopySlip]:
    begin = 0
    for paragraph in paragraphs:
        for at in sorted(each for each in found if begin <= each <= begin + len(paragraph.text)):
            spelling, term = found[at]
            hint = Message(
                f"别处写作“{term}”：查一查哪个对，统一起来。", f"Elsewhere it is “{term}”: see which is right."
            )
            yield CopySlip(TWO, paragraph, at - begin, spelling, hint=hint)
        begin += len(paragraph.text) + 1
