"""What streams of the files that were judged before unpack to: most of those of the next page are the same.

Known by the packed bytes themselves, and only of streams that are sound to their last byte: what a damaged one comes to
is qpdf's to say, with its warnings.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import partial

from pikepdf import Name, PdfError, Stream

from layout.outcome_cache import Codec, OutcomeCache, key_of

MEMORY = 6 * 1024 * 1024
"""Bytes that are held, unpacked: those of the sample's page come to two million, half of them of its faces, which are
others on every page.
"""

LARGEST = 4 * 1024 * 1024
"""Bytes of a stream that is held; the largest subset of the samples has half a million."""


@dataclass(frozen=True, slots=True)
class UnpackedStreams:
    """Streams that were unpacked, bounded in bytes."""

    known: OutcomeCache[bytes] = field(
        default_factory=partial(OutcomeCache, Codec("unpacked", bytes, bytes, str), None, MEMORY)
    )

    def of(self, stream: Stream) -> bytes | None:
        """The bytes of *stream*, where they are deflated and nothing else, soundly; else ``None``."""
        packed = deflated(stream)
        if packed is None:
            return None
        key = key_of(packed)
        found = self.known.get(key)
        if found is None:
            found = _inflated(packed)
            if found is not None:
                self.known.put(key, found, len(found))
        return found


def deflated(stream: Stream) -> bytes | None:
    """The packed bytes of *stream*, where they are deflated and nothing else; else ``None``."""
    if stream.get(Name.Filter) != Name.FlateDecode or Name.DecodeParms in stream or Name.F in stream:
        return None
    try:
        return stream.read_raw_bytes()
    except PdfError:
        return None


def _inflated(packed: bytes) -> bytes | None:
    """What *packed* inflates to, with its checksum right and nothing after it; ``None`` of what is damaged or large."""
    inflating = zlib.decompressobj()
    try:
        found = inflating.decompress(packed, LARGEST)
    except zlib.error:
        return None
    return found if inflating.eof and not inflating.unused_data else None


_STREAMS: ContextVar[UnpackedStreams | None] = ContextVar("unpacked streams", default=None)


@contextmanager
def remembered(streams: UnpackedStreams | None) -> Iterator[None]:
    """Within the context streams that are among *streams* are not unpacked again; with ``None`` all are."""
    token = _STREAMS.set(streams)
    try:
        yield
    finally:
        _STREAMS.reset(token)


def unpacked(stream: Stream) -> bytes | None:
    """The bytes of *stream*, where they are remembered, or can be now; else ``None``."""
    streams = _STREAMS.get()
    return None if streams is None else streams.of(stream)
