"""A cache of what depends on the content of a design's files alone: painted drawings, and that nothing was wrong.

On disk it lies beside the prepared pictures. Keys are made of a content's hash and the edition of what was asked of it.
"""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TypeAlias, TypedDict

Size: TypeAlias = tuple[float | None, float | None, float | None]
"""Intrinsic width, height and ratio."""


class SvgFacts(TypedDict, total=False):
    """The part of a cache entry beside the operators: the size of a drawing, or the graphics states that they use."""

    size: Size
    states: dict[str, dict[str, float]]
    sha256: str
    """The hash of the operators."""


Painted: TypeAlias = tuple[SvgFacts, bytes]

MEMORY = 16 * 1024 * 1024
"""Bytes that are held in memory: the drawings of a design come to one or two million."""
_OF_AN_ENTRY = 1024
"""Bytes that an entry takes beside its operators, at the most."""


class ContentCache:
    """What was found of contents, by key: in memory, and in *folder* where one is given."""

    def __init__(self, folder: Path | None):
        self._folder = folder
        self._entries: dict[str, Painted] = {}
        self._size = 0

    def get(self, key: str) -> Painted | None:
        """The facts and operators under *key*; a damaged file counts as none."""
        if key not in self._entries and self._folder is not None:
            try:
                head, _, operators = (self._folder / f"{key}.ops").read_bytes().partition(b"\n")
                facts = json.loads(head)
                if facts["sha256"] == hashlib.sha256(operators).hexdigest():
                    self._hold(key, (facts, operators))
            except (OSError, ValueError, KeyError, TypeError):
                return None
        return self._entries.get(key)

    def put(self, key: str, facts: SvgFacts, operators: bytes) -> None:
        """Stores an entry. A folder that cannot be written to is no fault: the drawing is painted anew next time."""
        facts = {**facts, "sha256": hashlib.sha256(operators).hexdigest()}
        self._hold(key, (facts, operators))
        if self._folder is None:
            return
        draft = self._folder / f".{key}.{os.getpid()}.part"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            draft.write_bytes(json.dumps(facts, sort_keys=True).encode() + b"\n" + operators)
            draft.replace(self._folder / f"{key}.ops")
        except OSError:
            draft.unlink(missing_ok=True)

    def _hold(self, key: str, entry: Painted) -> None:
        """Holds *entry*; where all come to more than ``MEMORY`` bytes, those that were put first go."""
        before = self._entries.pop(key, None)
        self._entries[key] = entry
        self._size += _size(entry) - (_size(before) if before else 0)
        while self._size > MEMORY and len(self._entries) > 1:
            self._size -= _size(self._entries.pop(next(iter(self._entries))))

    def knows(self, key: str) -> bool:
        """Whether *key* was remembered."""
        return self.get(key) is not None

    def remember(self, key: str) -> None:
        """Stores that a content has been looked at and nothing was found."""
        self.put(key, {}, b"")


def _size(entry: Painted) -> int:
    return len(entry[1]) + _OF_AN_ENTRY
