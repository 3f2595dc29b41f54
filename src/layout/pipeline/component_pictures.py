"""Pictures of components, cut out of pages that were really made: where each stands is in the pages' inspections."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from layout.design.components import Component
from layout.engine.element_sources import PageElement
from layout.geometry import Box
from layout.pipeline.inspection import PageInspection
from layout.proof.arrangement_json import MadeUpJson
from layout.proof.raster import cut_out

MARGIN = 6.0
"""Points of the page around a component."""
TALLEST = 420.0
"""Points: of a column that runs down a whole page its head is enough."""
WIDEST = 760
"""Pixels of a picture: what a page of documentation has room for."""
MOST_SCALE = 2.0
"""Pixels to the point: a screen's two for one."""
LEAST_SIDE = 4.0
"""Points: what is smaller shows nothing."""


@dataclass(frozen=True)
class InspectedPage:
    """A page that was made and inspected."""

    pdf: Path
    index: int
    """Of the file, from 0."""
    inspection: PageInspection
    shapes: Mapping[str, str] = field(default_factory=dict)
    """Of a page that is made up the shape of each piece, by the name of its band."""


@dataclass(frozen=True)
class ComponentSpot:
    """Where a component stands."""

    page: InspectedPage
    box: Box
    elements: int


def shapes_of(made_up: MadeUpJson | None) -> dict[str, str]:
    """The shape of each piece of an arrangement, by the piece's name."""
    return {} if made_up is None else {piece["id"]: piece["shape"] for piece in made_up["chosen"]["pieces"]}


def spots_of(component: Component, design: str, pages: Sequence[InspectedPage]) -> list[ComponentSpot]:
    """Where *component* of the *design* stands on *pages*; the spot that shows most of it comes first."""
    file = component.file if component.is_shared else f"{design}/{component.file}"
    found = [spot for page in pages for spot in _spots(component, file, page)]
    fitting = [each for each in found if min(each.box.width, each.box.height) >= LEAST_SIDE]
    return sorted(fitting, key=order_of)


def order_of(spot: ComponentSpot) -> tuple[bool, int, float]:
    """By which spots are ordered: first what a picture can hold, of that what has most in it, and the largest."""
    return spot.box.height > TALLEST, -spot.elements, -spot.box.area


def picture_of(spot: ComponentSpot) -> bytes:
    """The component on its page as the press gets it, as a JPEG."""
    box, page = spot.box, spot.page.inspection
    left, top = max(0.0, box.x - MARGIN), max(0.0, box.y - MARGIN)
    right, bottom = min(page.width, box.right + MARGIN), min(page.height, box.bottom + MARGIN, top + TALLEST)
    scale = min(MOST_SCALE, WIDEST / (right - left))
    region = Box(left, top, right - left, bottom - top)
    return cut_out(spot.page.pdf, spot.page.index, region, scale, (page.width, page.height))


def _spots(component: Component, file: str, page: InspectedPage) -> Iterator[ComponentSpot]:
    if not component.is_macro:
        yield from _of_partial(component, file, page)
        return
    together: dict[int, list[PageElement]] = {}
    for element in page.inspection.elements:
        for call in element.calls:
            if call.name == component.name and call.component == file:
                together.setdefault(call.number, []).append(element)
    for own in together.values():
        yield ComponentSpot(page, _around([each.box for each in own]), len(own))


def _of_partial(component: Component, file: str, page: InspectedPage) -> Iterator[ComponentSpot]:
    """A partial by the largest element that it writes; a shape by its band."""
    own = [each for each in page.inspection.elements if each.place is not None and each.place.file == file]
    if own:
        yield ComponentSpot(page, max(own, key=lambda each: each.box.area).box, len(own))
        return
    for band in page.inspection.bands:
        if page.shapes.get(band.name) == component.name:
            yield ComponentSpot(page, band.box, 1)


def _around(boxes: Sequence[Box]) -> Box:
    """The box around *boxes* that have a size."""
    sized = [box for box in boxes if box.width > 0 and box.height > 0] or list(boxes)
    left, top = min(box.x for box in sized), min(box.y for box in sized)
    right, bottom = max(box.right for box in sized), max(box.bottom for box in sized)
    return Box(left, top, right - left, bottom - top)
