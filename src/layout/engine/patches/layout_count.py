"""Counts how often WeasyPrint lays out a box for one layout of a page, and stops it where that never ends.

Changes ``weasyprint.layout.block.block_level_layout`` and ``block_container_layout``. WeasyPrint lays the children of a
flex or grid container out three times and more to learn their sizes: of boxes in boxes it takes three to the power of
their depth. ``BOXES`` of them take some seconds; beyond, ``TooManyBoxes`` says in which element. Changes no layout.
``tests/engine/test_layout_bound.py`` fails when one of these functions moves.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint.layout import block

BOXES = 20_000
"""Layouts of boxes within one layout of a page; the largest sample has 1,400."""

_COUNT = "boxes_laid_out"


class TooManyBoxes(Exception):
    """A page whose layout would not end; ``element`` is the one that was laid out last."""

    def __init__(self, element: Element | None):
        super().__init__(element)
        self.element = element


def install() -> None:
    """Puts a counter before both functions."""
    for name in ("block_level_layout", "block_container_layout"):
        own = getattr(block, name)
        if own.__name__ != "counted":
            setattr(block, name, _counting(own))


def _counting(function: Callable[..., Any]) -> Callable[..., Any]:
    def counted(context: Any, box: Any, *more: Any, **named: Any) -> Any:
        count = getattr(context, _COUNT, 0) + 1
        setattr(context, _COUNT, count)
        if count > BOXES:
            raise TooManyBoxes(getattr(box, "element", None))
        return function(context, box, *more, **named)

    return counted
