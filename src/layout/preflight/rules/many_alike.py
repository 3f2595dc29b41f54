"""Findings of one kind on one page, as one where they are many: a drawing in strips has hundreds of pictures."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import replace

from layout.checks import Finding
from layout.errors import Message

MANY = 8
"""Findings of one kind on a page that are told one by one: a newspaper page has some ten pictures in all, and each is
mended by itself."""


def as_one(found: Iterable[tuple[Hashable, Finding]]) -> Iterator[Finding]:
    """The findings, each given with its kind; of a kind that has more than ``MANY`` the first for all, with all boxes
    and their number as ``places``.
    """
    by_kind: dict[Hashable, list[Finding]] = {}
    for kind, finding in found:
        by_kind.setdefault(kind, []).append(finding)
    for alike in by_kind.values():
        first, count = alike[0], len(alike)
        if count <= MANY:
            yield from alike
            continue
        message = Message(
            f"{first.message.zh}（这一版同样的共 {count} 处）", f"{first.message.en} ({count} like it on this page.)"
        )
        boxes = tuple(dict.fromkeys(box for each in alike for box in each.boxes))
        yield replace(first, message=message, boxes=boxes, amount={**first.amount, "places": count})
