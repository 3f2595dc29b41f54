"""The kinds of proof mark: GB/T 14706-93 as a table, with what each is put on and how it is judged."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from layout.errors import Message

PutOn = Literal["words", "point", "paragraph", "picture", "place"]
JudgedBy = Literal["words", "unmoved", "paragraphs", "spaces", "picture", "look", "eye"]


@dataclass(frozen=True, slots=True)
class MarkKind:
    """A kind of mark."""

    id: str
    name: Message
    group: Message
    on: PutOn
    """What it is put on; ``point`` is the place behind the words that are chosen."""
    judged: JudgedBy
    """What the next round is asked."""
    text: Message | None
    """What is typed with it; nothing for a mark that says all by itself."""


@cache
def mark_kinds() -> Mapping[str, MarkKind]:
    """All kinds by their ids, in the order of the table."""
    table: dict[str, Any] = tomllib.loads((files(__package__) / "kinds.toml").read_text(encoding="utf-8"))
    groups = {name: Message(words["zh"], words["en"]) for name, words in table["group"].items()}
    return {
        name: MarkKind(
            name,
            Message(row["zh"], row["en"]),
            groups[row["group"]],
            row["on"],
            row["judged"],
            Message(row["text"]["zh"], row["text"]["en"]) if "text" in row else None,
        )
        for name, row in table["kind"].items()
    }
