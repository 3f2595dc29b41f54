"""A layout as it would be with other type in its frames, or other heights of pictures: its boxes restyled."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, replace
from math import inf
from typing import Any, NamedTuple
from xml.etree.ElementTree import Element

from weasyprint.css import AnonymousStyle
from weasyprint.document import Document
from weasyprint.layout.absolute import AbsolutePlaceholder

from layout.design import data_attributes as attribute
from layout.engine.box_traits import edges_in_height
from layout.engine.page_styles import PageStyles
from layout.engine.style_changes import StyleChanges
from layout.page.canvas import Classes, Restyled
from layout.page.frames import MeasuredPage
from layout.units import CSS_PX

_LETTERS = ("first-letter", "first-line")
_SAME = 0.01
"""Points by which limits may differ that are one height."""


@dataclass(frozen=True)
class _Page:
    """As much of WeasyPrint's page as is read here."""

    _page_box: Any


@dataclass(frozen=True)
class RestyledDocument:
    """As much of WeasyPrint's document as is read of one that is never painted."""

    pages: tuple[_Page, ...]


class StyledLayout(NamedTuple):
    """The layout of a page under the classes that it was first laid out with; other classes are held against it."""

    classes: Classes
    document: Document
    root: Element
    page: MeasuredPage
    styles: PageStyles | None = None
    """Its computed styles, as soon as they were needed."""


@dataclass
class RestyledPage:
    """A page that was laid out, as it is under other classes."""

    styles: PageStyles
    """Its styles under these."""
    changes: StyleChanges
    _document: RestyledDocument | None = None

    def document(self, base: StyledLayout) -> RestyledDocument:
        """The layout *base* of the page, or of one of its form, with these styles."""
        if self._document is None:
            self._document = restyled(base, self.styles, self.changes)
        return self._document


def restyled(base: StyledLayout, other: PageStyles, changes: StyleChanges) -> RestyledDocument:
    """The layout *base* with the elements of *other*, and with its styles where these *changes* are."""
    elements = dict(zip(base.root.iter(), other.root.iter(), strict=True))
    copier = _Copier(elements, other, changes)
    return RestyledDocument((_Page(copier.copied(base.document.pages[0]._page_box, inside=False)),))


def standing_as(page: MeasuredPage, base: MeasuredPage, changes: StyleChanges) -> MeasuredPage | None:
    """*page*, in which pictures have other heights, with the boxes of *base*; None where these may not stand so.

    In a column of a band the height of a picture is copyfit's: what its own height moves there is reckoned anyway. The
    natural height of a band with limits is what the design wants of it, and a shape's contour goes with its height.
    """
    bands = {band.id for band in page.bands if band.pinned or band.max_height - band.min_height < _SAME}
    boxes = {each.id: each.box for each in base.pictures}
    pictures = {each.id: each for each in page.pictures if each.id in changes.pictures}
    around = {name for shape in page.shapes for name in (shape.id, *shape.pictures)}
    if any(each.band not in bands or around & {each.id, each.picture} for each in pictures.values()):
        return None
    own = {key: replace(each, box=boxes[key], wanted=each.box.height) for key, each in pictures.items()}
    return replace(page, pictures=tuple(own.get(each.id, each) for each in page.pictures))


def with_types_of(
    page: MeasuredPage, base: StyledLayout, heights: Mapping[str, float], classes: Classes
) -> Restyled | None:
    """*page*, laid out with *heights* under *classes*, with the types that its frames have in *base*; None where one of
    its frames is not displayed there.
    """
    known = {frame.id: frame for frame in base.page.frames}
    if not known.keys() >= {frame.id for frame in page.frames}:
        return None
    frames = (replace(each, type=known[each.id].type, height_by=known[each.id].height_by) for each in page.frames)
    return Restyled(replace(page, frames=tuple(frames)), classes, heights)


@dataclass(frozen=True, slots=True)
class _Copier:
    """Copies boxes under other styles."""

    elements: Mapping[Element, Element]
    styles: PageStyles
    changes: StyleChanges

    def copied(self, box: Any, *, inside: bool) -> Any:
        """*box* and all in it; *inside* a frame that changes."""
        while isinstance(box, AbsolutePlaceholder):
            box = box._box
        new = copy(box)
        element = self.elements.get(getattr(box, "element", None))  # type: ignore[arg-type]
        if element is not None:
            new.element = element
            key = element.get(attribute.KEY)
            inside = inside or key in self.changes.frames
            if (inside or key in self.changes.pictures) and not isinstance(box.style, AnonymousStyle):
                self._style(new, element)
                if key in self.changes.pictures:
                    new.height = _height(new)
        if hasattr(box, "children"):
            new.children = [self.copied(child, inside=inside) for child in box.children]
        return new

    def _style(self, box: Any, element: Element) -> None:
        pseudo = str(box.element_tag or "").partition("::")[2] or None
        box.style = self.styles.styles.get((element, pseudo), box.style)  # a letter taken out of a probe has no own
        for name in _LETTERS:
            setattr(box, f"{name.replace('-', '_')}_style", self.styles.styles.get((element, name)))


def _height(box: Any) -> float:
    """The height of what is in *box* as its style says it, in CSS pixels."""
    least, most = (getattr(box.style[name], "value", other) for name, other in (("min_height", 0), ("max_height", inf)))
    return float(max(min(box.style["height"].value, most), least) - edges_in_height(box) / CSS_PX)
