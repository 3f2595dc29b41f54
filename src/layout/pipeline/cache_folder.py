"""Where prepared pictures are kept between builds: by their content, so that nothing stale is ever found."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path


def pictures_cache() -> Path:
    """``$LAYOUT_CACHE``, or the user's cache folder; one in the temporary folder where that cannot be written."""
    chosen = os.environ.get("LAYOUT_CACHE")
    if chosen:
        return Path(chosen).expanduser().resolve()
    base = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
    if not _may_write(base):  # a runner whose home is read-only, or is none
        base = Path(tempfile.gettempdir()) / f"cache-{os.getuid()}"
    return base.resolve() / "lianghui-layout" / "pictures"


def _may_write(folder: Path) -> bool:
    """Whether *folder*, or the nearest folder above it that is there, can be written to."""
    there = next(each for each in (folder, *folder.absolute().parents) if each.exists())
    return there.is_dir() and os.access(there, os.W_OK)
