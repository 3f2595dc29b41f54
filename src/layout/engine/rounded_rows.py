"""Rows of boxes that are broken for the last digit of a sum: the boxes' widths add up to the row's, and a hair more."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, cast

from layout.engine.weasyprint_types import LayoutBox

_HAIR = 0.05
"""CSS pixels that a sum of shares may be too wide: rounding, and per cent written with six places (16.666667 %)."""


def broken_by_rounding(box: LayoutBox) -> LayoutBox | None:
    """The first box in a row of *box* that a hair has pushed to the next row; None where there is none."""
    rows, room, gap = _rows(box)
    for row, following in pairwise(rows):
        if not row or not following:
            continue
        taken = sum(each.margin_width() for each in (*row, following[0])) + gap * len(row)
        if room < taken <= room + _HAIR:
            return following[0]
    return None


def _rows(box: LayoutBox) -> tuple[Sequence[Sequence[LayoutBox]], float, float]:
    """The rows of a flex container that wraps, or the inline blocks of a block's lines; how wide they may be; gaps."""
    style, children = box.style, getattr(box, "children", ())
    display = cast("Sequence[str]", style["display"])
    if "flex" in display:
        if style["flex_wrap"] == "nowrap" or "column" in cast("str", style["flex_direction"]):
            return (), 0.0, 0.0
        if any(child.style["flex_grow"] for child in children):
            return (), 0.0, 0.0
        rows: dict[float, list[LayoutBox]] = {}
        for child in children:
            rows.setdefault(round(child.position_y, 2), []).append(child)
        gap: Any = style["column_gap"]
        return [rows[y] for y in sorted(rows)], box.width, getattr(gap, "value", 0.0)
    lines = [line for line in children if type(line).__name__ == "LineBox"]
    if len(lines) < 2 or any(not _blocks(line) for line in lines):
        return (), 0.0, 0.0
    return [line.children for line in lines], box.width, 0.0


def _blocks(line: LayoutBox) -> bool:
    """Whether a line holds nothing but inline blocks."""
    return all(hasattr(child, "margin_width") and hasattr(child, "border_top_width") for child in line.children)
