"""Every check there is. A room puts its own in a ``checks.toml`` beside its modules; that makes them known here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.resources import files

from layout.checks.check import Check, read_checks
from layout.errors import Said, UsageError

TABLE = "checks.toml"
PACKAGE = "layout"


@dataclass(frozen=True, slots=True)
class Registry:
    """The tables of all rooms."""

    rooms: Mapping[str, Mapping[str, Check]]
    """By the room's name, its checks by their ids."""

    def all(self) -> dict[str, Check]:
        """Every id that a finding may bear, room by room."""
        return {check.id: check for table in self.rooms.values() for check in table.values()}

    def check(self, check_id: str) -> Check:
        """The check of that id. Raises ``UsageError``, which offers what there is, for an id that is none."""
        known = self.all()
        if check_id in known:
            return known[check_id]
        family = [other for other in known if _family(other) == _family(check_id)]
        near = get_close_matches(check_id, known, n=3)
        names = near or family or sorted({f"{_family(other)}.…" for other in known})
        raise UsageError(
            Said(f"没有检查项“{check_id}”。", f"There is no check “{check_id}”."),
            hint=Said(f"有：{'、'.join(names)}。", f"There are: {', '.join(names)}."),
        )


def _family(check_id: str) -> str:
    return check_id.partition(".")[0]


@cache
def room_checks(room: str) -> Mapping[str, Check]:
    """The checks of one room by id, in its table's order."""
    return read_checks(files(PACKAGE).joinpath(room, TABLE).read_text(encoding="utf-8"))


@cache
def registry() -> Registry:
    """The tables of all rooms. They are data: no room is imported for them."""
    rooms = sorted(each.name for each in files(PACKAGE).iterdir() if each.joinpath(TABLE).is_file())
    return Registry({room: room_checks(room) for room in rooms})
