"""Diagnoses a failed look-up in a template: how it is written, in what it was looked up, which names exist there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.utils import missing

from layout.errors import Message, meant

_UNKNOWN = "…"


@dataclass(frozen=True, slots=True)
class Lookup:
    """A look-up as the template writes it: ``story.headlne`` of ``story``."""

    whole: str
    owner: str
    name: str


class TemplateLine(NamedTuple):
    """A line of a template that was being filled."""

    path: Path
    number: int
    names: Mapping[str, object]
    """The variables there are at it, by the names that the template has for them."""


def lines_of(error: BaseException) -> Iterator[TemplateLine]:
    """The lines of templates in the error's traceback, the innermost last."""
    trace = error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename.endswith(".html"):
            yield TemplateLine(Path(trace.tb_frame.f_code.co_filename), trace.tb_lineno, trace.tb_frame.f_locals)
        trace = trace.tb_next


def lookup_of(
    jinja: Environment, source: str, line: int | None, name: object, *, thing: object, names: Mapping[str, object]
) -> Lookup | None:
    """The look-up of *name* in a template's *source* that stands nearest to *line*; None when it is not written out.

    Of several on one line it is that in *thing*, as the variables *names* tell.
    """
    found = [node for node in _all(jinja, source, nodes.Getattr, nodes.Getitem) if _looked_up(node) == name]
    if not found:
        return None
    nearest = min(abs(each.lineno - (line or 0)) for each in found)
    owners = [(node, node.node) for node in found if abs(node.lineno - (line or 0)) == nearest]  # type: ignore[attr-defined]
    values = [_value(owner, names) for _, owner in owners]
    sure = [each for each, value in zip(owners, values, strict=True) if value is thing]
    unread = [each for each, value in zip(owners, values, strict=True) if value is missing]
    node, owner = (sure or unread or owners)[0]
    return Lookup(_written(node), _written(owner), str(name))


def where_missed(jinja: Environment, lines: Sequence[TemplateLine], name: object, *, is_variable: bool) -> int:
    """Which of *lines*, the innermost last, writes *name*: a macro may be given what is not there, and be the first
    to use it. The innermost where nothing tells.
    """
    for at in range(len(lines) - 1, -1, -1):
        path, number, names = lines[at]
        written = [each for each in _all(jinja, template_text(path), *_NAMING) if each.lineno == number]
        if is_variable:
            found = name not in names and any(isinstance(each, nodes.Name) and each.name == name for each in written)
        else:
            found = any(_looked_up(each) == name for each in written)
        if found:
            return at
    return len(lines) - 1


_NAMING = (nodes.Name, nodes.Getattr, nodes.Getitem)


def own_names(jinja: Environment, source: str) -> Iterator[str]:
    """The names that a template sets itself: ``set``, ``for``, macros, imports."""
    for node in _all(jinja, source, nodes.Name, nodes.Macro, nodes.FromImport, nodes.Import):
        if isinstance(node, nodes.Macro) or (isinstance(node, nodes.Name) and node.ctx in ("store", "param")):
            yield node.name
        elif isinstance(node, nodes.Import):
            yield node.target
        elif isinstance(node, nodes.FromImport):
            yield from (name if isinstance(name, str) else name[1] for name in node.names)


def exported(jinja: Environment, source: str) -> list[str]:
    """The macros that other templates can import."""
    names = [node.name for node in _all(jinja, source, nodes.Macro)]  # type: ignore[attr-defined]
    return [name for name in names if not name.startswith("_")]


def not_in(thing: object, name: object, lookup: Lookup | None) -> tuple[Message, Message]:
    """The message that *thing* has no *name*, and the hint with the names that it has."""
    owner = lookup.owner if lookup else ""
    if isinstance(name, int) and isinstance(thing, Sequence):
        return _no_item(len(thing), name, owner)
    label = Message(owner or "这里", owner or "this")
    message = Message(f"{owner} 里没有“{name}”" if owner else f"这里没有“{name}”", f"{label.en} has no “{name}”")
    if thing is None:
        return Message(f"{label.zh} 是空的，没有“{name}”", f"{label.en} is nothing, and has no “{name}”"), Message(
            f"先用 {{% if {owner or '…'} %}} 判断。", f"Ask with {{% if {owner or '…'} %}} first."
        )
    if isinstance(thing, _PLAIN):
        return _no_part(thing, str(name), owner)
    bare = not lookup or f"{lookup.owner}.{name}" == lookup.whole
    hint = meant(str(name), names_of(thing), before=f"{owner}." if owner and bare else "")
    return message, _or_none(hint, str(name), owner) if isinstance(thing, Mapping) else hint


_PLAIN = (str, int, float, tuple, list)
"""What has no names of its own: Python's methods are not what a template looks for."""
_SHOWN = 12
"""Characters of a text that are repeated in a message: enough to know it again."""
_PARTS_OF_FIGURE = ("before", "number", "after")


