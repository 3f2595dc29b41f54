"""Messages in both languages for pydantic's validation errors in a TOML file.

Each kind of file has a table of them, ``[fault.<kind>]`` with pydantic's name for the mistake: ``zh`` and ``en``, and
perhaps ``hint_zh`` and ``hint_en``. In them ``{key}`` is the key as a person would say it, ``{value}`` what is written
there, and other names are what pydantic measured (``{ge}``, ``{min_length}``). ``[fault.other]`` is for mistakes that
have no row; it may say ``{kind}`` and ``{message}``.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from pydantic_core import ErrorDetails

from layout.errors import Message


def sentence(details: ErrorDetails, key: str, package: str, table: str) -> tuple[Message, Message | None]:
    """The sentence for one mistake, and the hint if its row has one; *table* is the name of a file in *package*."""
    rows = message_table(package, table)["fault"]
    row: Mapping[str, str] = rows.get(details["type"], rows["other"])
    facts: dict[str, object] = {**details.get("ctx", {}), "value": _shown(details["input"])}
    facts = {name: f"{fact:g}" if isinstance(fact, float) else fact for name, fact in facts.items()}
    facts |= {"key": key, "kind": details["type"], "message": details["msg"]}
    message = Message(row["zh"].format(**facts), row["en"].format(**facts))
    return message, Message(row["hint_zh"], row["hint_en"]) if "hint_zh" in row else None


_LONGEST = 60
"""Characters of a wrong value that are shown."""


def _shown(value: object) -> object:
    """*value*, shortened where it is long."""
    return f"{value[:_LONGEST]}…" if isinstance(value, str) and len(value) > _LONGEST else value


@cache
def message_table(package: str, table: str) -> Mapping[str, Any]:
    """A table of messages that lies beside the modules of *package*."""
    return tomllib.loads(files(package).joinpath(table).read_text(encoding="utf-8"))
