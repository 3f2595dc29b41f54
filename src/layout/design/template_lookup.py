"""Diagnoses a failed look-up in a template: how it is written, in what it was looked up, which names exist there."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass

from jinja2 import Environment, TemplateSyntaxError, nodes

from layout.errors import Message, meant

_UNKNOWN = "…"


@dataclass(frozen=True, slots=True)
class Lookup:
    """A look-up as the template writes it: ``story.headlne`` of ``story``."""

    whole: str
    owner: str


def lookup_of(jinja: Environment, source: str, line: int | None, name: object) -> Lookup | None:
    """The look-up of *name* in a template's *source* that stands nearest to *line*; None when it is not written out."""
    found = [node for node in _all(jinja, source, nodes.Getattr, nodes.Getitem) if _looked_up(node) == name]
    if not found:
        return None
    node = min(found, key=lambda each: abs(each.lineno - (line or 0)))
    return Lookup(_written(node), _written(node.node))  # type: ignore[attr-defined]


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
    bare = not lookup or f"{lookup.owner}.{name}" == lookup.whole
    hint = meant(str(name), names_of(thing), before=f"{owner}." if owner and bare else "")
    return message, _or_none(hint, str(name), owner) if isinstance(thing, Mapping) else hint


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


def _all(jinja: Environment, source: str, *kinds: type[nodes.Node]) -> Iterator[nodes.Node]:
    try:
        yield from jinja.parse(source).find_all(kinds)
    except TemplateSyntaxError:
        return


def _looked_up(node: nodes.Node) -> object:
    if isinstance(node, nodes.Getattr):
        return node.attr
    return node.arg.value if isinstance(node, nodes.Getitem) and isinstance(node.arg, nodes.Const) else None


def _written(node: nodes.Node) -> str:
    """An expression as a template writes it, what is long in it as …"""
    written = _UNKNOWN
    match node:
        case nodes.Name():
            written = str(node.name)
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
