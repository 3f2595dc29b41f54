"""What of a page's style sheets is another than it was, where that is nothing but colours.

A colour decides nothing of how boxes lie. Both texts of a sheet are held against each other: all but the values of some
declarations must be the same, letter by letter; and what WeasyPrint has read of them must differ in colours alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from tinycss2.ast import Node
from weasyprint import CSS
from weasyprint.css.tokens import Pending

from layout.engine.parsed_style import ParsedStyle

PAINTED = frozenset({
    "color", "background_color", "outline_color", "column_rule_color", "text_decoration_color",
    *(f"border_{side}_color" for side in ("top", "right", "bottom", "left")),
})  # fmt: skip
"""Properties that decide how boxes look, and nothing of how they lie."""

_PIECE = re.compile(
    r"""/\*.*?\*/|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|\\.|[{};]|[^{};"'\\/]+|.""",
    re.DOTALL,
)
_DECLARED = re.compile(r"\s*([a-z][a-z-]*)\s*:[^\"'\\!/:]*")
"""A declaration of which every letter says what it seems to say."""

Declarations = Sequence[tuple[str, Any, bool]]


class ReadSheet(NamedTuple):
    """A style sheet as it was read."""

    text: str
    style: ParsedStyle


def sheets_of(styles: Sequence[ParsedStyle], texts: Sequence[str]) -> tuple[ReadSheet, ...]:
    """The sheets that a page links, of which these are all *texts*; none where one of them imports others."""
    return tuple(map(ReadSheet, texts, styles)) if len(texts) == len(styles) else ()


def texts_of(sheets: Sequence[ReadSheet]) -> tuple[str, ...]:
    """Their texts, by which they are known again."""
    return tuple(each.text for each in sheets)


@dataclass(frozen=True, slots=True)
class PaintChanges:
    """The values that have taken the places of others."""

    names: frozenset[str]
    """Of the properties."""
    values: Mapping[int, tuple[Any, Any]]
    """The value that was declared, with that which is declared now, by the identity of the former: that is what a
    cascade holds."""


def paint_changes(before: Sequence[ReadSheet], after: Sequence[ReadSheet]) -> PaintChanges | None:
    """What differs in the sheets of a page; ``None`` where that may be more than colours."""
    if len(before) != len(after):
        return None
    names: set[str] = set()
    values: dict[int, tuple[Any, Any]] = {}
    same: set[int] = set()
    for one, other in zip(before, after, strict=True):
        if one.style is other.style or one.text == other.text:
            same.update(id(value) for own in _declared(one.style.css) for _, value, _ in own)
            continue
        if not _differ_in_values(one.text, other.text):
            return None
        for old, new in _pairs(one.style.css, other.style.css):
            if [(name, important) for name, _, important in old] != [(name, important) for name, _, important in new]:
                return None
            for (name, was, _), (_, now, _) in zip(old, new, strict=True):
                if _alike(was, now):
                    same.add(id(was))
                elif name not in PAINTED or not _alike(values.setdefault(id(was), (was, now))[1], now):
                    return None
                else:
                    names.add(name)
    return None if same & values.keys() else PaintChanges(frozenset(names), values)


def _differ_in_values(before: str, after: str) -> bool:
    """Whether two texts of a sheet are the same but for the values of declarations."""
    old, new = (list(_segments(text)) for text in (before, after))
    if len(old) != len(new):
        return False
    for at, (one, other) in enumerate(zip(old, new, strict=True)):
        if one == other:
            continue
        said = [_DECLARED.fullmatch(each) for each in (one, other)]
        ends = new[at + 1] if at + 1 < len(new) else ""
        if None in said or said[0][1] != said[1][1] or ends not in (";", "}"):  # type: ignore[index]  # None is not in it
            return False
        if any(each.count("(") != each.count(")") for each in (one, other)):
            return False
    return True


def _segments(text: str) -> Iterator[str]:
    """*text* cut before and behind every brace and semicolon that is in no string and no comment."""
    start = 0
    for found in _PIECE.finditer(text):
        if found[0] in ("{", "}", ";"):
            yield text[start : found.start()]
            yield found[0]
            start = found.end()
    yield text[start:]


def _tables(css: CSS) -> list[list[Any]]:
    """The rules of a sheet as they are looked up."""
    matcher = css.matcher
    by_name = (matcher.id_selectors, matcher.class_selectors, matcher.lower_local_name_selectors,
               matcher.namespace_selectors)  # fmt: skip
    return [*(own for table in by_name for _, own in sorted(table.items(), key=str)),
            matcher.lang_attr_selectors, matcher.other_selectors]  # fmt: skip


def _declared(css: CSS) -> Iterator[Declarations]:
    for table in _tables(css):
        for *_, (declarations, _) in table:
            yield declarations
    for *_, declarations in css.page_rules:
        yield declarations


def _pairs(before: CSS, after: CSS) -> Iterator[tuple[Declarations, Declarations]]:
    """The declarations of each rule of two sheets whose selectors are the same."""
    old, new = list(_declared(before)), list(_declared(after))
    if len(old) != len(new):
        yield [("", None, False)], []  # nothing is like that
        return
    yield from zip(old, new, strict=True)


def _alike(one: Any, other: Any) -> bool:
    """Whether two declared values say the same: what WeasyPrint leaves to be read later is compared by its text."""
    if one is other or type(one) is not type(other):
        return one is other
    if isinstance(one, Pending):
        return _alike(one.tokens, other.tokens)
    if isinstance(one, Node):
        return bool(one.serialize() == other.serialize())
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(_alike, one, other))
    return bool(one == other)
