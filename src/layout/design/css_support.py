"""What CSS can do on a page: every property and pseudo-element, and what to write where one has no effect.

``css_support.toml`` is the table; the docs and the tests read the same.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from pathlib import Path
from typing import Literal, NotRequired, TypedDict, get_args

import tinycss2
from tinycss2.ast import AtRule, Declaration, Node, QualifiedRule

from layout.design.design_fault import DesignFault
from layout.errors import Message, meant

CHECK = "design.no_effect"

Target = Literal["frame", "ancestor", "picture", "box"]
"""What a declaration may be on: a text frame, an element that holds frames, a picture's place, any other element."""

TARGETS: tuple[Target, ...] = get_args(Target)


class SupportRow(TypedDict):
    """A row of the table."""

    names: list[str]
    told: NotRequired[list[Target]]
    """Where it has no effect; nowhere, if there is no such key."""
    hint: NotRequired[dict[str, str]]
    refused: NotRequired[bool]
    """The design is not set until it is gone."""
    elements: NotRequired[str]
    """``page`` where drawings may use it."""
    note: NotRequired[dict[str, str]]


Kind = Literal["property", "value", "pseudo", "function", "descriptor"]

_NOTHING = ("none", "normal", "initial", "unset", "auto", "inherit", "")
"""Values that have the same effect as no declaration."""
_PREFIX = re.compile(r"-(?!weasy-|-)[a-z]+-")
"""Prefixed names, which WeasyPrint passes over in silence; not its own, nor custom properties."""
_PAGE_ONLY = re.compile(r"bleed|size$|marks$")
"""Properties of ``@page``."""


@cache
def support_rows(kind: Kind) -> tuple[SupportRow, ...]:
    """The table's rows of one kind, in its order."""
    return tuple(_whole_table()[kind])


@cache
def _whole_table() -> dict[str, list[SupportRow]]:
    return tomllib.loads(_text())


@cache
def edition() -> str:
    """What a style sheet has been held against: this module and its table, as a hash."""
    return hashlib.sha256(Path(__file__).read_bytes() + _text().encode()).hexdigest()[:16]


def _text() -> str:
    return files("layout.design").joinpath("css_support.toml").read_text(encoding="utf-8")


@cache
def told_on(target: Target) -> dict[str, SupportRow]:
    """The properties that have no effect on *target* but have one on others, by name."""
    return {
        name: row
        for row in support_rows("property")
        for name in row["names"]
        if target in row.get("told", ()) and len(row.get("told", ())) < len(TARGETS)
    }


def unsupported_property(name: str, value: str, *, in_drawing: bool = False) -> tuple[Message, Message] | None:
    """Why the declaration ``name: value`` has no effect on anything, and what to write instead; else None.

    *in_drawing*: it stands in an SVG file, where paints may be said by style.
    """
    entry = _table("property").get(name.lower())
    if entry is None or not _nowhere(entry) or value.strip().lower() in _NOTHING:
        return None
    return None if in_drawing and entry.get("elements") == "page" else (_said(name), hint_of(entry, name, value))


def refused_property(name: str, value: str, *, in_drawing: bool = False) -> tuple[Message, Message] | None:
    """The same for the properties without which the page would not be what was meant: it is not set."""
    entry = _table("property").get(name.lower())
    return unsupported_property(name, value, in_drawing=in_drawing) if entry and entry.get("refused") else None


def unsupported_function(name: str) -> tuple[Message, Message] | None:
    """The same for a function in a value, ``conic-gradient``."""
    entry = _table("function").get(name.lower())
    return None if entry is None else (_said(f"{name}()"), hint_of(entry, name))


def unsupported_in(value: str) -> tuple[Message, Message] | None:
    """The same for the first such function that *value* holds."""
    found = (unsupported_function(match[1]) for match in re.finditer(r"([\w-]+)\(", value))
    return next((each for each in found if each is not None), None)


def pseudo_row(name: str) -> SupportRow | None:
    """The row of a pseudo-element, by its name without colons."""
    return _table("pseudo").get(name)


@lru_cache(maxsize=32)
def without_effect(css: str) -> tuple[DesignFault, ...]:
    """What a style sheet says that has no effect on anything on a page."""
    nodes = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return tuple(_in_nodes(nodes, of_page=False))


