"""Edits to an issue.toml: one value is changed, every other line stays as it is, comments too."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import tomlkit
from tomlkit import TOMLDocument
from tomlkit.items import AoT, Item, SingleKey, Table

PLACES = 3
"""Decimals of a share of a picture: a thousandth of a photograph is a pixel or four."""


def with_arrangement(text: str, number: int, words: str) -> str:
    """*text*, an issue.toml, with *words* as the arrangement of page *number*. Raises ``KeyError`` for no such page."""
    return _changed(text, ("page", "number", number), "arrangement", tomlkit.string(words))


def with_variant(text: str, number: int, name: str | None) -> str:
    """*text* with *name* as the variant of page *number*, or with none written: the cheapest is taken again.

    Raises ``KeyError`` for no such page.
    """
    return _changed(text, ("page", "number", number), "variant", None if name is None else tomlkit.string(name))


def with_focus(text: str, picture: str, focus: tuple[float, float]) -> str:
    """*text* with *focus*, shares of width and height, as the focal point of *picture*. Raises ``KeyError`` for no such
    picture.
    """
    return _changed(text, ("picture", "id", picture), "focus", _shares(focus))


def with_keep(text: str, picture: str, keep: tuple[float, float, float, float] | None) -> str:
    """*text* with *keep*, left, top, right, bottom as shares, as what must stay of *picture*; None: nothing is said of
    it any more. Raises ``KeyError`` for no such picture.
    """
    return _changed(text, ("picture", "id", picture), "keep", None if keep is None else _shares(keep))


def with_order(text: str, number: int, pictures: Sequence[str]) -> str:
    """*text* with the *pictures* of page *number* in that order, which is then the order of their boxes (``seats``).

    Raises ``KeyError`` for no such page.
    """
    document = tomlkit.parse(text)
    table = _table(document, "page", "number", number)
    names = table.get("pictures")
    if names is None or sorted(map(str, names)) != sorted(pictures):
        raise KeyError(number)
    for at, name in enumerate(pictures):  # one by one: line ends and comments between them stay
        if names[at] != name:
            names[at] = name
    if table.get("seats") != "order":
        _put(table, "seats", tomlkit.string("order"))
    return tomlkit.dumps(document)


def _shares(numbers: Sequence[float]) -> Item:
    array = tomlkit.array()
    array.extend(round(min(1.0, max(0.0, number)), PLACES) for number in numbers)
    return array


def _changed(text: str, which: tuple[str, str, object], key: str, value: Item | None) -> str:
    document = tomlkit.parse(text)
    table = _table(document, *which)
    if value is not None:
        _put(table, key, value)
    elif key in table:
        del table[key]
    return tomlkit.dumps(document)


def _table(document: TOMLDocument, kind: str, by: str, name: object) -> Any:
    """The table ``[[kind]]`` whose key *by* is *name*. Raises ``KeyError`` where there is none."""
    found = next((each for each in document.get(kind, ()) if each.get(by) == name), None)
    if found is None:
        raise KeyError(name)
    return found


def _put(table: Any, key: str, value: Item) -> None:
    """Sets the key; a new one stands behind the table's last own key."""
    if key in table:
        table[key] = value
        return
    body = table.value.body
    # tomlkit's ``add`` would put it behind the comment of what follows.
    last = max(at for at, (own, item) in enumerate(body) if own is not None and not isinstance(item, AoT | Table))
    value.trivia.trail = body[last][1].trivia.trail or "\n"
    body.insert(last + 1, (SingleKey(key), value))
