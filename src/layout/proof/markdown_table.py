"""Tables in Markdown, of words that may hold anything."""

from __future__ import annotations

from collections.abc import Sequence

ESCAPES = str.maketrans({**{char: f"\\{char}" for char in "\\|*_[]`~#"}, "&": "&amp;", "<": "&lt;", ">": "&gt;"})


def markdown_table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table with a line for each of *rows*; their cells are Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join(f"| {' | '.join(map(str, line))} |" for line in lines)


def as_plain(value: object) -> str:
    """The newsroom's own words as table text: on one line, and none of them taken for Markdown or HTML."""
    return " ".join(str(value).split()).translate(ESCAPES)
