"""``signoff.toml``: the record of those who passed an issue, in its folder. It records; git's signature is the lock."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from layout.errors import Message, Place, SourceError, unreadable
from layout.signoff.model import Passing, SignedState
from layout.toml_files.reading import read_toml

FILE = "signoff.toml"

HEAD = """\
# 三审三校的记录：谁在什么时候看过哪些稿、哪些版；稿和版都以校验和（SHA-256）为记。
# 由 layout sign 写，不要手改；锁是 git 的签名（git commit -S）。
# Who passed which copy and which pages, and when. Written by layout sign; git's signature is the lock.
"""

_SHA256 = re.compile("[0-9a-f]{64}")


class SignoffError(SourceError):
    """An issue that is not signed as it is, or a record that cannot be read."""


def read_signoff(folder: Path) -> tuple[Passing, ...]:
    """All that were recorded for the issue in *folder*, in their order; none where there is no record.

    Raises ``SignoffError`` for a record that ``layout sign`` has not written so.
    """
    path, shown = folder / FILE, f"{folder.resolve().name}/{FILE}"
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return ()
    except UnicodeDecodeError as error:
        raise _not_ours(Place(shown)) from error
    except OSError as error:
        raise unreadable(error, SignoffError, shown) from error
    file = read_toml(text, shown, SignoffError, tables=("passed",))
    found = []
    tables: Any = file.values.get("passed", [])
    for number, table in enumerate(tables if isinstance(tables, list) else [None]):
        try:
            found.append(_passing(table))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise _not_ours(file.key("passed", number)) from error
    return tuple(found)


def with_passing(before: str, passing: Passing) -> str:
    """The text of the record with *passing* at its end; *before* is what it was, empty where there was none."""
    text = before or HEAD
    return (text if text.endswith("\n") else text + "\n") + "\n" + "\n".join(_lines(passing)) + "\n"


def _lines(passing: Passing) -> Iterator[str]:
    yield "[[passed]]"
    yield f"as = {_quoted(passing.role)}"
    yield f"name = {_quoted(passing.name)}"
    yield f"time = {passing.time.isoformat(timespec='seconds')}"
    yield ""
    yield "[passed.copy]"
    for name, digest in sorted(passing.state.copy.items()):
        yield f"{_quoted(name)} = {_quoted(digest)}"
    yield ""
    yield "[passed.pages]"
    for number, digest in sorted(passing.state.pages.items()):
        yield f"{number} = {_quoted(digest)}"


def _quoted(text: str) -> str:
    """*text* as a basic string of TOML."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + re.sub("[\0-\x1f\x7f]", lambda match: f"\\u{ord(match[0]):04x}", escaped) + '"'


def _passing(table: Any) -> Passing:
    """The passing in *table*. Raises where that is none."""
    role, name, time = table["as"], table["name"], table["time"]
    if not (isinstance(role, str) and role and isinstance(name, str) and name):
        raise TypeError("no names")
    if not isinstance(time, datetime) or time.tzinfo is None:
        raise TypeError("no moment")
    copy = {str(key): _digest(value) for key, value in table["copy"].items()}
    pages = {int(key): _digest(value) for key, value in table["pages"].items()}
    return Passing(role, name, time, SignedState(copy, pages))


def _digest(value: object) -> str:
    if not isinstance(value, str) or not _SHA256.fullmatch(value):
        raise ValueError("no SHA-256")
    return value


def _not_ours(place: Place) -> SignoffError:
    return SignoffError(
        Message("这里不是 layout sign 写的样子。", "This is not as layout sign writes it."),
        place=place,
        hint=Message(f"从 git 取回原来的 {FILE}；不要手改，重新签就用 layout sign。",
                     f"Take {FILE} back from git; do not edit it, sign again with layout sign."),
    )  # fmt: skip
