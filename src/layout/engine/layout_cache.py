"""A cache of style sheets and layouts, by value, for as long as the files that they were made of stay the same.

The text of a page is not in its HTML: an editor's next build lays out the same HTML with the same style sheets, and
often with the same heights. WeasyPrint's layout is then the same, and is not computed again. What it logged is cached
with the layout.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

K = TypeVar("K")
V = TypeVar("V")
PAGES = 8
"""Measured pages that a canvas remembers: those of the classes that others are held against, and some that came after;
as many layouts of one kind."""


def forget_oldest(known: dict[K, V]) -> None:
    """Holds the last few of what is *known* of a page."""
    while len(known) > PAGES:
        known.pop(next(iter(known)))


class Reader(Protocol):
    """Reads files by URL."""

    read: dict[str, str]
    """The hash of every file read so far, by its URL."""

    def hash_of(self, url: str) -> str | None:
        """The hash of the file behind *url*, read now if it has not been; None where it cannot be."""
        ...


@dataclass(frozen=True, slots=True)
class Cached(Generic[V]):
    """An entry of the cache."""

    value: V
    files: Mapping[str, str]
    """The files that were read for it, and their hashes."""
    records: tuple[logging.LogRecord, ...]
    """What WeasyPrint logged meanwhile."""


class LayoutCache(Generic[V]):
    """Holds the last *most* values. Keys hold by value everything that decides an entry, except the files."""

    def __init__(self, most: int):
        self._most = most
        self._cached: OrderedDict[Hashable, Cached[V]] = OrderedDict()

    def find(self, key: Hashable, reader: Reader) -> Cached[V] | None:
        """The entry under *key* if *reader* finds its files unchanged; else None."""
        found = self._cached.get(key)
        if found is None or any(reader.hash_of(url) != known for url, known in found.files.items()):
            return None
        self._cached.move_to_end(key)
        reader.read.update(found.files)
        return found

    def take_changed(self, key: Hashable, reader: Reader) -> tuple[Cached[V], frozenset[str]] | None:
        """The entry under *key*, which is there no longer, with the URLs of those of its files that have changed."""
        found = self._cached.pop(key, None)
        if found is None:
            return None
        return found, frozenset(url for url, known in found.files.items() if reader.hash_of(url) != known)

    def put(
        self,
        key: Hashable,
        value: V,
        reader: Reader,
        records: Sequence[logging.LogRecord],
        without: Collection[str] = (),
    ) -> Cached[V]:
        """Stores *value*, which was made of all that *reader* has read but for the URLs *without*."""
        files = {url: known for url, known in reader.read.items() if url not in without}
        cached = self._cached[key] = Cached(value, files, tuple(records))
        self._cached.move_to_end(key)
        while len(self._cached) > self._most:
            self._cached.popitem(last=False)
        return cached
