"""Markdown tables whose cells hold both languages."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping, Sequence
from importlib.resources import files
from typing import Any

from layout.errors import Message

END = "<!-- / -->"
"""What stands behind a table in a guide; before it stands ``<!-- NAME -->``."""


def both(message: Message) -> str:
    """A cell's two texts, the Chinese above the English."""
    return f"{message.zh}<br>{message.en}" if message.zh != message.en else message.zh


def literal(message: Message) -> Message:
    """A message whose signs say nothing to Markdown: ``**`` stays ``**``, ``<b>`` is no tag."""
    return Message(*(text.replace("*", r"\*").replace("<", "&lt;") for text in (message.zh, message.en)))


def table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table; a bar or a break of line in a cell would end it, and is written so that it does not."""
    lines = [_row(heads), f"|{' --- |' * len(heads)}", *map(_row, rows)]
    return "\n".join(lines)


def _row(cells: Sequence[str]) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|').replace(chr(10), ' ') for cell in cells)} |"


def page(title: Message, about: Message, *parts: str) -> str:
    """A page: its title, what it is made from, and its parts with an empty line between."""
    return "\n\n".join([f"# {heading(title)}", about.zh, about.en, *parts]) + "\n"


def section(title: Message, *parts: str) -> str:
    """A part of a page under a heading of its own."""
    return "\n\n".join([f"## {heading(title)}", *parts])


def heading(title: Message) -> str:
    """The words of a heading: once, where both languages have the same."""
    return title.zh if title.zh == title.en else f"{title.zh} / {title.en}"


def filled(text: str, name: str, made: str) -> str:
    """The guide *text* with *made* between its marks of that *name*. Raises ``ValueError`` where it has none."""
    before, rest = text.split(f"<!-- {name} -->", 1)
    return f"{before}<!-- {name} -->\n{made}\n{END}{rest.split(END, 1)[1]}"


def toml(package: str, name: str) -> Mapping[str, Any]:
    """A table of words that lies beside the modules of a room."""
    return tomllib.loads(files(package).joinpath(name).read_text(encoding="utf-8"))


def words(row: Mapping[str, str]) -> Message:
    """The two texts of a row."""
    return Message(row["zh"], row["en"])
