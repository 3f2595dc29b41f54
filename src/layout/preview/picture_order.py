"""The pictures of a page in the order in which its template has them, as the page was made."""

from __future__ import annotations

import re
from collections.abc import Sequence

from layout.design import data_attributes as attribute
from layout.pipeline.job import PageResult, PageTask

_SEAT = re.compile(rf"""\b{re.escape(attribute.PICTURE)}\s*=\s*["']([^"']+)["']""")


def picture_order(task: PageTask, made: PageResult) -> Sequence[str] | None:
    """What ``pictures`` of the page would have to say for them to stand as they do; None where a page is made up, or
    its template has not the boxes that the page has.

    A template may have its boxes in another order than the list: which box the first of the list gets is seen in the
    page as it was filled, with the pictures in the order of the list.
    """
    listed = [picture.id for picture in task.plan.pictures]
    if task.plan.auto is not None or made.inspection is None:
        return None
    if task.plan.seats == "order":
        return listed
    variants = task.job.html.get(task.plan.number, {})
    html = next((text for name, text in variants.items() if name.template == made.inspection.variant), None)
    boxes, standing = _SEAT.findall(html or ""), [each.picture for each in made.inspection.pictures]
    if sorted(boxes) != sorted(standing):
        return None
    order = dict(zip(boxes, standing, strict=True))
    return [order.get(name, name) for name in listed]
