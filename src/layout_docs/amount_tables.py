"""The tables of how much copy each kind of page takes: the ``characters`` of the designs that are shipped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pydantic import TypeAdapter

from layout import assets
from layout.design.copy_amount import KEY
from layout.design.design_files import read_design_toml
from layout.design.page_hooks import page_hooks
from layout.design.shown_parts import OTHERS
from layout_docs.markdown import table

PICTURES = range(10)
"""Numbers of pictures for which the shipped designs state an amount."""
FIVE = 5
"""The number for which the README states it: its editor has five pictures."""
_CHARACTERS = TypeAdapter(dict[str, list[list[int]]])


def whole() -> str:
    """A table with a column for each number of pictures."""
    heads = ["版式 design", "`kind`", *(f"{number} 图" for number in PICTURES)]
    rows = ((design, kind, [*map(_stated, bounds), *["–"] * len(PICTURES)]) for design, kind, bounds in _rows())
    return table(heads, ([f"`{design}`", f"`{kind}`", *cells[: len(PICTURES)]] for design, kind, cells in rows))


def with_five() -> str:
    """A line for each design whose pages take five pictures."""
    lines: dict[str, list[str]] = {}
    for design, kind, bounds in (row for row in _rows() if len(row[2]) > FIVE):
        lines.setdefault(design, []).append(f"`{kind}` {_stated(bounds[FIVE])}")
    return "\n".join(f"- `{design}`: {', '.join(kinds)}" for design, kinds in lines.items())


def _stated(bounds: Sequence[int]) -> str:
    least, most = bounds
    return f"{least}–{most}"


def _rows() -> Iterator[tuple[str, str, list[list[int]]]]:
    """Design, kind of page, its bounds for each number of pictures that it may have; the last that is stated stands
    for more.
    """
    for folder in sorted(assets.templates_dir().iterdir()):
        toml = read_design_toml(folder)
        stated = _CHARACTERS.validate_python(toml.values.get(KEY, {}) if toml else {})
        most = {hooks.kind: hooks.limits.most_pictures for hooks in page_hooks(folder)} if stated else {}
        for kind, bounds in stated.items():
            if kind.startswith(OTHERS):  # of boxes, which the design's own page tells of
                continue
            numbers = [number for number in PICTURES if (own := most[kind]) is None or number <= own]
            yield folder.name, kind, [bounds[min(number, len(bounds) - 1)] for number in numbers]
