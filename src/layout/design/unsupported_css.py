"""Properties and functions of CSS that WeasyPrint ignores, and what to write instead (``unsupported_css.toml``)."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import NotRequired, TypedDict

from layout.errors import Message


class _Entry(TypedDict):
    """A row of the table."""

    names: list[str]
    hint: dict[str, str]
    elements: NotRequired[str]
    """``page`` where drawings may use it."""


_NOTHING = ("none", "normal", "initial", "unset", "")
"""Values that have the same effect as no declaration."""


def unsupported_property(name: str, value: str, *, in_drawing: bool = False) -> tuple[Message, Message] | None:
    """Why the declaration ``name: value`` has no effect, and what to write instead; None for any other property.

    *in_drawing*: it stands in an SVG file, where paints may be said by style.
    """
    entry = _table("property").get(name.lower())
    if entry is None or value.strip().lower() in _NOTHING or (in_drawing and entry.get("elements") == "page"):
        return None
    return _said(name), _hint(entry, name, value.strip())


def unsupported_function(name: str) -> tuple[Message, Message] | None:
    """The same for a function in a value, ``conic-gradient``."""
    entry = _table("function").get(name.lower())
    return None if entry is None else (_said(f"{name}()"), _hint(entry, name, ""))


def unsupported_in(value: str) -> tuple[Message, Message] | None:
    """The same for the first such function that *value* holds."""
    found = (unsupported_function(match[1]) for match in re.finditer(r"([\w-]+)\(", value))
    return next((each for each in found if each is not None), None)


def _said(name: str) -> Message:
    return Message(f"排版引擎不会“{name}”，写了不起作用", f"the engine cannot do “{name}”: it would have no effect")


def _hint(entry: _Entry, name: str, value: str) -> Message:
    words = entry["hint"]
    zh, en = (words[lang].replace("{name}", name).replace("{value}", value) for lang in ("zh", "en"))
    return Message(zh, en)


@cache
def _table(kind: str) -> dict[str, _Entry]:
    text = files("layout.design").joinpath("unsupported_css.toml").read_text(encoding="utf-8")
    return {name: entry for entry in tomllib.loads(text)[kind] for name in entry["names"]}
