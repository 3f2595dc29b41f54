"""The values of a press profile on their way to it, each with the place it was written at."""

from __future__ import annotations

from dataclasses import MISSING, asdict, dataclass, field, fields, is_dataclass
from pathlib import Path

from layout.errors import LayoutError, Place
from layout.press.model import CheckLevel, PressProfile, Reason
from layout.toml_files.reading import TomlValue

MADE_HERE = frozenset({"levels", "reasons"})
"""Values of a profile that no file holds."""


@dataclass(slots=True)
class ProfileDraft:
    """Values as they were written, laid over one another."""

    values: dict[str, TomlValue]
    places: dict[str, Place]
    folder: Path
    """Where the ICC file is looked for first: the folder of the TOML file that named it."""
    faults: list[LayoutError] = field(default_factory=list)
    reasons: list[Reason] = field(default_factory=list)
    levels: dict[str, CheckLevel] = field(default_factory=dict)
    """By the check's id: of two files the one that extends the other has the last word."""

    def place_of(self, name: str) -> Place:
        """Where *name*, or the nearest table around it, is written."""
        while name and name not in self.places:
            name = name.rpartition(".")[0]
        return self.places[name]

    def place_within(self, table: str) -> Place:
        """Where something of *table* was changed last, else where the table is written."""
        changed = [reason.key for reason in self.reasons if f"{reason.key}.".startswith(f"{table}.")]
        return self.place_of(changed[-1] if changed else table)


def with_defaults(values: dict[str, TomlValue]) -> dict[str, TomlValue]:
    """*values* with what a profile may leave out, so that a file which extends it can change that too."""
    for part in fields(PressProfile):
        if part.default is MISSING or part.name in MADE_HERE:
            continue
        if not is_dataclass(part.default):
            values.setdefault(part.name, list(part.default) if isinstance(part.default, tuple) else part.default)
        elif isinstance(given := values.get(part.name, {}), dict):
            values[part.name] = asdict(part.default) | given  # type: ignore[arg-type]  # an instance, as a default is
    return values
