"""The tables of a press profile's keys: words from ``profile_keys.toml``, kinds and ranges from ``press/model.py``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import TypeAdapter

from layout.errors import Message
from layout.press.draft import MADE_HERE
from layout.press.model import PressProfile
from layout_docs.markdown import both, table, toml, words

_HEADS = ["键 key", "值 value", "意思 meaning"]


def guide() -> str:
    """The chapter of docs/press.md: a heading and a table for each group of keys."""
    parts = []
    for group in toml("layout.press", "profile_keys.toml")["group"]:
        title = words(group["title"])
        parts.append(f"### {title.zh} / {title.en}\n\n{table(_HEADS, _rows(group['keys']))}")
    return "\n\n".join(parts)


def all_keys() -> str:
    """All keys in one table."""
    groups = toml("layout.press", "profile_keys.toml")["group"]
    return table(_HEADS, (row for group in groups for row in _rows(group["keys"])))


def _rows(keys: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str, str, str]]:
    values = dict(_values(TypeAdapter(PressProfile).json_schema(), ""))
    for key, row in keys.items():
        meaning, by = words(row), row.get("by")
        if by:
            meaning = Message(f"{meaning.zh}（{by['zh']}）", f"{meaning.en} ({by['en']})")
        yield f"`{key}`", both(words(row["value"])) if "value" in row else values[key], both(meaning)


def _values(
    schema: Mapping[str, Any], before: str, definitions: Mapping[str, Any] | None = None
) -> Iterator[tuple[str, str]]:
    """What each key may hold, by its dotted name, from pydantic's JSON schema of the model."""
    known = definitions or schema.get("$defs", {})
    for name, each in schema["properties"].items():
        table_of = known.get(str(each.get("$ref", "")).rpartition("/")[2])
        if table_of is not None:
            yield from _values(table_of, f"{before}{name}.", known)
        elif name not in MADE_HERE:
            yield f"{before}{name}", _value(each)


def _value(schema: Mapping[str, Any]) -> str:
    if "enum" in schema:
        return " ".join(f"`{choice}`" for choice in schema["enum"])
    if schema["type"] in ("number", "integer"):
        return _range(
            schema, {"number": Message("数", "number"), "integer": Message("整数", "whole number")}[schema["type"]]
        )
    return both(_KINDS[schema["type"]])


_KINDS = {
    "string": Message("文字", "words"),
    "boolean": Message("`true` `false`", "`true` `false`"),
    "array": Message("一列文字", "a list of words"),
}


def _range(schema: Mapping[str, Any], kind: Message) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    if low is None and "exclusiveMinimum" in schema:
        span = Message(
            f"大于 {schema['exclusiveMinimum']:g}，至多 {high:g}",
            f"over {schema['exclusiveMinimum']:g}, up to {high:g}",
        )
    elif high is None:
        span = Message(f"至少 {low:g}", f"{low:g} or more")
    else:
        span = Message(f"{low:g}–{high:g}", f"{low:g} to {high:g}")
    return both(Message(f"{kind.zh}，{span.zh}", f"{kind.en}, {span.en}"))
