"""Values as keys of tables: a large one is hashed once, however often it is looked up."""

from __future__ import annotations

from collections.abc import Hashable


class ByValue:
    """A value as the key of a table: equal to another of an equal value, its hash taken only once."""

    __slots__ = ("_hash", "_value")

    def __init__(self, value: Hashable):
        self._value = value
        self._hash = hash(value)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, ByValue) and self._hash == other._hash and self._value == other._value

    def __reduce__(self) -> tuple[type[ByValue], tuple[Hashable]]:
        return ByValue, (self._value,)  # another process has other hashes
