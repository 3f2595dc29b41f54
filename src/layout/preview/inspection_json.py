"""What can be inspected of a page, as JSON: values field by field, names and places as they are written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass

from layout.errors import Place
from layout.flows import Chain, Flow
from layout.json_values import JsonValue


def as_json(value: object) -> JsonValue:
    """*value*, which holds text, numbers, places, names of copy, and records and lists of such."""
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, Place | Chain | Flow):
        return str(value)
    if is_dataclass(value):
        return {field.name: as_json(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple) and hasattr(value, "_asdict"):
        return {name: as_json(each) for name, each in value._asdict().items()}
    if isinstance(value, tuple | list):
        return [as_json(each) for each in value]
    if isinstance(value, Mapping):
        return {str(name): as_json(each) for name, each in value.items()}
    raise TypeError(type(value))
