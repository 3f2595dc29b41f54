"""The lines of issue.toml with what each key means above it: for ``layout new`` and for ``layout import``."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any


def key_lines(table: str, names: Sequence[str], values: Mapping[str, Any], *, explained: bool = True) -> Iterator[str]:
    """The lines of *names*: those that have a value, and as comments an example of the others."""
    samples = toml_of("layout.issue", "plan_messages.toml")["sample"][table]
    words = new_issue_table()
    for name in names:
        required = table == "head" and name in words["used"][table]
        if explained:
            yield f"# {meaning(table, name)}{words['head']['required'] if required else ''}"
        if name in values:
            yield f"{name} = {toml_value(values[name])}"
        else:
            sample = samples[name]
            line = sample if isinstance(sample, str) else sample["zh"]
            yield f"# {line.split('（')[0]}"


def meaning(table: str, key: str) -> str:
    """What *key* of *table* is, in Chinese."""
    return str(toml_of("layout.issue", "plan_keys.toml")[table][key]["zh"]).replace("`", "")


def toml_value(value: object) -> str:
    """*value* as TOML writes it."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, list):
        return f"[{', '.join(map(toml_value, value))}]"
    return str(value)


@cache
def toml_of(package: str, name: str) -> Mapping[str, Any]:
    """The table in the file *name* of *package*."""
    return tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8"))


def new_issue_table() -> Mapping[str, Any]:
    """``new_issue.toml``: what is written into new issues besides the tables of keys."""
    return toml_of("layout.issue_writing", "new_issue.toml")