def _no_part(thing: str | float | Sequence[object], name: str, owner: str) -> tuple[Message, Message]:
    """The message for a name looked up in words, in a number or in a list, and the hint: what is meant instead."""
    listed = owner or _UNKNOWN
    if isinstance(thing, tuple | list):
        zh, en = f"是一列（{len(thing)} 项）", f"is a list of {len(thing)}"
        item = f"{{% for each in {listed} %}} … each.{name}"
        hint = Message(
            f"写其中一项：{listed}[0].{name}，或 {item}。", f"Take one of them: {listed}[0].{name}, or {item}."
        )
    else:
        words = str(thing)
        short = words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…"
        kind = ("文字", "words") if isinstance(thing, str) else ("数", "a number")
        zh, en = f"是{kind[0]}“{short}”", f"is {kind[1]}, “{short}”"
        figure, _, part = owner.rpartition(".")
        if isinstance(thing, str) and name == "flow" and part in _PARTS_OF_FIGURE and figure:
            frame = f'data-flow="{{{{ {figure}.flow }}}}.{part}"'
            hint = Message(f"排它的框写 {frame}。", f"The frame that it goes into says {frame}.")
        else:
            hint = Message(
                f"直接用 {{{{ {listed} }}}}，它下面没有别的名字。",
                f"Use {{{{ {listed} }}}} itself; there are no names below it.",
            )
    return Message(f"{owner or '这里'} {zh}，没有“{name}”", f"{owner or 'this'} {en}, and has no “{name}”"), hint


def _or_none(hint: Message, name: str, owner: str) -> Message:
    """*hint* with the way to ask a table for what may be absent, as a word that not every story has."""
    asked = f'{owner or _UNKNOWN}.get("{name}")'
    return Message(
        f"{hint.zh}可有可无的，先用 {{% if {asked} %}} 判断。",
        f"{hint.en} Ask with {{% if {asked} %}} for what may be absent.",
    )


def _no_item(count: int, index: int, owner: str) -> tuple[Message, Message]:
    listed = owner or _UNKNOWN
    message = Message(
        f"{owner or '这一列'} 只有 {count} 项，没有 [{index}]（从 0 数起）",
        f"{owner or 'this list'} has {count}, so there is no [{index}] (counting from 0)",
    )
    last = f"{listed}[{count - 1}]"
    hint = Message(f"最后一项是 {last}；", f"The last is {last}. ") if count else Message("", "")
    check = f"{{% if {listed} | length > {index} %}}"
    return message, Message(
        f"{hint.zh}可有可无的，先用 {check} 判断。", f"{hint.en}Ask with {check} for what may be absent."
    )


def names_of(thing: object) -> list[str]:
    """The names that a template can look up in *thing*, in the order of their definition."""
    if isinstance(thing, Mapping):
        return [str(key) for key in thing]
    if is_dataclass(thing):
        properties = [name for name, value in vars(type(thing)).items() if isinstance(value, property)]
        return [name for name in (*(each.name for each in fields(thing)), *properties) if not name.startswith("_")]
    return [name for name in dir(thing) if not name.startswith("_")]


def template_text(path: Path) -> str:
    """What a template file says; nothing where it cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig", errors="replace")
    except OSError:
        return ""


def _value(node: nodes.Node, names: Mapping[str, object]) -> object:
    """What an expression of names, dots and brackets comes to; ``missing`` where it is any other."""
    match node:
        case nodes.Name():
            return names.get(node.name, missing)
        case nodes.Getattr() | nodes.Getitem():
            owner, key = _value(node.node, names), _looked_up(node)
            if isinstance(owner, Mapping):
                return owner.get(key, missing)
            if isinstance(owner, tuple | list) and isinstance(key, int):
                return owner[key] if -len(owner) <= key < len(owner) else missing
            return getattr(owner, key, missing) if isinstance(key, str) and not key.startswith("_") else missing
    return missing


def _all(jinja: Environment, source: str, *kinds: type[nodes.Node]) -> Iterator[nodes.Node]:
    try:
        yield from jinja.parse(source).find_all(kinds)
    except TemplateSyntaxError:
        return


def _looked_up(node: nodes.Node) -> object:
    if isinstance(node, nodes.Getattr):
        return node.attr
    if not isinstance(node, nodes.Getitem):
        return None
    match node.arg:
        case nodes.Const(value=value):
            return value
        case nodes.Neg(node=nodes.Const(value=int(value))):
            return -value
    return None


def _written(node: nodes.Node) -> str:
    """An expression as a template writes it, what is long in it as …"""
    written = _UNKNOWN
    match node:
        case nodes.Name():
            written = str(node.name)
        case nodes.Neg():
            written = f"-{_written(node.node)}"
        case nodes.Const():
            written = f'"{node.value}"' if isinstance(node.value, str) else str(node.value)
        case nodes.Getattr():
            written = f"{_written(node.node)}.{node.attr}"
        case nodes.Getitem():
            written = f"{_written(node.node)}[{_written(node.arg)}]"
        case nodes.Call():
            written = f"{_written(node.node)}(…)"
        case nodes.Filter(node=inner) if inner is not None:
            written = f"({_written(inner)} | {node.name})"
    return written
