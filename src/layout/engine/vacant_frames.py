"""Takes what the style draws beside frames off a page while it is painted, where the frames hold no copy."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from typing import Any

from layout.design import data_attributes as attribute
from layout.engine.box_traits import pseudo_of


@contextmanager
def without_ornaments(page_box: Any, vacant: Collection[str]) -> Iterator[None]:
    """While it is open the boxes ``::before`` and ``::after`` of the *vacant* frames are not on the page. They come
    back, for the layout may serve for other copy.
    """
    taken = [
        (box, box.children) for box in _boxes(page_box) if vacant and any(_is_of(each, vacant) for each in box.children)
    ]
    for box, children in taken:
        box.children = [each for each in children if not _is_of(each, vacant)]
    try:
        yield
    finally:
        for box, children in taken:
            box.children = children


def _is_of(box: Any, vacant: Collection[str]) -> bool:
    element = getattr(box, "element", None)
    return element is not None and bool(pseudo_of(box)) and element.get(attribute.KEY) in vacant


def _boxes(box: Any) -> Iterator[Any]:
    """*box* and all that stand in it and have boxes in them."""
    if getattr(box, "children", None):
        yield box
        for child in box.children:
            yield from _boxes(child)
