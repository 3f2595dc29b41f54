"""What was made of files, kept for as long as the files are what they were.

The text of a page is not in its HTML: an editor's next build lays out the same tree with the same style sheets, and
often with the same heights. WeasyPrint's answer is then the same, and it is not asked again. What it said in its log is
said again.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


class Reader(Protocol):
    """Reads files by URL."""

    read: dict[str, str]
    """The hash of every file read so far, by its URL."""

    def hash_of(self, url: str) -> str | None:
        """The hash of the file behind *url*, read now if it has not been; None where it cannot be."""
        ...


@dataclass(frozen=True, slots=True)
class Made:
    """One thing made."""

    what: Any
    files: Mapping[str, str]
    """The files that were read for it, and their hashes."""
    records: Sequence[logging.LogRecord]


class Kept:
    """The last *most* things made, by keys that say all that decides them but the files."""

    def __init__(self, most: int):
        self._most = most
        self._made: OrderedDict[str, Made] = OrderedDict()

    def find(self, key: str, reader: Reader, logger: logging.Logger) -> Any:
        """What was made under *key* of files that *reader* finds unchanged; else None."""
        made = self._made.get(key)
        if made is None or any(reader.hash_of(url) != known for url, known in made.files.items()):
            return None
        self._made.move_to_end(key)
        reader.read.update(made.files)
        for record in made.records:
            logger.handle(record)
        return made.what

    def keep(self, key: str, what: Any, reader: Reader, records: Sequence[logging.LogRecord]) -> None:
        """Keeps *what*, made of all that *reader* has read."""
        self._made[key] = Made(what, dict(reader.read), tuple(records))
        self._made.move_to_end(key)
        while len(self._made) > self._most:
            self._made.popitem(last=False)
