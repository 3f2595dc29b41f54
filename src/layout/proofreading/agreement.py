"""Numbers of headline, lede, captions and figures that the rest of their story does not have."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from layout.errors import Message
from layout.manuscript.model import Paragraph
from layout.proofreading.numerals import CountedNumber, numbers
from layout.proofreading.slips import CopySlip

DIFFERS = "copy.figure_differs"
_ABOVE = frozenset({"headline", "kicker", "deck", "lede", "caption", "figure"})
"""Kinds of paragraph that repeat what the body says."""
_AROUND = 8
"""Characters before and after a number in which a common word says that two numbers speak of one thing."""
_LEAST = 2
"""Characters of such a word."""
_MANY = 4
"""Such words by which two numbers are of one thing, however little they look alike."""


@dataclass(frozen=True, slots=True)
class _Stated:
    paragraph: Paragraph
    number: CountedNumber
    around: frozenset[str]
    """The pairs of characters around it, without the number."""


def agreement_slips(paragraphs: Sequence[Paragraph], about: Sequence[Paragraph] = ()) -> Iterator[CopySlip]:
    """The numbers of a story's headline, lede and captions that stand nowhere else in it, though one of the same thing
    does: 改造渠道102公里 over a body that has 改造渠道120公里 only. *about* is what captions are about: stories.
    """
    if all(paragraph.kind not in _ABOVE for paragraph in paragraphs):
        return
    stated = [each for paragraph in (*paragraphs, *about) for each in _stated(paragraph)]
    own = set(map(id, paragraphs))
    for each in stated:
        if id(each.paragraph) not in own or each.paragraph.kind not in _ABOVE or each.number.is_rounded:
            continue
        others = [other for other in stated if other.paragraph is not each.paragraph]
        if any(_agrees(each.number, other.number) for other in others):
            continue
        beside = [other for other in stated if other.paragraph is each.paragraph and other is not each]
        same = [other for other in others if _is_of_one_thing(each, other)]
        if same and not any(_is_of_one_thing(each, other) for other in beside):
            first = same[0]
            there = f"{first.number.words}{first.number.unit[:1]}"
            hint = Message(f"别处是“{there}”，请对照原稿。", f"There is “{there}” as well; compare with the original.")
            yield CopySlip(
                DIFFERS, each.paragraph, each.number.start, f"{each.number.words}{each.number.unit[:1]}", hint=hint
            )


def _stated(paragraph: Paragraph) -> Iterator[_Stated]:
    words = paragraph.text
    for number in numbers(words):
        before = words[max(number.start - _AROUND, 0) : number.start]
        after = words[number.end : number.end + _AROUND]
        pairs = {text[at : at + _LEAST] for text in (before, after) for at in range(len(text) - 1)}
        yield _Stated(paragraph, number, frozenset(each for each in pairs if each.isalpha() and not each.isascii()))


def _agrees(one: CountedNumber, other: CountedNumber) -> bool:
    """Whether they may be the same number: equal, or one rounded to the other's last digit."""
    if one.value == other.value:
        return True
    coarser, finer = (one, other) if one.step >= other.step else (other, one)
    return coarser.step > finer.step and abs(coarser.value - finer.value) < coarser.step


def _is_of_one_thing(one: _Stated, other: _Stated) -> bool:
    """Whether they count the same with the same words around, and one may be a slip of the other."""
    if one.number.unit[:1] != other.number.unit[:1] or not one.number.unit or one.number.unit[0] in "年月日时分岁号":
        return (
            one.number.unit[:1] == "年" == other.number.unit[:1]
            and _looks_mistyped(one, other)
            and one.number.value < 1000
        )
    return _looks_mistyped(one, other) and bool(one.around & other.around)


def _looks_mistyped(one: _Stated, other: _Stated) -> bool:
    """Whether their digits are those of one number, in another order, one of them another, or a nought more or less."""
    a, b = (format(each.number.value.normalize(), "f").replace(".", "") for each in (one, other))
    if sorted(a) == sorted(b) or a.rstrip("0") == b.rstrip("0") or len(one.around & other.around) >= _MANY:
        return True
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) == 1
