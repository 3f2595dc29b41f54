"""What a plant says of single checks: ``[[check]]`` rows of a press profile, each with its reason."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from layout.checks import Severity, room_checks
from layout.errors import LayoutError, Message, Place, PressProfileError, meant
from layout.press.model import CheckLevel, Reason
from layout.toml_files.reading import TomlValue

TABLE = "check"
KEYS = ("id", "severity", "reason")
OFF = "off"
SEVERITIES: Mapping[str, Severity | None] = {
    "error": Severity.ERROR, "warning": Severity.WARNING, "note": Severity.NOTE, OFF: None,
}  # fmt: skip

NOT_A_PLANTS = frozenset({"preflight.incomplete"})
"""That a check broke off is never passed over in silence."""


def read_levels(
    rows: TomlValue, places: Mapping[str, Place], start: Place
) -> Iterator[tuple[CheckLevel, Reason] | LayoutError]:
    """The rows of a file's ``[[check]]``, each with what the report says of it, or the fault of one that will not do.

    *places* are those of the file's keys (``check.0.severity``); *start* stands for what has none.
    """
    seen: set[str] = set()
    for number, row in enumerate(rows if isinstance(rows, list) else [rows]):
        here = places.get(f"{TABLE}.{number}") or places.get(TABLE) or start
        at = {key: places.get(f"{TABLE}.{number}.{key}", here) for key in (row if isinstance(row, dict) else ())}
        try:
            level, reason = _row(row, at, here)
        except LayoutError as fault:
            yield fault
            continue
        if level.check in seen:
            yield PressProfileError(
                Message(f"“{level.check}”写了两遍。", f"“{level.check}” is given twice."), place=at["id"]
            )
            continue
        seen.add(level.check)
        yield level, reason


def _row(row: TomlValue, at: Mapping[str, Place], here: Place) -> tuple[CheckLevel, Reason]:
    if not isinstance(row, dict):
        raise _incomplete(here)
    for key in row:
        if key not in KEYS:
            message = Message(f"[[check]] 里没有“{key}”这一项。", f"A [[check]] has no value named “{key}”.")
            raise PressProfileError(message, place=at[key], hint=meant(key, KEYS))
    check, severity, reason = (row.get(key) for key in KEYS)
    if not isinstance(check, str) or not isinstance(severity, str) or not isinstance(reason, str) or not reason.strip():
        raise _incomplete(at.get("reason", here) if check and severity else here)
    ours = _plants_own()
    if check not in ours:
        raise _unknown(check, ours, at["id"])
    if severity not in SEVERITIES:
        message = Message(f"程度只能是 {'、'.join(SEVERITIES)}，这里写的是“{severity}”。",
                          f"A severity is one of {', '.join(SEVERITIES)}; here stands “{severity}”.")  # fmt: skip
        raise PressProfileError(message, place=at["severity"], hint=meant(severity, tuple(SEVERITIES)))
    was = room_checks("preflight")[check].severity.name.lower()
    return CheckLevel(check, SEVERITIES[severity], reason), Reason(
        f"check.{check}", was, severity, reason, str(at["id"])
    )


def _plants_own() -> Sequence[str]:
    """The checks on which a plant has a say: all of the file, but not whether the manuscript is all there."""
    checks = room_checks("preflight").values()
    return [check.id for check in checks if check.id not in NOT_A_PLANTS and check.needs != "manuscript"]


def _unknown(check: str, ours: Sequence[str], place: Place) -> PressProfileError:
    if check in room_checks("preflight"):
        message = Message(f"“{check}”不归印厂规范管。", f"“{check}” is not for a press profile to change.")
        hint = Message(
            "稿件一字不少、检查都做完，是程序自己的保证。",
            "That the copy is whole and every check was carried out is the program's own promise.",
        )
        return PressProfileError(message, place=place, hint=hint)
    message = Message(f"没有检查项“{check}”。", f"There is no check “{check}”.")
    return PressProfileError(message, place=place, hint=meant(check, ours))


def _incomplete(place: Place) -> PressProfileError:
    return PressProfileError(
        Message("[[check]] 要有 id、severity、reason 三项，reason 不能空。",
                "A [[check]] needs id, severity and reason, and the reason may not be empty."), place=place,
    )  # fmt: skip
