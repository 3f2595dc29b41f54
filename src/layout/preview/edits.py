"""Edits that browsers ask for, written back to issue.toml, and taken back again."""

from __future__ import annotations

import hashlib
import os
import tempfile
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from layout.errors import LayoutError, Message, PlanError
from layout.issue import ISSUE_FILE
from layout.issue.plan import check, parse
from layout.issue_writing.plan_edits import with_arrangement, with_focus, with_keep, with_order, with_variant
from layout.json_values import JsonObject, JsonValue

MOST = 100
"""Edits that can be taken back."""

_BOM = "\ufeff"


class EditRefused(Exception):
    """An edit that cannot be made; *status* is HTTP's."""

    def __init__(self, status: int, message: Message):
        super().__init__(message.en)
        self.status = status
        self.message = message


@dataclass(frozen=True, slots=True)
class _Undo:
    before: bytes
    after: str
    """The hash of the file as the edit left it."""


Order = Callable[[int], Sequence[str] | None]
"""The pictures of a page in the order of their boxes; None of a page that is made up, or of which it is not known."""


class PlanEditor:
    """Edits the issue.toml of the issue in *folder*. May be used by any thread.

    Whoever edits says the hash of the file that he has seen: another's edit, by a browser or in an editor, is never
    written over. *order* says how the pictures of a page stand.
    """

    def __init__(self, folder: Path, order: Order):
        self._path = folder / ISSUE_FILE
        self._order = order
        self._lock = threading.Lock()
        self._undo: list[_Undo] = []
        self._revision = 0

    @property
    def undoable(self) -> int:
        """How many edits could be taken back, one after the other."""
        return len(self._undo)

    def as_json(self) -> JsonObject:
        """How the file is, for the browser; ``revision`` counts what was written, so that older news is known."""
        with self._lock:
            return {"etag": self.etag(), "undo": self.undoable, "revision": self._revision}

    def etag(self) -> str:
        """The hash of the file; nothing where it cannot be read."""
        try:
            return _hash(self._path.read_bytes())
        except OSError:
            return ""

    def edit(self, seen: str, request: Mapping[str, JsonValue]) -> str:
        """Writes what *request* asks for into the file whose hash is *seen*; gives the hash that it has then.

        Raises ``EditRefused``: 412 where the file is another by now, 422 for what cannot be written.
        """
        with self._lock:
            before = self._seen(seen)
            text = before.decode("utf-8")
            bom, text = (_BOM, text[1:]) if text.startswith(_BOM) else ("", text)
            try:
                after = self._edited(text, request)
            except (KeyError, ValueError, TypeError) as error:
                raise EditRefused(
                    422, Message("这处改动写不进 issue.toml。", "issue.toml does not take this.")
                ) from error
            self._check(after)
            content = (bom + after).encode()
            _write(self._path, content)
            self._undo = [*self._undo[1 - MOST :], _Undo(before, _hash(content))]
            self._revision += 1
            return _hash(content)

    def undo(self, seen: str) -> str:
        """Takes the last edit back; gives the hash that the file has then.

        Raises ``EditRefused``: 412 where the file has changed since, 409 where there is nothing to take back.
        """
        with self._lock:
            if not self._undo:
                raise EditRefused(409, Message("没有可撤销的改动。", "There is nothing to undo."))
            self._seen(seen)
            last = self._undo[-1]
            if last.after != seen:
                raise EditRefused(412, _CHANGED)
            self._undo.pop()
            _write(self._path, last.before)
            self._revision += 1
            return _hash(last.before)

    def _seen(self, seen: str) -> bytes:
        try:
            content = self._path.read_bytes()
        except OSError as error:
            raise EditRefused(412, _CHANGED) from error
        if _hash(content) != seen:
            raise EditRefused(412, _CHANGED)
        return content

    def _edited(self, text: str, request: Mapping[str, JsonValue]) -> str:
        match request:
            case {"kind": "focus", "picture": str(picture), "focus": [x, y]}:
                return with_focus(text, picture, (_share(x), _share(y)))
            case {"kind": "keep", "picture": str(picture), "keep": None}:
                return with_keep(text, picture, None)
            case {"kind": "keep", "picture": str(picture), "keep": [left, top, right, bottom]}:
                return with_keep(text, picture, _box(left, top, right, bottom))
            case {"kind": "arrangement", "page": int(page), "words": str(words)}:
                return with_arrangement(text, page, words)
            case {"kind": "variant", "page": int(page), "name": str() | None as name}:
                return with_variant(text, page, name or None)
            case {"kind": "swap", "page": int(page), "pictures": [str(one), str(other)]}:
                return with_order(text, page, self._swapped(page, one, other))
            case _:
                raise ValueError

    def _swapped(self, page: int, one: str, other: str) -> list[str]:
        order = self._order(page)
        if order is None or one not in order or other not in order:
            raise ValueError
        return [{one: other, other: one}.get(name, name) for name in order]

    def _check(self, text: str) -> None:
        """Raises ``EditRefused`` for a plan that would be at fault where this one is not."""
        faults: list[LayoutError] = []
        try:
            check(parse(text, str(self._path)), faults)
        except PlanError as fault:
            faults.append(fault)
        if faults:
            raise EditRefused(422, faults[0].message)


_CHANGED = Message(
    "issue.toml 已被别处改过，这一步没有写入；看到新版面后再改。",
    "issue.toml was changed elsewhere: nothing was written. Try again once the new page is there.",
)


def _share(value: JsonValue) -> float:
    """A share of a picture. Raises ``ValueError`` for what is none."""
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError
    return float(value)


def _box(*sides: JsonValue) -> tuple[float, float, float, float]:
    left, top, right, bottom = (_share(side) for side in sides)
    if not (left < right and top < bottom):
        raise ValueError
    return left, top, right, bottom


def _hash(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _write(path: Path, content: bytes) -> None:
    """All of it or nothing. The file keeps its mode, and a link stays one."""
    path = path.resolve()
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        os.chmod(name, path.stat().st_mode & 0o7777)  # noqa: PTH101
        os.replace(name, path)  # noqa: PTH105
    except OSError as error:
        with suppress(OSError):
            os.unlink(name)  # noqa: PTH108
        raise EditRefused(
            422, Message(f"issue.toml 写不进去：{error.strerror}。", f"issue.toml cannot be written: {error.strerror}.")
        ) from error
