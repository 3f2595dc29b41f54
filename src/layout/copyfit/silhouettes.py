"""Gives the obstacles of a page the silhouettes of their pictures, as they are cropped; tells of those without one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from layout.checks import Finding, room_checks
from layout.copyfit.crop_limits import Originals, rules_of
from layout.errors import Hint, Message
from layout.geometry import IDENTITY, Box, apply
from layout.page.contours import Contour
from layout.page.frames import MeasuredPage
from layout.page.obstacles import Obstacle, SilhouetteOf
from layout.pictures.crop import ShareBox, view
from layout.pictures.silhouette import Silhouette, silhouette_of

_ALL: ShareBox = (0.0, 0.0, 1.0, 1.0)
_LEAST, _WHOLE = 1e-6, 0.99
"""Shares of its box that a picture hardly takes, and that look as if it took all: a hundredth is a corner cut off."""


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
    shown, file = _shown(page, shape.id, of, originals)
    found = silhouette_of(file, of.threshold) if file is not None else None
    boxes = (of.box,) if found is None else tuple(_boxes(found, of, shown))
    if not boxes:  # nothing of it is seen in the box
        boxes = (Box(of.box.x, of.box.y, 0.0, 0.0),)
    if of.matrix == IDENTITY:
        return replace(shape, contour=Contour(boxes=boxes, reach=of.margin))
    return replace(shape, contour=Contour(_turned(boxes, of), reach=of.margin))


def _shown(page: MeasuredPage, key: str, of: SilhouetteOf, originals: Originals) -> tuple[ShareBox, Path | None]:
    """What the box with this *key* shows of a picture, and the picture's file; None where nothing is known of it."""
    original = None if of.picture is None else originals.get(of.picture)
    box = next((each for each in page.pictures if each.id == key), None)
    if original is None or box is None or of.box.height <= 0:
        return _ALL, of.file
    return view(original, rules_of(box), of.box.width, of.box.height).shown, original.file


def findings(page: MeasuredPage, originals: Originals) -> Iterator[Finding]:
    """``picture.no_contour``: text shall run around a picture's own contour, and the picture fills its box or leaves it
    empty.
    """
    for shape in page.shapes:
        of = shape.silhouette
        shown, file = (_ALL, None) if of is None else _shown(page, shape.id, of, originals)
        if of is None or file is None:
            continue
        found = silhouette_of(file, of.threshold)
        share = 1.0 if found is None else sum(box.area for box in _boxes(found, of, shown)) / max(of.box.area, _LEAST)
        if _LEAST < share < _WHOLE:
            continue
        zh, en = ("在框里全是透明的，文字不绕它", "is clear all over its box: text does not run around it")
        if share >= _WHOLE:
            zh, en = ("没有透明的部分，文字照图框绕排", "has no clear parts: text runs around its box")
        check = room_checks("copyfit")["picture.no_contour"]
        name = of.picture or file.name
        yield Finding(
            check.id, check.severity,
            Message(f"图片 {name} {zh}（shape-outside）", f"picture {name} {en} (shape-outside)"),
            hint=check.hint() if of.picture else replace(check.hint() or Hint(), editor=None),
            page_no=page.page_no, amount={"picture": name},
        )  # fmt: skip


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
