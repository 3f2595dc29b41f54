"""A page whose arrangement is written down: set as it is written, or told with the nearest that fits."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from layout.checks import Finding
from layout.errors import Message, Place, PlanError
from layout.makeup.arrangement import Arrangement
from layout.makeup.choosing import Chooser, Chosen
from layout.makeup.findings import no_longer, written_not_full
from layout.makeup.nearest_arrangement import nearest
from layout.makeup.written_tree import check_fixed, check_tree


def as_written(
    tree: Arrangement, chooser: Chooser, found: Callable[[], Chosen], page_no: int, place: Place
) -> tuple[Chooser, Chosen, tuple[Finding, ...]]:
    """What is taken of *tree*, written at *place*, and what there is to say of it. *found* gives what *chooser* finds
    where nothing is written; it raises ``PlanError`` where that is nothing.
    """
    rows = chooser.space.rows
    fault = _misfit(tree, chooser, place)
    own = replace(chooser, tree=tree)
    written = own.choose() if fault is None else None
    if written is None:
        near = nearest(tree, found(), chooser)
        full = near.is_full(rows)
        return chooser, near, (no_longer(fault, near.candidate.words, page_no, place, full=full),)
    if written.is_full(rows):
        return own, written, ()
    free = chooser.choose()
    instead = nearest(tree, free, chooser) if free else None
    fits = instead.candidate.words if instead and instead.is_full(rows) else ""
    return own, written, (written_not_full(written.rows - rows, fits, page_no, place),)


def _misfit(tree: Arrangement, chooser: Chooser, place: Place) -> Message | None:
    """Why *tree* cannot be what stands on the page."""
    ids = [story.id for story in chooser.stories]
    must = [name for number, name in enumerate(ids) if chooser.contents.must >> number & 1]
    try:
        check_tree(tree, dict(zip(ids, chooser.options, strict=True)), must, chooser.space.columns, place)
        check_fixed(tree, chooser.fixed, ids, place)
    except PlanError as fault:
        return fault.message
    return None
