"""The words that a design wants of a page's first story: a nameplate. Read by the process that sets pages, too."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from layout.design.design_files import read_design_toml
from layout.errors import LayoutError
from layout.issue import PagePlan

KEY = "words"
"""Of each kind of page the words that it wants."""


def missing_words(folder: Path, plan: PagePlan) -> tuple[str, ...]:
    """The words that the design in *folder* wants of a page of this kind and its first story does not have."""
    try:
        toml = read_design_toml(folder)
    except LayoutError:  # the lint reports it
        return ()
    table = toml.values.get(KEY) if toml else None
    wanted = table.get(plan.kind) if isinstance(table, Mapping) else None
    has = plan.stories[0].parts["words"] if plan.stories else {}
    if not isinstance(wanted, list) or not isinstance(has, Mapping):
        return ()
    return tuple(name for name in wanted if isinstance(name, str) and name not in has)
