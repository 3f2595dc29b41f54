"""Gives the obstacles of a page the silhouettes of their pictures, cropped as the boxes show them."""

from __future__ import annotations

from dataclasses import replace

from layout.copyfit.crop_limits import Originals, rules_of
from layout.geometry import IDENTITY, Box, apply
from layout.page.contours import Contour
from layout.page.frames import MeasuredPage, Obstacle, SilhouetteOf
from layout.pictures.crop import ShareBox, view
from layout.pictures.silhouette import Silhouette, silhouette_of

_ALL: ShareBox = (0.0, 0.0, 1.0, 1.0)


def with_silhouettes(page: MeasuredPage, originals: Originals) -> MeasuredPage:
    """*page* whose obstacles have the contours of what is seen of their pictures.

    Of a picture that has no clear parts, or that nothing is known of, the contour is the box.
    """
    if not any(shape.silhouette for shape in page.shapes):
        return page
    return replace(page, shapes=tuple(_contoured(page, shape, originals) for shape in page.shapes))


def _contoured(page: MeasuredPage, shape: Obstacle, originals: Originals) -> Obstacle:
    of = shape.silhouette
    if of is None:
        return shape
    shown, file = _ALL, of.file
    if of.picture is not None:
        original = originals.get(of.picture)
        box = next((each for each in page.pictures if each.id == shape.id), None)
        if original is not None and box is not None and of.box.height > 0:
            shown, file = view(original, rules_of(box), of.box.width, of.box.height).shown, original.file
    found = silhouette_of(file, of.threshold) if file is not None else None
    boxes = (of.box,) if found is None else tuple(_boxes(found, of, shown))
    if not boxes:  # nothing of it is seen in the box
        boxes = (Box(of.box.x, of.box.y, 0.0, 0.0),)
    if of.matrix == IDENTITY:
        return replace(shape, contour=Contour(boxes=boxes, reach=of.margin))
    return replace(shape, contour=Contour(_turned(boxes, of), reach=of.margin))


def _boxes(found: Silhouette, of: SilhouetteOf, shown: ShareBox) -> list[Box]:
    """The seen stretches as rectangles on the page, cut off where the box ends."""
    left, top, right, bottom = shown
    across, down = of.box.width / (right - left), of.box.height / (bottom - top)
    boxes = []
    for number, stretch in enumerate(found):
        first, last = (max(top, min(bottom, (number + k) / len(found))) for k in (0, 1))
        if stretch is None or last <= first:
            continue
        start, end = (max(left, min(right, x)) for x in stretch)
        if end > start:
            x, y = of.box.x + (start - left) * across, of.box.y + (first - top) * down
            boxes.append(Box(x, y, (end - start) * across, (last - first) * down))
    return boxes


def _turned(boxes: tuple[Box, ...], of: SilhouetteOf) -> tuple[tuple[float, float], ...]:
    """The polygon around the rectangles of a turned picture: down their left edges and up their right ones."""
    left = [point for box in boxes for point in ((box.x, box.y), (box.x, box.bottom))]
    right = [point for box in reversed(boxes) for point in ((box.right, box.bottom), (box.right, box.y))]
    return tuple(apply(of.matrix, x, y) for x, y in (*left, *right))
