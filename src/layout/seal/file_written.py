"""A file that a build wrote, by its hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FileWritten:
    """A file of the build."""

    name: str
    size: int
    """In bytes."""
    sha256: str

    @classmethod
    def of(cls, name: str, content: bytes) -> FileWritten:
        """The entry for a file of that name and content."""
        return cls(name, len(content), hashlib.sha256(content).hexdigest())
