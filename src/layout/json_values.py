"""What JSON can hold: the types of everything that is written to a report or read from one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TypeAlias

JsonValue: TypeAlias = "bool | float | str | Sequence[JsonValue] | Mapping[str, JsonValue] | None"
"""Any value of JSON."""

JsonObject: TypeAlias = dict[str, JsonValue]
"""An object of JSON that is being made."""
