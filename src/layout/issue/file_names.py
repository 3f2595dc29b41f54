"""Names of files that are not UTF-8, as a zip from a Chinese Windows leaves them: told by what they say in GBK."""

from __future__ import annotations

import os
from pathlib import Path

from layout.errors import Message


def is_utf8(name: str) -> bool:
    """Whether a name that the system gave is UTF-8: Python stands surrogates in for bytes that are not."""
    return name.isascii() or not any("\ud800" <= character <= "\udfff" for character in name)


def legible(name: str) -> str:
    """*name* as a person would read it: what its bytes say in GBK where they are not UTF-8."""
    if is_utf8(name):
        return name
    data = os.fsencode(name)
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError:
        return data.decode("utf-8", "backslashreplace")


def misnamed(path: Path) -> str | None:
    """The name of a file beside the missing *path* whose bytes say the same in GBK; None where there is none."""
    wanted = path.name.encode("gb18030", "replace")
    if not path.parent.is_dir() or path.name.isascii():
        return None
    # Two bytes of GBK may happen to be a character of UTF-8.
    return next((each.name for each in path.parent.iterdir() if os.fsencode(each.name) == wanted), None)


def fault(name: str) -> tuple[Message, Message]:
    """What is said of a file whose *name* is not UTF-8, and what to do."""
    shown = os.fsencode(name).decode("gb18030", "replace") if is_utf8(name) else legible(name)
    return (
        Message(f"文件名不是 UTF-8 编码，按 GBK 读作“{shown}”，这样找不到它。",
                f"The name of a file is not UTF-8; read as GBK it says “{shown}”. It cannot be found by it."),
        Message("重新命名；压缩包用 unzip -O GBK 解开，整个文件夹用 convmv -f gbk -t utf8 --notest -r . 改名。",
                "Rename it; unzip -O GBK unpacks an archive rightly, convmv -f gbk -t utf8 --notest -r . a folder."),
    )  # fmt: skip
