"""Where prepared pictures are kept between builds: by their content, so that nothing stale is ever found."""

from __future__ import annotations

import os
from pathlib import Path


def pictures_cache() -> Path:
    """``$LAYOUT_CACHE``, or the user's cache folder."""
    chosen = os.environ.get("LAYOUT_CACHE")
    if chosen:
        return Path(chosen).expanduser().resolve()
    base = os.environ.get("XDG_CACHE_HOME") or "~/.cache"
    return Path(base).expanduser().resolve() / "lianghui-layout" / "pictures"
