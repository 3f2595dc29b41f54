"""Where prepared pictures are kept between builds: by their content, so that nothing stale is ever found.

What lies there is printed, so it must be ours: a folder that somebody else owns or may write to is not used.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from layout.errors import Message, refusal


def pictures_cache() -> Path:
    """``$LAYOUT_CACHE``, or a folder of the user's cache folder. Whether it can be used, ``unusable`` says."""
    chosen = os.environ.get("LAYOUT_CACHE")
    if chosen:
        return Path(chosen).expanduser().resolve()
    base = Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser()
    return base.resolve() / "lianghui-layout" / "pictures"


def usable_cache(chosen: Path | None) -> tuple[Path | None, tuple[Path, Message] | None]:
    """Where prepared pictures are kept: in the folder that is *chosen*, if any; or nowhere, with the folder that cannot
    be used and why.
    """
    cache = chosen or pictures_cache()
    why = unusable(cache)
    return (cache, None) if why is None else (None, (cache, why))


def unusable(folder: Path) -> Message | None:
    """Why *folder* can be no cache; None where it can. It is made, for this user alone, where it is not there."""
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        status = folder.stat()
    except (FileExistsError, NotADirectoryError):
        return Message("不是文件夹", "it is no folder")
    except OSError as error:
        return refusal(error) or Message(str(error.strerror), str(error.strerror))
    if status.st_uid != os.geteuid():
        return Message("是别人的文件夹", "it belongs to somebody else")
    if status.st_mode & (stat.S_IWGRP | stat.S_IWOTH):
        return Message("别人也能写", "others may write to it")
    return None if os.access(folder, os.W_OK | os.X_OK) else Message("没有权限", "permission denied")
