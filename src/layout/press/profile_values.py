"""A press profile's values as JSON, and back: for a file that is read where the plant's own profile may not be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any

from layout.checks import Severity
from layout.json_values import JsonObject
from layout.press.model import (
    CheckLevel,
    ImagePpi,
    LineArtPpi,
    MinLine,
    MinType,
    Overprint,
    PressProfile,
    Sharpen,
    Title,
    Tolerance,
)

TABLES = {
    "title": Title, "image_ppi": ImagePpi, "line_art_ppi": LineArtPpi, "min_type": MinType, "min_line": MinLine,
    "overprint": Overprint, "sharpen": Sharpen, "tolerance": Tolerance,
}  # fmt: skip
"""The profile's tables, by their keys."""

OF_A_PLACE = frozenset({"icc", "reasons"})
"""What says where something lies, on the machine that has read the profile."""


def values_of(profile: PressProfile) -> JsonObject:
    """All that a profile asks for, under the keys of its file, ``check`` as ``levels``; without ``OF_A_PLACE``."""
    values = {key: value for key, value in asdict(profile).items() if key not in OF_A_PLACE}
    values["spot_colours"] = list(profile.spot_colours)
    values["grey_balance"] = [list(patch) for patch in profile.grey_balance]
    values["levels"] = [
        {**level, "severity": severity.name.lower() if (severity := level["severity"]) is not None else None}
        for level in values["levels"]
    ]
    return values


def profile_of(values: Mapping[str, Any]) -> PressProfile:
    """The profile of such *values*, without the file of its ICC profile; keys that it does not know count for nothing.

    Raises ``KeyError`` or ``TypeError`` where one is missing, or is of another kind.
    """
    known = {field.name: values[field.name] for field in fields(PressProfile) if field.name in values}
    tables = {key: table(**values[key]) for key, table in TABLES.items()}
    levels = tuple(
        CheckLevel(level["check"], Severity[level["severity"].upper()] if level["severity"] else None, level["reason"])
        for level in values["levels"]
    )
    return PressProfile(**{
        **known, **tables, "icc": Path(), "levels": levels, "spot_colours": tuple(values["spot_colours"]),
        "grey_balance": tuple(map(tuple, values["grey_balance"])),
    })  # fmt: skip
