"""How much copy a kind of page takes, as the design states; read by the process that sets pages, too."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from layout.design.design_files import read_design_toml
from layout.errors import LayoutError
from layout.issue import PagePlan
from layout.manuscript.model import Story

KEY = "characters"
"""Of each kind of page the fewest and the most, without a picture, with one and so on."""


class CopyRange(NamedTuple):
    """Characters of running text that a page takes."""

    least: int
    most: int


def copy_range(folder: Path, plan: PagePlan) -> CopyRange | None:
    """What the design in *folder* states for this kind of page with as many photographs; None where it says nothing.

    The last that is stated stands for any more.
    """
    try:
        toml = read_design_toml(folder)
    except LayoutError:  # the lint reports it
        return None
    table = toml.values.get(KEY) if toml else None
    rows = table.get(plan.kind) if isinstance(table, Mapping) else None
    if not isinstance(rows, list) or not rows:
        return None
    photographs = sum(picture.kind == "photograph" for picture in plan.pictures)
    row = rows[min(photographs, len(rows) - 1)]
    if not isinstance(row, list):
        return None
    least, most = (number for number in row if isinstance(number, int))
    return CopyRange(least, most)


def characters_of(story: Story) -> int:
    """Characters of the story's running text, without white space and headings."""
    texts = [story.lede, *(section.body for section in story.sections), story.text("closing")]
    return sum(not each.isspace() for text in texts for each in text.text)
