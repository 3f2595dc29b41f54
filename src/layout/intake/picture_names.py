"""Names for the files of pictures that come out of other files."""

from __future__ import annotations

import posixpath
import re
from pathlib import PurePath

_NO_WORD = re.compile(r"[^\w-]+")


def picture_name(file: str, number: int, part: str) -> str:
    """The name of the *number*-th picture of *file*, with the ending of *part*, its name there: ``来稿-图1.jpeg``."""
    stem = _NO_WORD.sub("-", PurePath(file).stem).strip("-") or "story"
    return f"{stem}-图{number}{posixpath.splitext(part)[1].lower()}"
