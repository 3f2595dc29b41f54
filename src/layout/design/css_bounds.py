"""Bounds of a style sheet: what WeasyPrint would work on without end is told at its line before WeasyPrint reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from layout.design.custom_properties import definitions, uses
from layout.design.design_fault import DesignFault, blanked, line_and_column
from layout.errors import Message

RULES = 2_000
"""Rules of one style sheet; the largest sample has 132. WeasyPrint takes about a second for so many."""

CHARACTERS = 500_000
"""Of one style sheet; the largest sample has 15,000."""

NESTED = 24
"""Brackets inside one another. tinycss2 and WeasyPrint's ``calc()`` call themselves for each."""

REPEATS = 1_000
"""Tracks that one ``repeat()`` may make."""

VALUE = 20_000
"""Characters of one value or one selector."""

PARTS = 100
"""Elements that one selector names; cssselect2 calls itself for each."""

LARGEST = 10**10
"""Of numbers: more than any property can use, and less than what Python cannot count with."""

DIGITS = 40
"""Of one number: none that means something has more."""

EXPANDED = 20_000
"""Characters of a value when every ``var()`` in it has been replaced."""

_SKIPPED = re.compile(r"/\*.*?\*/|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.DOTALL)
_BRACKET = re.compile(r"[\[({})\]]")
_REPEAT = re.compile(r"\brepeat\(\s*\+?(\d+)", re.IGNORECASE)
_REPEATING = re.compile(r"\brepeating-(?:linear|radial)-gradient\(([^;{}]*)", re.IGNORECASE)
_LENGTH = re.compile(r"(?<![\w.#-])([+-]?\d*\.?\d+(?:e[+-]?\d{1,3})?)(pt|px|mm|cm|in|em|rem|%)", re.IGNORECASE)
_FINEST = {"pt": 0.05, "px": 0.05, "mm": 0.02, "cm": 0.002, "in": 0.001, "em": 0.005, "rem": 0.005, "%": 0.01}
"""Length after which a gradient may repeat: a twentieth of a point is a quarter of the finest dot of an imagesetter of
1,200 dpi. Of a page of 1,500 pt such a gradient has 30,000 stripes."""
_NUMBER = re.compile(r"(?<![\w.#-])[+-]?(\d*\.?\d+)(?:[eE]([+-]?\d+))?")
_PIECE = re.compile(r"[^{};]+")
_VALUE_ENDS = re.compile(r"[;}]|$")


def out_of_bounds(css: str) -> Iterator[DesignFault]:
    """The first place where a style sheet by itself is too large, too deep, or repeats too often."""
    bare = _SKIPPED.sub(blanked, css)
    for found in (
        _too_long(css),
        _too_many_rules(bare),
        _too_deep(bare),
        _repeats(bare),
        _fine_gradients(bare),
        _numbers(bare),
        _pieces(bare),
    ):
        if found is not None:
            yield _fault(css, *found)


def _too_long(css: str) -> _Found | None:
    if len(css) <= CHARACTERS:
        return None
    message = Message(f"样式表太长：超过 {CHARACTERS} 个字符", f"the style sheet has more than {CHARACTERS} characters")
    return _Found(CHARACTERS, message, Message("查一查是不是放错了文件。", "Is it the right file?"))


def _too_many_rules(bare: str) -> _Found | None:
    rules = list(re.finditer("{", bare))
    if len(rules) <= RULES:
        return None
    message = Message(f"样式表里的规则太多：超过 {RULES} 条", f"the style sheet has more than {RULES} rules")
    hint = Message("用一个类代替许多条规则。", "One class may take the place of many rules.")
    return _Found(rules[RULES].start(), message, hint)


def _too_deep(bare: str) -> _Found | None:
    depth = 0
    for bracket in _BRACKET.finditer(bare):
        depth = depth + 1 if bracket[0] in "[({" else max(0, depth - 1)
        if depth > NESTED:
            message = Message(f"括号套得太深：超过 {NESTED} 层", f"brackets are nested more than {NESTED} deep")
            return _Found(bracket.start(), message, Message("把算式化简。", "Simplify the expression."))
    return None


def _repeats(bare: str) -> _Found | None:
    for found in _REPEAT.finditer(bare):
        if len(found[1]) > 9 or int(found[1]) > REPEATS:
            message = Message(f"repeat( ) 的次数超过 {REPEATS}", f"repeat() asks for more than {REPEATS} tracks")
            return _Found(found.start(), message, Message("检查这个数。", "Check the number."))
    return None


def _fine_gradients(bare: str) -> _Found | None:
    """A repeating gradient whose stops lie closer than any press prints: it is drawn stop by stop."""
    for found in _REPEATING.finditer(bare):
        lengths = [(float(each[1]), each[2].lower()) for each in _LENGTH.finditer(found[1])]
        for unit in {unit for _, unit in lengths}:
            own = [number for number, other in lengths if other == unit or number == 0]
            period = max(own) - min(0.0, *own)
            if 0 < period < _FINEST[unit]:
                message = Message("渐变重复得太密，印不出来", "the gradient repeats more finely than any press prints")
                return _Found(found.start(), message, Message("检查这个长度。", "Check the length."))
    return None


def _numbers(bare: str) -> _Found | None:
    for found in _NUMBER.finditer(bare):
        if is_beyond(found[1], found[2]):
            return _Found(found.start(), *NUMBER_FAULT)
    return None


NUMBER_FAULT = (
    Message("这个数太大或太小，用不上", "this number is too large or too small to be of use"),
    Message("检查这个数和它的单位。", "Check the number and its unit."),
)


def is_beyond(digits: str, exponent: str | None) -> bool:
    """Whether a number is beyond all use: larger than ``LARGEST``, or written with more digits than any has."""
    if len(digits) > DIGITS or len(exponent or "") > 3:
        return True
    return float(f"{digits}e{exponent or 0}") > LARGEST


def _pieces(bare: str) -> _Found | None:
    for piece in _PIECE.finditer(bare):
        start = piece.start() + len(piece[0]) - len(piece[0].lstrip())
        if len(piece[0]) > VALUE:
            message = Message(
                f"这一条太长：超过 {VALUE} 个字符", f"this selector or value has more than {VALUE} characters"
            )
            return _Found(start, message, Message("把它拆开或化简。", "Split or simplify it."))
        parts = (
            [len(each.split()) for each in piece[0].split(",")] if bare[piece.end() : piece.end() + 1] == "{" else []
        )
        if max(parts, default=0) > PARTS:
            message = Message(
                f"选择器太长：超过 {PARTS} 级", f"the selector names more than {PARTS} elements in one another"
            )
            return _Found(start, message, Message("用一个类名代替。", "Use a class."))
    return None


class _Found(NamedTuple):
    offset: int
    message: Message
    hint: Message


def _fault(css: str, offset: int, message: Message, hint: Message) -> DesignFault:
    return DesignFault(*line_and_column(css, offset), message, hint)


def growing_variables(styles: Mapping[Path, str]) -> Iterator[tuple[Path, str, DesignFault]]:
    """The custom properties whose value becomes too long once every ``var()`` in it is replaced, in any of *styles*.

    Each definition of a name is reckoned with the longest of every name that it uses, whichever rule they stand in.
    """
    values: dict[str, list[_Value]] = {}
    for path, css in styles.items():
        for name, offset in definitions(css):
            end = _VALUE_ENDS.search(css, offset)
            text = css[offset : end.start() if end else None].partition(":")[2]
            values.setdefault(name, []).append(_Value(path, offset, len(text), [used for used, _ in uses(text)]))
    sizes: dict[str, int] = {}
    for name in values:
        _reckon(name, values, sizes)
    for name, size in sizes.items():
        if size > EXPANDED and not any(sizes.get(used, 0) > EXPANDED for each in values[name] for used in each.uses):
            each = max(values[name], key=lambda value: len(value.uses))
            message = Message(
                f"{name} 展开后太长：超过 {EXPANDED} 个字符", f"{name} comes to more than {EXPANDED} characters"
            )
            hint = Message("var( ) 不要层层成倍地套。", "Do not let var() multiply itself from property to property.")
            yield each.path, name, _fault(styles[each.path], each.offset, message, hint)


class _Value(NamedTuple):
    path: Path
    offset: int
    length: int
    uses: Sequence[str]


def _reckon(name: str, values: Mapping[str, Sequence[_Value]], sizes: dict[str, int]) -> None:
    """Fills in the size of *name* and of all that it stands on; what stands on itself is WeasyPrint's to refuse."""
    stack = [name]
    begun: set[str] = set()
    while stack:
        own = stack[-1]
        waiting = [
            used
            for each in values.get(own, ())
            for used in each.uses
            if used in values and used not in sizes and used not in begun
        ]
        begun.add(own)
        if waiting:
            stack.append(waiting[0])
            continue
        stack.pop()
        sums = [each.length + sum(sizes.get(used, 0) for used in each.uses) for each in values.get(own, ())]
        sizes[own] = min(max(sums, default=0), EXPANDED * EXPANDED)
