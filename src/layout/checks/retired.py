"""Ids of checks that were promised and are no longer found: what they are called now, or why they are gone."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from layout.errors import Message


@dataclass(frozen=True, slots=True)
class RetiredCheck:
    """A row of ``retired.toml``."""

    id: str
    version: str
    """The release from which on it is not found."""
    renamed: str
    """The id that is found instead; nothing where none is."""
    why: Message

    @property
    def message(self) -> Message:
        """What became of it."""
        if self.renamed:
            return Message(
                f"“{self.id}”从 {self.version} 起叫“{self.renamed}”：{self.why.zh}",
                f"“{self.id}” is called “{self.renamed}” since {self.version}: {self.why.en}",
            )
        return Message(
            f"“{self.id}”从 {self.version} 起不再有：{self.why.zh}",
            f"“{self.id}” is gone since {self.version}: {self.why.en}",
        )


def read_retired(table: str) -> Mapping[str, RetiredCheck]:
    """The rows of a TOML text, by id. Raises ``KeyError`` or ``TypeError`` for a row that lacks a key."""
    return {
        row["id"]: RetiredCheck(row["id"], row["version"], row.get("renamed", ""), Message(**row["why"]))
        for row in tomllib.loads(table)["retired"]
    }


@cache
def retired() -> Mapping[str, RetiredCheck]:
    """All of them."""
    return read_retired(files("layout.checks").joinpath("retired.toml").read_text(encoding="utf-8"))
