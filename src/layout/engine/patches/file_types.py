"""The types of files are those that Python knows by itself, not those of the machine's tables.

Changes ``mimetypes.knownfiles`` while WeasyPrint is imported, which is when it has the tables read. Needed for bytes:
a build reads no file but its own, and ``/etc/mime.types`` differs from one machine to the next. It saves no time that
could be measured.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def install() -> Iterator[None]:
    """Names no tables to be read, until the context ends."""
    known, mimetypes.knownfiles = mimetypes.knownfiles, []
    try:
        yield
    finally:
        mimetypes.knownfiles = known
