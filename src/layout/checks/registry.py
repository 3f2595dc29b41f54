"""The registry of checks. A room's checks stand in a ``checks.toml`` beside its modules, which registers them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from typing import Any, NotRequired, TypedDict

from layout.checks.finding import Severity
from layout.checks.retired import RetiredCheck, retired
from layout.errors import Hint, Message, Reader, UsageError

TABLE = "checks.toml"
PACKAGE = "layout"


@dataclass(frozen=True, slots=True)
class Registry:
    """The tables of all rooms."""

    rooms: Mapping[str, Mapping[str, Check]]
    """By the room's name, its checks by their ids."""
    retired: Mapping[str, RetiredCheck] = field(default_factory=dict)
    """Ids that were promised and are no longer found."""

    def all(self) -> dict[str, Check]:
        """Every id that a finding may bear, room by room."""
        return {check.id: check for table in self.rooms.values() for check in table.values()}

    def check(self, check_id: str) -> Check:
        """The check of that id. Raises ``UsageError``, which offers what there is, for an id that is none.

        Of one that was retired it says what became of it.
        """
        known = self.all()
        if check_id in known:
            return known[check_id]
        if check_id in self.retired:
            raise UsageError(self.retired[check_id].message)
        family = [other for other in known if _family(other) == _family(check_id)]
        near = get_close_matches(check_id, known, n=3)
        names = near or family or sorted({f"{_family(other)}.…" for other in known})
        raise UsageError(
            Message(f"没有检查项“{check_id}”。", f"There is no check “{check_id}”."),
            hint=Message(f"有：{'、'.join(names)}。", f"There are: {', '.join(names)}."),
        )


def _family(check_id: str) -> str:
    return check_id.partition(".")[0]


@cache
def room_checks(room: str, table: str = TABLE) -> Mapping[str, Check]:
    """The checks of one table of a room by id, in its order."""
    return checks_of(table_of(room, table))


@cache
def table_of(room: str, table: str = TABLE) -> Mapping[str, Any]:
    """All that a table of a room holds, read once: rooms have keys of their own in it."""
    return tomllib.loads(files(PACKAGE).joinpath(room, table).read_text(encoding="utf-8"))


def tables(room: str) -> list[str]:
    """The tables of a room: the one that a build reads, then those of commands of their own (``…_checks.toml``)."""
    names = sorted(each.name for each in files(PACKAGE).joinpath(room).iterdir())
    return [TABLE, *(name for name in names if name.endswith(f"_{TABLE}"))]


@cache
def registry() -> Registry:
    """The tables of all rooms. They are data: no room is imported for them."""
    rooms = sorted(each.name for each in files(PACKAGE).iterdir() if each.joinpath(TABLE).is_file())
    return Registry(
        {room: {id: row for name in tables(room) for id, row in room_checks(room, name).items()} for room in rooms},
        retired(),
    )


Limit = float | str | Sequence[str]
"""A value that decides a check: a number, a word, or several words."""

NOTHING = Hint()
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
    readers: Sequence[Reader]
    remedy: NotRequired[Mapping[Reader, _TwoTexts]]
    firm: NotRequired[_TwoTexts]
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
    title: Message
    """What it is called. ``{found}`` stands for what was found, where findings begin with the same words."""
    rationale: Message
    readers: tuple[Reader, ...]
    """Who can mend what it finds: no hint of its findings is for anybody else."""
    remedy: Hint = NOTHING
    """What each of them does, where that is the same for all its findings."""
    firm: Message | None = None
    """What an editor does instead about copy that may not be cut; None: nothing."""
    threshold: tuple[str, ...] = ()
    """Keys of the press profile that decide it."""
    limits: Mapping[str, Limit] = field(default_factory=dict)
    """Values that decide it and that no plant was seen to change."""
    needs: str = ""
    """What it cannot be carried out without besides the file: "plan", "manuscript", "gs", "deep", "report", or
    nothing."""
    repeats: str = ""
    """The check that reports the same of our own pages before there is a PDF."""

    @property
    def name(self) -> Message:
        """Its title, with "…" for what was found."""
        return Message(_FOUND.sub("…", self.title.zh), _FOUND.sub("…", self.title.en))

    def hint(self, *, ours: bool = True, firm: bool = False) -> Hint | None:
        """The remedy for those who make our own files, or for the maker of a file that is not *ours*.

        It is about *firm* copy, which may not be cut, or about any.
        """
        inside = replace(self.remedy, maker=None, **({"editor": self.firm} if firm else {}))
        chosen = inside if ours and inside != NOTHING else replace(NOTHING, maker=self.remedy.maker)
        return chosen if chosen != NOTHING else None


def checks_of(table: Mapping[str, Any]) -> Mapping[str, Check]:
    """The checks of a table, by id, in its order.

    A room's own keys in a row are the room's business. Raises ``KeyError`` or ``TypeError`` for a row that lacks one.
    """
    return {row["id"]: _check(row) for row in table["check"]}


def _check(row: _Row) -> Check:
    return Check(
        id=row["id"],
        severity=Severity[row["severity"].upper()],
        authority=row["authority"],
        title=Message(**row["title"]),
        rationale=Message(**row["rationale"]),
        readers=tuple(row["readers"]),
        remedy=Hint(**{reader: Message(**texts) for reader, texts in row.get("remedy", {}).items()}),
        firm=Message(**row["firm"]) if "firm" in row else None,
        threshold=tuple(row.get("threshold", ())),
        limits=row.get("limits", {}),
        needs=row.get("needs", ""),
        repeats=row.get("repeats", ""),
    )
