"""What a page that is made up may hold, what it holds in the end, and what pins and reserves fix of it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

from layout.flows import Flow
from layout.issue import PagePlan
from layout.issue.auto_page import AutoPage, Reserve, Side
from layout.issue.model import Picture
from layout.makeup.arrangement import Arrangement, pieces
from layout.makeup.height_tables import Fixed
from layout.manuscript.model import Story, Text

SIDES: tuple[Side, ...] = ("top", "foot", "left", "right")
"""The edges of a page."""


def with_all(plan: PagePlan) -> PagePlan:
    """*plan* with all that it may hold: its pool and its fillers, which weigh less than its stories."""
    auto = plan.auto or AutoPage()
    fillers = [each for each in auto.fillers if isinstance(each, Story)]
    pictures = [each for each in auto.fillers if isinstance(each, Picture)]
    stories = {story.id: story for story in (*plan.stories, *auto.pool, *fillers)}
    placed = [_advertisement(reserve) for reserve in auto.reserves if reserve.path]
    known = {picture.id: picture for picture in (*plan.pictures, *pictures, *placed)}
    return replace(plan, stories=tuple(stories.values()), pictures=tuple(known.values()))


def _advertisement(reserve: Reserve) -> Picture:
    """What stands in *reserve*."""
    assert reserve.path is not None
    empty = [Text(Flow.of_picture(reserve.id, name), ()) for name in ("caption", "credit")]
    return Picture(
        reserve.id, reserve.path, reserve.file, empty[0], empty[1], (0.5, 0.5), "", reserve.place,
        kind="advertisement", labelled=reserve.labelled,
    )  # fmt: skip


def holding(plan: PagePlan, tree: Arrangement) -> PagePlan:
    """*plan* with the stories and pictures of *tree* only."""
    own = list(pieces(tree))
    names, pictures = {piece.id for piece in own}, {name for piece in own for name in piece.pictures}
    return replace(
        plan,
        stories=tuple(story for story in plan.stories if story.id in names),
        pictures=tuple(picture for picture in plan.pictures if picture.id in pictures),
    )


def fixed(auto: AutoPage, ids: list[str], loose: Collection[str]) -> Fixed:
    """What pins and reserves fix, by the numbers of the stories in *ids*; *loose* are the pictures of no story."""
    sides: dict[Side, int] = dict.fromkeys(SIDES, 0)
    for pin in auto.pins:
        if pin.at:
            sides[pin.at] |= 1 << ids.index(pin.story)
    for reserve in auto.reserves:
        for side in reserve.at:
            sides[side] |= 1 << ids.index(reserve.id)
    beside = tuple((ids.index(pin.story), ids.index(pin.beside)) for pin in auto.pins if pin.beside)
    free = sum(1 << ids.index(pin.story) for pin in auto.pins if pin.beside and not pin.at)
    free |= sides["top"] | sides["foot"] | sides["left"] | sides["right"]
    at = sides
    weightless = sum(1 << number for number, name in enumerate(ids) if name in loose)
    return Fixed(at["top"], at["foot"], at["left"], at["right"], beside, free, weightless)
