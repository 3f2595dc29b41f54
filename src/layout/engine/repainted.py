"""A layout whose style sheets have changed in colours alone: its boxes lie as they lay, and get the new colours."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, MutableMapping
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element

from weasyprint import DEFAULT_OPTIONS
from weasyprint.css import AnonymousStyle, ComputedStyle
from weasyprint.document import Document
from weasyprint.images import get_image_from_uri
from weasyprint.layout.absolute import AbsolutePlaceholder
from weasyprint.layout.background import layout_backgrounds
from weasyprint.logger import LOGGER
from weasyprint.urls import URLFetcher

from layout.engine.paint_changes import PaintChanges
from layout.engine.weasyprint_log import captured_log

_OF_LETTERS = ("first_letter_style", "first_line_style")
_SAYS_COLOURS = ("color", "background", "border", "outline", "text-decoration", "column-rule")
"""What a style that stands in the HTML may not say: its values are read anew for each layout."""


def recoloured(
    root: Element, images: MutableMapping[str, object], fetcher: URLFetcher, document: Document, changes: PaintChanges
) -> bool:
    """Gives *document*, the layout of a page whose HTML is *root*, the colours of other sheets. False where it is to be
    laid out anew: WeasyPrint then says what it has to say of them.
    """
    if len(document.pages) != 1 or _says_colours(root):
        return False
    get_image = partial(get_image_from_uri, images, fetcher, DEFAULT_OPTIONS)
    with captured_log(LOGGER) as records:
        done = _repaint(document, changes, get_image)
    return done and not records


def _says_colours(root: Element) -> bool:
    """Whether the HTML itself has styles that say colours."""
    inside = [each.text or "" for each in root.iter("style")] + [each.get("style", "") for each in root.iter()]
    return any(word in text.lower() for text in inside for word in _SAYS_COLOURS)


def _repaint(document: Document, changes: PaintChanges, get_image: Callable[..., Any]) -> bool:
    """Gives the boxes of *document* the colours of the new sheets, where it can; *get_image* loads the images of
    grounds, as for the layout.
    """
    pages = [page._page_box for page in document.pages]
    boxes = [box for page in pages for box in _boxes(page)]
    if any(getattr(box, "collapsed_border_grid", None) for box in boxes):  # such a table writes colours into styles
        return False
    styles = list(_styles(boxes))
    if not all(_follows(style, changes.names) for style in styles):
        return False
    for style in styles:
        if isinstance(style, ComputedStyle):
            _declare(style, changes)
    for style in styles:
        for name in changes.names:
            style.pop(name, None)
    for style in styles:  # now, while somebody listens to what WeasyPrint has to say of them
        for name in changes.names:
            style[name]
    for page in pages:
        layout_backgrounds(page, get_image)
    return True


def _declare(style: ComputedStyle, changes: PaintChanges) -> None:
    """Has *style* declare what the new sheets do. What those declared that it was laid out with is remembered: by that
    its values are known again.
    """
    laid = style.__dict__.setdefault("laid_cascaded", style.cascaded)
    others: dict[str, tuple[Any, Any]] = {}
    for name in changes.names & laid.keys():
        value, weight = laid[name]
        before, now = changes.values.get(id(value), (None, None))
        if before is value:
            others[name] = now, weight
    style.cascaded = {**laid, **others} if others else laid


def _follows(style: Any, names: Iterable[str]) -> bool:
    """Whether the colours of *style* are those that follow from the cascade, and none that a layout has written."""
    if not isinstance(style, ComputedStyle | AnonymousStyle):
        return False
    for name in names:
        if name in style:
            known = style.pop(name)
            try:
                same = style[name] == known
            finally:
                style[name] = known
            if not same:
                return False
    return True


def _boxes(box: Any) -> Iterator[Any]:
    while isinstance(box, AbsolutePlaceholder):
        box = box._box
    yield box
    for child in box.all_children() if hasattr(box, "all_children") else ():
        yield from _boxes(child)


def _styles(boxes: Iterable[Any]) -> Iterator[Any]:
    """The styles of *boxes*, and all that these inherit from: each once, and after that which it inherits from."""
    seen: set[int] = set()
    for box in boxes:
        for style in (box.style, *(getattr(box, name, None) for name in _OF_LETTERS)):
            chain, each = [], style
            while each is not None and id(each) not in seen:
                seen.add(id(each))
                chain.append(each)
                each = each.parent_style
            yield from reversed(chain)
