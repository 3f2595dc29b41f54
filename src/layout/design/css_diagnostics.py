"""Turns the layout engine's diagnostics of a design into findings with the file and line meant."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from layout.checks import Finding, Severity
from layout.design.css_support import unsupported_in, unsupported_property
from layout.design.css_syntax_checks import missing_semicolon, semicolon_before
from layout.design.custom_properties import definitions, undefined, uses
from layout.design.design_fault import line_and_column
from layout.design.design_files import DesignFiles
from layout.errors import Hint, Message, Place, TemplateError, nearest

CHECK = "design.unknown"

_COLOURED = re.compile(r"colou?r$|^background|^border|^outline|^fill$|^stroke$")
_FILE = re.compile(r"[\w-]+://[^\s'\"]*/([^\s'\"/]+)")
"""The name of a file in a URL."""
_LIKE = 0.75
"""How like a property's name another must be to be taken for it misspelt."""
_SHOWN = 48
"""Characters of a value that are quoted."""
_SPELLING = Message("查拼写和单位", "check spelling and units")
_INKS = Message("颜色写成 device-cmyk(0 1 0.95 0.04)", "write colours as device-cmyk(0 1 0.95 0.04)")


@dataclass(frozen=True, slots=True)
class IgnoredDeclaration:
    """A declaration without effect. ``known``: the properties that there are, where ``name`` is none of them."""

    name: str
    value: str
    known: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EngineMessage:
    """One message of the layout engine: ``text`` as it words it, and what of it is known as data.

    ``line`` and ``column``, from 1, are of the style sheet that it read, or of any of them where it read none.
    """

    text: str
    is_error: bool = False
    declaration: IgnoredDeclaration | None = None
    selector: str = ""
    line: int | None = None
    column: int | None = None
    is_stray: bool = False
    """Whether words stand there that are neither a declaration nor the head of a rule with its block."""


class _Diagnosis(NamedTuple):
    message: Message
    hint: Message
    place: Place


def finding_of(message: EngineMessage, files: DesignFiles, style: Path | None) -> Finding:
    """What *message* means for the design, *style* being the style sheet read meanwhile; None is layout.

    Raises ``TemplateError`` for what the engine calls an error.
    """
    found = _diagnosis(message, files, style)
    if message.is_error:
        raise TemplateError(found.message, place=found.place, hint=found.hint)
    declared = message.declaration
    meant = {"property": nearest(declared.name, declared.known, _LIKE) or declared.name} if declared else {}
    return Finding(CHECK, Severity.WARNING, found.message, found.place, Hint(designer=found.hint), amount=meant)


def _diagnosis(message: EngineMessage, files: DesignFiles, style: Path | None) -> _Diagnosis:
    if message.declaration is not None:
        return _ignored(message, message.declaration, files, style)
    if message.selector:
        words = _shortened(message.selector)
        return _Diagnosis(
            Message(f"不认选择器“{words}”，整条不起作用", f"the selector “{words}” is not understood"),
            Message("查拼写、冒号和点号", "check its spelling, colons and dots"),
            files.selector(message.selector, style),
        )
    if message.is_stray and style and message.line and message.column:
        return _stray(Place(str(style), message.line, message.column), files)
    return _Diagnosis(
        Message(f"排版引擎不认：{message.text}", f"the engine cannot use this: {message.text}"),
        Message("改写或删去", "rewrite it or take it out"),
        Place(str(style), message.line, message.column) if style else files.mention(_FILE.findall(message.text)),
    )


def _stray(place: Place, files: DesignFiles) -> _Diagnosis:
    """Words of a style sheet that end at *place*, or behind it with the sheet: a declaration whose colon is missing,
    mostly.
    """
    css = files.style(place) or ""
    lines = css.split("\n")[: place.line or 1]
    before = "\n".join([*lines[:-1], lines[-1][: (place.column or 1) - 1]])
    begun = re.split(r"[;{}]|\*/", before)[-1].lstrip()
    words = (begun + re.split(r"[;{}]", css[len(before) :], maxsplit=1)[0]).strip()
    at = Place(place.file, *line_and_column(css, len(before) - len(begun)))
    name, _, value = _shortened(words).partition(" ")
    example = f"{name}: {value}" if value else f"{name}: …"
    return _Diagnosis(
        Message(f"“{_shortened(words)}”不是“属性: 值”，后面也没有 {{ }}，不起作用",
                f"“{_shortened(words)}” is no declaration, and no block follows it: it has no effect"),
        Message(f"补上冒号（{example}），或删去", f"write its colon ({example}), or take it out"),
        at,
    )  # fmt: skip


def _ignored(
    message: EngineMessage, declaration: IgnoredDeclaration, files: DesignFiles, style: Path | None
) -> _Diagnosis:
    name, line, column = declaration.name, message.line or 1, message.column or 1
    reason = _reason(declaration)
    if style:
        return _Diagnosis(*reason, files.declaration(name, line, column, style))
    place = files.used_value(name, declaration.value, line, column)
    return _through_variable(name, _Diagnosis(*reason, place), files)


def _through_variable(name: str, found: _Diagnosis, files: DesignFiles) -> _Diagnosis:
    """Where the declaration says ``var(--x)``: what is wrong is the value of ``--x``, if it has but one."""
    css, place = files.style(found.place), found.place
    if css is None or place.line is None or place.column is None:
        return found
    rest = css.split("\n", place.line - 1)[-1][place.column - 1 :]
    variable = next((each for each, _ in uses(re.split("[;}]", rest, maxsplit=1)[0])), None)
    if variable is None:
        return found
    everywhere = [(path, text, *each) for path, text in files.styles() for each in definitions(text)]
    defined = [(path, text, offset) for path, text, each, offset in everywhere if each == variable]
    if not defined:
        return _Diagnosis(*undefined(variable, [each for _, _, each, _ in everywhere]), place)
    if len(defined) > 1:
        return found
    ((path, text, offset),) = defined
    used = f"{Path(place.file).name}:{place.line}"
    return _Diagnosis(
        Message(f"{variable} 的值不能用作 {name}（{used}）", f"{variable} is no value for {name} ({used})"),
        found.hint,
        Place(str(path), *line_and_column(text, offset)),
    )


def _reason(declaration: IgnoredDeclaration) -> tuple[Message, Message]:
    """Why a declaration has no effect, and what to do."""
    name, value = declaration.name, declaration.value
    shown = f"{name}: {_shortened(value)}"
    if unsupported := unsupported_property(name, value) or unsupported_in(value):
        return unsupported
    if declaration.known:
        near = nearest(name, declaration.known, _LIKE)
        sentence = Message(
            f"没有“{name}”这种样式，“{shown}”不起作用", f"there is no property “{name}”: “{shown}” has no effect"
        )
        return sentence, Message(f"是不是 {near}？", f"did you mean {near}?") if near else _SPELLING
    sentence = Message(f"“{shown}”的值不对，不起作用", f"“{shown}” has no such value, and is passed over")
    if swallowed := missing_semicolon(f" {value}"):
        return sentence, semicolon_before(swallowed)
    return sentence, _INKS if _COLOURED.search(name) else _SPELLING


def _shortened(text: str) -> str:
    """On one line, and not too long."""
    line = " ".join(text.split())
    return line if len(line) <= _SHOWN else f"{line[: _SHOWN - 1]}…"