def without_effect_in_style(style: str) -> Iterator[tuple[str, DesignFault]]:
    """The same for a ``style`` attribute, with the name of each property."""
    for node in tinycss2.parse_blocks_contents(style, skip_comments=True, skip_whitespace=True):
        if isinstance(node, Declaration):
            yield from ((node.lower_name, fault) for fault in _in_declaration(node, of_page=False))


def hint_of(entry: SupportRow, name: str, value: str = "") -> Message:
    """What to write instead of *name*, as the row says."""
    words = entry.get("hint", {"zh": "删去", "en": "take it out"})
    zh, en = (words[lang].replace("{name}", name).replace("{value}", value.strip()) for lang in ("zh", "en"))
    return Message(zh, en)


def _in_nodes(nodes: list[Node], *, of_page: bool) -> Iterator[DesignFault]:
    for node in nodes:
        if isinstance(node, Declaration):
            yield from _in_declaration(node, of_page=of_page)
        elif isinstance(node, AtRule) and node.lower_at_keyword == "font-face":
            yield from _in_font_face(node)
        elif isinstance(node, QualifiedRule | AtRule) and node.content is not None:
            yield from _in_selector(node) if isinstance(node, QualifiedRule) else ()
            of_page_too = of_page or (isinstance(node, AtRule) and node.lower_at_keyword == "page")
            inner = tinycss2.parse_blocks_contents(node.content, skip_comments=True, skip_whitespace=True)
            yield from _in_nodes(inner, of_page=of_page_too)


def _in_font_face(rule: AtRule) -> Iterator[DesignFault]:
    """The descriptors of an ``@font-face`` rule that nothing reads."""
    for each in tinycss2.parse_blocks_contents(rule.content or [], skip_comments=True, skip_whitespace=True):
        if isinstance(each, Declaration):
            entry = _table("descriptor").get(each.lower_name)
            known = [name for name, row in _table("descriptor").items() if "hint" not in row]
            if entry is None or "hint" in entry:
                hint = meant(each.lower_name, known) if entry is None else hint_of(entry, each.lower_name)
                name = f"@font-face {{ {each.lower_name} }}"
                yield DesignFault(each.source_line, each.source_column, _said(name), hint)


def _in_declaration(declaration: Declaration, *, of_page: bool) -> Iterator[DesignFault]:
    name = declaration.lower_name
    if of_page and _PAGE_ONLY.match(name):
        return
    value = tinycss2.serialize(declaration.value)
    if value.strip().lower() in _NOTHING:
        return
    if _PREFIX.match(name):
        plain = _PREFIX.sub("", name)
        reason = (
            Message(f"“{name}”带着浏览器的前缀，不起作用", f"“{name}” has a browser's prefix: it would have no effect"),
            _instead_of(plain),
        )
    else:
        found = unsupported_property(name, value) or _unsupported_value(name, value)
        if found is None:
            return
        reason = found
    yield DesignFault(declaration.source_line, declaration.source_column, *reason)


def _unsupported_value(name: str, value: str) -> tuple[Message, Message] | None:
    """Why a property has no effect with just this value; None for any other."""
    said = f"{name}: {value.strip().lower()}"
    found = next((each for each in _table("value") if said.startswith(each)), None)
    return None if found is None else (_said(found), hint_of(_table("value")[found], found))


def _instead_of(plain: str) -> Message:
    """What to write instead of a prefixed name: the name without it, unless that does nothing either."""
    entry = _table("property").get(plain)
    if entry is not None and _nowhere(entry):
        return hint_of(entry, plain)
    return Message(f"写 {plain}，或删去", f"write {plain}, or take it out")


def _in_selector(rule: QualifiedRule) -> Iterator[DesignFault]:
    """The pseudo-elements of a selector that stand for nothing on a page."""
    before = ""
    for token in rule.prelude:
        if token.type == "ident" and before.endswith(":"):
            entry, name = pseudo_row(token.lower_value), f"::{token.lower_value}"
            if entry is not None and _nowhere(entry):
                yield DesignFault(token.source_line, token.source_column, _said(name), hint_of(entry, name))
        before = before + ":" if token.type == "literal" and token.value == ":" else ""


def _nowhere(entry: SupportRow) -> bool:
    return len(entry.get("told", ())) == len(TARGETS)


def _said(name: str) -> Message:
    return Message(f"排版引擎不会“{name}”，写了不起作用", f"the engine cannot do “{name}”: it would have no effect")


@cache
def _table(kind: Kind) -> dict[str, SupportRow]:
    return {name: entry for entry in support_rows(kind) for name in entry["names"]}
