"""How much copy a kind of page takes, as the design states; read by the process that sets pages, too."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from layout.design.design_files import read_design_toml
from layout.design.shown_parts import of_others
from layout.errors import LayoutError
from layout.issue import PagePlan
from layout.manuscript.model import Story

KEY = "characters"
"""Of each kind of page the fewest and the most, without a picture, with one and so on; ``others-KIND`` of each story
but the first."""


class CopyRange(NamedTuple):
    """Characters of running text that a page takes."""

    least: int
    most: int


def copy_range(folder: Path, plan: PagePlan) -> CopyRange | None:
    """What the design in *folder* states for this kind of page with as many photographs; None where it says nothing.

    The last that is stated stands for any more.
    """
    return _stated(folder, plan, plan.kind)


def box_range(folder: Path, plan: PagePlan) -> CopyRange | None:
    """What the design in *folder* states for a story beside the first one of *plan*, which stands in a box: what it
    says under ``others-KIND``, and no more than the first story leaves. None where it says nothing.
    """
    stated = _stated(folder, plan, of_others(plan.kind))
    page, first = copy_range(folder, plan), plan.stories[0]
    if stated is None or page is None or first.id in plan.continues:
        return stated
    return CopyRange(stated.least, max(stated.least, min(stated.most, page.most - characters_of(first))))


def _stated(folder: Path, plan: PagePlan, name: str) -> CopyRange | None:
    try:
        toml = read_design_toml(folder)
    except LayoutError:  # the lint reports it
        return None
    table = toml.values.get(KEY) if toml else None
    rows = table.get(name) if isinstance(table, Mapping) else None
    if not isinstance(rows, list) or not rows:
        return None
    row = rows[min(len(plan.photographs), len(rows) - 1)]
    if not isinstance(row, list):
        return None
    least, most = (number for number in row if isinstance(number, int))
    return CopyRange(least, most)


def characters_of(story: Story) -> int:
    """Characters of the story's running text, without white space and headings."""
    texts = [story.lede, *(section.body for section in story.sections), story.text("closing")]
    return sum(not each.isspace() for text in texts for each in text.text)
