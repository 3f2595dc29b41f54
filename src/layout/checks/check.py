"""One check, as a room's table has it: what it asks, why, on whose authority, and how grave its findings are."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NotRequired, TypedDict

from layout.checks.finding import Severity
from layout.errors import Said

Limit = float | str | Sequence[str]
"""A value that decides a check: a number, a word, or several words."""

NOTHING = Said("", "")
_FOUND = re.compile(r"\{\w+\}")


class _TwoTexts(TypedDict):
    zh: str
    en: str


class _Row(TypedDict):
    """``[[check]]`` as TOML has it."""

    id: str
    severity: str
    authority: str
    title: _TwoTexts
    rationale: _TwoTexts
    remedy: NotRequired[_TwoTexts]
    threshold: NotRequired[Sequence[str]]
    limits: NotRequired[Mapping[str, Limit]]
    needs: NotRequired[str]
    repeats: NotRequired[str]


@dataclass(frozen=True, slots=True)
class Check:
    """A row ``[[check]]`` of a room's ``checks.toml``."""

    id: str
    severity: Severity
    authority: str
    title: Said
    """What it is called. ``{found}`` stands for what was found, where findings begin with the same words."""
    rationale: Said
    remedy: Said = NOTHING
    threshold: tuple[str, ...] = ()
    """Keys of the press profile that decide it."""
    limits: Mapping[str, Limit] = field(default_factory=dict)
    """Values that decide it and that no plant was seen to change."""
    needs: str = ""
    """What it cannot be carried out without besides the file: "plan", "manuscript", "gs", "deep", or nothing."""
    repeats: str = ""
    """The check that reports the same of our own pages before there is a PDF."""

    @property
    def name(self) -> Said:
        """Its title, with "…" for what was found."""
        return Said(_FOUND.sub("…", self.title.zh), _FOUND.sub("…", self.title.en))


def read_checks(table: str) -> Mapping[str, Check]:
    """The checks of a TOML text, by id, in its order.

    A room's own keys in a row are the room's business. Raises ``KeyError`` or ``TypeError`` for a row that lacks one.
    """
    return {row["id"]: _check(row) for row in tomllib.loads(table)["check"]}


def _check(row: _Row) -> Check:
    return Check(
        id=row["id"],
        severity=Severity[row["severity"].upper()],
        authority=row["authority"],
        title=Said(**row["title"]),
        rationale=Said(**row["rationale"]),
        remedy=Said(**row["remedy"]) if "remedy" in row else NOTHING,
        threshold=tuple(row.get("threshold", ())),
        limits=row.get("limits", {}),
        needs=row.get("needs", ""),
        repeats=row.get("repeats", ""),
    )
