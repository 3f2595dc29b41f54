"""Pictures of components, cut out of pages that were really made: where each stands is in the pages' inspections.

What stands beside a component is not cut through: the strip of page around it ends where a line or a picture begins
that is no part of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from layout.design.components import Component
from layout.engine.element_sources import PageElement
from layout.geometry import Box, box_around
from layout.pipeline.inspection import PageInspection
from layout.proof.component_page import ComponentPicture
from layout.proof.raster import cut_out

MARGIN = 6.0
"""Points of the page around a component, where nothing else stands there."""
TALLEST = 430.0
"""Points: of a column that runs down a whole page its head is enough;"""
WIDE = 1.25
"""of what is wide, such as a lead, so many times its width, so that all of it is there."""
WIDEST = 1040
"""Pixels of a picture: true size of what takes a tabloid page's width; two pixels for one of half that."""
MOST_SCALE = 8 / 3
"""Pixels to the point: true size on a screen of two pixels for one."""
LEAST_SIDE = 4.0
"""Points: what is smaller shows nothing."""


@dataclass(frozen=True)
class InspectedPage:
    """A page that was made and inspected."""

    pdf: Path
    index: int
    """Of the file, from 0."""
    inspection: PageInspection


@dataclass(frozen=True)
class ComponentSpot:
    """Where a component stands."""

    page: InspectedPage
    box: Box
    elements: int


def spots_of(component: Component, design: str, pages: Sequence[InspectedPage]) -> list[ComponentSpot]:
    """Where *component* of the *design* stands on *pages*; the spot that shows most of it comes first."""
    file = component.file if component.is_shared else f"{design}/{component.file}"
    found = [spot for page in pages for spot in _spots(component, file, page)]
    fitting = [each for each in found if min(each.box.width, each.box.height) >= LEAST_SIDE]
    return sorted(fitting, key=order_of)


def order_of(spot: ComponentSpot) -> tuple[bool, int, float]:
    """By which spots are ordered: first what a picture can hold, of that what has most in it, and the largest."""
    return spot.box.height > _tallest(spot.box), -spot.elements, -spot.box.area


def picture_of(spot: ComponentSpot, widest: int = WIDEST) -> ComponentPicture:
    """The component on its page as the press gets it, *widest* pixels wide at the most."""
    page = spot.page.inspection
    region = strip_around(page, spot.box)
    scale = min(MOST_SCALE, widest / region.width)
    content = cut_out(spot.page.pdf, spot.page.index, region, scale, (page.width, page.height))
    return ComponentPicture(content, region.width, region.height)


def strip_around(page: PageInspection, box: Box) -> Box:
    """What of the *page* is shown of a component in *box*: no more of its height than a picture holds, down to the foot
    of a line, and around it ``MARGIN`` points, or as much as is free.
    """
    shown = _head_of(page, box) if box.height > _tallest(box) else box
    others = [each for each in _marks(page) if not _overlap(each, shown)]
    left = max(
        [0.0, shown.x - MARGIN, *(each.right for each in others if each.right <= shown.x and each.beside(shown))]
    )
    right = min(
        [page.width, shown.right + MARGIN, *(each.x for each in others if each.x >= shown.right and each.beside(shown))]
    )
    wide = Box(left, shown.y, right - left, shown.height)
    top = max(
        [0.0, shown.y - MARGIN, *(each.bottom for each in others if each.bottom <= shown.y and _over(each, wide))]
    )
    bottom = min(
        [
            page.height,
            shown.bottom + MARGIN,
            *(each.y for each in others if each.y >= shown.bottom and _over(each, wide)),
        ]
    )
    return Box(left, top, right - left, bottom - top)


def _tallest(box: Box) -> float:
    return max(TALLEST, WIDE * box.width)


def _head_of(page: PageInspection, box: Box) -> Box:
    """The head of *box*, so high as a picture holds, that cuts no line and no picture through."""
    foot = box.y + _tallest(box)
    for each in sorted(_marks(page), key=lambda each: -each.bottom):
        if each.y < foot < each.bottom and _over(each, box) and each.y > box.y + TALLEST / 2:
            foot = each.y
    return replace(box, height=foot - box.y)


def _marks(page: PageInspection) -> list[Box]:
    """The boxes of all lines and pictures."""
    return [*(line.box for line in page.lines), *(picture.box for picture in page.pictures)]


def _over(one: Box, other: Box) -> bool:
    return one.above_or_below(other)


def _overlap(one: Box, other: Box) -> bool:
    return one.beside(other) and one.above_or_below(other)


def _spots(component: Component, file: str, page: InspectedPage) -> Iterator[ComponentSpot]:
    if not component.is_macro:
        own = [each for each in page.inspection.elements if each.place is not None and each.place.file == file]
        if own:  # a partial stands where the largest element stands that it writes
            yield ComponentSpot(page, max(own, key=lambda each: each.box.area).box, len(own))
        return
    together: dict[int, list[PageElement]] = {}
    for element in page.inspection.elements:
        for call in element.calls:
            if call.name == component.name and call.component == file:
                together.setdefault(call.number, []).append(element)
    for own in together.values():
        sized = [each.box for each in own if each.box.width > 0 and each.box.height > 0]
        if sized:
            yield ComponentSpot(page, box_around(sized), len(own))
